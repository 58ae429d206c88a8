/** What every file format shares: rows with their place in a file, conversion of values, JSON text. */
@NullMarked
package org.almagest.io;

import org.jspecify.annotations.NullMarked;
