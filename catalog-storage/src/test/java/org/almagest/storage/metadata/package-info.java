/** Tests of the engine's own records, with what other tests need of them. */
@NullMarked
package org.almagest.storage.metadata;

import org.jspecify.annotations.NullMarked;
