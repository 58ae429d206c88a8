/** Looks at a store from outside: verifies what its files hold. */
@NullMarked
package org.almagest.storage.tool;

import org.jspecify.annotations.NullMarked;
