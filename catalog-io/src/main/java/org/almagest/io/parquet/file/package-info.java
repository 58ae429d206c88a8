/** Parquet files as rows of arrays, read with bounds, and the codecs and streams of files that are written. */
@NullMarked
package org.almagest.io.parquet.file;

import org.jspecify.annotations.NullMarked;
