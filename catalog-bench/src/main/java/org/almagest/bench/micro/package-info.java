/** Micro-benchmarks of the hot path. */
@NullMarked
package org.almagest.bench.micro;

import org.jspecify.annotations.NullMarked;
