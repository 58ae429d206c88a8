package org.almagest.io.stac;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almagest.geo.GeoJsonGeometry;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonValue;
import org.almagest.internal.json.ShortestDecimal;
import org.almagest.io.JsonText;
import org.almagest.io.PropertyFields;
import org.almagest.io.Rfc3339;
import org.almagest.model.Datapoint;
import org.almagest.model.Json;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.locationtech.jts.geom.Geometry;

/** Writes datapoints as STAC items; the way back of {@code docs/format/stac-mapping.md}. Immutable. */
public final class StacItems {
    /** The version of items that do not say theirs. */
    public static final String DEFAULT_STAC_VERSION = "1.1.0";

    private static final JsonLimits STORED = JsonLimits.of(Long.MAX_VALUE, 10_000);
    private static final List<String> LEADING =
            List.of("type", "stac_version", "stac_extensions", "id", "geometry", "bbox");

    private final Map<String, String> memberOfField = new LinkedHashMap<>();
    private final Map<String, String> propertyOfField = new LinkedHashMap<>();

    /** Writes items of a dataset with this schema, whether made by import or not. */
    public StacItems(DatasetSchema schema) {
        for (Field field : schema.fields()) {
            String pointer = StacTypes.pointer(field);
            if (pointer.startsWith(StacTypes.PROPERTIES + "/")) {
                propertyOfField.put(field.name(), unescaped(pointer.substring(StacTypes.PROPERTIES.length() + 1)));
            } else if (!field.name().equals(PropertyFields.OTHER)) {
                memberOfField.put(field.name(), unescaped(pointer.substring(1)));
            }
        }
    }

    /** Returns the item, as canonical JSON. */
    public Json item(Datapoint datapoint) {
        StringBuilder out = new StringBuilder(2_048);
        append(out, datapoint);
        return Json.parse(out.toString());
    }

    /** Appends the item in the order people expect, without line breaks. */
    public void append(StringBuilder out, Datapoint datapoint) {
        Map<String, String> members = new LinkedHashMap<>();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(StacTypes.DATETIME, quoted(Rfc3339.format(datapoint.time())));
        for (Map.Entry<String, Object> value : datapoint.values().entrySet()) {
            String text = text(value.getValue());
            String property = propertyOfField.get(value.getKey());
            String member = memberOfField.get(value.getKey());
            if (property != null) {
                properties.put(property, text);
            } else if (member != null) {
                members.put(member, text);
            }
        }
        addGeometry(members, datapoint);
        datapoint.value(PropertyFields.OTHER).ifPresent(other -> insert((Json) other, members, properties));
        members.putIfAbsent("type", "\"Feature\"");
        members.putIfAbsent("stac_version", quoted(DEFAULT_STAC_VERSION));
        members.putIfAbsent(
                "id", datapoint.id().map(id -> quoted(id.toString())).orElse("null"));
        members.putIfAbsent("links", "[]");
        members.put("properties", object(properties));
        out.append(object(ordered(members)));
    }

    private static void addGeometry(Map<String, String> members, Datapoint datapoint) {
        Geometry geometry = datapoint.geometry().orElse(null);
        if (geometry == null) {
            members.put("geometry", "null");
            return;
        }
        members.put("geometry", GeoJsonGeometry.write(geometry));
        if (!members.containsKey(StacTypes.BBOX)) {
            StringBuilder box = new StringBuilder("[");
            for (double bound : ItemBox.of(datapoint, geometry)) {
                box.append(box.length() > 1 ? "," : "");
                ShortestDecimal.append(box, bound);
            }
            members.put(StacTypes.BBOX, box.append(']').toString());
        }
    }

    /** Puts back what fitted no field, to where its pointer says. */
    private static void insert(Json other, Map<String, String> members, Map<String, String> properties) {
        JsonObject kept = (JsonObject) JsonReader.read(other.text(), STORED);
        for (Map.Entry<String, JsonValue> entry : kept.members().entrySet()) {
            String[] path = entry.getKey().split("/", -1);
            String text = CanonicalJson.text(entry.getValue());
            if (path.length == 2) {
                members.put(unescaped(path[1]), text);
            } else if (path.length == 3 && path[1].equals("properties")) {
                properties.put(unescaped(path[2]), text);
            } else if (path.length == 3 && path[1].equals("geometry")) {
                String geometry = members.getOrDefault("geometry", "{}");
                String inner = geometry.substring(0, geometry.length() - 1);
                members.put("geometry", inner + "," + quoted(unescaped(path[2])) + ":" + text + "}");
            }
        }
    }

    private static Map<String, String> ordered(Map<String, String> members) {
        Map<String, String> ordered = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(LEADING);
        names.add("properties");
        names.add("links");
        names.add("assets");
        names.addAll(members.keySet());
        for (String name : names) {
            String text = members.get(name);
            if (text != null) {
                ordered.put(name, text);
            }
        }
        return ordered;
    }

    private static String object(Map<String, String> members) {
        StringBuilder out = new StringBuilder("{");
        members.forEach((name, text) -> {
            out.append(out.length() > 1 ? "," : "");
            JsonText.appendQuoted(out, name);
            out.append(':').append(text);
        });
        return out.append('}').toString();
    }

    private static String text(Object value) {
        if (value instanceof Instant instant) {
            return quoted(Rfc3339.format(instant));
        }
        if (value instanceof List<?> elements && !elements.isEmpty() && elements.get(0) instanceof Instant) {
            return elements.stream()
                    .map(element -> quoted(Rfc3339.format((Instant) element)))
                    .toList()
                    .toString();
        }
        StringBuilder out = new StringBuilder();
        JsonText.append(out, value);
        return out.toString();
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        JsonText.appendQuoted(out, text);
        return out.toString();
    }

    private static String unescaped(String token) {
        return token.replace("~1", "/").replace("~0", "~");
    }
}
