/** Dataset schemas as JSON files. */
@NullMarked
package org.almagest.io.schema;

import org.jspecify.annotations.NullMarked;
