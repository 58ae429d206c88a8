/** Which dataset and collection a STAC collection id means, and what a caller may see of them; not for users. */
@NullMarked
package org.almagest.io.stac.names;

import org.jspecify.annotations.NullMarked;
