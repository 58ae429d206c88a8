/** Tests of what is done about a folder before a store can be used. */
@NullMarked
package org.almagest.storage.recovery;

import org.jspecify.annotations.NullMarked;
