/** Telemetry that is kept for thirty days, with a clock that the program sets. */
@NullMarked
package org.almagest.samples.retention;

import org.jspecify.annotations.NullMarked;
