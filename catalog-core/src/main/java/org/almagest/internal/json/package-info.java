/** JSON text as an immutable tree, and a tree as canonical text. */
@NullMarked
package org.almagest.internal.json;

import org.jspecify.annotations.NullMarked;
