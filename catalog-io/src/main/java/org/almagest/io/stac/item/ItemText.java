package org.almagest.io.stac.item;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.almagest.geo.GeoJsonGeometry;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.JsonText;
import org.almagest.io.PropertyFields;
import org.almagest.io.Rfc3339;
import org.almagest.io.stac.ItemBox;
import org.almagest.io.stac.StacItems;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.route.Links;
import org.almagest.model.Datapoint;
import org.almagest.model.Json;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * Writes rows as STAC items: with links, the id of their collection, and only the members that are wanted.
 *
 * <p>Nothing is made for an item but what is an object in its row. One thread.
 */
public final class ItemText {
    private static final JsonLimits STORED = JsonLimits.of(Long.MAX_VALUE, 10_000);

    private final Links links;
    private final Function<Place, DatasetSchema> schemas;
    private final FieldPaths kept;
    private final Map<String, ItemPlan> plans = new HashMap<>();
    private final Map<Place, ItemLinks> linksOf = new HashMap<>();
    private final StringBuilder scratch = new StringBuilder();

    /**
     * Writes items for an API at an address.
     *
     * @param schemas the schema of a place's dataset
     * @param kept the members that are wanted
     */
    public ItemText(Links links, Function<Place, DatasetSchema> schemas, FieldPaths kept) {
        this.links = links;
        this.schemas = schemas;
        this.kept = kept;
    }

    /** Returns the id that an item has in its collection. */
    public String id(Datapoint row, Place where) {
        return plan(where).keys.text(row);
    }

    /** Returns the fields that rows must carry for the members that are wanted; empty where all. */
    public Optional<Set<String>> selection(List<DatasetSchema> datasets) {
        if (kept.isAll()) {
            return Optional.empty();
        }
        Set<String> fields = new LinkedHashSet<>();
        for (DatasetSchema schema : datasets) {
            fields.addAll(ItemPlan.of(schema, kept).fields());
            if (schema.isSpatial() && (kept.keeps("geometry") || kept.keeps("bbox"))) {
                fields.add(DatasetSchema.GEOMETRY);
            }
        }
        return Optional.of(fields);
    }

    private ItemPlan plan(Place where) {
        ItemPlan plan = plans.get(where.slug());
        if (plan == null) {
            plan = ItemPlan.of(schemas.apply(where), kept);
            plans.put(where.slug(), plan);
        }
        return plan;
    }

    /** Appends one item as JSON without line breaks. */
    public void append(Datapoint row, Place where, ByteSink out) {
        ItemPlan plan = plan(where);
        Map<String, Object> values = row.values();
        Kept other = plan.hasOther ? Kept.of(values.get(PropertyFields.OTHER)) : Kept.NONE;
        Members members = new Members(out);
        if (kept.keeps("type")) {
            members.begin("type").ascii("\"Feature\"");
        }
        text(members, "stac_version", stored(plan, values, other, "stac_version"), StacItems.DEFAULT_STAC_VERSION);
        json(members, "stac_extensions", stored(plan, values, other, "stac_extensions"), "[]");
        String id = plan.keys.text(row);
        text(members, "id", null, id);
        geometry(members, row, plan, values, other);
        text(members, "collection", null, where.stacId());
        if (kept.keeps("properties")) {
            properties(members.begin("properties"), row, plan, values, other);
        }
        if (kept.keeps("links")) {
            links(members.begin("links"), where, id, stored(plan, values, other, "links"));
        }
        json(members, "assets", stored(plan, values, other, "assets"), "{}");
        for (ItemPlan.Entry entry : plan.members) {
            Object value = values.get(entry.field());
            if (value != null && !Members.WRITTEN.contains(entry.name())) {
                json(members, entry.name(), value, null);
            }
        }
        other.members.forEach((name, value) -> {
            if (!Members.WRITTEN.contains(name)) {
                json(members, name, value, null);
            }
        });
        out.put('}');
    }

    /** Returns what is stored of a member: the value of its field, or what fitted none; null where nothing is. */
    private static @Nullable Object stored(ItemPlan plan, Map<String, Object> values, Kept other, String member) {
        ItemPlan.Entry entry = plan.member(member);
        Object value = entry == null ? null : values.get(entry.field());
        return value == null ? other.members.get(member) : value;
    }

    private void text(Members members, String name, @Nullable Object value, String otherwise) {
        if (kept.keeps(name)) {
            value(members.begin(name), value == null ? otherwise : value);
        }
    }

    private void json(Members members, String name, @Nullable Object value, @Nullable String otherwise) {
        if (!kept.keeps(name)) {
            return;
        }
        FieldPaths inner = kept.below(name);
        if (value == null) {
            if (otherwise != null && inner.keepsItself()) {
                members.begin(name).ascii(otherwise);
            }
        } else if (inner.isAll()) {
            value(members.begin(name), value);
        } else {
            String cut = cut(value, inner);
            if (cut != null) {
                members.begin(name).utf8(cut);
            }
        }
    }

    /** Returns what is kept of a value that holds members; null where nothing is. */
    private static @Nullable String cut(Object value, FieldPaths inner) {
        JsonValue tree = value instanceof Json json ? JsonReader.read(json.text(), STORED) : null;
        JsonValue left = tree == null ? null : inner.cut(tree);
        return left == null ? null : CanonicalJson.text(left);
    }

    private void geometry(Members members, Datapoint row, ItemPlan plan, Map<String, Object> values, Kept other) {
        Geometry geometry =
                kept.keeps("geometry") || kept.keeps("bbox") ? row.geometry().orElse(null) : null;
        if (kept.keeps("geometry")) {
            ByteSink out = members.begin("geometry");
            if (geometry == null) {
                out.ascii("null");
            } else {
                String text = GeoJsonGeometry.write(geometry);
                out.ascii(other.geometry.isEmpty() ? text : text.substring(0, text.length() - 1));
                if (!other.geometry.isEmpty()) {
                    other.geometry.forEach(
                            (name, value) -> out.put(',').json(name).put(':').utf8(value.text()));
                    out.put('}');
                }
            }
        }
        if (kept.keeps("bbox")) {
            Object stored = stored(plan, values, other, "bbox");
            if (stored != null) {
                value(members.begin("bbox"), stored);
            } else if (geometry != null) {
                ByteSink out = members.begin("bbox").put('[');
                double[] box = ItemBox.of(row, geometry);
                for (int i = 0; i < box.length; i++) {
                    (i == 0 ? out : out.put(',')).number(box[i]);
                }
                out.put(']');
            }
        }
    }

    private void properties(ByteSink out, Datapoint row, ItemPlan plan, Map<String, Object> values, Kept other) {
        FieldPaths inner = kept.below("properties");
        Members members = new Members(out);
        Json datetime = other.properties.get("datetime");
        boolean timed = false;
        for (ItemPlan.Entry entry : plan.properties) {
            Object value = values.get(entry.field());
            if (value != null && !(other.properties.containsKey(entry.name()))) {
                timed |= entry.name().equals("datetime");
                property(members, entry, value);
            }
        }
        if (!timed && datetime == null && inner.keeps("datetime")) {
            time(members.begin("datetime"), row.time());
        }
        other.properties.forEach((name, value) -> {
            FieldPaths paths = inner.below(name);
            String text = paths.isAll() ? value.text() : cut(value, paths);
            if (text != null) {
                members.begin(name).utf8(text);
            }
        });
        out.put('}');
    }

    private void property(Members members, ItemPlan.Entry entry, Object value) {
        if (entry.kept().isAll()) {
            value(members.begin(entry.quoted()), value);
        } else {
            String cut = cut(value, entry.kept());
            if (cut != null) {
                members.begin(entry.quoted()).utf8(cut);
            }
        }
    }

    private void links(ByteSink out, Place where, String id, @Nullable Object stored) {
        ItemLinks own = linksOf.computeIfAbsent(where, place -> new ItemLinks(links, place));
        own.append(id, out.put('['));
        if (stored instanceof Json json
                && json.text().length() > 2
                && json.text().startsWith("[")) {
            out.put(',').utf8(json.text().substring(1, json.text().length() - 1));
        }
        out.put(']');
    }

    private void value(ByteSink out, Object value) {
        if (value instanceof String text) {
            out.json(text);
        } else if (value instanceof Json json) {
            out.utf8(json.text());
        } else if (value instanceof Instant instant) {
            time(out, instant);
        } else if (value instanceof List<?> elements) {
            out.put('[');
            for (int i = 0; i < elements.size(); i++) {
                value(i == 0 ? out : out.put(','), elements.get(i));
            }
            out.put(']');
        } else if (value instanceof Double number && Double.isFinite(number) && number != 0) {
            out.number(number);
        } else {
            scratch.setLength(0);
            JsonText.append(scratch, value);
            out.utf8(scratch);
        }
    }

    private static void time(ByteSink out, Instant instant) {
        out.put('"').ascii(Rfc3339.format(instant)).put('"');
    }
}
