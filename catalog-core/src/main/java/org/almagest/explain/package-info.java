/** How a query was answered. */
@NullMarked
package org.almagest.explain;

import org.jspecify.annotations.NullMarked;
