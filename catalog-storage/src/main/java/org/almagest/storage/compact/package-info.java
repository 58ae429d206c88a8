/** Compaction: which segments are rewritten, and how rows of several runs become segments. */
@NullMarked
package org.almagest.storage.compact;

import org.jspecify.annotations.NullMarked;
