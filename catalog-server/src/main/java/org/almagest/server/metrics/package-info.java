/** Counters and timers for Prometheus, on a listener of their own. */
@NullMarked
package org.almagest.server.metrics;

import org.jspecify.annotations.NullMarked;
