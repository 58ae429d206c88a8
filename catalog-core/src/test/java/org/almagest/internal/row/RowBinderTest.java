package org.almagest.internal.row;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.Bytes;
import org.almagest.model.ColumnBatch;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestOptions;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.junit.jupiter.api.Test;

class RowBinderTest {
    /** The fixture F of the acceptance scenarios. */
    private static final DatasetSchema F = DatasetSchema.temporal()
            .field(Field.float64("value"))
            .field(Field.string("sensor"))
            .field(Field.timestamp("precise_time"))
            .field(Field.float64("sensor_history").array())
            .build()
            .numbered();

    private static final double[] HISTORY = {-12.15, 13.45, -8.2, 16.5, 45.16};

    private static Datapoint.Builder r1() {
        return Datapoint.at("2025-03-28T11:44:23Z")
                .set("value", 45.16)
                .set("sensor", "A")
                .set("precise_time", Instant.parse("2025-03-28T11:44:23.345761444Z"))
                .set("sensor_history", HISTORY);
    }

    private static DatapointId idOf(Datapoint.Builder row) {
        return Rows.bind(F, row.build()).id();
    }

    private static void assertRefused(String message, DatasetSchema schema, Datapoint.Builder row) {
        RowBinder binder = Rows.binder(schema);
        Exception e = assertThrows(InvalidRequestException.class, () -> binder.bind(3, row.build()));
        assertEquals(message, e.getMessage());
        assertEquals(
                binder.bind(0, complete(schema)).id(),
                Rows.bind(schema, complete(schema)).id(),
                "a refused row leaves nothing behind in the binder");
    }

    private static Datapoint complete(DatasetSchema schema) {
        Datapoint.Builder row = Datapoint.at(Rows.TIME);
        if (schema.isSpatial()) {
            row.geometry("POINT (1 2)");
        }
        schema.key().ifPresent(key -> row.set(key.name(), "k"));
        return row.build();
    }

    @Test
    void everyFieldCountsInTheId() {
        DatapointId id = idOf(r1());
        assertTrue(id.toString().startsWith("0195dc91-45d8-7"));
        assertNotEquals(id, idOf(r1().set("sensor", "C")));
        assertNotEquals(id, idOf(r1().set("value", Math.nextUp(45.16))));
        assertNotEquals(id, idOf(r1().set("sensor_history", new double[] {-12.15, 13.45, -8.2, 16.5, 45.17})));
        assertNotEquals(id, idOf(r1().set("precise_time", Instant.parse("2025-03-28T11:44:23.345761445Z"))));
        assertNotEquals(id, idOf(r1().set("value", null)));
        assertNotEquals(id, idOf(r1().time(Instant.parse("2025-03-28T11:44:23.001Z"))));
        assertEquals(id, idOf(r1().time(Instant.parse("2025-03-28T11:44:23.000999Z"))));
    }

    @Test
    void theOrderOfTheInputDoesNotCount() {
        Datapoint.Builder permuted = Datapoint.at(Rows.TIME)
                .set("sensor_history", HISTORY)
                .set("precise_time", Instant.parse("2025-03-28T11:44:23.345761444Z"))
                .set("sensor", "A")
                .set("value", 45.16);
        assertEquals(idOf(r1()), idOf(permuted));
    }

    @Test
    void unsetAndEmptyTextDiffer() {
        assertNotEquals(idOf(r1().set("sensor", "")), idOf(r1().set("sensor", null)));
        assertEquals(idOf(r1().set("sensor_history", List.of())), idOf(r1().set("sensor_history", null)));
    }

    @Test
    void anotherCollectionGivesAnotherId() {
        RowBinder other =
                new RowBinder(F, ContentId.collectionId(Rows.COLLECTION, "other"), Rows.LIMITS, IngestOptions.DEFAULT);
        assertNotEquals(idOf(r1()), other.bind(0, r1().build()).id());
    }

    @Test
    void paddingOfAMatrixIsNoContent() {
        double[] row4 = {280.12, 273.15, 290.12};
        double[] padded = Arrays.copyOf(row4, 5);
        Arrays.fill(padded, 3, 5, Double.NaN);
        ColumnBatch batch = ColumnBatch.at(List.of(Rows.TIME, Rows.TIME))
                .matrix("sensor_history", new double[][] {HISTORY, padded})
                .build();
        Datapoint.Builder plain = Datapoint.at(Rows.TIME).set("sensor_history", row4);
        assertEquals(idOf(plain), Rows.bind(F, batch.toDatapoints().get(1)).id());
        assertNotEquals(idOf(plain), idOf(plain.set("sensor_history", padded)));
    }

    @Test
    void idAndIngestionTimeOfTheInputAreIgnored() {
        DatapointId id = idOf(r1());
        assertEquals(id, idOf(r1().stored(new DatapointId(1, 2), Instant.EPOCH)));
        assertEquals(id, idOf(r1().set("id", id.toString()).set("ingestion_time", Instant.EPOCH)));
    }

    @Test
    void refusesWhatIsNoRowOfTheSchema() {
        assertRefused("row 3: field \"sensor\": integer (expected string)", F, r1().set("sensor", 42));
        assertRefused("row 3: field \"value\": text (expected float64)", F, r1().set("value", "abc"));
        assertRefused(
                "row 3: field \"some_unwanted_column\": unknown (expected a field of the dataset)",
                F,
                r1().set("some_unwanted_column", "Unsupported"));
        assertRefused(
                "row 3: field \"time\": unset (expected a time)",
                F,
                Datapoint.builder().set("value", 1));
        assertRefused(
                "row 3: field \"time\": given as a custom field (expected as the datapoint's own time)",
                F,
                r1().set("time", Rows.TIME));
        assertRefused(
                "row 3: field \"geometry\": unknown (datapoints of this dataset have no place)",
                F,
                r1().geometry("POINT (1 2)"));
        assertRefused(
                "row 3: field \"time\": out of range (expected years 0001 to 5999)",
                F,
                r1().time(Instant.parse("6000-01-01T00:00:00Z")));
        assertRefused(
                "row 3: field \"time\": out of range (expected years 0001 to 5999)",
                F,
                r1().time(Instant.parse("0000-12-31T23:59:59.999999999Z")));
    }

    @Test
    void timeIsFlooredBefore1970Too() {
        assertEquals(
                -1,
                Rows.bind(F, Datapoint.at("1969-12-31T23:59:59.999999999Z").build())
                        .timeMillis());
        assertEquals(
                -62_135_596_800_000L,
                Rows.bind(F, Datapoint.at("0001-01-01").build()).timeMillis());
        assertEquals(
                127_174_492_799_999L,
                Rows.bind(F, Datapoint.at("5999-12-31T23:59:59.999999999Z").build())
                        .timeMillis());
    }

    @Test
    void aKeyIsRequiredAndKept() {
        DatasetSchema keyed = DatasetSchema.temporal()
                .field(Field.string("name"))
                .key("name")
                .build()
                .numbered();
        assertRefused("row 3: field \"name\": unset (expected a value, it is the key)", keyed, Datapoint.at(Rows.TIME));
        byte[] key = Rows.bind(keyed, Datapoint.at(Rows.TIME).set("name", "ab").build())
                .key();
        assertArrayEquals(Bytes.ofHex("01020000006162").toArray(), key);
        assertArrayEquals(key, RowBinder.encodeKey(keyed, "ab"));
        assertNull(Rows.bind(F, r1().build()).key());
    }

    @Test
    void aKeyToLookUpIsConvertedLikeOneToStore() {
        DatasetSchema keyed = DatasetSchema.temporal()
                .field(Field.uint64("number"))
                .key("number")
                .build()
                .numbered();
        assertArrayEquals(
                RowBinder.encodeKey(keyed, 7),
                Rows.bind(keyed, Datapoint.at(Rows.TIME).set("number", 7L).build())
                        .key());
        Exception wrong = assertThrows(InvalidRequestException.class, () -> RowBinder.encodeKey(keyed, "7"));
        assertEquals("field \"number\": text (expected uint64)", wrong.getMessage());
        Exception none = assertThrows(InvalidRequestException.class, () -> RowBinder.encodeKey(F, "7"));
        assertEquals("key: the dataset has no key field", none.getMessage());
    }

    /** Pinned, because key indexes on disk are sorted by it; SHA-256 of the seven bytes begins so. */
    @Test
    void theHashOfAKeyNeverChanges() {
        assertEquals(
                0x50689cfad79bcb06L, KeyHash.of(Bytes.ofHex("01020000006162").toArray()));
    }

    @Test
    void aSchemaWithoutNumbersIsAMistake() {
        DatasetSchema unnumbered =
                DatasetSchema.temporal().field(Field.bool("x")).build();
        Exception e = assertThrows(IllegalArgumentException.class, () -> Rows.binder(unnumbered));
        assertEquals("schema: field x:bool: number 0", e.getMessage());
    }

    @Test
    void addingAFieldChangesNoId() {
        DatasetSchema grown = F.toBuilder()
                .field(Field.int64("quality"))
                .field(Field.string("a").array())
                .build()
                .numbered();
        DatapointId id = idOf(r1());
        assertEquals(id, Rows.bind(grown, r1().build()).id());
        assertNotEquals(id, Rows.bind(grown, r1().set("quality", 1).build()).id());
    }

    @Test
    void theNumberOfAFieldIsNoContent() {
        DatasetSchema other = DatasetSchema.temporal()
                .field(Field.timestamp("precise_time"))
                .field(Field.float64("sensor_history").array())
                .field(Field.string("sensor").queryable().describedAs("which"))
                .field(Field.float64("value").numbered(1_000))
                .build()
                .numbered();
        assertEquals(idOf(r1()), Rows.bind(other, r1().build()).id());
    }

    @Test
    void severalThreadsMayBind() throws Exception {
        RowBinder binder = Rows.binder(F);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<DatapointId>> tasks = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                int value = i;
                tasks.add(() ->
                        binder.bind(value, r1().set("value", value).build()).id());
            }
            List<Future<DatapointId>> ids = threads.invokeAll(tasks);
            for (int i = 0; i < ids.size(); i++) {
                assertEquals(idOf(r1().set("value", i)), ids.get(i).get());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
