package org.almagest.internal.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
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
import org.junit.jupiter.api.Test;

/** What each type of field takes, what becomes of it, and what it refuses; row 0, field x. */
class CoercionTest {
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);
    private static final UUID UUID_VALUE = UUID.fromString("ffeeddcc-bbaa-9988-7766-554433221100");

    private static void assertStored(Object expected, TypeKind kind, Object given) throws CorruptSectionException {
        assertEquals(List.of(expected), Rows.stored(Rows.field(kind), given));
    }

    private static void assertUnset(Field field, Object given) throws CorruptSectionException {
        assertEquals(List.of(), Rows.stored(field, given));
        DatasetSchema schema = Rows.schemaOf(field);
        assertEquals(
                Rows.bind(schema, Datapoint.at(Rows.TIME).build()).id(),
                Rows.bind(schema, Rows.rowOf(given)).id(),
                "the id of the row without the field");
    }

    private static void assertRefused(String problem, Field field, Object given) {
        Exception e =
                assertThrows(InvalidRequestException.class, () -> Rows.bind(Rows.schemaOf(field), Rows.rowOf(given)));
        assertEquals("row 0: field \"x\": " + problem, e.getMessage());
    }

    private static void assertRefused(String problem, TypeKind kind, Object given) {
        assertRefused(problem, Rows.field(kind), given);
    }

    @Test
    void stringTakesTextOnly() throws Exception {
        assertStored("", TypeKind.STRING, "");
        assertStored("a\u0000é€\uD83D\uDEF0", TypeKind.STRING, "a\u0000é€\uD83D\uDEF0");
        assertStored("e\u0301", TypeKind.STRING, "e\u0301");
        assertStored("\uFFFD", TypeKind.STRING, "\uFFFD");
        assertStored("abc", TypeKind.STRING, new StringBuilder("abc"));
        assertRefused("integer (expected string)", TypeKind.STRING, 42);
        assertRefused("lone surrogate (expected Unicode text)", TypeKind.STRING, "a\uD83D");
        assertRefused("lone surrogate (expected Unicode text)", TypeKind.STRING, "\uD83Da");
        assertRefused("lone surrogate (expected Unicode text)", TypeKind.STRING, "\uDEF0\uD83D");
    }

    @Test
    void bytesTakeBytes() throws Exception {
        Bytes expected = Bytes.ofHex("af1e28d4");
        assertStored(expected, TypeKind.BYTES, expected);
        assertStored(expected, TypeKind.BYTES, expected.toArray());
        ByteBuffer part = ByteBuffer.wrap(Bytes.ofHex("00af1e28d400").toArray())
                .position(1)
                .limit(5);
        assertStored(expected, TypeKind.BYTES, part);
        assertEquals(4, part.remaining(), "the buffer does not move");
        assertStored(Bytes.of(), TypeKind.BYTES, new byte[0]);
        assertRefused("text (expected bytes)", TypeKind.BYTES, "af");
    }

    @Test
    void boolTakesBoolOnly() throws Exception {
        assertStored(true, TypeKind.BOOL, true);
        assertStored(false, TypeKind.BOOL, false);
        assertRefused("integer (expected bool)", TypeKind.BOOL, 1);
        assertRefused("text (expected bool)", TypeKind.BOOL, "true");
    }

    @Test
    void integersTakeEveryIntegerThatFits() throws Exception {
        assertStored(-1, TypeKind.INT32, (byte) -1);
        assertStored(Integer.MIN_VALUE, TypeKind.INT32, (long) Integer.MIN_VALUE);
        assertStored(Integer.MAX_VALUE, TypeKind.INT32, Uint64.ofBits(Integer.MAX_VALUE));
        assertStored(-7L, TypeKind.INT64, (short) -7);
        assertStored(Long.MIN_VALUE, TypeKind.INT64, Long.MIN_VALUE);
        assertStored(Long.MAX_VALUE, TypeKind.INT64, BigInteger.valueOf(Long.MAX_VALUE));
        assertStored(Long.MAX_VALUE, TypeKind.INT64, Uint64.ofBits(Long.MAX_VALUE));
        assertStored(Uint64.ofBits(0), TypeKind.UINT64, 0);
        assertStored(Uint64.ofBits(-1), TypeKind.UINT64, Uint64.ofBits(-1));
        assertStored(Uint64.ofBits(-1), TypeKind.UINT64, TWO_TO_64.subtract(BigInteger.ONE));
        assertStored(Uint64.ofBits(Long.MAX_VALUE), TypeKind.UINT64, Long.MAX_VALUE);
    }

    @Test
    void integersRefuseWhatDoesNotFit() {
        String int32 = "integer out of range (expected -2147483648 to 2147483647)";
        assertRefused(int32, TypeKind.INT32, Integer.MAX_VALUE + 1L);
        assertRefused(int32, TypeKind.INT32, Integer.MIN_VALUE - 1L);
        assertRefused(int32, TypeKind.INT32, TWO_TO_64);
        String int64 = "integer out of range (expected -9223372036854775808 to 9223372036854775807)";
        assertRefused(int64, TypeKind.INT64, BigInteger.ONE.shiftLeft(63));
        assertRefused(int64, TypeKind.INT64, Uint64.ofBits(Long.MIN_VALUE));
        String uint64 = "integer out of range (expected 0 to 18446744073709551615)";
        assertRefused(uint64, TypeKind.UINT64, -1);
        assertRefused(uint64, TypeKind.UINT64, -1L);
        assertRefused(uint64, TypeKind.UINT64, TWO_TO_64);
        assertRefused("float64 (expected int64)", TypeKind.INT64, 3.0);
        assertRefused("text (expected int32)", TypeKind.INT32, "3");
        assertRefused("bool (expected uint64)", TypeKind.UINT64, true);
    }

    @Test
    void float64TakesNumbersThatItHoldsExactly() throws Exception {
        assertStored(3.0, TypeKind.FLOAT64, 3);
        assertStored(0x1p53, TypeKind.FLOAT64, 1L << 53);
        assertStored(-0x1p63, TypeKind.FLOAT64, Long.MIN_VALUE);
        assertStored(0x1p63, TypeKind.FLOAT64, Uint64.ofBits(Long.MIN_VALUE));
        assertStored(0x1p64, TypeKind.FLOAT64, TWO_TO_64);
        assertStored((double) 0.1f, TypeKind.FLOAT64, 0.1f);
        assertStored(-0.0, TypeKind.FLOAT64, -0.0);
        assertStored(Double.NaN, TypeKind.FLOAT64, Double.longBitsToDouble(0xFFF8_0000_0000_0001L));
        assertStored(Double.NEGATIVE_INFINITY, TypeKind.FLOAT64, Float.NEGATIVE_INFINITY);
        String lost = "integer that float64 cannot hold exactly (expected float64)";
        assertRefused(lost, TypeKind.FLOAT64, (1L << 53) + 1);
        assertRefused(lost, TypeKind.FLOAT64, Long.MAX_VALUE);
        assertRefused(lost, TypeKind.FLOAT64, TWO_TO_64.add(BigInteger.ONE));
        assertRefused(lost, TypeKind.FLOAT64, BigInteger.TEN.pow(400));
        assertRefused("text (expected float64)", TypeKind.FLOAT64, "abc");
    }

    @Test
    void float32TakesNumbersThatItHoldsExactly() throws Exception {
        assertStored(1.5f, TypeKind.FLOAT32, 1.5);
        assertStored(0x1p24f, TypeKind.FLOAT32, 1 << 24);
        assertStored(-0.0f, TypeKind.FLOAT32, -0.0);
        assertStored(Float.NaN, TypeKind.FLOAT32, Double.NaN);
        assertStored(Float.POSITIVE_INFINITY, TypeKind.FLOAT32, Double.POSITIVE_INFINITY);
        assertStored(Float.MIN_VALUE, TypeKind.FLOAT32, (double) Float.MIN_VALUE);
        String lost = "number that float32 cannot hold exactly (expected float32)";
        assertRefused(lost, TypeKind.FLOAT32, 0.1);
        assertRefused(lost, TypeKind.FLOAT32, Double.MAX_VALUE);
        assertRefused(lost, TypeKind.FLOAT32, (1 << 24) + 1);
        assertRefused(lost, TypeKind.FLOAT32, Long.MAX_VALUE);
        assertRefused("bool (expected float32)", TypeKind.FLOAT32, false);
    }

    @Test
    void enumTakesDeclaredNamesAndNumbers() throws Exception {
        EnumValue some = Rows.MODES[1];
        assertStored(some, TypeKind.ENUM, "SOME");
        assertStored(some, TypeKind.ENUM, 7L);
        assertStored(some, TypeKind.ENUM, some);
        assertStored(Rows.MODES[0], TypeKind.ENUM, 0);
        String undeclared = "undeclared value (expected enum(0=NONE, 7=SOME))";
        assertRefused(undeclared, TypeKind.ENUM, "some");
        assertRefused(undeclared, TypeKind.ENUM, 1);
        assertRefused(undeclared, TypeKind.ENUM, 7L + (1L << 32));
        assertRefused(undeclared, TypeKind.ENUM, new EnumValue(7, "OTHER"));
        assertRefused("float64 (expected enum(0=NONE, 7=SOME))", TypeKind.ENUM, 7.0);
    }

    @Test
    void durationsAndTimestampsKeepToTheirRange() throws Exception {
        Duration longest = Duration.ofSeconds(315_576_000_000L);
        assertStored(longest, TypeKind.DURATION, longest);
        assertStored(longest.negated(), TypeKind.DURATION, longest.negated());
        assertStored(Duration.ofNanos(-1), TypeKind.DURATION, Duration.ofNanos(-1));
        String tooLong = "duration out of range (expected at most 315576000000 s either way)";
        assertRefused(tooLong, TypeKind.DURATION, longest.plusNanos(1));
        assertRefused(tooLong, TypeKind.DURATION, longest.negated().minusNanos(1));
        Instant first = Instant.parse("0001-01-01T00:00:00Z");
        Instant last = Instant.parse("9999-12-31T23:59:59.999999999Z");
        assertStored(first, TypeKind.TIMESTAMP, first);
        assertStored(last, TypeKind.TIMESTAMP, last);
        String tooFar = "timestamp out of range (expected years 0001 to 9999)";
        assertRefused(tooFar, TypeKind.TIMESTAMP, first.minusNanos(1));
        assertRefused(tooFar, TypeKind.TIMESTAMP, last.plusNanos(1));
        assertRefused("text (expected timestamp)", TypeKind.TIMESTAMP, "2025-03-28T11:44:23Z");
        assertRefused("integer (expected duration)", TypeKind.DURATION, 12);
    }

    @Test
    void uuidTakesUuids() throws Exception {
        assertStored(UUID_VALUE, TypeKind.UUID, UUID_VALUE);
        assertRefused("text (expected uuid)", TypeKind.UUID, UUID_VALUE.toString());
    }

    @Test
    void jsonTakesJsonAndItsNullIsUnset() throws Exception {
        assertStored(Json.parse("{\"a\":1}"), TypeKind.JSON, Json.parse(" {\"a\" : 1.0 } "));
        assertUnset(Field.json("x"), Json.parse("null"));
        assertRefused("text (expected json)", TypeKind.JSON, "{}");
    }

    @Test
    void arraysComeFromArraysAndCollections() throws Exception {
        Field floats = Field.float64("x").array();
        List<Object> expected = List.of(List.of(1.0, 2.0));
        assertEquals(expected, Rows.stored(floats, new double[] {1, 2}));
        assertEquals(expected, Rows.stored(floats, new float[] {1, 2}));
        assertEquals(expected, Rows.stored(floats, new int[] {1, 2}));
        assertEquals(expected, Rows.stored(floats, new Object[] {1, 2L}));
        assertEquals(expected, Rows.stored(floats, List.of(1, 2)));
        assertEquals(expected, Rows.stored(floats, new LinkedHashSet<>(List.of(1, 2))));
        assertEquals(expected, Rows.stored(floats, new ArrayDeque<>(List.of(1, 2))));
        assertEquals(
                List.of(List.of(Bytes.of((byte) 1), Bytes.of())),
                Rows.stored(Field.bytes("x").array(), new byte[][] {{1}, {}}));
    }

    @Test
    void anEmptyArrayIsUnset() throws Exception {
        assertUnset(Field.float64("x").array(), new double[0]);
        assertUnset(Field.string("x").array(), List.of());
        assertUnset(Field.json("x").array(), new Object[0]);
    }

    @Test
    void arraysRefuseWhatIsNoElement() {
        Field floats = Field.float64("x").array();
        assertRefused("float64 (expected float64[])", floats, 1.0);
        assertRefused("text (expected string[])", Field.string("x").array(), "abc");
        assertRefused("array (expected float64)", Field.float64("x"), List.of(1.0));
        assertRefused("array (expected float64)", Field.float64("x"), new double[] {1});
        assertRefused("element 1: null (expected float64)", floats, Arrays.asList(1.0, null));
        assertRefused("element 0: text (expected float64)", floats, List.of("1"));
        assertRefused("element 0: array (expected float64)", floats, List.of(List.of(1.0)));
        assertRefused("element 0: json null (expected json)", Field.json("x").array(), List.of(Json.parse("null")));
        assertRefused(
                "element 1: empty geometry (expected geometry)",
                Field.geometry("x").array(),
                List.of("POINT (1 2)", "POINT EMPTY"));
    }

    @Test
    void valuesAtTheirLimitAreTakenAndOnePastIsRefused() {
        Limits limits = Limits.defaults().with("valueBytesMax", 4).with("arrayElementsMax", 2);
        assertTaken(limits, Field.string("x"), "éab");
        assertTooMuch("row 5: field \"x\": bytes: 5 (at most 4)", limits, Field.string("x"), "aéab");
        assertTooMuch("row 5: field \"x\": bytes: 6 (at most 4)", limits, Field.string("x"), "ééé");
        assertTaken(limits, Field.bytes("x"), new byte[4]);
        assertTooMuch("row 5: field \"x\": bytes: 5 (at most 4)", limits, Field.bytes("x"), new byte[5]);
        assertTaken(limits, Field.int32("x").array(), new int[2]);
        assertTooMuch(
                "row 5: field \"x\": elements: 3 (at most 2)",
                limits,
                Field.int32("x").array(),
                new int[3]);
        assertTooMuch(
                "row 5: field \"x\": element 1: bytes: 5 (at most 4)",
                limits,
                Field.string("x").array(),
                List.of("", "abcde"));
    }

    @Test
    void aRowAtItsLimitIsTakenAndOnePastIsRefused() {
        Limits limits = Limits.defaults().with("rowBytesMax", 9);
        assertTaken(limits, Field.int64("x"), 1);
        assertTaken(limits, Field.string("x"), "abcd");
        assertTooMuch("row 5: bytes: 10 (at most 9)", limits, Field.string("x"), "abcde");
        assertTooMuch("row 5: bytes: 13 (at most 9)", limits, Field.int64("x").array(), new int[] {1, 2, 3});
    }

    private static void assertTaken(Limits limits, Field field, Object value) {
        binder(limits, field).bind(5, Rows.rowOf(value));
    }

    private static void assertTooMuch(String message, Limits limits, Field field, Object value) {
        Exception e = assertThrows(
                LimitExceededException.class, () -> binder(limits, field).bind(5, Rows.rowOf(value)));
        assertEquals(message, e.getMessage());
    }

    private static RowBinder binder(Limits limits, Field field) {
        return new RowBinder(Rows.schemaOf(field), Rows.COLLECTION, limits, IngestOptions.DEFAULT);
    }
}
