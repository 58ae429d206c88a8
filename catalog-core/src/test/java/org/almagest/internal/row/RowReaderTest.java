package org.almagest.internal.row;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.almagest.error.CorruptSectionException;
import org.almagest.geo.Wkt;
import org.almagest.model.Bytes;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.EnumValue;
import org.almagest.model.Json;
import org.almagest.model.Uint64;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.testing.Faults;
import org.junit.jupiter.api.Test;

class RowReaderTest {
    private static final DatasetSchema EVERYTHING = Rows.everything();

    private static Datapoint full() {
        Datapoint.Builder row = Datapoint.at(Rows.TIME).geometry("POLYGON ((0 0, 1 0, 1 1, 0 0))");
        Map<String, List<Object>> values = Map.ofEntries(
                Map.entry("string", List.of("", "é€\uD83D\uDEF0", "abc")),
                Map.entry("bytes", List.of(Bytes.ofHex("af1e28d4"), Bytes.of())),
                Map.entry("bool", List.of(false, true)),
                Map.entry("int64", List.of(Long.MIN_VALUE, 1L)),
                Map.entry("uint64", List.of(Uint64.ofBits(-1), Uint64.ofBits(0))),
                Map.entry("float64", List.of(-0.0, Double.NaN, 123.45)),
                Map.entry("duration", List.of(Duration.ofNanos(-1), Duration.ofMillis(12_345))),
                Map.entry(
                        "timestamp",
                        List.of(Instant.parse("2025-03-28T11:44:23.345761444Z"), Instant.ofEpochSecond(-1, 1))),
                Map.entry("uuid", List.of(Rows.COLLECTION, new UUID(-1, -1))),
                Map.entry("geometry", List.of(Wkt.read("POINT Z (1 2 3)", Rows.LIMITS))),
                Map.entry("int32", List.of(Integer.MIN_VALUE, 0)),
                Map.entry("float32", List.of(-0.0f, Float.NaN)),
                Map.entry("enum", List.of(Rows.MODES[0], Rows.MODES[1])),
                Map.entry("json", List.of(Json.parse("{\"a\":[1,null]}"), Json.parse("\"x\""))));
        values.forEach((type, list) -> row.set("a_" + type, list.get(0)).set("s_" + type, list));
        return row.build();
    }

    @Test
    void everyTypeIsReadBackEqual() throws Exception {
        Datapoint given = full();
        BoundRow row = Rows.bind(EVERYTHING, given);
        Datapoint read = Rows.read(EVERYTHING, row);
        assertEquals(
                EVERYTHING.fields().stream().map(Field::name).toList(),
                new ArrayList<>(read.values().keySet()),
                "fields come in the order of the schema");
        assertEquals(28, read.values().size());
        assertEquals(given.values(), read.values());
        assertEquals(Optional.of(row.id()), read.id());
        assertEquals(given.time(), read.time());
    }

    @Test
    void theTimesOfStorageComeInMicroseconds() throws Exception {
        BoundRow row = Rows.bind(EVERYTHING, full());
        RowReader reader = Rows.reader(EVERYTHING, row.body());
        assertEquals(
                Optional.of(Instant.parse("2023-11-14T22:13:20.000001Z")),
                reader.datapoint(row.id(), 1_700_000_000_000_001L, null).ingestionTime());
        assertEquals(
                Optional.of(Instant.parse("1969-12-31T23:59:59.999999Z")),
                reader.datapoint(row.id(), -1, null).ingestionTime());
    }

    @Test
    void onlySelectedFieldsAreDecoded() throws Exception {
        BoundRow row = Rows.bind(EVERYTHING, full());
        RowReader reader = Rows.reader(EVERYTHING, row.body());
        Datapoint none = reader.datapoint(row.id(), 0, Set.of());
        assertTrue(none.values().isEmpty());
        assertTrue(none.geometry().isEmpty());
        Datapoint some = reader.datapoint(row.id(), 0, Set.of("geometry", "a_bool", "nothing"));
        assertEquals(Map.of("a_bool", false), some.values());
        assertTrue(some.geometry().isPresent());
    }

    @Test
    void singleValuesAreReadWithoutTheRest() throws Exception {
        RowReader reader = Rows.reader(EVERYTHING, Rows.bind(EVERYTHING, full()).body());
        assertEquals(Long.MIN_VALUE, reader.value("a_int64"));
        assertEquals(List.of(false, true), reader.value("s_bool"));
        assertEquals(reader.geometry(), reader.value("geometry"));
        assertNull(reader.value("nothing"));
        assertTrue(reader.isSet("geometry"));
        assertFalse(reader.isSet("nothing"));
        assertNull(reader.keyBytes());
    }

    @Test
    void aReaderMovesFromRowToRow() throws Exception {
        byte[] first = Rows.bind(EVERYTHING, full()).body();
        byte[] second = Rows.bind(
                        EVERYTHING, Datapoint.at(Rows.TIME).set("a_int32", 5).build())
                .body();
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        RowReader reader = new RowReader(EVERYTHING);
        reader.reset(both, 0, first.length);
        assertTrue(reader.isSet("a_string"));
        reader.reset(both, first.length, second.length);
        assertFalse(reader.isSet("a_string"));
        assertNull(reader.geometry());
        assertEquals(5, reader.value("a_int32"));
        reader.reset(both, first.length, 0);
        assertFalse(reader.isSet("a_int32"));
    }

    @Test
    void bodiesOfAnEarlierSchemaStayReadable() throws Exception {
        DatasetSchema before = DatasetSchema.temporal()
                .field(Field.string("m"))
                .field(Field.enumeration("mode", Rows.MODES))
                .build()
                .numbered();
        EnumValue[] more = {Rows.MODES[0], Rows.MODES[1], new EnumValue(8, "MORE")};
        DatasetSchema after = DatasetSchema.temporal()
                .field(Field.string("a"))
                .field(Field.enumeration("mode", more).numbered(5))
                .field(Field.string("z"))
                .field(Field.string("m").numbered(4))
                .build()
                .numbered();
        BoundRow row = Rows.bind(
                before, Datapoint.at(Rows.TIME).set("m", "x").set("mode", 7).build());
        assertEquals(
                Map.of("m", "x", "mode", Rows.MODES[1]), Rows.read(after, row).values());
        assertEquals(row.id(), ContentId.datapointId(Rows.COLLECTION, row.timeMillis(), after, row.body()));
    }

    @Test
    void theKeyIsReadAsItWasBound() throws Exception {
        DatasetSchema keyed =
                DatasetSchema.temporal().field(Field.uuid("x")).key("x").build().numbered();
        BoundRow row = Rows.bind(keyed, Rows.rowOf(Rows.COLLECTION));
        assertArrayEquals(row.key(), Rows.reader(keyed, row.body()).keyBytes());
        assertEquals(17, row.key().length);
    }

    @Test
    void fieldNumbersBeyondOneByteAreRead() throws Exception {
        for (int number : new int[] {127, 128, 16_383, 16_384, 2_000_000}) {
            DatasetSchema schema = DatasetSchema.temporal()
                    .field(Field.bool("x").numbered(number))
                    .build();
            BoundRow row = Rows.bind(schema, Rows.rowOf(true));
            assertEquals(true, Rows.reader(schema, row.body()).value("x"));
        }
    }

    @Test
    void refusesWhatNoBinderWrites() {
        assertCorrupt("row: field number 6: not in the schema [row @ 0]", "06");
        assertCorrupt("row: geometry flags: none (expected at least one) [row @ 0]", "00");
        assertCorrupt("row: geometry flags: none (expected at least one) [row @ 0]", "0000");
        assertCorrupt("row: geometry flags: 1 (expected a geometry) [row @ 0]", "0001" + "0501");
        assertCorrupt("row: field number 0: not in the schema [row @ 2]", "0501" + "0001");
        assertCorrupt("row: field number 5: out of order [row @ 2]", "0501" + "0501");
        assertCorrupt("row: field number 4: out of order [row @ 2]", "0501" + "0401000000" + "0100000061");
        assertCorrupt("row: field number: not a varint in the shortest form [row @ 0]", "8400");
        assertCorrupt("row: field number: not a varint in the shortest form [row @ 0]", "84");
        assertCorrupt("row: field number: not a varint in the shortest form [row @ 0]", "ffffffffff01");
        assertCorrupt("row: field number 268435455: not in the schema [row @ 0]", "ffffff7f");
        assertCorrupt("row: value: 1 bytes (at most 0) [row @ 1]", "05");
        assertCorrupt("row: value: 4 bytes (at most 3) [row @ 1]", "04010000");
        assertCorrupt("row: array: empty [row @ 1]", "0400000000");
        assertCorrupt("row: value: 17179869180 bytes (at most 4) [row @ 5]", "04ffffffff" + "00000000");
        assertCorrupt("row: value: 4294967295 bytes (at most 0) [row @ 9]", "0401000000" + "ffffffff");
        assertCorrupt("row: bool: 2 (expected 0 or 1) [row @ 1]", "0502");
        assertCorrupt("row: bool: -1 (expected 0 or 1) [row @ 1]", "05ff");
        assertCorrupt("row: text: not UTF-8 [row @ 9]", "0401000000" + "02000000" + "c080");
    }

    /** The fields are 4 {@code a:string[]} and 5 {@code b:bool}; c80 in UTF-8 is an overlong zero. */
    private static void assertCorrupt(String message, String hex) {
        DatasetSchema schema = DatasetSchema.temporal()
                .field(Field.string("a").array())
                .field(Field.bool("b"))
                .build()
                .numbered();
        byte[] body = Bytes.ofHex(hex).toArray();
        Exception e = assertThrows(
                CorruptSectionException.class,
                () -> Rows.reader(schema, body).datapoint(new DatapointId(0, 0), 0, null));
        assertEquals(message, e.getMessage());
    }

    @Test
    void refusesValuesOutOfTheirRange() {
        assertCorruptValue("row: enum: undeclared number 1 [row @ 1]", Field.enumeration("x", Rows.MODES), 1);
        assertCorruptValue("row: nanoseconds: 1000000000 [row @ 9]", Field.timestamp("x"), 0, 1_000_000_000);
        assertCorruptValue("row: nanoseconds: 4294967295 [row @ 9]", Field.duration("x"), 0, -1);
        assertCorruptValue("row: timestamp: 253402300800 s [row @ 1]", Field.timestamp("x"), 253_402_300_800L, 0);
        assertCorruptValue("row: timestamp: -62135596801 s [row @ 1]", Field.timestamp("x"), -62_135_596_801L, 0);
        assertCorruptValue("row: duration: 315576000000 s [row @ 1]", Field.duration("x"), 315_576_000_000L, 1);
        assertCorruptValue("row: duration: -315576000001 s [row @ 1]", Field.duration("x"), -315_576_000_001L, 0);
        assertCorruptValue("row: duration: -9223372036854775808 s [row @ 1]", Field.duration("x"), Long.MIN_VALUE, 0);
    }

    private static void assertCorruptValue(String message, Field field, long seconds, int nanos) {
        assertCorruptValue(message, field, buffer(12).putLong(seconds).putInt(nanos));
    }

    private static void assertCorruptValue(String message, Field field, int number) {
        assertCorruptValue(message, field, buffer(4).putInt(number));
    }

    private static ByteBuffer buffer(int valueBytes) {
        return ByteBuffer.allocate(1 + valueBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 4);
    }

    private static void assertCorruptValue(String message, Field field, ByteBuffer body) {
        Exception e = assertThrows(
                CorruptSectionException.class,
                () -> Rows.reader(Rows.schemaOf(field), body.array()).value("x"));
        assertEquals(message, e.getMessage());
    }

    @Test
    void damagedBodiesAreReadOrRefusedByName() {
        byte[] body = Rows.bind(EVERYTHING, full()).body();
        int refused = 0;
        for (int bit = 0; bit < body.length * Byte.SIZE; bit++) {
            refused += readOrRefuse(Faults.bitFlipped(body, bit)) ? 0 : 1;
        }
        assertTrue(refused > body.length, "refused " + refused);
        for (int length = 0; length < body.length; length++) {
            readOrRefuse(Arrays.copyOf(body, length));
        }
    }

    private static boolean readOrRefuse(byte[] damaged) {
        try {
            Datapoint read = Rows.reader(EVERYTHING, damaged).datapoint(new DatapointId(0, 0), 0, null);
            return read.values().size() <= 28;
        } catch (CorruptSectionException refusal) {
            return false;
        }
    }
}
