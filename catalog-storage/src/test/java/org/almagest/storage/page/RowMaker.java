package org.almagest.storage.page;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import org.almagest.internal.row.BoundRow;
import org.almagest.internal.row.RowBinder;
import org.almagest.model.Bytes;
import org.almagest.model.Datapoint;
import org.almagest.model.EnumValue;
import org.almagest.model.IngestOptions;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.model.Uint64;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;

/** Draws rows of every type, some of them alike as those of one product are, some of them not at all. */
final class RowMaker {
    private static final EnumValue[] MODES = {new EnumValue(0, "NONE"), new EnumValue(7, "SOME")};

    static final DatasetSchema SCHEMA = schema();

    private final SplittableRandom random;
    private final RowBinder binder = new RowBinder(SCHEMA, new UUID(1, 2), Limits.defaults(), IngestOptions.DEFAULT);
    // How each field of these rows varies: not at all, a little, or wholly; and in how many of 4 rows it is set.
    private final int[] variety = new int[2 * TypeKind.values().length];
    private final int[] presence = new int[2 * TypeKind.values().length];
    private final long seed;

    RowMaker(SplittableRandom random) {
        this.random = random;
        this.seed = random.nextLong();
        for (int i = 0; i < variety.length; i++) {
            variety[i] = random.nextInt(6);
            presence[i] = random.nextInt(3) == 0 ? random.nextInt(5) : 4;
        }
    }

    private static DatasetSchema schema() {
        DatasetSchema.Builder schema = DatasetSchema.spatioTemporal().geometryOptional();
        for (TypeKind kind : TypeKind.values()) {
            schema.field(field("a_", kind));
            schema.field(field("s_", kind).array());
        }
        return schema.build().numbered();
    }

    private static Field field(String prefix, TypeKind kind) {
        String name = prefix + kind.text();
        return kind == TypeKind.ENUM ? Field.enumeration(name, MODES) : Field.of(name, kind);
    }

    BoundRow next(int index) {
        Datapoint.Builder row = Datapoint.at(Instant.ofEpochMilli(index));
        if (random.nextInt(5) > 0) {
            row.geometry((String) value(TypeKind.GEOMETRY, variety[0], index));
        }
        for (TypeKind kind : TypeKind.values()) {
            int at = kind.ordinal();
            if (random.nextInt(4) < presence[at]) {
                row.set("a_" + kind.text(), value(kind, variety[at], index));
            }
            int array = at + TypeKind.values().length;
            if (random.nextInt(4) < presence[array]) {
                row.set("s_" + kind.text(), values(kind, variety[array], index));
            }
        }
        return binder.bind(index, row.build());
    }

    /** Returns a row with all fields set. */
    BoundRow full() {
        Arrays.fill(presence, 4);
        return next(1);
    }

    private List<Object> values(TypeKind kind, int varies, int index) {
        int count = varies % 2 == 0 ? 3 : random.nextInt(5);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(value(kind, varies / 2, index));
        }
        return values;
    }

    private Object value(TypeKind kind, int varies, int index) {
        long number = switch (varies) {
            case 0 -> seed;
            case 1 -> seed + random.nextInt(3);
            case 2 -> index * 17L + random.nextInt(10);
            case 3 -> (seed >> 32) + random.nextInt(1_000);
            case 4 -> random.nextLong() >> random.nextInt(64);
            default -> random.nextLong();
        };
        return switch (kind) {
            case STRING -> text(varies, number);
            case BYTES -> Bytes.of(text(varies, number).getBytes(StandardCharsets.UTF_8));
            case BOOL -> (number & 1) == 0;
            case INT64 -> number;
            case UINT64 -> Uint64.ofBits(number);
            case FLOAT64 -> varies < 4 ? (number % 100_000) / 100.0 : Double.longBitsToDouble(number);
            case DURATION -> Duration.ofSeconds(number % 1_000_000_000L, nanos(varies));
            case TIMESTAMP -> Instant.ofEpochSecond(number % 60_000_000_000L, nanos(varies));
            case UUID -> varies < 3 ? new UUID(seed, number) : new UUID(random.nextLong(), number);
            case GEOMETRY -> wkt(varies);
            case INT32 -> (int) number;
            case FLOAT32 -> varies < 4 ? (number % 1_000) / 4f : Float.intBitsToFloat((int) number);
            case ENUM -> MODES[(int) (number & 1)].name();
            case JSON -> Json.parse(json(varies, number));
        };
    }

    private int nanos(int varies) {
        return switch (varies) {
            case 0, 1 -> 0;
            case 2 -> random.nextInt(1_000) * 1_000_000;
            case 3 -> random.nextInt(1_000_000) * 1_000;
            default -> random.nextInt(1_000_000_000);
        };
    }

    private String text(int varies, long number) {
        return switch (varies) {
            case 0 -> "always the same";
            case 1 -> "B0" + Math.floorMod(number, 9L);
            case 2 -> String.format(Locale.ROOT, "S2A_MSIL2A_%08d_%06d", Math.floorMod(number, 99_999_999L), 23);
            case 3 -> (seed & 1) == 0 ? new UUID(random.nextLong(), number).toString() : mixed();
            case 4 -> "Grüße_" + number + "/" + random.nextInt(100) + ".tif";
            default -> random.nextInt(9) == 0 ? "" : "x".repeat(random.nextInt(600)) + Long.toHexString(number);
        };
    }

    /** Returns digits and a hexadecimal letter, as many of each in all rows of these. */
    private String mixed() {
        StringBuilder text = new StringBuilder();
        for (int left = 12 + (int) (seed >>> 8 & 15); left > 0; left--) {
            text.append(random.nextInt(10));
        }
        return text.append("abcdef".charAt(random.nextInt(6)))
                .append(random.nextInt(10))
                .toString();
    }

    private String json(int varies, long number) {
        String text = text(Math.min(varies, 4), number);
        return switch (random.nextInt(varies < 3 ? 1 : 3)) {
            case 0 ->
                "{\"a\":{\"href\":\"" + text + "\",\"size\":" + number % 1_000_000 + "},\"b\":[1,true,null,"
                        + random.nextInt(1_000) / 10.0 + "],\"c\":\"x\\\"y\"}";
            case 1 -> "[\"" + text + "\"," + number % 1_000 + "]";
            default -> "\"" + text + "\"";
        };
    }

    private String wkt(int varies) {
        double x = coordinate(varies, 170);
        double y = coordinate(varies, 80);
        double w = 1 + Math.abs(coordinate(varies, 1));
        return switch (varies < 3 ? varies : random.nextInt(5)) {
            case 0 -> "POINT (" + x + " " + y + ")";
            case 1 ->
                "POLYGON ((" + x + " " + y + ", " + (x + w) + " " + y + ", " + x + " " + (y + w) + ", " + x + " " + y
                        + "))";
            case 2 ->
                "POLYGON ((" + x + " " + y + ", " + (x + w) + " " + y + ", " + (x + w) + " " + (y + w) + ", " + x + " "
                        + (y + w) + ", " + x + " " + y + "))";
            case 3 -> "MULTIPOINT ((" + x + " " + y + "), (" + y + " " + y + "))";
            default ->
                "POLYGON Z ((" + x + " " + y + " 1, " + (x + w) + " " + y + " 2, " + x + " " + (y + w) + " 3, " + x
                        + " " + y + " 1))";
        };
    }

    private double coordinate(int varies, double most) {
        double any = random.nextDouble(-most, most);
        return varies < 4 ? Math.rint(any * 1e6) / 1e6 : any;
    }
}
