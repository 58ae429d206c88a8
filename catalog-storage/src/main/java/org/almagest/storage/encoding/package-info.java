/** How the values of a column of a page are stored, so that any row's is found by arithmetic. */
@NullMarked
package org.almagest.storage.encoding;

import org.jspecify.annotations.NullMarked;
