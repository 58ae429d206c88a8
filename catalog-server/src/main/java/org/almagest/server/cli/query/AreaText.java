package org.almagest.server.cli.query;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.geo.GeoJsonGeometry;
import org.almagest.geo.Wkt;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.model.Limits;
import org.almagest.server.cli.session.TextFile;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** Reads an area as a user gives it: WKT, GeoJSON, or the name of a file that holds either. */
final class AreaText {
    private static final int DEPTH_MAX = 100;

    private AreaText() {}

    /**
     * Returns the area.
     *
     * @param text WKT, GeoJSON where it begins with a brace, or {@code @} and the name of a file; the geometries of
     *     several features make one collection
     */
    static Geometry read(String text) {
        Limits limits = Limits.defaults();
        if (!text.startsWith("@")) {
            return parse(text.strip(), limits);
        }
        String file = text.substring(1);
        String content = TextFile.read(Path.of(file), limits.jsonLineBytesMax()).strip();
        try {
            return parse(content, limits);
        } catch (InvalidRequestException e) {
            throw e.within(file);
        } catch (LimitExceededException e) {
            throw e.within(file);
        }
    }

    private static Geometry parse(String text, Limits limits) {
        if (!text.startsWith("{")) {
            return Wkt.read(text, limits);
        }
        List<Geometry> found = new ArrayList<>();
        collect(JsonReader.read(text, readerLimits(limits)), found, limits);
        found.removeIf(Geometry::isEmpty);
        if (found.isEmpty()) {
            throw new InvalidRequestException("geometry", "none in it");
        }
        return found.size() == 1
                ? found.get(0)
                : new GeometryFactory().createGeometryCollection(found.toArray(Geometry[]::new));
    }

    private static JsonLimits readerLimits(Limits limits) {
        long bytes = limits.jsonLineBytesMax();
        return new JsonLimits(bytes, "jsonLineBytesMax", DEPTH_MAX, "jsonDepthMax", bytes, "jsonLineBytesMax");
    }

    private static void collect(@Nullable JsonValue value, List<Geometry> found, Limits limits) {
        if (value instanceof JsonObject object && isType(object, "FeatureCollection")) {
            if (object.member("features") instanceof JsonArray features) {
                features.elements().forEach(feature -> collect(feature, found, limits));
            }
        } else if (value instanceof JsonObject object && isType(object, "Feature")) {
            collect(object.member("geometry"), found, limits);
        } else if (value != null && !(value instanceof JsonNull)) {
            found.add(GeoJsonGeometry.read(value, limits));
        }
    }

    private static boolean isType(JsonObject object, String type) {
        return object.member("type") instanceof JsonString text && text.value().equals(type);
    }
}
