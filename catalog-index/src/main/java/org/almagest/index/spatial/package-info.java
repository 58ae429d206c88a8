/** Rows that may lie in an area: a packed tree of boxes and cells of a curve; whoever asks confirms by the geometry. */
@NullMarked
package org.almagest.index.spatial;

import org.jspecify.annotations.NullMarked;
