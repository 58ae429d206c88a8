/** Which rows of a run are dead, since when, and how that is kept in files beside the segments. */
@NullMarked
package org.almagest.storage.tombstone;

import org.jspecify.annotations.NullMarked;
