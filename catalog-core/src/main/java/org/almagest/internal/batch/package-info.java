/** The arrays of batches, filled by those who read rows. */
@NullMarked
package org.almagest.internal.batch;

import org.jspecify.annotations.NullMarked;
