package org.almagest.internal.row;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonBoolean;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.model.Bytes;
import org.almagest.model.Datapoint;
import org.almagest.model.EnumValue;
import org.almagest.model.Json;
import org.almagest.model.Uint64;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/** The published test vectors of ids, which were computed apart from this code and are never regenerated. */
final class IdVectors {
    private static final String RESOURCE = "/golden/ids/v1/vectors.json";

    private final JsonObject root;

    private IdVectors(JsonObject root) {
        this.root = root;
    }

    /** The id of a dataset or collection. */
    record Named(UUID parent, String name, UUID id) {}

    /** A datapoint, the bytes that are hashed, and its id. */
    record Row(String name, UUID collectionId, DatasetSchema schema, Datapoint datapoint, Bytes hashed, String id) {
        @Override
        public String toString() {
            return name;
        }
    }

    static IdVectors read() {
        try (InputStream in = Objects.requireNonNull(IdVectors.class.getResourceAsStream(RESOURCE))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new IdVectors((JsonObject) JsonReader.read(text, JsonLimits.of(1 << 24, 64)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Named> datasets() {
        return named("datasets", "namespace", "slug");
    }

    List<Named> collections() {
        return named("collections", "dataset", "name");
    }

    private List<Named> named(String list, String parent, String name) {
        List<Named> all = new ArrayList<>();
        for (JsonObject vector : objects(root, list)) {
            all.add(new Named(
                    UUID.fromString(text(vector, parent)), text(vector, name), UUID.fromString(text(vector, "id"))));
        }
        return all;
    }

    List<Row> datapoints() {
        List<Row> rows = new ArrayList<>();
        for (JsonObject vector : objects(root, "datapoints")) {
            boolean spatial = text(vector, "kind").equals("SPATIOTEMPORAL");
            DatasetSchema.Builder schema = spatial
                    ? DatasetSchema.spatioTemporal().geometryOptional().geometryKinds(EnumSet.allOf(GeometryKind.class))
                    : DatasetSchema.temporal();
            Datapoint.Builder row = Datapoint.at(Instant.parse(text(vector, "time")));
            for (JsonObject field : objects(vector, "fields")) {
                addField(field, spatial, schema, row);
            }
            rows.add(new Row(
                    text(vector, "name"),
                    UUID.fromString(text(vector, "collection")),
                    schema.build().numbered(),
                    row.build(),
                    Bytes.ofHex(text(vector, "hashed")),
                    text(vector, "id")));
        }
        return rows;
    }

    private static void addField(
            JsonObject vector, boolean spatial, DatasetSchema.Builder schema, Datapoint.Builder row) {
        String name = text(vector, "name");
        JsonValue value = Objects.requireNonNull(vector.member("value"));
        if (spatial && name.equals(DatasetSchema.GEOMETRY)) {
            if (value != JsonNull.NULL) {
                row.geometry(CanonicalJson.text(value));
            }
            return;
        }
        Field field = field(vector);
        schema.field(field);
        row.set(name, value(field, value));
    }

    private static Field field(JsonObject vector) {
        String type = text(vector, "type");
        String name = text(vector, "name");
        if (!type.startsWith("enum")) {
            return Field.parse(name + ":" + type);
        }
        EnumValue[] values = ((JsonArray) Objects.requireNonNull(vector.member("values")))
                .elements().stream()
                        .map(pair -> ((JsonArray) pair).elements())
                        .map(pair -> new EnumValue(
                                Integer.parseInt(((JsonNumber) pair.get(0)).literal()),
                                ((JsonString) pair.get(1)).value()))
                        .toArray(EnumValue[]::new);
        Field scalar = Field.enumeration(name, values);
        return type.endsWith("[]") ? scalar.array() : scalar;
    }

    private static @Nullable Object value(Field field, JsonValue value) {
        if (value == JsonNull.NULL) {
            return null;
        }
        if (!field.isArray()) {
            return scalar(field.kind(), value);
        }
        return ((JsonArray) value)
                .elements().stream()
                        .map(element -> scalar(field.kind(), element))
                        .toList();
    }

    private static Object scalar(TypeKind kind, JsonValue value) {
        if (kind == TypeKind.BOOL) {
            return ((JsonBoolean) value).value();
        }
        if (kind == TypeKind.GEOMETRY) {
            return CanonicalJson.text(value);
        }
        String text = ((JsonString) value).value();
        return switch (kind) {
            case BYTES -> Bytes.ofHex(text);
            case INT32, INT64 -> Long.valueOf(text);
            case UINT64 -> Uint64.parse(text);
            case FLOAT64 -> Double.valueOf(text);
            case FLOAT32 -> Float.valueOf(text);
            case DURATION -> Duration.ofSeconds(seconds(text), nanos(text));
            case TIMESTAMP -> Instant.ofEpochSecond(seconds(text), nanos(text));
            case UUID -> UUID.fromString(text);
            case JSON -> Json.parse(text);
            default -> text;
        };
    }

    private static long seconds(String decimal) {
        return new BigDecimal(decimal).setScale(0, RoundingMode.FLOOR).longValueExact();
    }

    private static long nanos(String decimal) {
        BigInteger nanos = new BigDecimal(decimal).movePointRight(9).toBigIntegerExact();
        return nanos.mod(BigInteger.TEN.pow(9)).longValueExact();
    }

    private static List<JsonObject> objects(JsonObject in, String list) {
        return ((JsonArray) Objects.requireNonNull(in.member(list)))
                .elements().stream().map(JsonObject.class::cast).toList();
    }

    private static String text(JsonObject in, String member) {
        return ((JsonString) Objects.requireNonNull(in.member(member))).value();
    }

    /** Returns the vector with this name. */
    Row datapoint(String name) {
        return datapoints().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
