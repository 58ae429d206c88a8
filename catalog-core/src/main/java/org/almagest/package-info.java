/** What a user holds: the catalog, its datasets, their collections. */
@NullMarked
package org.almagest;

import org.jspecify.annotations.NullMarked;
