/** What a query can read: immutable sets of datapoints in id order, in memory or in segments. */
@NullMarked
package org.almagest.storage.run;

import org.jspecify.annotations.NullMarked;
