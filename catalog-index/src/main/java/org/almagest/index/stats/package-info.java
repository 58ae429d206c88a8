/** Counts and bounds of every 1,024 rows that a planner may trust. */
@NullMarked
package org.almagest.index.stats;

import org.jspecify.annotations.NullMarked;
