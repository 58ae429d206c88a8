/** Whole workloads on a store in a folder, which print what they measured. */
@NullMarked
package org.almagest.bench.workload;

import org.jspecify.annotations.NullMarked;
