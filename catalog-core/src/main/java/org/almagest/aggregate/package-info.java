/** What is asked of many datapoints at once, and the answers: counts, extremes, histograms, grids, distinct values. */
@NullMarked
package org.almagest.aggregate;

import org.jspecify.annotations.NullMarked;
