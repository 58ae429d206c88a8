/** Spans of requests for a collector, when one is configured. */
@NullMarked
package org.almagest.server.trace;

import org.jspecify.annotations.NullMarked;
