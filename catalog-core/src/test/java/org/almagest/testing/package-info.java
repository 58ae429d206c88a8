/** Test support that every module may use. */
@NullMarked
package org.almagest.testing;

import org.jspecify.annotations.NullMarked;
