/** The exception vocabulary: what can go wrong, told apart by type. */
@NullMarked
package org.almagest.error;

import org.jspecify.annotations.NullMarked;
