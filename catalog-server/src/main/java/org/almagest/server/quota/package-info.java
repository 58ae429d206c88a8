/** How much each key may ask, and whose turn it is. */
@NullMarked
package org.almagest.server.quota;

import org.jspecify.annotations.NullMarked;
