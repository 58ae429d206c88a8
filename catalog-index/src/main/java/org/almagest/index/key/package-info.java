/** Key to rows: sorted hashes that name candidates, never answers. */
@NullMarked
package org.almagest.index.key;

import org.jspecify.annotations.NullMarked;
