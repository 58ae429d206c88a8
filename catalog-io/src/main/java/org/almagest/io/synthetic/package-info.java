/** Realistic granules of sun-synchronous satellites, computed from a seed. */
@NullMarked
package org.almagest.io.synthetic;

import org.jspecify.annotations.NullMarked;
