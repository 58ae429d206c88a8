/** How values of fields compare with each other and with constants. */
@NullMarked
package org.almagest.internal.value;

import org.jspecify.annotations.NullMarked;
