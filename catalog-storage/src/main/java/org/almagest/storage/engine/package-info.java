/** The embedded catalog: ties the parts of the engine together. */
@NullMarked
package org.almagest.storage.engine;

import org.jspecify.annotations.NullMarked;
