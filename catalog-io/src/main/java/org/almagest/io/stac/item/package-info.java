/** One item as a client sends and sees it; not for users. */
@NullMarked
package org.almagest.io.stac.item;

import org.jspecify.annotations.NullMarked;
