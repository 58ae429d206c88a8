/** Items stored, corrected and deleted; not for users. */
@NullMarked
package org.almagest.io.stac.transaction;

import org.jspecify.annotations.NullMarked;
