/** Where a reader goes on, and whether what they have is still right; not for users, but for {@code TokenKeys}. */
@NullMarked
package org.almagest.io.stac.page;

import org.jspecify.annotations.NullMarked;
