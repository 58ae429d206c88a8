/** Answers aggregations from the rows of one snapshot, and from less where that proves as much. */
@NullMarked
package org.almagest.storage.aggregate;

import org.jspecify.annotations.NullMarked;
