/** How an implementation of the catalog is found. */
@NullMarked
package org.almagest.spi;

import org.jspecify.annotations.NullMarked;
