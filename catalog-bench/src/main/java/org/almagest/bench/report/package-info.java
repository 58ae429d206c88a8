/** Measured figures as JSON, as a page and as charts. */
@NullMarked
package org.almagest.bench.report;

import org.jspecify.annotations.NullMarked;
