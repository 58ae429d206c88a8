/** The rows and questions of the benchmark, equal for every engine, and the answers that brute force gives. */
@NullMarked
package org.almagest.bench.data;

import org.jspecify.annotations.NullMarked;
