/** Comma-separated values in and out. */
@NullMarked
package org.almagest.io.csv;

import org.jspecify.annotations.NullMarked;
