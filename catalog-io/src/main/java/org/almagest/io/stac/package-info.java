/** STAC items and collections in and out. */
@NullMarked
package org.almagest.io.stac;

import org.jspecify.annotations.NullMarked;
