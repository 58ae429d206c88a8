/** Pages: the columns of some consecutive rows, made of row bodies and turned back into these or into datapoints. */
@NullMarked
package org.almagest.storage.page;

import org.jspecify.annotations.NullMarked;
