/** Filters and sort orders bound to the fields of one schema, and tested on its rows. */
@NullMarked
package org.almagest.query.bound;

import org.jspecify.annotations.NullMarked;
