/** What can be asked, as values: queries, filters, spatial filters, orders, pages and their results. */
@NullMarked
package org.almagest.query;

import org.jspecify.annotations.NullMarked;
