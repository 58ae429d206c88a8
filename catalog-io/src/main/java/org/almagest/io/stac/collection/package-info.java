/** Collections described, searched and changed; not for users. */
@NullMarked
package org.almagest.io.stac.collection;

import org.jspecify.annotations.NullMarked;
