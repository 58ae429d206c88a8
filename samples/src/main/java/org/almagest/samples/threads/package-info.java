/** Several threads store overlapping parts of one delivery; each granule is stored once. */
@NullMarked
package org.almagest.samples.threads;

import org.jspecify.annotations.NullMarked;
