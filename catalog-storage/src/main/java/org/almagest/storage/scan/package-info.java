/** Runs a query on one snapshot. */
@NullMarked
package org.almagest.storage.scan;

import org.jspecify.annotations.NullMarked;
