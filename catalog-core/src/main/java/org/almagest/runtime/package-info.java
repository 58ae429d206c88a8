/** The seams to the world outside: clock, randomness, threads and deadlines are injected through these. */
@NullMarked
package org.almagest.runtime;

import org.jspecify.annotations.NullMarked;
