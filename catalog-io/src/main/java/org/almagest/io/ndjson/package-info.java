/** Newline-delimited JSON in and out. */
@NullMarked
package org.almagest.io.ndjson;

import org.jspecify.annotations.NullMarked;
