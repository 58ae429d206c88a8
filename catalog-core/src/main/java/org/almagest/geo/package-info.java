/** Geometry on Earth: input within limits, the cut at the antimeridian, boxes, planar predicates. */
@NullMarked
package org.almagest.geo;

import org.jspecify.annotations.NullMarked;
