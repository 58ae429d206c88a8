package org.almagest.io.stac;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.FieldNames;
import org.almagest.io.FieldText;
import org.almagest.io.JsonSourceReader;
import org.almagest.io.JsonTexts;
import org.almagest.io.JsonTrees;
import org.almagest.io.PropertyFields;
import org.almagest.io.Rfc3339;
import org.almagest.io.SourceOptions;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.Datapoint;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Turns STAC items into rows; {@code docs/format/stac-mapping.md} is its specification. One thread. */
final class StacMapping implements JsonSourceReader.Mapping {
    private static final Set<String> GENERATED_LINKS = Set.of("root", "self", "parent", "collection", "items");
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final SourceOptions options;
    private final PropertyFields fields;
    private AntimeridianRule antimeridian = AntimeridianRule.SHORT_WAY;

    /** The fixed places of an item. */
    static final PropertyFields.Naming NAMING = new PropertyFields.Naming() {
        @Override
        public Optional<Field> known(String pointer) {
            return StacTypes.ofPointer(pointer);
        }

        @Override
        public Optional<String> fieldName(String member) {
            return FieldNames.snakeCase(member);
        }

        @Override
        public Optional<String> reservedFor(String fieldName) {
            return StacTypes.reservedFor(fieldName);
        }

        @Override
        public String pointer(Field field) {
            return StacTypes.pointer(field);
        }
    };

    StacMapping(DatasetSchema schema, SourceOptions options) {
        this(schema, options, NAMING);
    }

    StacMapping(DatasetSchema schema, SourceOptions options, PropertyFields.Naming naming) {
        if (!schema.isSpatial()) {
            throw new InvalidRequestException("dataset", "temporal (expected spatio-temporal: items have a geometry)");
        }
        this.options = options;
        this.fields = new PropertyFields(schema, options, naming);
    }

    @Override
    public Datapoint map(JsonTexts text) {
        return map(JsonTrees.object(text, options.limits()), text.line());
    }

    Datapoint map(JsonObject item, long line) {
        return map(item, null, line);
    }

    /** Returns the row of an item; {@code decoded} is its geometry where that comes beside it, in another form. */
    Datapoint map(JsonObject item, @Nullable Geometry decoded, long line) {
        fields.begin(line);
        Datapoint.Builder row = Datapoint.builder();
        PropertyFields.requireFeature(item);
        requireId(item.member("id"));
        Geometry geometry =
                decoded == null ? fields.putGeometry(row, item.member("geometry")) : fields.putGeometry(row, decoded);
        for (Map.Entry<String, JsonValue> member : item.members().entrySet()) {
            JsonValue value = member.getValue();
            switch (member.getKey()) {
                case "type", "geometry" -> {}
                case "bbox" -> putBox(row, geometry, value);
                case "links" -> putLinks(row, value);
                case "properties" -> putProperties(row, value);
                case "id", "collection", "stac_version", "stac_extensions", "assets" ->
                    fields.put(row, "", member.getKey(), value);
                default -> fields.keep(FieldNames.pointer("", member.getKey()), value);
            }
        }
        if (item.member("properties") == null) {
            throw new InvalidRequestException("field \"properties\"", "unset (expected an object)");
        }
        antimeridian = StacBoxes.rule(item.member("bbox"), geometry);
        fields.end(row);
        return row.build();
    }

    private static void requireId(@Nullable JsonValue id) {
        String subject = "field \"id\"";
        if (id == null) {
            throw new InvalidRequestException(subject, "unset (expected text)");
        }
        if (!(id instanceof JsonString text)) {
            throw new InvalidRequestException(subject, id.kindName() + " (expected text)");
        }
        if (text.value().isEmpty()) {
            throw new InvalidRequestException(subject, "empty");
        }
    }

    private void putBox(Datapoint.Builder row, @Nullable Geometry geometry, JsonValue value) {
        if (geometry == null || !StacBoxes.isBoxOf(value, geometry)) {
            fields.put(row, "", StacTypes.BBOX, value);
        }
    }

    private void putLinks(Datapoint.Builder row, JsonValue value) {
        if (!(value instanceof JsonArray links)) {
            fields.keep("/links", value);
            return;
        }
        List<JsonValue> kept = new ArrayList<>();
        for (JsonValue link : links.elements()) {
            if (!isGenerated(link)) {
                kept.add(link);
            }
        }
        if (!kept.isEmpty()) {
            fields.put(row, "", StacTypes.LINKS, new JsonArray(kept));
        }
    }

    /** Links that lead around in the catalog: whoever serves the item makes them. */
    static boolean isGenerated(JsonValue link) {
        return link instanceof JsonObject object
                && object.member("rel") instanceof JsonString rel
                && GENERATED_LINKS.contains(rel.value());
    }

    private void putProperties(Datapoint.Builder row, JsonValue value) {
        if (!(value instanceof JsonObject properties)) {
            throw new InvalidRequestException("field \"properties\"", value.kindName() + " (expected an object)");
        }
        putTime(row, properties);
        for (Map.Entry<String, JsonValue> property : properties.members().entrySet()) {
            if (!property.getKey().equals(StacTypes.DATETIME)) {
                fields.put(row, StacTypes.PROPERTIES, property.getKey(), property.getValue());
            }
        }
    }

    private void putTime(Datapoint.Builder row, JsonObject properties) {
        JsonValue datetime = properties.member(StacTypes.DATETIME);
        String pointer = StacTypes.PROPERTIES + "/" + StacTypes.DATETIME;
        if (datetime == null || datetime instanceof JsonNull) {
            row.time(time(StacTypes.START, properties.member(StacTypes.START)));
            fields.keep(pointer, JsonNull.NULL);
            return;
        }
        Instant time = time(StacTypes.DATETIME, datetime);
        row.time(time);
        boolean exact = datetime instanceof JsonString text && Rfc3339.isExact(text.value());
        if (!exact || time.getNano() % NANOS_PER_MILLI != 0) {
            fields.put(row, StacTypes.PROPERTIES, StacTypes.DATETIME, datetime);
        }
    }

    private Instant time(String property, @Nullable JsonValue value) {
        String subject = "field " + Quoted.text(property);
        if (value instanceof JsonString text) {
            try {
                return FieldText.timestamp(text.value());
            } catch (InvalidRequestException e) {
                throw new InvalidRequestException(
                        subject, "text " + Quoted.text(text.value()) + " (expected timestamp)", e);
            }
        }
        if (value == null || value instanceof JsonNull) {
            Optional<Instant> fixed = options.fixedTime();
            return fixed.orElseThrow(() -> new InvalidRequestException(
                    "field \"datetime\"", "unset without start_datetime (every item needs a time)"));
        }
        throw new InvalidRequestException(subject, value.kindName() + " (expected text)");
    }

    @Override
    public AntimeridianRule antimeridian() {
        return antimeridian;
    }

    @Override
    public DatasetSchema schema() {
        return fields.schema();
    }

    @Override
    public List<String> notices() {
        return fields.notices();
    }
}
