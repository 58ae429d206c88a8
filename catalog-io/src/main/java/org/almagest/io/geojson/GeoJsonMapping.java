package org.almagest.io.geojson;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.DecimalText;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.FieldNames;
import org.almagest.io.FieldText;
import org.almagest.io.JsonSourceReader;
import org.almagest.io.JsonTexts;
import org.almagest.io.JsonTrees;
import org.almagest.io.PropertyFields;
import org.almagest.io.SourceOptions;
import org.almagest.model.Datapoint;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.jspecify.annotations.Nullable;

/** Turns GeoJSON features into rows; {@code docs/format/geojson.md} is its specification. One thread. */
final class GeoJsonMapping implements JsonSourceReader.Mapping {
    static final String FEATURE_ID = "feature_id";
    static final String PROPERTIES = "/properties";
    private static final List<String> TIME_PROPERTIES = List.of("time", "datetime", "timestamp", "date");

    private final SourceOptions options;
    private final PropertyFields fields;

    static final PropertyFields.Naming NAMING = new PropertyFields.Naming() {
        @Override
        public Optional<Field> known(String pointer) {
            return Optional.empty();
        }

        @Override
        public Optional<String> fieldName(String member) {
            return FieldNames.customName(member);
        }

        @Override
        public Optional<String> reservedFor(String fieldName) {
            return Set.of(FEATURE_ID, PropertyFields.OTHER).contains(fieldName)
                    ? Optional.of(fieldName.equals(FEATURE_ID) ? "/id" : "")
                    : Optional.empty();
        }

        @Override
        public String pointer(Field field) {
            if (field.sourcePointer().isPresent()) {
                return field.sourcePointer().get();
            }
            return field.name().equals(FEATURE_ID) ? "/id" : FieldNames.pointer(PROPERTIES, field.name());
        }
    };

    GeoJsonMapping(DatasetSchema schema, SourceOptions options) {
        if (!schema.isSpatial()) {
            throw new InvalidRequestException(
                    "dataset", "temporal (expected spatio-temporal: features have a geometry)");
        }
        this.options = options;
        this.fields = new PropertyFields(schema, options, NAMING);
    }

    /** Returns the schema of a new dataset before its first feature. */
    static DatasetSchema begin() {
        return DatasetSchema.spatioTemporal()
                .geometryKinds(EnumSet.allOf(GeometryKind.class))
                .geometryOptional()
                .build();
    }

    @Override
    public Datapoint map(JsonTexts text) {
        JsonObject feature = JsonTrees.object(text, options.limits());
        fields.begin(text.line());
        PropertyFields.requireFeature(feature);
        Datapoint.Builder row = Datapoint.builder();
        options.fixedTime().ifPresent(row::time);
        fields.putGeometry(row, feature.member("geometry"));
        for (Map.Entry<String, JsonValue> member : feature.members().entrySet()) {
            JsonValue value = member.getValue();
            switch (member.getKey()) {
                case "type", "geometry" -> {}
                case "id" -> fields.putId(row, FEATURE_ID, value);
                case "properties" -> putProperties(row, value);
                default -> fields.keep(FieldNames.pointer("", member.getKey()), value);
            }
        }
        fields.end(row);
        Datapoint datapoint = row.build();
        if (!datapoint.hasTime()) {
            throw noTime();
        }
        return datapoint;
    }

    private void putProperties(Datapoint.Builder row, JsonValue value) {
        if (value instanceof JsonNull) {
            return;
        }
        if (!(value instanceof JsonObject properties)) {
            throw new InvalidRequestException("field \"properties\"", value.kindName() + " (expected an object)");
        }
        String timeProperty = timeProperty(properties);
        if (timeProperty != null) {
            row.time(time(timeProperty, properties.member(timeProperty)));
        }
        for (Map.Entry<String, JsonValue> property : properties.members().entrySet()) {
            String name = property.getKey();
            if (!name.equals(timeProperty) && !name.equals(DatasetSchema.INGESTION_TIME)) {
                fields.put(row, PROPERTIES, name, property.getValue());
            }
        }
    }

    private @Nullable String timeProperty(JsonObject properties) {
        List<String> names = options.timeField().map(List::of).orElse(TIME_PROPERTIES);
        for (String name : names) {
            JsonValue value = properties.member(name);
            if (value != null && !(value instanceof JsonNull)) {
                return name;
            }
        }
        return null;
    }

    private static Instant time(String property, @Nullable JsonValue value) {
        String text = value instanceof JsonString string ? string.value() : "";
        if (value instanceof JsonNumber number) {
            text = DecimalText.canonical(number.literal());
        }
        try {
            return FieldText.timestamp(text);
        } catch (InvalidRequestException e) {
            throw new InvalidRequestException(
                    "field " + Quoted.text(property), "text " + Quoted.text(text) + " (expected timestamp)", e);
        }
    }

    private InvalidRequestException noTime() {
        return new InvalidRequestException(
                "field " + Quoted.text(options.timeField().orElse(DatasetSchema.TIME)),
                "unset (every feature needs a time; another property or one time for all can be named)");
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
