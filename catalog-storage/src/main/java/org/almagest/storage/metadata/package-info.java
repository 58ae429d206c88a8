/** The engine's own records on disk: identity of the store, datasets, collections, list of segments. */
@NullMarked
package org.almagest.storage.metadata;

import org.jspecify.annotations.NullMarked;
