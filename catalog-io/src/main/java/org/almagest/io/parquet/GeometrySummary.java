package org.almagest.io.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.almagest.geo.GeometryChecks;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.internal.json.ShortestDecimal;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/** Collects the types of the geometries of a column and the box of their numbers. One thread. */
final class GeometrySummary {
    private final Set<String> types = new TreeSet<>();
    private final Envelope box = new Envelope();

    void add(Geometry geometry) {
        Coordinate first = geometry.getCoordinate();
        boolean hasZ = first != null && !Double.isNaN(first.getZ());
        types.add(GeometryChecks.typeName(geometry) + (hasZ ? " Z" : ""));
        box.expandToInclude(geometry.getEnvelopeInternal());
    }

    /** Returns the names of the types, as GeoParquet writes them. */
    List<JsonValue> typeNames() {
        List<JsonValue> names = new ArrayList<>();
        types.forEach(name -> names.add(new JsonString(name)));
        return names;
    }

    /** Returns west, south, east and north of all numbers; empty where there was no geometry. */
    Optional<List<JsonValue>> box() {
        if (box.isNull()) {
            return Optional.empty();
        }
        List<JsonValue> bounds = new ArrayList<>();
        for (double bound : new double[] {box.getMinX(), box.getMinY(), box.getMaxX(), box.getMaxY()}) {
            bounds.add(new JsonNumber(ShortestDecimal.of(bound)));
        }
        return Optional.of(bounds);
    }
}
