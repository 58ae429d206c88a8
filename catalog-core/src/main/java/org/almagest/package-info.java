/** What a user holds: a catalog, its datasets and their collections. */
@NullMarked
package org.almagest;

import org.jspecify.annotations.NullMarked;
