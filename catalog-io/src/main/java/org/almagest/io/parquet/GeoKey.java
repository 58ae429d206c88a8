package org.almagest.io.parquet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.apache.parquet.schema.LogicalTypeAnnotation.GeographyLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.GeometryLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * What a file says about its geometries: the metadata key {@code geo} of GeoParquet, or types of Parquet's own.
 *
 * @param primary the column that holds the geometry of a row; empty where there is none
 * @param geometries all columns that hold geometries
 * @param coverings columns that hold boxes of geometries
 * @param notices what a person should know
 */
record GeoKey(Optional<String> primary, Set<String> geometries, Set<String> coverings, List<String> notices) {
    static final String KEY = "geo";

    private static final JsonLimits BOUNDS = JsonLimits.of(16L << 20, 200);
    private static final Set<String> PLANE_NAMES = Set.of("OGC:CRS84", "OGC:CRS84h", "EPSG:4326", "EPSG:4979");
    private static final String EXPECTED = "expected longitude and latitude on WGS 84: OGC:CRS84 or EPSG:4326";

    /**
     * Reads what a file says.
     *
     * @throws InvalidRequestException if positions are no longitude and latitude on WGS 84, or geometries are no WKB
     */
    static GeoKey of(MessageType schema, Map<String, String> metadata) {
        String text = metadata.get(KEY);
        return text == null ? ofTypes(schema) : ofText(schema, text);
    }

    private static GeoKey ofTypes(MessageType schema) {
        Set<String> geometries = new LinkedHashSet<>();
        for (Type field : schema.getFields()) {
            String crs = null;
            if (field.getLogicalTypeAnnotation() instanceof GeometryLogicalTypeAnnotation geometry) {
                crs = String.valueOf(geometry.getCrs());
            } else if (field.getLogicalTypeAnnotation() instanceof GeographyLogicalTypeAnnotation geography) {
                crs = String.valueOf(geography.getCrs());
            }
            if (crs != null) {
                checkTypeCrs(field.getName(), crs);
                geometries.add(field.getName());
            }
        }
        Optional<String> primary = geometries.contains("geometry")
                ? Optional.of("geometry")
                : geometries.stream().findFirst();
        return new GeoKey(primary, geometries, Set.of(), List.of());
    }

    private static void checkTypeCrs(String column, String crs) {
        String name = crs.replaceFirst("^(?i)srid:", "EPSG:");
        boolean known = crs.equals("null")
                || crs.isEmpty()
                || PLANE_NAMES.contains(name)
                || crs.contains("\"CRS84\"")
                || crs.matches("(?s).*\"id\"\\s*:\\s*\\{[^}]*\"code\"\\s*:\\s*4326[^}]*}\\s*}\\s*");
        if (!known) {
            throw refused(column, "crs " + Quoted.text(crs));
        }
    }

    private static GeoKey ofText(MessageType schema, String text) {
        JsonValue value = JsonReader.read(text, BOUNDS);
        if (!(value instanceof JsonObject geo) || !(geo.member("columns") instanceof JsonObject columns)) {
            throw new InvalidRequestException("geo", "no GeoParquet metadata (expected an object with columns)");
        }
        Set<String> geometries = new LinkedHashSet<>();
        Set<String> coverings = new LinkedHashSet<>();
        List<String> notices = new ArrayList<>();
        for (Map.Entry<String, JsonValue> column : columns.members().entrySet()) {
            if (schema.containsField(column.getKey()) && column.getValue() instanceof JsonObject says) {
                check(column.getKey(), says, notices);
                geometries.add(column.getKey());
                covering(says).ifPresent(coverings::add);
            }
        }
        Optional<String> primary =
                geo.member("primary_column") instanceof JsonString name && geometries.contains(name.value())
                        ? Optional.of(name.value())
                        : geometries.stream().findFirst();
        return new GeoKey(primary, geometries, coverings, notices);
    }

    private static void check(String column, JsonObject says, List<String> notices) {
        if (says.member("encoding") instanceof JsonString encoding
                && !encoding.value().equals("WKB")) {
            throw refused(column, "encoding " + Quoted.text(encoding.value()) + " (expected WKB)");
        }
        JsonValue crs = says.member("crs");
        if (crs == JsonNull.NULL) {
            notices.add("column " + Quoted.text(column) + ": no reference system; read as longitude and latitude");
        } else if (crs != null && !isPlane(crs)) {
            throw refused(column, "crs " + Quoted.text(nameOf(crs)));
        }
        if (says.member("epoch") != null) {
            notices.add("column " + Quoted.text(column) + ": its coordinate epoch is not kept");
        }
        if (says.member("edges") instanceof JsonString edges && edges.value().equals("spherical")) {
            notices.add("column " + Quoted.text(column)
                    + ": spherical edges; a query chooses how edges run, see its --spherical");
        }
    }

    private static InvalidRequestException refused(String column, String what) {
        return new InvalidRequestException(
                "column " + Quoted.text(column), what.contains("expected") ? what : what + " (" + EXPECTED + ")");
    }

    private static boolean isPlane(JsonValue crs) {
        if (crs instanceof JsonString text) {
            return PLANE_NAMES.contains(text.value());
        }
        return PLANE_NAMES.contains(nameOf(crs));
    }

    /** Returns authority and code of a PROJJSON object, else its name. */
    private static String nameOf(JsonValue crs) {
        if (crs instanceof JsonString text) {
            return text.value();
        }
        if (!(crs instanceof JsonObject object)) {
            return crs.kindName();
        }
        if (object.member("id") instanceof JsonObject id && id.member("authority") instanceof JsonString authority) {
            JsonValue code = id.member("code");
            String codeText = code instanceof JsonNumber number
                    ? number.literal()
                    : code instanceof JsonString string ? string.value() : "";
            return authority.value() + ":" + codeText;
        }
        return object.member("name") instanceof JsonString name ? name.value() : "without a name";
    }

    private static Optional<String> covering(JsonObject says) {
        if (says.member("covering") instanceof JsonObject covering
                && covering.member("bbox") instanceof JsonObject bbox
                && bbox.member("xmin") instanceof JsonArray path
                && !path.elements().isEmpty()
                && path.elements().get(0) instanceof JsonString column) {
            return Optional.of(column.value());
        }
        return Optional.empty();
    }

    /**
     * Returns the text of the key.
     *
     * @param columns the geometry columns, the primary one first, each with its types and box
     * @param covering the column of boxes that covers the primary one
     */
    static String text(Map<String, GeometrySummary> columns, Optional<String> covering) {
        Map<String, JsonValue> described = new LinkedHashMap<>();
        String primary = columns.keySet().iterator().next();
        columns.forEach((name, summary) -> {
            Map<String, JsonValue> column = new LinkedHashMap<>();
            column.put("encoding", new JsonString("WKB"));
            column.put("geometry_types", new JsonArray(summary.typeNames()));
            summary.box().ifPresent(box -> column.put("bbox", new JsonArray(box)));
            if (name.equals(primary)) {
                covering.ifPresent(box -> column.put("covering", coveringOf(box)));
            }
            described.put(name, new JsonObject(column));
        });
        Map<String, JsonValue> geo = new LinkedHashMap<>();
        geo.put("version", new JsonString("1.1.0"));
        geo.put("primary_column", new JsonString(primary));
        geo.put("columns", new JsonObject(described));
        return CanonicalJson.text(new JsonObject(geo));
    }

    private static JsonObject coveringOf(String column) {
        Map<String, JsonValue> paths = new LinkedHashMap<>();
        for (String bound : BoxColumn.BOUNDS) {
            paths.put(bound, new JsonArray(List.of(new JsonString(column), new JsonString(bound))));
        }
        return new JsonObject(Map.of("bbox", new JsonObject(paths)));
    }
}
