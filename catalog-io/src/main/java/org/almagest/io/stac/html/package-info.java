/** The same answers for people; not for users. */
@NullMarked
package org.almagest.io.stac.html;

import org.jspecify.annotations.NullMarked;
