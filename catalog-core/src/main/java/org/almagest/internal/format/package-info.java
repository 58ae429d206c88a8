/** Bytes without meaning: framed sections, checksums that know their place, varints, and what is in memory. */
@NullMarked
package org.almagest.internal.format;

import org.jspecify.annotations.NullMarked;
