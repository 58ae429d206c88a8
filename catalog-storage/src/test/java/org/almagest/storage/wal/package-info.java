/** Tests of the write-ahead log. */
@NullMarked
package org.almagest.storage.wal;

import org.jspecify.annotations.NullMarked;
