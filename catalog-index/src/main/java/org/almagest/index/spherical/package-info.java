/** Great-circle predicates: how two geometries lie on the sphere, by S2, which may be absent. */
@NullMarked
package org.almagest.index.spherical;

import org.jspecify.annotations.NullMarked;
