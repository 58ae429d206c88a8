/** Plain GeoJSON features in and out. */
@NullMarked
package org.almagest.io.geojson;

import org.jspecify.annotations.NullMarked;
