/** Whole STAC catalogs on disk, in and out. */
@NullMarked
package org.almagest.io.stac.tree;

import org.jspecify.annotations.NullMarked;
