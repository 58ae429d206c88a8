/** GeoParquet and stac-geoparquet in and out. */
@NullMarked
package org.almagest.io.parquet;

import org.jspecify.annotations.NullMarked;
