/** What every implementation of the storage interface must do, and the tests of the one on a real disk. */
@NullMarked
package org.almagest.storage.fs;

import org.jspecify.annotations.NullMarked;
