package org.almagest.testing;

import static org.almagest.query.FieldOperand.field;
import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Failures.assertFailsAt;
import static org.almagest.testing.Fixtures.measurements;
import static org.almagest.testing.Fixtures.numbered;
import static org.almagest.testing.Fixtures.numbers;
import static org.almagest.testing.Fixtures.r1;
import static org.almagest.testing.Fixtures.r2;
import static org.almagest.testing.Fixtures.r3;
import static org.almagest.testing.Fixtures.r4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.error.ConflictException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.NotFoundException;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestCounts;
import org.almagest.model.IngestMode;
import org.almagest.model.TimeInterval;
import org.almagest.model.Uint64;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.SortKey;
import org.almagest.query.SortOrder;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deletion of datapoints by id, by key and by query: all or nothing, one commit, exact afterwards. */
public abstract class DeleteContract extends ContractSupport {
    private static final DatapointId ABSENT = DatapointId.parse("0195c87a-49f6-5ffa-e3cb-92215d057ea6");

    /** Creates the suite. */
    protected DeleteContract() {}

    @BeforeEach
    final void needsDelete() {
        needs(Capability.DELETE);
    }

    private static DatasetSpec items(Field key) {
        return DatasetSpec.temporal("keys." + key.kind().text())
                .field(key)
                .field(Field.int64("number").queryable())
                .key(key.name())
                .build();
    }

    private static Datapoint item(String day, Object key, long number) {
        return Datapoint.at(day).set("key", key).set("number", number).build();
    }

    private void settle(Catalog catalog) {
        store().settle(catalog);
    }

    @Test
    void at10MovesByCopyAndDelete() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        Collection others = measurements.dataset().createCollection("OtherMeasurements");
        List<DatapointId> ids = ingest(catalog, measurements, r1(), r2()).ids();
        ingest(catalog, others, r3(), r4());
        ingest(catalog, others, rows(measurements, Query.during(TimeInterval.parse("2025-03-28/2025-03-29"))));
        assertEquals(2, measurements.delete(ids));
        assertEquals(
                "Measurements: <no data> (0 data points)", measurements.info().toString());
        assertEquals(
                "OtherMeasurements: [2025-03-28T11:44:23.000 UTC, 2025-03-28T11:46:54.000 UTC] (4 data points)",
                others.info().toString());
        assertLasts(catalog, measurements, List.of());
    }

    @Test
    void at21DeletedRowsComeBackWithTheSameIds() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        List<DatapointId> ids = ingest(catalog, measurements, r1(), r2()).ids();
        List<DatapointId> read =
                ids.stream().map(id -> DatapointId.parse(id.toString())).toList();
        assertEquals(2, measurements.delete(read));
        settle(catalog);
        assertEquals(
                "Measurements: <no data> (0 data points)", measurements.info().toString());
        assertEquals(List.of(), all(measurements));
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofHours(1));
            assertEquals(
                    ids,
                    measurements
                            .ingest(List.of(r1(), r2()), IngestMode.REFUSE_EXISTING)
                            .ids());
            if (i > 0) {
                settle(catalog);
            }
            assertEquals(ids, ids(all(measurements)));
            for (Datapoint row : all(measurements)) {
                assertEquals(clock.now(), row.ingestionTime().orElseThrow());
            }
            assertEquals(1, measurements.delete(ids.subList(0, 1)));
            assertTrue(measurements.find(ids.get(0)).isEmpty());
            assertEquals(1, measurements.delete(ids.subList(1, 2)));
        }
        clock.advance(Duration.ofHours(1));
        ingest(catalog, measurements, r2(), r1());
        assertLasts(catalog, measurements, all(measurements));
    }

    @Test
    void at22DeletesAllOrNothing() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        List<DatapointId> ids = ingest(catalog, measurements, r1(), r2()).ids();
        long version = catalog.version();
        assertFails(
                NotFoundException.class,
                "No such datapoint " + ABSENT,
                () -> measurements.delete(List.of(ids.get(0), ABSENT)));
        assertFails(
                NotFoundException.class,
                "No such datapoint " + ABSENT,
                () -> measurements.delete(List.of(ABSENT, DatapointId.lowest(0), ids.get(0))));
        assertEquals(2, measurements.info().count());
        assertTrue(measurements.find(ids.get(0)).isPresent());
        assertEquals(version, catalog.version());
    }

    @Test
    void at22AlsoMoreThanOneBatch() {
        CatalogOptions options = options().with(CommitContract.smallLog());
        Catalog catalog = open(options);
        Collection things = things(catalog, numbers("a.numbers"));
        List<DatapointId> ids = new ArrayList<>(ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 10_000))
                .ids());
        things.ingest(numbered("2021-01-01T00:00:00Z", 10));
        ids.add(ABSENT);
        long version = catalog.version();
        assertFails(NotFoundException.class, "No such datapoint " + ABSENT, () -> things.delete(ids));
        assertEquals(10_010, things.info().count());
        assertEquals(version, catalog.version());
        ids.remove(10_000);
        Collections.shuffle(ids, new Random(1));
        assertEquals(10_000, things.delete(ids));
        assertEquals(version + 1, catalog.version());
        List<Datapoint> left = all(things);
        assertEquals(10, left.size());
        if (can(Capability.DURABLE)) {
            catalog.close();
            assertHolds(open(options).dataset("a.numbers").collection("things"), left);
        }
    }

    @Test
    void at23ABadIdFailsBeforeAnythingIsDeleted() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        DatapointId id = ingest(catalog, measurements, r1(), r2()).ids().get(0);
        assertThrows(InvalidRequestException.class, () -> measurements.delete(List.of(id, DatapointId.parse("xyz"))));
        assertEquals(2, measurements.info().count());
    }

    @Test
    void at24DeletesAnInterval() {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        Instant first = Instant.parse("2023-05-01T00:00:00Z");
        Instant last = Instant.parse("2023-05-31T23:59:59.999Z");
        List<Datapoint> rows = new ArrayList<>();
        for (int i = 0; i < 104; i++) {
            long millis = Duration.between(first, last).toMillis() * i / 103;
            rows.add(Datapoint.at(first.plusMillis(millis)).set("number", i).build());
        }
        rows.add(Datapoint.at("2023-04-30T23:59:59.999Z").build());
        rows.add(Datapoint.at("2023-06-01T00:00:00.000Z").build());
        ingest(catalog, things, rows);
        Query may = Query.during(TimeInterval.parse("2023-05-01/2023-06-01")).build();
        assertEquals(104, rows(things, may.toBuilder().skipData()).size());
        long version = catalog.version();
        assertEquals(104, things.delete(may));
        assertEquals(version + 1, catalog.version());
        assertEquals(
                "things: [2023-04-30T23:59:59.999 UTC, 2023-06-01T00:00:00.000 UTC] (2 data points)",
                things.info().toString());
        assertEquals(0, things.count(may));
        assertEquals(0, things.delete(may));
        assertEquals(version + 1, catalog.version());
        clock.advance(Duration.ofHours(1));
        assertEquals(IngestCounts.of(104, 2, 0), ingest(catalog, things, rows).counts());
        assertEquals(104, things.count(may));
        assertLasts(catalog, things, all(things));
    }

    @Test
    void aRepeatedIdCountsOnceAndNoIdIsNoChange() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        List<DatapointId> ids = ingest(catalog, measurements, r1(), r2(), r3()).ids();
        long version = catalog.version();
        assertEquals(0, measurements.delete(List.of()));
        assertEquals(version, catalog.version());
        assertEquals(2, measurements.delete(List.of(ids.get(0), ids.get(2), ids.get(0), ids.get(0))));
        assertEquals(version + 1, catalog.version());
        assertEquals(ids.subList(1, 2), ids(all(measurements)));
        assertFails(
                NotFoundException.class,
                "No such datapoint " + ids.get(2),
                () -> measurements.delete(List.of(ids.get(1), ids.get(2))));
        assertLasts(catalog, measurements, all(measurements));
    }

    @Test
    void takesAsManyIdsAsTheLimitSays() {
        Catalog catalog = open("deleteIdsMax", 3);
        Collection things = things(catalog, items(Field.int64("key")));
        List<Datapoint> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            rows.add(item("2020-01-01", i, i));
        }
        List<DatapointId> ids = ingest(catalog, things, rows).ids();
        LimitExceededException failure =
                assertFailsAt(LimitExceededException.class, "delete: ids: ", () -> things.delete(ids.subList(0, 4)));
        assertEquals("deleteIdsMax", failure.limitName());
        assertFailsAt(LimitExceededException.class, "delete: keys: ", () -> things.deleteByKeys(List.of(1, 2, 3, 4)));
        assertEquals(10, things.info().count());
        assertEquals(3, things.delete(ids.subList(0, 3)));
        assertEquals(3, things.deleteByKeys(List.of(4, 5, 6)));
        assertEquals(4, things.info().count());
    }

    @Test
    void deletesByKeysOfEveryType() {
        Catalog catalog = open();
        Map<Field, List<Object>> keys = new LinkedHashMap<>();
        keys.put(Field.string("key"), List.of("a", "", "\u00e9"));
        keys.put(Field.int64("key"), List.of(1L, -1L, Long.MIN_VALUE));
        keys.put(Field.uint64("key"), List.of(Uint64.ofBits(0), Uint64.ofBits(1), Uint64.ofBits(-1)));
        keys.put(Field.uuid("key"), List.of(new UUID(0, 1), new UUID(-1, 2), new UUID(3, -3)));
        keys.forEach((field, values) -> {
            Collection things = things(catalog, items(field));
            List<Datapoint> rows = new ArrayList<>();
            values.forEach(value -> rows.add(item("2020-01-01", value, 1)));
            ingest(catalog, things, rows);
            long version = catalog.version();
            assertEquals(2, things.deleteByKeys(List.of(values.get(0), values.get(2), values.get(0))));
            assertEquals(version + 1, catalog.version());
            assertEquals(1, things.info().count());
            assertTrue(things.findByKey(values.get(0)).isEmpty());
            assertTrue(things.findByKey(values.get(1)).isPresent());
            assertEquals(0, things.deleteByKeys(List.of()));
            assertThrows(NotFoundException.class, () -> things.deleteByKeys(List.of(values.get(1), values.get(0))));
            assertEquals(version + 1, catalog.version());
            clock.advance(Duration.ofHours(1));
            assertEquals(IngestCounts.of(2, 1, 0), ingest(catalog, things, rows).counts());
            assertHolds(things, all(things));
        });
    }

    @Test
    void namesTheFirstKeyThatIsAbsentOrNoKey() {
        Catalog catalog = open();
        Collection things = things(catalog, items(Field.string("key")));
        ingest(catalog, things, item("2020-01-01", "a", 1), item("2020-01-02", "b", 1));
        assertFails(
                NotFoundException.class,
                "No such datapoint with key \"x\"",
                () -> things.deleteByKeys(List.of("a", "x", "y")));
        assertThrows(InvalidRequestException.class, () -> things.deleteByKeys(List.of("a", 5)));
        assertEquals(2, things.info().count());
        Collection integers = things(catalog, items(Field.int64("key")));
        assertFails(NotFoundException.class, "No such datapoint with key 7", () -> integers.deleteByKeys(List.of(7)));
        Collection keyless = things(catalog, numbers("a.numbers"));
        assertFailsAt(InvalidRequestException.class, "key: ", () -> keyless.deleteByKeys(List.of("a")));
        Collection others = things.dataset().createCollection("others");
        assertThrows(NotFoundException.class, () -> others.deleteByKeys(List.of("a")));
        assertEquals(2, things.deleteByKeys(List.of("b", "a")));
        assertLasts(catalog, things, List.of());
    }

    @Test
    void aDeletedKeyIsFree() {
        Catalog catalog = open();
        Collection things = things(catalog, items(Field.string("key")));
        ingest(catalog, things, item("2020-01-01", "a", 1));
        things.deleteByKeys(List.of("a"));
        assertTrue(things.findByKey("a").isEmpty());
        DatapointId id =
                ingest(catalog, things, item("2021-01-01", "a", 2)).ids().get(0);
        assertEquals(id, things.findByKey("a").orElseThrow().id().orElseThrow());
        assertEquals(1, things.delete(List.of(id)));
        assertEquals(1, things.ingest(List.of(item("2020-01-01", "a", 1))).created());
        assertLasts(catalog, things, all(things));
    }

    @Test
    void everyPartOfAQueryThatChoosesRowsCounts() {
        Catalog catalog = open();
        DatasetSpec places = DatasetSpec.spatioTemporal("a.places")
                .field(Field.int64("number").queryable())
                .field(Field.string("name"))
                .build();
        Dataset dataset = catalog.createDataset(places);
        List<Datapoint> rows = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            rows.add(Datapoint.at(Instant.parse("2020-01-01T00:00:00Z").plus(Duration.ofDays(i)))
                    .geometry(Fixtures.point(i % 12 * 10, i % 7 * 10))
                    .set("number", i)
                    .set("name", i % 3 == 0 ? null : i % 2 == 0 ? "even" : "odd")
                    .build());
        }
        TimeInterval february = TimeInterval.parse("2020-02-01/2020-03-01");
        List<Query.Builder> queries = List.of(
                Query.during(february),
                Query.during(TimeInterval.parse("2020-02-01/2020-03-01").halfOpen()),
                Query.at(Instant.parse("2020-02-29T00:00:00Z")),
                Query.allTime().intersecting(Fixtures.polygon(-5, -5, 25, -5, 25, 25, -5, 25)),
                Query.allTime().disjointFrom(Fixtures.polygon(-5, -5, 25, -5, 25, 25, -5, 25)),
                Query.allTime().where(field("number").between(10, 19)),
                Query.allTime().where(field("name").equalTo("even").not()),
                Query.allTime().where(field("name").isNull()),
                Query.during(february)
                        .intersecting(Fixtures.polygon(-5, -5, 65, -5, 65, 35, -5, 35))
                        .where(field("number").greaterThan(40)),
                Query.allTime());
        for (int i = 0; i < queries.size(); i++) {
            Collection things = dataset.createCollection("c" + i);
            ingest(catalog, things, rows.subList(0, 100));
            things.ingest(rows.subList(100, 120));
            Query query = queries.get(i).build();
            List<DatapointId> matching = ids(rows(things, query.toBuilder()));
            List<Datapoint> left = new ArrayList<>(all(things));
            left.removeIf(row -> matching.contains(row.id().orElseThrow()));
            assertTrue(!matching.isEmpty(), "query " + i);
            assertEquals(matching.size(), things.delete(query), "query " + i);
            assertHolds(things, left);
            assertEquals(0, things.count(query));
            settle(catalog);
            assertHolds(things, left);
        }
        Collection last = dataset.collection("c9");
        assertLasts(catalog, last, List.of());
    }

    @Test
    void everyOtherPartOfAQueryIsRefused() {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 3));
        Map<String, Query.Builder> refused = Map.of(
                "limit", Query.allTime().limit(10),
                "page token", Query.allTime().after(ABSENT),
                "sort", Query.allTime().sort(new SortKey("number", SortOrder.ASCENDING)),
                "order", Query.allTime().order(SortOrder.DESCENDING),
                "select", Query.allTime().select("number"),
                "version", Query.allTime().version(catalog.version()));
        refused.forEach((part, query) -> assertFails(
                InvalidRequestException.class,
                "delete: " + part + ": given (expected a query without one)",
                () -> things.delete(query.build())));
        assertThrows(
                InvalidRequestException.class,
                () -> things.delete(
                        Query.allTime().where(field("absent").isNull()).build()));
        assertThrows(
                InvalidRequestException.class,
                () -> things.delete(
                        Query.allTime().intersecting(Fixtures.point(0, 0)).build()));
        assertEquals(3, things.info().count());
    }

    @Test
    void aQueryDeletesOnlyWhatIsInTheCollection() {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        Collection others = things.dataset().createCollection("others");
        ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 5));
        ingest(catalog, others, numbered("2020-01-01T00:00:00Z", 5));
        List<Datapoint> left = all(others);
        assertThrows(NotFoundException.class, () -> things.delete(ids(left)));
        assertEquals(5, things.delete(Query.allTime().build()));
        assertHolds(others, left);
        catalog = assertLasts(catalog, others, left);
        Collection emptied = catalog.dataset("a.numbers").collection("things");
        assertLasts(catalog, emptied, List.of());
    }

    @Test
    void oneMonthOfManyGoesAndTheOthersStay() {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        List<Datapoint> rows = new ArrayList<>();
        for (int month = 0; month < 36; month++) {
            for (int day = 1; day <= 28; day++) {
                rows.add(
                        Datapoint.at(String.format(Locale.ROOT, "%d-%02d-%02d", 2020 + month / 12, month % 12 + 1, day))
                                .set("number", month)
                                .build());
            }
            if (month % 9 == 8) {
                ingest(catalog, things, rows);
                rows.clear();
            }
        }
        for (String month : List.of("2021-06-01/2021-07-01", "2020-01-01/2020-02-01", "2022-12-01/2023-01-01")) {
            assertEquals(
                    28, things.delete(Query.during(TimeInterval.parse(month)).build()));
        }
        assertEquals(33 * 28, things.info().count());
        assertEquals(
                "things: [2020-02-01T00:00:00.000 UTC, 2022-11-28T00:00:00.000 UTC] (924 data points)",
                things.info().toString());
        assertEquals(
                0,
                things.count(Query.allTime().where(field("number").equalTo(17)).build()));
        assertLasts(catalog, things, all(things));
    }

    @Test
    void sizeAndBoundsAreExactAfterEveryDeletion() {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        ingest(catalog, things, numbered("1969-12-31T23:59:55Z", 5));
        ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 5));
        things.ingest(numbered("2030-01-01T00:00:00Z", 5));
        List<Datapoint> left = new ArrayList<>(all(things));
        int[] places = {0, 13, 0, 5, 0, 0, 8, 0, 4, 0, 3, 2, 0, 1, 0};
        for (int place : places) {
            Datapoint gone = left.remove(place);
            assertEquals(1, things.delete(List.of(gone.id().orElseThrow())));
            assertHolds(things, left);
            assertTrue(things.find(gone.id().orElseThrow()).isEmpty());
            assertEquals(
                    left.stream()
                            .filter(row -> row.time().isBefore(gone.time()))
                            .reduce((one, two) -> two),
                    things.lastAtOrBefore(gone.time()));
        }
        assertEquals(List.of(), all(things));
    }

    @Test
    void anAnswerStillShowsWhatIsDeletedMeanwhile() {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 2_000));
        List<Datapoint> before = all(things);
        try (QueryResult answer = things.query(Query.allTime().build())) {
            assertEquals(2_000, things.delete(Query.allTime().build()));
            catalog.maintenance().ifPresent(maintenance -> maintenance.flush());
            catalog.maintenance().ifPresent(maintenance -> maintenance.compact());
            assertEquals(List.of(), all(things));
            assertEquals(before, answer.toList());
        }
    }

    @Test
    void pagesGoOnAfterARowThatIsDeletedMeanwhile() {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        List<DatapointId> ids =
                ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 20)).ids();
        Page first = page(things.query(Query.allTime().limit(8).build()));
        assertEquals(ids.subList(0, 8), first.ids());
        things.delete(List.of(ids.get(3), ids.get(7), ids.get(8), ids.get(12)));
        PageToken token = Objects.requireNonNull(first.next());
        Page second = page(things.query(Query.allTime().limit(20).after(token).build()));
        List<DatapointId> expected = new ArrayList<>(ids.subList(9, 20));
        expected.remove(ids.get(12));
        assertEquals(new Page(expected, null), second);
    }

    @Test
    void at27AnEmptiedDatasetMayChangeItsFields() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        Collection others = measurements.dataset().createCollection("Others");
        Dataset dataset = measurements.dataset();
        ingest(catalog, measurements, r1(), r2());
        ingest(catalog, others, r3());
        DatasetSchema renamed = dataset.schema().toBuilder()
                .removeField("value")
                .field(Field.float64("amount"))
                .build();
        assertThrows(ConflictException.class, () -> dataset.alter(renamed));
        assertEquals(2, measurements.delete(Query.allTime().build()));
        assertThrows(ConflictException.class, () -> dataset.alter(renamed));
        assertEquals(1, others.delete(Query.allTime().build()));
        assertEquals(8, dataset.alter(renamed).field("amount").orElseThrow().number());
        Datapoint row =
                Datapoint.at("2020-01-01").set("amount", 1.5).set("sensor", "A").build();
        ingest(catalog, measurements, row);
        assertEquals(List.of("1.5"), texts(all(measurements), "amount"));
        catalog = assertLasts(catalog, measurements, all(measurements));
        Dataset again = catalog.dataset(Fixtures.SLUG);
        assertEquals(1, again.collection("Measurements").delete(Query.allTime().build()));
        again.alter(again.schema().toBuilder()
                .replaceField(Field.string("sensor").array())
                .build());
        assertLasts(catalog, again.collection("Measurements"), List.of());
    }

    @Test
    void largeDeletionsOfSmallLogsAreOneCommitEach() {
        CatalogOptions options = options().with(CommitContract.smallLog());
        Catalog catalog = open(options);
        Collection things = things(catalog, items(Field.int64("key")));
        List<Datapoint> rows = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            rows.add(item((1900 + i % 200) + "-01-01", i, i));
        }
        List<DatapointId> ids = ingest(catalog, things, rows).ids();
        long version = catalog.version();
        List<Object> keys = new ArrayList<>();
        for (int i = 0; i < 4_000; i += 2) {
            keys.add(i);
        }
        assertEquals(2_000, things.deleteByKeys(keys));
        assertEquals(
                500,
                things.delete(
                        Query.allTime().where(field("number").lessThan(1_000)).build()));
        assertEquals(1, things.delete(List.of(ids.get(3_999))));
        assertEquals(version + 3, catalog.version());
        List<Datapoint> left = all(things);
        assertEquals(1_499, left.size());
        catalog.maintenance().ifPresent(maintenance -> maintenance.flush());
        assertEquals(left, all(things));
        catalog.maintenance().ifPresent(maintenance -> maintenance.compact());
        assertEquals(left, all(things));
        if (can(Capability.DURABLE)) {
            catalog.close();
            Catalog again = open(options);
            assertEquals(left, all(again.dataset("keys.int64").collection("things")));
            assertEquals(version + 3, again.version());
        }
    }
}
