/** The STAC API over a catalog: what an embedder holds. */
@NullMarked
package org.almagest.io.stac.api;

import org.jspecify.annotations.NullMarked;
