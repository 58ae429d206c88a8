/** Counts and histograms by the STAC extension for aggregation; not for users. */
@NullMarked
package org.almagest.io.stac.aggregation;

import org.jspecify.annotations.NullMarked;
