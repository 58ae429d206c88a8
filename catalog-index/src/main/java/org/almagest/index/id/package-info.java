/** From an identifier to an ordinal. */
@NullMarked
package org.almagest.index.id;

import org.jspecify.annotations.NullMarked;
