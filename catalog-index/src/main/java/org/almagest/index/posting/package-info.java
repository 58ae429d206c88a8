/** From a value to the ordinals of its rows, compressed. */
@NullMarked
package org.almagest.index.posting;

import org.jspecify.annotations.NullMarked;
