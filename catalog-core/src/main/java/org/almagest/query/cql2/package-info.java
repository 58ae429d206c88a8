/** Filters in the two forms of CQL2, text and JSON. */
@NullMarked
package org.almagest.query.cql2;

import org.jspecify.annotations.NullMarked;
