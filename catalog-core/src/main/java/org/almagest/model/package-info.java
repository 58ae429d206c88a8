/** Immutable values that every other part speaks in: datapoints, ids, times, boxes, results and limits. */
@NullMarked
package org.almagest.model;

import org.jspecify.annotations.NullMarked;
