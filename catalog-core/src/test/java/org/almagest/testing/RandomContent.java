package org.almagest.testing;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.almagest.DatasetSpec;
import org.almagest.model.Bytes;
import org.almagest.model.Datapoint;
import org.almagest.model.EnumValue;
import org.almagest.model.Json;
import org.almagest.model.Uint64;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.EnumType;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.almagest.schema.TypeKind;
import org.locationtech.jts.geom.Geometry;

/** Random schemas and rows whose values meet often: few names, few values of each type, few times and places. */
final class RandomContent {
    private static final EnumType MODES = new EnumType(List.of(new EnumValue(0, "OFF"), new EnumValue(1, "ON")));

    /** Some differ in case or accents alone; {@link PlainText} knows all their characters. */
    private static final List<Object> TEXTS = List.of(
            "",
            "a",
            "ab",
            "Ab",
            "b%",
            "off",
            "\u00e9",
            "E\u0301",
            "stra\u00dfe",
            "STRASSE",
            "STRA\u1e9eE",
            "\u00dc\u00d8",
            "\u0130\u0131i",
            "\u03a3\u03c2\u03b1\u0345",
            "\u1fbc\u2126\ufb01",
            "\uac00\u1100\u1161",
            "\u13a0\uab70",
            "\uFFFD",
            "\uD83D\uDE80",
            "x".repeat(300));

    private static final Map<TypeKind, List<Object>> VALUES = values();
    private static final List<Instant> DAYS = List.of(
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("1969-12-31T23:59:59.999Z"),
            Instant.parse("2020-02-28T23:59:59.998Z"),
            Instant.parse("2020-02-29T12:00:00Z"),
            Instant.parse("2024-12-31T23:59:59.999Z"),
            Instant.parse("5999-12-31T23:59:59.990Z"));

    private final SplittableRandom random;

    RandomContent(SplittableRandom random) {
        this.random = random;
    }

    private static Map<TypeKind, List<Object>> values() {
        Map<TypeKind, List<Object>> values = new EnumMap<>(TypeKind.class);
        values.put(TypeKind.STRING, TEXTS);
        values.put(TypeKind.BYTES, List.of(Bytes.ofHex(""), Bytes.ofHex("00"), Bytes.ofHex("ff01")));
        values.put(TypeKind.BOOL, List.of(true, false));
        values.put(TypeKind.INT32, List.of(0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE));
        values.put(TypeKind.INT64, List.of(0L, 1L, -5L, (1L << 53) + 1, Long.MIN_VALUE, Long.MAX_VALUE));
        values.put(TypeKind.UINT64, List.of(Uint64.ofBits(0), Uint64.ofBits(1), Uint64.ofBits(-1)));
        values.put(TypeKind.FLOAT32, List.of(0f, 0.1f, -1.5f, Float.NaN, Float.POSITIVE_INFINITY));
        values.put(TypeKind.FLOAT64, List.of(0.0, -0.0, 0.1, 1.0, 20.5, Double.NaN, Double.NEGATIVE_INFINITY, 9e18));
        values.put(TypeKind.DURATION, List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(90)));
        values.put(
                TypeKind.TIMESTAMP,
                List.of(Instant.EPOCH, Instant.EPOCH.minusNanos(1), Instant.parse("2020-02-29T12:00:00.000000001Z")));
        values.put(TypeKind.UUID, List.of(new UUID(0, 0), new UUID(-1, 1), new UUID(1, -1)));
        values.put(TypeKind.ENUM, List.copyOf(MODES.values()));
        values.put(TypeKind.JSON, List.of(Json.parse("{\"a\":[1]}"), Json.parse("\"\""), Json.parse("1.50")));
        values.put(TypeKind.GEOMETRY, List.of(Fixtures.point(1, 2), Fixtures.wkt("LINESTRING Z(0 0 1, 1 1 2)")));
        return values;
    }

    <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    /** Returns a field; the same name nearly always has the same type. */
    Field field() {
        TypeKind kind = one(List.of(TypeKind.values()));
        boolean array = oneIn(5);
        String name = kind.text() + (array ? "s" : oneIn(3) ? "_2" : "_1");
        if (oneIn(12)) {
            name = "mixed";
            array = false;
        }
        Field field = kind == TypeKind.ENUM ? Field.of(name, MODES) : Field.of(name, kind);
        field = array ? field.array() : field;
        return oneIn(2) ? field.queryable() : field;
    }

    /**
     * Returns a dataset of up to eight fields: every other one with places, more than half with a key, some of these
     * with a version, some with an extent.
     */
    DatasetSpec spec(String slug) {
        DatasetSchema.Builder schema = random.nextBoolean() ? DatasetSchema.spatioTemporal() : DatasetSchema.temporal();
        for (int i = random.nextInt(8); i > 0; i--) {
            schema.replaceField(field());
        }
        if (!oneIn(3)) {
            schema.replaceField(oneIn(2) ? Field.string("key") : Field.int64("key"))
                    .key("key");
            if (oneIn(2)) {
                TypeKind kind = one(List.of(TypeKind.INT32, TypeKind.INT64, TypeKind.UINT64, TypeKind.TIMESTAMP));
                schema.replaceField(Field.of("revision", kind)).version("revision");
            }
        }
        if (oneIn(3)) {
            Field began = Field.timestamp("began");
            schema.replaceField(oneIn(2) ? began : began.queryable())
                    .replaceField(
                            oneIn(2)
                                    ? Field.timestamp("ended")
                                    : Field.timestamp("ended").queryable())
                    .extent("began", "ended");
        }
        if (oneIn(2)) {
            schema.geometryKinds(EnumSet.allOf(GeometryKind.class)).geometryOptional();
        }
        return DatasetSpec.of(slug, schema.build());
    }

    /** Returns a key that a row may have. */
    Object key(boolean text) {
        int key = random.nextInt(60);
        return text ? "key-" + key : (Object) key;
    }

    /** Returns a time of a row, or near one. */
    Instant time() {
        return one(DAYS).plusMillis(random.nextInt(4)).plusNanos(oneIn(4) ? 999_999 : 0);
    }

    Object value(TypeKind kind) {
        return one(VALUES.get(kind));
    }

    /** Returns a constant for a filter on a field of this type; sometimes of another type. */
    Object constant(TypeKind kind) {
        TypeKind used = oneIn(10) ? one(List.of(TypeKind.values())) : kind;
        if (used == TypeKind.JSON || used == TypeKind.GEOMETRY) {
            return oneIn(2) ? new BigDecimal("0.1") : time();
        }
        return oneIn(8) && used != TypeKind.STRING ? value(used).toString() : value(used);
    }

    /** Returns a row for a schema; about one in eighty is not valid. */
    Datapoint row(DatasetSchema schema) {
        Datapoint.Builder row = oneIn(300) ? Datapoint.builder() : Datapoint.at(time());
        if (schema.isSpatial() && !oneIn(schema.isGeometryRequired() ? 300 : 6)) {
            row.geometry(geometry());
        }
        for (Field field : schema.fields()) {
            if (field.name().equals("key")) {
                row.set("key", key(field.kind() == TypeKind.STRING));
            } else if (field.name().equals("began") || field.name().equals("ended")) {
                continue;
            } else if (!oneIn(3)) {
                row.set(field.name(), fieldValue(field));
            }
        }
        if (schema.extent().isPresent()) {
            setExtent(row);
        }
        if (oneIn(300)) {
            row.set("unknown_field", 1);
        }
        return row.build();
    }

    /** Sets an extent that begins before it ends, nearly always. */
    private void setExtent(Datapoint.Builder row) {
        Instant one = time();
        Instant other = time();
        boolean ordered = !one.isAfter(other) || oneIn(150);
        row.set("began", oneIn(5) ? null : ordered ? one : other);
        row.set("ended", oneIn(5) ? null : ordered ? other : one);
    }

    private Object fieldValue(Field field) {
        if (!field.isArray()) {
            return oneIn(800) ? Arrays.asList(1, "x") : value(field.kind());
        }
        List<Object> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            elements.add(value(field.kind()));
        }
        return elements;
    }

    private int degrees(int most) {
        return random.nextInt(-most / 10, most / 10 + 1) * 10;
    }

    /** Returns a geometry on a grid of ten degrees, so that boundaries meet; some cross the antimeridian. */
    Geometry geometry() {
        int west = degrees(170);
        int south = degrees(80);
        int east = Math.min(180, west + 10 * (1 + random.nextInt(4)));
        int north = Math.min(90, south + 10 * (1 + random.nextInt(2)));
        return switch (random.nextInt(8)) {
            case 0, 1 -> Fixtures.point(degrees(180), degrees(90));
            case 2, 3 -> Fixtures.polygon(west, south, east, south, east, north, west, north);
            case 4 -> Fixtures.polygon(west, south, east, south, west, north);
            case 5 -> Fixtures.polygon(170, south, -170, south, -160, north, 175, north);
            case 6 -> Fixtures.wkt("MULTIPOINT ((" + west + " " + south + "), (" + east + " " + north + "))");
            default ->
                oneIn(2)
                        ? Fixtures.polygon(-135, 60, -45, 60, 45, 60, 135, 60)
                        : Fixtures.wkt("MULTIPOLYGON (((170 0, 180 0, 180 10, 170 10, 170 0)), "
                                + "((-180 0, -170 0, -170 10, -180 10, -180 0)))");
        };
    }

    SplittableRandom random() {
        return random;
    }
}
