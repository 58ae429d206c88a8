package org.almagest.geo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.model.Limits;
import org.junit.jupiter.api.Assumptions;
import org.locationtech.jts.geom.Geometry;

/** Real geometries from the folder of shared data; a test that asks for them is skipped where it is absent. */
public final class SharedGeometries {
    private static final JsonLimits JSON = JsonLimits.of(1 << 26, 64);

    private SharedGeometries() {}

    /** Returns the geometries of a folder of GeoJSON files by file name without its ending. */
    public static Map<String, Geometry> folder(String name) throws IOException {
        Path folder = root().resolve(name);
        try (Stream<Path> files = Files.list(folder)) {
            Map<String, Geometry> geometries = new TreeMap<>();
            for (Path file : files.collect(Collectors.toList())) {
                String fileName = file.getFileName().toString();
                Geometry geometry = GeoJsonGeometry.read(Files.readString(file), Limits.defaults());
                geometries.put(fileName.substring(0, fileName.indexOf('.')), geometry);
            }
            return geometries;
        }
    }

    /** Returns the geometries of a feature collection by the value of a property. */
    public static Map<String, Geometry> features(String name, String property) throws IOException {
        JsonObject all = (JsonObject) JsonReader.read(Files.readString(root().resolve(name)), JSON);
        Map<String, Geometry> geometries = new TreeMap<>();
        for (JsonValue value : ((JsonArray) all.members().get("features")).elements()) {
            JsonObject feature = (JsonObject) value;
            JsonObject properties = (JsonObject) feature.members().get("properties");
            String key = ((JsonString) properties.members().get(property)).value();
            geometries.put(key, GeoJsonGeometry.read(feature.members().get("geometry"), Limits.defaults()));
        }
        return geometries;
    }

    private static Path root() {
        String configured = System.getProperty("almagest.shared.data");
        Path root = configured != null ? Path.of(configured) : Path.of("..", "..", "shared", "data");
        Assumptions.assumeTrue(Files.isDirectory(root), () -> "no shared data in " + root);
        return root;
    }
}
