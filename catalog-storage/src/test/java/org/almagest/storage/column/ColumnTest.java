package org.almagest.storage.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.row.ValueCodec;
import org.almagest.internal.value.ValueFamily;
import org.almagest.model.Bytes;
import org.almagest.model.EnumValue;
import org.almagest.model.Uint64;
import org.almagest.schema.EnumType;
import org.almagest.schema.Field;
import org.almagest.testing.Seeded;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ColumnTest {
    private static final EnumType LEVELS =
            new EnumType(List.of(new EnumValue(0, "Zero"), new EnumValue(1, "L2A"), new EnumValue(300, "L1C")));

    private static @Nullable ColumnReader build(Field field, List<? extends @Nullable Object> values) throws Exception {
        ByteBuffer body = body(field, values);
        return body == null ? null : ColumnReader.open(body, values.size(), "test");
    }

    private static @Nullable ByteBuffer body(Field field, List<? extends @Nullable Object> values) throws Exception {
        ColumnWriter writer = new ColumnWriter(field);
        for (Object value : values) {
            if (value == null) {
                writer.addUnset();
            } else {
                byte[] bytes = new byte[ValueCodec.encode(field, value).length + 3];
                Arrays.fill(bytes, (byte) 0x55);
                System.arraycopy(ValueCodec.encode(field, value), 0, bytes, 2, bytes.length - 3);
                writer.add(bytes, 2, bytes.length - 1);
            }
        }
        long bound = writer.bytesSoFar();
        BuiltColumn built = writer.build();
        if (built == null) {
            return null;
        }
        assertTrue(built.bodyBytes() <= bound, built.bodyBytes() + " bytes, at most " + bound + " were announced");
        ByteBuffer body = ByteBuffer.allocate(built.bodyBytes()).order(ByteOrder.LITTLE_ENDIAN);
        built.write(body);
        assertFalse(body.hasRemaining());
        return body.flip();
    }

    private static ColumnReader check(Field field, List<? extends @Nullable Object> values) throws Exception {
        ColumnReader column = build(field, values);
        assertNotNull(column, field + " " + values.size());
        assertEquals(field.kind(), column.kind());
        TreeSet<Long> used = new TreeSet<>();
        int unset = 0;
        for (int row = 0; row < values.size(); row++) {
            long code = column.code(row);
            assertEquals(values.get(row), column.value(code), "row " + row);
            assertEquals(values.get(row) == null, code == 0);
            unset += code == 0 ? 1 : 0;
            used.add(code);
        }
        used.remove(0L);
        assertEquals(unset, column.zones().unsetCount());
        assertEquals(used.isEmpty() ? 0 : used.last(), column.maxCode());
        assertTrue(used.isEmpty() || used.first() == 1);
        if (column.isDictionary()) {
            assertEquals(LongStream.rangeClosed(1, column.maxCode()).boxed().toList(), new ArrayList<>(used));
        }
        if (column.zones().isDistinctCountExact()) {
            assertEquals(used.size(), column.zones().distinctCount());
        }
        checkOrder(field, column, used);
        return column;
    }

    private static void checkOrder(Field field, ColumnReader column, TreeSet<Long> used) {
        ValueFamily family = ValueFamily.of(field);
        Object before = null;
        for (long code : used) {
            Object value = Objects.requireNonNull(column.value(code));
            if (before != null) {
                int order = family.compare(before, value);
                assertTrue(order < 0 || isNan(value) || isZero(before) && isZero(value), before + " before " + value);
            }
            before = value;
            if (!isNan(value)) {
                long first = column.firstCode(other -> family.compare(other, value));
                long behind = column.firstCode(other -> family.compare(other, value) <= 0 ? -1 : 1);
                assertTrue(first <= code && code < behind && behind - first <= 2, value.toString());
                assertTrue(behind == first + 1 || isZero(value));
            } else {
                assertEquals(column.nanCode(), code);
                assertEquals(column.maxCode(), code);
            }
        }
        assertEquals(1, column.firstCode(value -> 0));
        assertEquals(column.nanCode() == 0 ? column.maxCode() + 1 : column.nanCode(), column.firstCode(value -> -1));
    }

    private static boolean isNan(Object value) {
        return value instanceof Number && Double.isNaN(((Number) value).doubleValue());
    }

    private static boolean isZero(Object value) {
        return value instanceof Number && ((Number) value).doubleValue() == 0;
    }

    private static Instant at(long seconds, int nanos) {
        return Instant.ofEpochSecond(seconds, nanos);
    }

    @Test
    void announcesTheBytesOfTimesWhoseFractionsChangeFromBlockToBlock() throws Exception {
        List<Instant> times = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            times.add(Instant.ofEpochSecond(1_700_000_000L + i, (i >> 10 & 1) == 0 ? 1_000 : 500_000_007));
        }
        check(Field.timestamp("x").queryable().numbered(7), times);
    }

    @Test
    void keepsTheBoundsOfEveryKind() throws Exception {
        check(Field.bool("f"), Arrays.asList(true, null, false, true));
        check(Field.int32("f"), Arrays.asList(Integer.MIN_VALUE, null, Integer.MAX_VALUE, 0));
        check(Field.int64("f"), Arrays.asList(Long.MIN_VALUE, null, Long.MAX_VALUE, 0L));
        check(Field.int64("f"), Arrays.asList(Long.MIN_VALUE, Long.MIN_VALUE + 1));
        check(
                Field.uint64("f"),
                Arrays.asList(Uint64.ofBits(-1), null, Uint64.ofBits(0), Uint64.ofBits(Long.MIN_VALUE)));
        check(Field.string("f"), Arrays.asList("", null, "a", "\uFFFF", "\uD83D\uDE00", "ab"));
        check(
                Field.bytes("f"),
                Arrays.asList(Bytes.ofHex(""), null, Bytes.ofHex("ff"), Bytes.ofHex("00"), Bytes.ofHex("7f00")));
        check(Field.uuid("f"), Arrays.asList(new UUID(-1, 0), new UUID(0, -1), null, new UUID(0, 0), new UUID(1, 5)));
        check(
                Field.of("f", LEVELS),
                Arrays.asList(new EnumValue(1, "L2A"), null, new EnumValue(0, "Zero"), new EnumValue(300, "L1C")));
        Instant last = Instant.parse("9999-12-31T23:59:59.999999Z");
        check(
                Field.timestamp("f"),
                Arrays.asList(Instant.parse("0001-01-01T00:00:00Z"), null, at(0, 0), at(-1, 1_000)));
        check(Field.timestamp("f"), List.of(last, last));
        Duration longest = Duration.ofSeconds(315_576_000_000L);
        check(Field.duration("f"), Arrays.asList(longest, longest.negated(), null, Duration.ofNanos(-1_000)));
    }

    @Test
    void keepsFloatsThatNoDecimalIs() throws Exception {
        Double[] hard = {
            Double.NaN,
            -0.0,
            0.0,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            0.1,
            Math.PI,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            1e300,
            -1e-300,
            null
        };
        check(Field.float64("f"), Arrays.asList(hard));
        for (Double each : hard) {
            check(Field.float64("f"), Collections.singletonList(each));
            check(Field.float64("f"), Arrays.asList(null, each, 0.25, each, 1.0));
        }
        Float[] hardFloats = {
            Float.NaN, -0f, 0f, Float.MIN_VALUE, -Float.MAX_VALUE, 0.1f, (float) Math.E, Float.NEGATIVE_INFINITY, null
        };
        check(Field.float32("f"), Arrays.asList(hardFloats));
        for (Float each : hardFloats) {
            check(Field.float32("f"), Arrays.asList(null, each, 0.3f, each, 16_777_216f));
        }
    }

    @Test
    void stepsAndScalesAreThoseOfAllBlocks() throws Exception {
        List<Long> steps = new ArrayList<>();
        List<Double> decimals = new ArrayList<>();
        for (int row = 0; row < 3 * 1_024 + 5; row++) {
            int block = row / 1_024;
            steps.add(1_000_000L - block * 15_015L + row % 7 * 30L); // the lowest of each block is off by half a step
            decimals.add(block < 2 ? row % 40 * 0.5 : row % 40 * 0.001);
        }
        check(Field.int64("f"), steps);
        check(Field.float64("f"), decimals);
        decimals.set(2_000, Math.PI);
        check(Field.float64("f"), decimals);
        decimals.set(7, null);
        decimals.set(1_024, null);
        check(Field.float64("f"), decimals);
    }

    @Test
    void columnsAreAsSmallAsTheirValuesAreSimple() throws Exception {
        int rows = 10_240;
        assertBits(0, rows, Field.int64("f"), i -> 77L);
        assertBits(0, rows, Field.int64("f"), i -> null);
        assertBits(7, rows, Field.float64("f"), i -> (double) (i % 101));
        assertBits(14, rows, Field.float64("f"), i -> mixed(i, 10_001) / 100.0);
        assertBits(14, rows, Field.float32("f"), i -> mixed(i, 10_001) / 100f);
        assertBits(7, rows, Field.timestamp("f"), i -> at(86_400L * mixed(i, 100), 0));
        assertBits(
                10, rows, Field.timestamp("f"), i -> at(mixed(i, 1_000) / 1_000, mixed(i, 1_000) % 1_000 * 1_000_000));
        assertBits(2, rows, Field.string("f"), i -> List.of("S2A", "S2B", "S2C").get(i % 3));
        assertBits(1, rows, Field.bool("f"), i -> i % 3 == 0);
        assertBits(10, rows, Field.int64("f"), i -> 1_000_000_000L * i);
        assertBits(3, rows, Field.float64("f"), i -> Math.sqrt(i % 7 + 2));
    }

    private static int mixed(int i, int count) {
        return (int) Math.floorMod(i * 0x9E3779B97F4A7C15L >>> 20, (long) count);
    }

    private static void assertBits(int bits, int rows, Field field, Function<Integer, @Nullable Object> value)
            throws Exception {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            values.add(value.apply(i));
        }
        check(field, values);
        int bytes = Objects.requireNonNull(body(field, values)).remaining();
        int most = rows * bits / Byte.SIZE + 1_200;
        assertTrue(bytes <= most, field + ": " + bytes + " bytes (at most " + most + ")");
    }

    @Test
    void fieldsOfTooManyStringsHaveNoColumn() throws Exception {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < ColumnFormat.DISTINCT_MAX; i++) {
            values.add(Integer.toString(i));
        }
        values.add("7");
        assertTrue(check(Field.string("f"), values).isDictionary());
        values.add("-");
        assertNull(build(Field.string("f"), values));
        String half = "x".repeat(ColumnFormat.STRING_BYTES_MAX / 2);
        List<String> longOnes = new ArrayList<>(List.of(half, half, half.substring(1) + "y"));
        check(Field.string("f"), longOnes);
        longOnes.add("z");
        assertNull(build(Field.string("f"), longOnes));
    }

    @Test
    void fieldsOfNumbersTooFarApartHaveNoColumn() throws Exception {
        List<Object> values = new ArrayList<>(List.of(Long.MIN_VALUE, Long.MAX_VALUE));
        for (long i = 0; i < ColumnFormat.DISTINCT_MAX - 2; i++) {
            values.add(i);
        }
        assertTrue(check(Field.int64("f"), values).isDictionary());
        values.add(-1L);
        assertNull(build(Field.int64("f"), values));
        assertNull(build(Field.timestamp("f"), List.of(at(10_000_000_000L, 1))));
    }

    @Test
    void everyKindKeepsRandomValues() {
        Seeded.repeat(60, random -> {
            int rows = 1 + random.nextInt(random.nextBoolean() ? 5 : 3_000);
            int unsetPercent = random.nextInt(4) * 33;
            int distinct = 1 + random.nextInt(random.nextBoolean() ? 10 : 2_000);
            for (Field field : List.of(
                    Field.bool("f"),
                    Field.int32("f"),
                    Field.int64("f"),
                    Field.uint64("f"),
                    Field.float32("f"),
                    Field.float64("f"),
                    Field.timestamp("f"),
                    Field.duration("f"),
                    Field.string("f"),
                    Field.uuid("f"),
                    Field.bytes("f"),
                    Field.of("f", LEVELS))) {
                List<Object> pool = new ArrayList<>();
                int shape = random.nextInt(4);
                for (int i = 0; i < distinct; i++) {
                    pool.add(draw(field, random, shape));
                }
                List<@Nullable Object> values = new ArrayList<>();
                for (int i = 0; i < rows; i++) {
                    values.add(random.nextInt(100) < unsetPercent ? null : pool.get(random.nextInt(distinct)));
                }
                check(field, values);
            }
        });
    }

    private static Object draw(Field field, SplittableRandom random, int shape) {
        long small = random.nextInt(-500, 500);
        long number = shape == 0 ? small : shape == 1 ? small * 1_000 + 7 : random.nextLong() >> random.nextInt(63);
        double decimal = shape == 0 ? small / 4.0 : shape == 1 ? small / 1e4 : random.nextDouble(-180, 180);
        return switch (field.kind()) {
            case BOOL -> random.nextBoolean();
            case INT32 -> (int) number;
            case INT64 -> number;
            case UINT64 -> Uint64.ofBits(number);
            case FLOAT64 -> decimal;
            case FLOAT32 -> (float) decimal;
            case TIMESTAMP ->
                at(1_600_000_000L + small, shape == 0 ? 0 : shape == 1 ? 500_000_000 : random.nextInt(1_000_000_000));
            case DURATION -> Duration.ofSeconds(small, shape == 0 ? 0 : random.nextInt(1_000) * 1_000_000L);
            case STRING -> "text " + number;
            case UUID -> new UUID(random.nextLong(), number);
            case BYTES -> Bytes.ofHex(shape == 0 ? "00" : "ff00" + Math.floorMod(number, 90) / 10 + "3");
            default -> LEVELS.values().get(random.nextInt(LEVELS.values().size()));
        };
    }

    @Test
    void bytesThatDoNotHoldAreRefusedOrHarmless() {
        Seeded.repeat(2_000, random -> {
            boolean text = random.nextBoolean();
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                values.add(text ? "v" + random.nextInt(9) : (Object) (random.nextInt(90) / 10.0));
            }
            ByteBuffer body = Objects.requireNonNull(body(text ? Field.string("f") : Field.float64("f"), values));
            int at = random.nextInt(body.limit());
            body.put(at, (byte) (body.get(at) ^ 1 << random.nextInt(8)));
            try {
                ColumnReader column = ColumnReader.open(body, values.size(), "test");
                for (long code = 0; code <= Math.min(column.maxCode(), 100); code++) {
                    column.value(code);
                }
                for (int row = 0; row < values.size(); row++) {
                    column.code(row);
                }
            } catch (CorruptSectionException refused) {
                assertFalse(refused.getMessage().isEmpty());
            }
        });
    }

    @Test
    void aColumnOfOtherRowsIsRefused() throws Exception {
        ByteBuffer body = Objects.requireNonNull(body(Field.bool("f"), List.of(true, false)));
        CorruptSectionException refused =
                assertThrows(CorruptSectionException.class, () -> ColumnReader.open(body, 3, "x.seg"));
        assertEquals(
                "column: zones of 2 and codes of 2 rows (expected 3) [x.seg]",
                refused.toCorruptStore().getMessage().replaceAll(" @ [0-9]+", ""));
    }
}
