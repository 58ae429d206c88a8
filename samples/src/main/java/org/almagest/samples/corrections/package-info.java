/** A harvest that is repeated stores what is new, replaces what was corrected, ignores what is late. */
@NullMarked
package org.almagest.samples.corrections;

import org.jspecify.annotations.NullMarked;
