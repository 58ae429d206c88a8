/** The write-ahead log: acknowledged commits, in order, replayable. */
@NullMarked
package org.almagest.storage.wal;

import org.jspecify.annotations.NullMarked;
