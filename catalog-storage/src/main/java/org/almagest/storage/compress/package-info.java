/** Codecs by id: none and LZ4. */
@NullMarked
package org.almagest.storage.compress;

import org.jspecify.annotations.NullMarked;
