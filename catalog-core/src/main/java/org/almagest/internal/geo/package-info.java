/** Geometry over plain arrays. */
@NullMarked
package org.almagest.internal.geo;

import org.jspecify.annotations.NullMarked;
