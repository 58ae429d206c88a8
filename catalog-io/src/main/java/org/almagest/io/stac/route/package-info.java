/** Which code answers which address, and the description of all of it; not for users. */
@NullMarked
package org.almagest.io.stac.route;

import org.jspecify.annotations.NullMarked;
