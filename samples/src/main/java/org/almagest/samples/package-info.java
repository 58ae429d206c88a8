/** Small runnable programs that use the public API only. */
@NullMarked
package org.almagest.samples;

import org.jspecify.annotations.NullMarked;
