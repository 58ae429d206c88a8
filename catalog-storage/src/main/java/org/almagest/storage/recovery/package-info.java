/** Turns a folder, new or after a crash, into a legal store, or refuses it. */
@NullMarked
package org.almagest.storage.recovery;

import org.jspecify.annotations.NullMarked;
