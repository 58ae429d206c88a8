/** A disk that exists only in memory and that can lose power at any moment, in every way a real one might. */
@NullMarked
package org.almagest.storage.sim;

import org.jspecify.annotations.NullMarked;
