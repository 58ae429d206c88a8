package org.almagest.testing;

import static org.almagest.query.FieldOperand.field;
import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Fixtures.numbered;
import static org.almagest.testing.Fixtures.point;
import static org.almagest.testing.Fixtures.polygon;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SplittableRandom;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.batch.BatchColumn;
import org.almagest.batch.BatchColumn.Form;
import org.almagest.batch.RowBatch;
import org.almagest.error.DeadlineExceededException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.EnumValue;
import org.almagest.model.Uint64;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.SortKey;
import org.almagest.query.SortOrder;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.EnumType;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.junit.jupiter.api.Test;

/** Answers as arrays: the same rows in the same order as datapoints. */
public abstract class BatchContract extends ContractSupport {
    private static final Query ALL = Query.allTime().build();

    /** Creates the suite. */
    protected BatchContract() {}

    private static DatasetSpec scenes() {
        return DatasetSpec.spatioTemporal("a.scenes")
                .field(Field.string("name"))
                .field(Field.float64("cloud").queryable())
                .field(Field.float32("gain"))
                .field(Field.int32("orbit"))
                .field(Field.uint64("size"))
                .field(Field.bool("ascending"))
                .field(Field.timestamp("processed"))
                .field(Field.enumeration("level", new EnumValue(0, "L0"), new EnumValue(3, "L3")))
                .field(Field.int64("bands").array())
                .build();
    }

    private Catalog withTwoScenes() {
        Catalog catalog = open();
        Collection things = things(catalog, scenes());
        clock.advance(Duration.ofSeconds(5));
        Datapoint full = Datapoint.at("2020-01-01")
                .geometry(polygon(179, 1, -179, 1, -179, 2, 179, 2))
                .set("name", "x")
                .set("cloud", 4.5)
                .set("gain", 0.1f)
                .set("orbit", -7)
                .set("size", Uint64.ofBits(-1))
                .set("ascending", true)
                .set("processed", Instant.parse("1969-12-31T23:59:59.999999999Z"))
                .set("level", "L3")
                .set("bands", List.of(1L, 2L))
                .build();
        Datapoint bare = Datapoint.at("2020-01-02").geometry(point(1, 2)).build();
        ingest(catalog, things, full, bare);
        return catalog;
    }

    @Test
    void arraysHoldWhatWasStored() {
        Catalog catalog = withTwoScenes();
        try (QueryResult answer = catalog.query(ALL)) {
            RowBatch batch = answer.batches(10).iterator().next();
            assertEquals(2, batch.rowCount());
            assertEquals(Instant.parse("2020-01-01T00:00:00Z").toEpochMilli(), batch.timeMillis()[0]);
            assertEquals(clock.now().toEpochMilli() * 1_000, batch.ingestionMicros()[1]);
            assertEquals(4.5, batch.column("cloud").doubles()[0]);
            assertEquals(0.1f, batch.column("gain").doubles()[0]);
            assertEquals(-7, batch.column("orbit").longs()[0]);
            assertEquals(-1, batch.column("size").longs()[0]);
            assertTrue(batch.column("ascending").booleans()[0]);
            assertEquals(-1, batch.column("processed").longs()[0]);
            assertEquals(999_999_999, batch.column("processed").nanos()[0]);
            assertEquals(3, batch.column("level").longs()[0]);
            assertEquals("x", batch.column("name").objects()[0]);
            assertEquals(List.of(1L, 2L), batch.column("bands").objects()[0]);
            assertEquals(
                    List.of("name", "cloud", "gain", "orbit", "size", "ascending", "processed", "level", "bands"),
                    batch.columns().stream().map(one -> one.field().name()).toList());
        }
    }

    @Test
    void whatIsUnsetIsZeroAndMarked() {
        Catalog catalog = withTwoScenes();
        try (QueryResult answer = catalog.query(ALL)) {
            // The second batch takes the place of the first, which had everything.
            Iterator<RowBatch> batches = answer.batches(1).iterator();
            RowBatch first = batches.next();
            assertEquals(1, first.column("cloud").setCount());
            RowBatch batch = batches.next();
            assertSame(first, batch);
            for (BatchColumn column : batch.columns()) {
                assertFalse(column.isSet(0), column.field().name());
                assertEquals(0, column.setCount());
                assertEquals(0, column.presence()[0]);
                assertEquals(Optional.empty(), column.value(0));
            }
            assertEquals(0, batch.column("cloud").doubles()[0]);
            assertEquals(0, batch.column("size").longs()[0]);
            assertEquals(0, batch.column("processed").nanos()[0]);
            assertFalse(batch.column("ascending").booleans()[0]);
            assertEquals(null, batch.column("name").objects()[0]);
            assertFalse(batches.hasNext());
        }
    }

    @Test
    void placesAreBoxesAndGeometriesOnDemand() {
        Catalog catalog = withTwoScenes();
        QueryResult all = catalog.query(ALL);
        RowBatch whole = all.batches(10).iterator().next();
        assertTrue(whole.hasPlaces());
        assertArrayEquals(new float[] {179, 1}, Arrays.copyOf(whole.wests(), 2));
        assertArrayEquals(new float[] {-179, 1}, Arrays.copyOf(whole.easts(), 2));
        assertTrue(whole.souths()[0] <= 1 && whole.norths()[0] >= 2);
        assertEquals(point(1, 2), whole.geometry(1).orElseThrow());
        assertEquals(
                polygon(179, 1, -179, 1, -179, 2, 179, 2), whole.geometry(0).orElseThrow());
        all.close();
        assertFails(IllegalStateException.class, "query result: closed", () -> whole.geometry(0));
        try (QueryResult answer = catalog.query(Query.allTime().select("cloud").build())) {
            RowBatch batch = answer.batches(10).iterator().next();
            assertFalse(batch.hasPlaces());
            assertFails(IllegalStateException.class, "batch: geometry: not selected", batch::wests);
            assertFails(IllegalStateException.class, "batch: geometry: not selected", () -> batch.geometry(0));
            assertFails(
                    InvalidRequestException.class, "batch: column \"name\": not selected", () -> batch.column("name"));
            assertFails(
                    IllegalStateException.class,
                    "batch: column \"cloud\": has DOUBLES",
                    () -> batch.column("cloud").longs());
        }
    }

    @Test
    void rowsThatABatchDoesNotHaveAreRefused() {
        Catalog catalog = withTwoScenes();
        try (QueryResult answer = catalog.query(ALL)) {
            RowBatch batch = answer.batches(1).iterator().next(); // the second row of the answer comes later
            for (int row : new int[] {-1, 1, 1 << 16}) {
                String problem = "batch: row " + row + " of 1";
                assertFails(IndexOutOfBoundsException.class, problem, () -> batch.id(row));
                assertFails(IndexOutOfBoundsException.class, problem, () -> batch.geometry(row));
                assertFails(
                        IndexOutOfBoundsException.class,
                        problem,
                        () -> batch.column("cloud").value(row));
            }
        }
    }

    @Test
    void batchesEndWithTheirPage() {
        Catalog catalog = open();
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        List<DatapointId> ids =
                ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 25)).ids();
        Query.Builder query = Query.allTime().limit(10);
        for (int rowsMax : new int[] {1, 3, 9, 10, 11}) {
            query.after(ids.get(9));
            try (QueryResult answer = things.query(query.build())) {
                assertEquals(ids.subList(10, 20), ids(BatchRows.read(answer, rowsMax)));
                query.after(answer.nextToken().orElseThrow());
            }
            try (QueryResult answer = things.query(query.build())) {
                assertEquals(ids.subList(20, 25), ids(BatchRows.read(answer, rowsMax)));
                assertEquals(Optional.empty(), answer.nextToken());
            }
        }
    }

    @Test
    void anAnswerWithoutRowsHasNoBatch() {
        Catalog catalog = withTwoScenes();
        try (QueryResult answer =
                catalog.query(Query.allTime().where(field("cloud").lessThan(1)).build())) {
            Iterator<RowBatch> batches = answer.batches(10).iterator();
            assertFalse(batches.hasNext());
            assertThrows(NoSuchElementException.class, batches::next);
            assertEquals(Optional.empty(), answer.nextToken());
        }
    }

    @Test
    void anAnswerIsReadOnce() {
        Catalog catalog = withTwoScenes();
        try (QueryResult answer = catalog.query(ALL)) {
            Iterable<RowBatch> batches = answer.batches(10);
            answer.iterator();
            assertFails(IllegalStateException.class, "query result: iterated a second time", batches::iterator);
            assertFails(IllegalStateException.class, "query result: iterated a second time", () -> answer.batches(10));
        }
        try (QueryResult answer = catalog.query(ALL)) {
            assertEquals(2, BatchRows.read(answer, 10).size());
            assertFails(IllegalStateException.class, "query result: iterated a second time", answer::iterator);
        }
    }

    @Test
    void batchesHaveABound() {
        Catalog catalog = withTwoScenes();
        try (QueryResult answer = catalog.query(ALL)) {
            assertFails(InvalidRequestException.class, "query: batch rows: 0 (at least 1)", () -> answer.batches(0));
            assertFails(
                    LimitExceededException.class,
                    "query: batch rows: 65537 (at most 65536)",
                    () -> answer.batches((1 << 16) + 1));
            assertEquals(2, BatchRows.read(answer, 1 << 16).size());
        }
    }

    @Test
    void batchesEndAtTheDeadline() {
        Catalog catalog = open();
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 2_000));
        Query query = Query.allTime().timeout(Duration.ofSeconds(10)).build();
        try (QueryResult answer = things.query(query)) {
            Iterator<RowBatch> batches = answer.batches(100).iterator();
            batches.next();
            clock.advance(Duration.ofSeconds(11));
            assertFails(
                    DeadlineExceededException.class,
                    "deadline: passed after PT10S",
                    () -> batches.forEachRemaining(RowBatch::rowCount));
        }
    }

    @Test
    void sortedAndDescendingAnswersKeepTheirOrder() {
        Catalog catalog = open();
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 300));
        assertSameRows(catalog, Query.allTime().order(SortOrder.DESCENDING).build(), 64);
        if (can(Capability.SORT)) {
            String number = things.dataset().schema().fields().get(0).name();
            assertSameRows(
                    catalog, Query.allTime().sort(SortKey.descending(number)).build(), 64);
        }
    }

    @Test
    void fieldsThatDatasetsDeclareDifferentlyAreObjects() {
        Catalog catalog = open();
        for (Field level : List.of(Field.int64("level"), Field.string("level"))) {
            DatasetSpec spec = DatasetSpec.temporal("a." + level.kind().text())
                    .field(level)
                    .field(Field.float64("same"))
                    .build();
            Object value = level.kind().text().equals("string") ? "high" : 3L;
            ingest(
                    catalog,
                    things(catalog, spec),
                    Datapoint.at("2020-01-01")
                            .set("level", value)
                            .set("same", 1.5)
                            .build());
        }
        try (QueryResult answer = catalog.query(ALL)) {
            RowBatch batch = answer.batches(10).iterator().next();
            assertEquals(Form.OBJECTS, batch.column("level").form());
            assertEquals(Form.DOUBLES, batch.column("same").form());
        }
        assertSameRows(catalog, ALL, 10);
    }

    @Test
    void everyTypeIsTheSameInBatchesOfEverySize() {
        Catalog catalog = open();
        RandomContent content = new RandomContent(new SplittableRandom(11));
        for (DatasetSpec.Builder spec :
                List.of(DatasetSpec.temporal("a.times"), DatasetSpec.spatioTemporal("a.places"))) {
            for (TypeKind kind : TypeKind.values()) {
                EnumType onOff = new EnumType(List.of(new EnumValue(0, "OFF"), new EnumValue(1, "ON")));
                String name = kind.text() + "_1";
                spec.field(kind == TypeKind.ENUM ? Field.of(name, onOff) : Field.of(name, kind));
                spec.field((kind == TypeKind.ENUM ? Field.of(name + "s", onOff) : Field.of(name + "s", kind)).array());
            }
            Collection things = things(catalog, spec.build());
            List<Datapoint> rows = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                rows.add(random(content, things.dataset().schema(), i));
            }
            ingest(catalog, things, rows);
        }
        for (int rowsMax : new int[] {1, 255, 256, 257, 1_000}) {
            assertSameRows(catalog, ALL, rowsMax);
            assertSameRows(catalog, Query.allTime().select("geometry").build(), rowsMax);
        }
        try (QueryResult answer = catalog.query(ALL)) {
            long without = BatchRows.boxes(answer, 257).stream()
                    .filter(box -> box.contains("NaN"))
                    .count();
            assertEquals(500, without, "rows of the dataset without places");
        }
        try (QueryResult answer = catalog.query(ALL)) {
            answer.batches(10).iterator().next();
            assertFails(IllegalStateException.class, "query result: rows of this page are unread", answer::nextToken);
        }
    }

    private static Datapoint random(RandomContent content, DatasetSchema schema, int number) {
        Datapoint.Builder row =
                Datapoint.at(Instant.parse("2020-01-01T00:00:00Z").plusSeconds(number * 60L));
        for (Field field : schema.fields()) {
            if (!content.oneIn(3)) {
                Object value = content.value(field.kind());
                row.set(field.name(), field.isArray() ? List.of(value, content.value(field.kind())) : value);
            }
        }
        return (schema.isSpatial() ? row.geometry(point(number % 360 - 180, number % 90)) : row).build();
    }

    private static void assertSameRows(Catalog catalog, Query query, int rowsMax) {
        try (QueryResult answer = catalog.query(query)) {
            assertEquals(catalog.query(query).toList(), BatchRows.read(answer, rowsMax));
        }
    }
}
