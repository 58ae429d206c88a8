/** Immutable sorted byte ranges of data files: columns, pages, indexes and a footer. */
@NullMarked
package org.almagest.storage.segment;

import org.jspecify.annotations.NullMarked;
