package org.almagest.io;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.almagest.geo.Wkt;
import org.almagest.model.Bytes;
import org.almagest.model.Datapoint;
import org.almagest.model.EnumValue;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.model.Uint64;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.EnumType;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;

/** Rows with values of every type, extremes among them. */
public final class RandomRows {
    private static final EnumValue[] PHASES = {new EnumValue(0, "DAY"), new EnumValue(7, "NIGHT")};
    private static final String[] TEXTS = {
        "a",
        "a,b",
        "\"",
        "'",
        " padded ",
        "line\nbreak",
        "cr\r\nlf",
        "[1]",
        "\\",
        "\u00e9\ud83d\ude00",
        "true",
        "-",
        "\u0001",
        "{}"
    };
    private static final String[] JSONS = {"{\"a\":[1,null,\"x,y\"]}", "1.5", "\"text\"", "[]", "true", "{}"};
    private static final String[] SHAPES = {
        "POINT (1 2)",
        "LINESTRING (0 0, 1.5 1)",
        "POLYGON Z ((0 0 1, 1 0 1, 1 1 1, 0 0 1))",
        "GEOMETRYCOLLECTION (POINT (1 2), MULTIPOINT ((3 4), (5 6)))"
    };

    private RandomRows() {}

    /** Returns a spatio-temporal schema with a scalar and an array of every kind. */
    public static DatasetSchema schema() {
        DatasetSchema.Builder schema = DatasetSchema.spatioTemporal().geometryOptional();
        for (TypeKind kind : TypeKind.values()) {
            Field field =
                    kind == TypeKind.ENUM ? Field.enumeration("x_enum", PHASES) : Field.of("x_" + kind.text(), kind);
            schema.field(field);
            Field list = kind == TypeKind.ENUM
                    ? Field.enumeration("x_enum_list", PHASES)
                    : Field.of("x_" + kind.text() + "_list", kind);
            schema.field(list.array());
        }
        return schema.build();
    }

    /** Returns a row with each field set or not; no empty texts or arrays. */
    public static Datapoint next(SplittableRandom random) {
        Datapoint.Builder row =
                Datapoint.at(Instant.ofEpochMilli(random.nextLong(-60_000_000_000_000L, 100_000_000_000_000L)));
        if (random.nextBoolean()) {
            row.geometry(Wkt.read(SHAPES[random.nextInt(SHAPES.length)], Limits.defaults()));
        }
        for (Field field : schema().fields()) {
            if (random.nextInt(3) > 0) {
                row.set(field.name(), field.isArray() ? list(field, random) : value(field, random));
            }
        }
        return row.build();
    }

    private static List<Object> list(Field field, SplittableRandom random) {
        List<Object> values = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            values.add(value(field, random));
        }
        return values;
    }

    private static Object value(Field field, SplittableRandom random) {
        return switch (field.kind()) {
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case BYTES -> Bytes.of((byte) random.nextInt(), (byte) random.nextInt());
            case BOOL -> random.nextBoolean();
            case INT32 -> random.nextInt();
            case INT64 -> pick(random, Long.MIN_VALUE, Long.MAX_VALUE, 0L, random.nextLong(), (long) random.nextInt());
            case UINT64 -> Uint64.ofBits(pick(random, -1L, 0L, 1L << 53, (1L << 53) + 1, random.nextLong()));
            case FLOAT32 ->
                pick(random, Float.NaN, -0.0f, Float.MIN_VALUE, Float.MAX_VALUE, 0.1f, (float) random.nextDouble());
            case FLOAT64 ->
                pick(
                        random,
                        Double.NaN,
                        -0.0,
                        Double.MIN_VALUE,
                        Double.MAX_VALUE,
                        Double.NEGATIVE_INFINITY,
                        0.1,
                        random.nextDouble());
            case ENUM -> ((EnumType) field.type()).values().get(random.nextInt(2));
            case DURATION ->
                Duration.ofSeconds(random.nextLong(-315_576_000_000L, 315_576_000_000L), random.nextInt(1_000_000_000));
            case TIMESTAMP ->
                Instant.ofEpochSecond(
                        random.nextLong(-62_135_596_800L, 253_402_300_800L), random.nextInt(1_000_000_000));
            case UUID -> new UUID(random.nextLong(), random.nextLong());
            case GEOMETRY -> Wkt.read(SHAPES[random.nextInt(SHAPES.length)], Limits.defaults());
            case JSON -> Json.parse(JSONS[random.nextInt(JSONS.length)]);
        };
    }

    @SafeVarargs
    private static <T> T pick(SplittableRandom random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
