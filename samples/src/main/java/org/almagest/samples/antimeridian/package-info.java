/** Granules and areas that cross the antimeridian need no special care. */
@NullMarked
package org.almagest.samples.antimeridian;

import org.jspecify.annotations.NullMarked;
