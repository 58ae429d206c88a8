package org.almagest.io.parquet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.almagest.geo.GeoJsonGeometry;
import org.almagest.geo.Wkb;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.PropertyFields;
import org.almagest.io.SourceOptions;
import org.almagest.io.stac.StacRows;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.Datapoint;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * Turns the rows of stac-geoparquet into datapoints, by way of the item that a row stands for, so that an item has the
 * same id whichever file it came in. One thread.
 */
final class ItemMapping implements RowMapping {
    static final Set<String> MEMBERS = Set.of(
            "type", "stac_version", "stac_extensions", "id", "collection", "geometry", "bbox", "assets", "links");

    private static final JsonLimits WRITTEN = JsonLimits.of(Long.MAX_VALUE, 1_000);

    private final FileFacts facts;
    private final Limits limits;
    private final StacRows rows;
    private final String geometryColumn;
    private final boolean ours;
    private AntimeridianRule rule = AntimeridianRule.SHORT_WAY;
    private final List<JsonColumn> columns = new ArrayList<>();

    ItemMapping(FileFacts facts, @Nullable DatasetSchema given, SourceOptions options) {
        this.facts = facts;
        this.limits = options.limits();
        this.rows = StacRows.of(given, options);
        this.geometryColumn = facts.geo().primary().orElse("geometry");
        this.ours = facts.isOurs(FileFacts.ITEMS);
        for (Type type : facts.schema().getFields()) {
            if (type.getName().equals(geometryColumn)) {
                FileFacts.requireBytes(type, "WKB");
            }
            columns.add(JsonColumn.of(type, limits));
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>In files that were written here the column of boxes is for searching, and says how wide edges are meant; the
     * box that an item states stands with what fits no column.
     */
    @Override
    public Datapoint map(@Nullable Object[] row, long line) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        Map<String, JsonValue> properties = new LinkedHashMap<>();
        Geometry geometry = null;
        JsonValue other = null;
        double @Nullable [] boxOfOurs = null;
        for (int i = 0; i < row.length; i++) {
            Object raw = row[i];
            String name = facts.schema().getFieldName(i);
            if (raw == null || facts.geo().coverings().contains(name) && !name.equals("bbox")) {
                continue;
            }
            if (name.equals(geometryColumn)) {
                geometry = Wkb.read((byte[]) raw, limits);
                continue;
            }
            if (ours && name.equals(BoxColumn.NAME) && raw instanceof Object[] struct) {
                boxOfOurs = bounds(struct);
                continue;
            }
            JsonValue value = columns.get(i).read(raw);
            if (ours && name.equals(PropertyFields.OTHER)) {
                other = value;
            } else if (value != null && MEMBERS.contains(name)) {
                member(members, name, value);
            } else if (value != null) {
                properties.put(name, value);
            }
        }
        members.putIfAbsent("type", new JsonString("Feature"));
        if (other instanceof JsonObject kept) {
            geometry = insert(kept, members, properties, geometry);
        }
        members.put("properties", new JsonObject(properties));
        Datapoint made = rows.row(new JsonObject(members), geometry, line);
        rule = rows.antimeridian();
        Geometry stored = made.geometry().orElse(null);
        if (stored != null && boxOfOurs != null) {
            rule = StacRows.rule(boxOfOurs, stored);
        }
        return made;
    }

    /** Returns the bounds that a struct of four holds; null for any other. */
    private static double @Nullable [] bounds(@Nullable Object[] struct) {
        double[] bounds = new double[struct.length];
        for (int i = 0; i < struct.length; i++) {
            if (!(struct[i] instanceof Double bound) || !Double.isFinite(bound)) {
                return null;
            }
            bounds[i] = bound;
        }
        return bounds.length == BoxColumn.BOUNDS.size() ? bounds : null;
    }

    private void member(Map<String, JsonValue> members, String name, JsonValue value) {
        switch (name) {
            case "bbox" -> {
                JsonValue box = box(value);
                if (box != null) {
                    members.put(name, box);
                }
            }
            case "links" -> members.put(name, ours ? plainLinks(value) : parsed(value));
            case "assets" -> members.put(name, parsed(value));
            default -> members.put(name, value);
        }
    }

    /** Some writers keep nested members as text without saying that it is JSON. */
    private JsonValue parsed(JsonValue value) {
        return value instanceof JsonString text ? JsonColumn.parse(text.value(), limits) : value;
    }

    /** Returns a box of four or six numbers; null where the struct holds none. */
    private static @Nullable JsonValue box(JsonValue value) {
        if (!(value instanceof JsonObject bounds)) {
            return value;
        }
        List<JsonValue> box = new ArrayList<>();
        for (String bound : List.of("xmin", "ymin", "zmin", "xmax", "ymax", "zmax")) {
            JsonValue ordinate = bounds.member(bound);
            if (ordinate != null && !(ordinate instanceof JsonNull)) {
                box.add(ordinate);
            }
        }
        return box.isEmpty() ? null : new JsonArray(box);
    }

    /** Puts the members of links beside href, rel, type and title back to where they were. */
    private static JsonValue plainLinks(JsonValue value) {
        if (!(value instanceof JsonArray links)) {
            return value;
        }
        List<JsonValue> plain = new ArrayList<>();
        for (JsonValue link : links.elements()) {
            if (!(link instanceof JsonObject object)) {
                plain.add(link);
                continue;
            }
            Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
            JsonValue extra = members.remove(LinkColumn.EXTRA);
            if (extra instanceof JsonObject more) {
                members.putAll(more.members());
            }
            plain.add(new JsonObject(members));
        }
        return new JsonArray(plain);
    }

    /** Puts back what no column holds, to where its pointer says; returns the geometry that is still beside the item. */
    private static @Nullable Geometry insert(
            JsonObject kept,
            Map<String, JsonValue> members,
            Map<String, JsonValue> properties,
            @Nullable Geometry geometry) {
        Geometry beside = geometry;
        for (Map.Entry<String, JsonValue> entry : kept.members().entrySet()) {
            String[] path = entry.getKey().split("/", -1);
            if (path.length == 2) {
                members.put(unescaped(path[1]), entry.getValue());
            } else if (path.length == 3 && path[1].equals("properties")) {
                properties.put(unescaped(path[2]), entry.getValue());
            } else if (path.length == 3 && path[1].equals("geometry")) {
                if (beside != null) {
                    members.put("geometry", JsonReader.read(GeoJsonGeometry.write(beside), WRITTEN));
                    beside = null;
                }
                if (members.get("geometry") instanceof JsonObject object) {
                    Map<String, JsonValue> more = new LinkedHashMap<>(object.members());
                    more.put(unescaped(path[2]), entry.getValue());
                    members.put("geometry", new JsonObject(more));
                }
            }
        }
        return beside;
    }

    static String unescaped(String token) {
        return token.replace("~1", "/").replace("~0", "~");
    }

    @Override
    public AntimeridianRule antimeridian() {
        return rule;
    }

    @Override
    public DatasetSchema schema() {
        return rows.schema();
    }

    @Override
    public List<String> notices() {
        List<String> notices = new ArrayList<>(facts.geo().notices());
        notices.addAll(rows.notices());
        return notices;
    }
}
