/** How a process gets at the engine, and opens its first store sooner. */
@NullMarked
package org.almagest.storage.start;

import org.jspecify.annotations.NullMarked;
