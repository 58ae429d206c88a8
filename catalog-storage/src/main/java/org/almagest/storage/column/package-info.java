/** The values of one field of a segment's rows as ordered codes: packed, counted, and named again. */
@NullMarked
package org.almagest.storage.column;

import org.jspecify.annotations.NullMarked;
