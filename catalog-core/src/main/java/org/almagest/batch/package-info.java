/** Rows of an answer as arrays, for those who do not want an object for each. */
@NullMarked
package org.almagest.batch;

import org.jspecify.annotations.NullMarked;
