/** Items found, counted, paged and written; not for users, but for {@code ItemFormat}. */
@NullMarked
package org.almagest.io.stac.search;

import org.jspecify.annotations.NullMarked;
