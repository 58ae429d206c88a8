/** Tests of tombstones. */
@NullMarked
package org.almagest.storage.tombstone;

import org.jspecify.annotations.NullMarked;
