/** A request and its answer as values, whatever carries them. */
@NullMarked
package org.almagest.io.stac.exchange;

import org.jspecify.annotations.NullMarked;
