/** The ordered codes of one field, bit-packed, to be read at any row and compared with a range in bulk. */
@NullMarked
package org.almagest.index.column;

import org.jspecify.annotations.NullMarked;
