/** The one encoding of a datapoint that ids, the write-ahead log and pages share. */
@NullMarked
package org.almagest.internal.row;

import org.jspecify.annotations.NullMarked;
