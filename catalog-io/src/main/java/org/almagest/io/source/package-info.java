/** Opens a file of any format by its name and content. */
@NullMarked
package org.almagest.io.source;

import org.jspecify.annotations.NullMarked;
