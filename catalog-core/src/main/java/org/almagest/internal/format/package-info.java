/** Bytes without meaning: framed sections, checksums that know their place, and varints. */
@NullMarked
package org.almagest.internal.format;

import org.jspecify.annotations.NullMarked;
