package org.almagest.testing;

import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Failures.assertFailsAt;
import static org.almagest.testing.Fixtures.measurements;
import static org.almagest.testing.Fixtures.numbered;
import static org.almagest.testing.Fixtures.r1;
import static org.almagest.testing.Fixtures.r2;
import static org.almagest.testing.Fixtures.r3;
import static org.almagest.testing.Fixtures.r4;
import static org.almagest.testing.Fixtures.r5;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.error.ExistingDatapointsException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.ColumnBatch;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestCounts;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestOptions;
import org.almagest.model.IngestResult;
import org.almagest.model.OnInvalid;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.junit.jupiter.api.Test;

/** What ingest promises: ids, idempotence, modes, atomicity, bounds. */
public abstract class IngestContract extends ContractSupport {
    private static final String EXISTING =
            "found existing datapoints with same id, refusing to ingest with \"allow_existing=false\"";
    private static final IngestMode REFUSE = IngestMode.REFUSE_EXISTING;

    /** Creates the suite. */
    protected IngestContract() {}

    @Test
    void at01StoresRowsAndCountsThem() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        IngestResult result = ingest(catalog, measurements, r1(), r2());
        assertEquals(2, result.ids().size());
        assertNotEquals(result.ids().get(0), result.ids().get(1));
        assertEquals(IngestCounts.of(2, 0, 0), result.counts());
        assertEquals(
                "Measurements: [2025-03-28T11:44:23.000 UTC, 2025-03-28T11:45:19.000 UTC] (2 data points)",
                measurements.info().toString());
    }

    @Test
    void at01SaysNoDataWhereThereIsNone() {
        Catalog catalog = open();
        assertEquals(
                "Measurements: <no data> (0 data points)",
                measurements(catalog).info().toString());
    }

    @Test
    void at02IdsBeginWithTheTimeAndSortByIt() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        List<DatapointId> reversed = ingest(catalog, measurements, r2(), r1()).ids();
        assertTrue(reversed.get(1).toString().startsWith("0195dc91-45d8-7"), reversed.toString());
        assertTrue(reversed.get(0).toString().startsWith("0195dc92-2098-7"), reversed.toString());
        assertEquals(List.of(reversed.get(1), reversed.get(0)), ids(all(measurements)));
        assertTrue(reversed.get(1).toString().compareTo(reversed.get(0).toString()) < 0);
    }

    @Test
    void at03StoringAgainChangesNothing() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        IngestResult first = ingest(catalog, measurements, r1(), r2());
        List<Datapoint> before = all(measurements);
        clock.advance(Duration.ofHours(1));
        IngestResult second = ingest(catalog, measurements, r1(), r2());
        assertEquals(first.ids(), second.ids());
        assertEquals(IngestCounts.of(0, 2, 0), second.counts());
        assertEquals(first.version(), second.version());
        assertEquals(before, all(measurements));
        assertEquals(
                first.ids().get(1), ingest(catalog, measurements, r2()).ids().get(0));
        assertEquals(2, measurements.info().count());
    }

    @Test
    void at04RefusesExistingDatapoints() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        ingest(catalog, measurements, r1(), r2());
        long version = catalog.version();
        assertFails(ExistingDatapointsException.class, EXISTING, () -> measurements.ingest(List.of(r1()), REFUSE));
        assertFails(
                ExistingDatapointsException.class, EXISTING, () -> measurements.ingest(List.of(r1(), r3()), REFUSE));
        assertFails(
                ExistingDatapointsException.class, EXISTING, () -> measurements.ingest(List.of(r3(), r2()), REFUSE));
        assertEquals(2, measurements.info().count());
        assertEquals(version, catalog.version());
        assertEquals(0, rows(measurements, Query.at(r3().time())).size());
        assertEquals(1, measurements.ingest(List.of(r3()), REFUSE).created());
    }

    @Test
    void refusingCountsARowTwiceInOneCallAsExisting() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        IngestResult result = measurements.ingest(List.of(r1(), r1()), REFUSE);
        assertEquals(IngestCounts.of(1, 1, 0), result.counts());
    }

    @Test
    void rowsBetweenKnownOnesAreStored() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        List<Datapoint> rows = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            rows.add(Datapoint.at(Instant.ofEpochSecond(i)).build());
        }
        List<Datapoint> known = new ArrayList<>(rows);
        known.subList(2, 4).clear();
        IngestResult first = measurements.ingest(known);
        assertEquals(IngestCounts.of(7, 0, 0), first.counts());
        assertFails(ExistingDatapointsException.class, EXISTING, () -> measurements.ingest(rows, REFUSE));
        IngestResult second = measurements.ingest(rows);
        assertEquals(IngestCounts.of(2, 7, 0), second.counts());
        assertEquals(second.ids(), ids(all(measurements)));
        measurements.delete(second.ids().subList(1, 3));
        assertEquals(IngestCounts.of(2, 7, 0), measurements.ingest(rows).counts());
        assertEquals(IngestCounts.of(0, 9, 0), measurements.ingest(rows).counts());
    }

    @Test
    void at05EveryFieldTakesPartInTheId() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        List<DatapointId> ids =
                new ArrayList<>(ingest(catalog, measurements, r1(), r2()).ids());
        IngestResult fifth = measurements.ingest(List.of(r5()), REFUSE);
        ids.addAll(fifth.ids());
        assertTrue(fifth.ids().get(0).toString().startsWith("0195dc92-2098-"));
        assertEquals(3, measurements.info().count());
        assertEquals(
                2,
                rows(measurements, Query.at(Instant.parse("2025-03-28T11:45:19Z")))
                        .size());
        List<Datapoint> changed = List.of(
                r1().toBuilder().set("sensor", "C").build(),
                r1().toBuilder()
                        .set("sensor_history", List.of(-12.15, 13.45, -8.2, 16.5, 45.17))
                        .build(),
                r1().toBuilder()
                        .set("precise_time", Instant.parse("2025-03-28T11:44:23.345761445Z"))
                        .build());
        ids.addAll(measurements.ingest(changed, REFUSE).ids());
        assertDistinct(ids);
        assertEquals(6, measurements.info().count());
    }

    @Test
    void at05OrderOfFieldsDoesNotMatter() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        DatapointId id = ingest(catalog, measurements, r1()).ids().get(0);
        Datapoint permuted = Datapoint.at(r1().time())
                .set("sensor_history", r1().values().get("sensor_history"))
                .set("precise_time", r1().values().get("precise_time"))
                .set("sensor", "A")
                .set("value", 45.16)
                .build();
        assertEquals(id, ingest(catalog, measurements, permuted).ids().get(0));
        assertEquals(1, measurements.info().count());
    }

    @Test
    void at06ARowTwiceInOneCallIsStoredOnce() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        IngestResult result = ingest(catalog, measurements, r1(), r1(), r2());
        assertEquals(3, result.ids().size());
        assertEquals(result.ids().get(0), result.ids().get(1));
        assertNotEquals(result.ids().get(0), result.ids().get(2));
        assertEquals(IngestCounts.of(2, 1, 0), result.counts());
        assertEquals(2, measurements.info().count());
    }

    @Test
    void at07DropsPaddingOfMatricesOnly() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        double nan = Double.NaN;
        ColumnBatch batch = ColumnBatch.at(List.of(r3().time(), r4().time()))
                .column("value", new double[] {48.1, 290.12})
                .column("sensor", List.of("A", "B"))
                .column(
                        "precise_time",
                        List.of(r3().values().get("precise_time"), r4().values().get("precise_time")))
                .matrix(
                        "sensor_history",
                        new double[][] {{13.45, -8.2, 16.5, 45.16, 48.1}, {280.12, 273.15, 290.12, nan, nan}})
                .build();
        List<DatapointId> fromColumns =
                measurements.ingest(batch, IngestOptions.DEFAULT).ids();
        assertEquals(fromColumns, ingest(catalog, measurements, r3(), r4()).ids());
        assertEquals(
                List.of(280.12, 273.15, 290.12),
                all(measurements).get(1).values().get("sensor_history"));
        Datapoint asList = r4().toBuilder()
                .set("sensor_history", List.of(280.12, 273.15, 290.12, nan, nan))
                .build();
        DatapointId other = ingest(catalog, measurements, asList).ids().get(0);
        assertNotEquals(fromColumns.get(1), other);
        assertEquals(
                List.of(280.12, 273.15, 290.12, nan, nan),
                measurements.datapoint(other).values().get("sensor_history"));
    }

    @Test
    void at09CopiesTheResultOfAQuery() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        Collection other = measurements.dataset().createCollection("OtherMeasurements");
        List<DatapointId> originals = ingest(catalog, measurements, r1(), r2()).ids();
        ingest(catalog, other, r3(), r4());
        assertEquals(
                "OtherMeasurements: [2025-03-28T11:46:13.000 UTC, 2025-03-28T11:46:54.000 UTC] (2 data points)",
                other.info().toString());
        clock.advance(Duration.ofDays(1));
        List<Datapoint> found = rows(measurements, Query.during(TimeInterval.parse("2025-03-28/2025-03-29")));
        IngestResult copied = ingest(catalog, other, found);
        String info = "OtherMeasurements: [2025-03-28T11:44:23.000 UTC, 2025-03-28T11:46:54.000 UTC] (4 data points)";
        assertEquals(info, other.info().toString());
        assertEquals(2, measurements.info().count());
        assertDistinct(List.of(
                originals.get(0),
                originals.get(1),
                copied.ids().get(0),
                copied.ids().get(1)));
        assertEquals(
                clock.now(),
                other.datapoint(copied.ids().get(0)).ingestionTime().orElseThrow());
        assertEquals(IngestCounts.of(0, 2, 0), ingest(catalog, other, found).counts());
        assertEquals(info, other.info().toString());
    }

    @Test
    void idsComeInTheOrderOfTheRows() {
        Catalog catalog = open();
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        List<Datapoint> rows = new ArrayList<>(numbered("1969-12-31T23:59:50Z", 20));
        List<DatapointId> ascending = ingest(catalog, things, rows).ids();
        Collections.reverse(rows);
        List<DatapointId> descending =
                new ArrayList<>(ingest(catalog, things, rows).ids());
        Collections.reverse(descending);
        assertEquals(ascending, descending);
        assertEquals(ascending, ids(all(things)));
    }

    @Test
    void storingNothingIsNoCommit() {
        Catalog catalog = open();
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        long version = catalog.version();
        IngestResult result = things.ingest(List.of());
        assertEquals(IngestCounts.NONE, result.counts());
        assertEquals(List.of(), result.ids());
        assertEquals(version, result.version());
        assertEquals(version, catalog.version());
    }

    @Test
    void oneInvalidRowKeepsAllRowsOut() {
        Catalog catalog = open();
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        List<Datapoint> rows = new ArrayList<>(numbered("2020-01-01T00:00:00Z", 500));
        rows.set(498, rows.get(498).toBuilder().set("number", "many").build());
        long version = catalog.version();
        assertFailsAt(InvalidRequestException.class, "row 498: field \"number\": ", () -> things.ingest(rows));
        assertEquals(0, things.info().count());
        assertEquals(version, catalog.version());
        assertEquals(List.of(), all(things));
        assertEquals(498, ingest(catalog, things, rows.subList(0, 498)).created());
        assertFailsAt(InvalidRequestException.class, "row 498: field \"number\": ", () -> things.ingest(rows));
        assertEquals(498, things.info().count());
        assertEquals(498, all(things).size());
    }

    @Test
    void ingestAllCommitsBatchByBatch() {
        Catalog catalog = open();
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        List<Datapoint> rows = numbered("2020-01-01T00:00:00Z", 2 * Collection.INGEST_ALL_BATCH_ROWS + 1);
        List<Long> created = new ArrayList<>();
        IngestCounts counts = things.ingestAll(rows.iterator(), IngestOptions.DEFAULT, result -> {
            created.add(result.created());
            assertEquals(created.stream().mapToLong(n -> n).sum(), things.info().count());
        });
        assertEquals(List.of(10_000L, 10_000L, 1L), created);
        assertEquals(IngestCounts.of(20_001, 0, 0), counts);
        IngestCounts again = things.ingestAll(rows.iterator(), IngestOptions.DEFAULT, result -> {});
        assertEquals(IngestCounts.of(0, 20_001, 0), again);
    }

    @Test
    void ingestAllKeepsTheBatchesBeforeAFailure() {
        Catalog catalog = open();
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        List<Datapoint> rows = new ArrayList<>(numbered("2020-01-01T00:00:00Z", Collection.INGEST_ALL_BATCH_ROWS + 5));
        rows.set(10_003, Datapoint.builder().set("number", 1).build());
        assertFailsAt(
                InvalidRequestException.class,
                "row 3: ",
                () -> things.ingestAll(rows.iterator(), IngestOptions.DEFAULT, result -> {}));
        assertEquals(10_000, things.info().count());
    }

    @Test
    void takesAsManyRowsAsTheLimitSays() {
        Catalog catalog = open("commitRowsMax", 20);
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        List<Datapoint> rows = numbered("2020-01-01T00:00:00Z", 21);
        assertFails(
                LimitExceededException.class,
                "ingest: rows (ingestAll takes any number): 21 (at most 20)",
                () -> things.ingest(rows));
        assertEquals(0, things.info().count());
        assertEquals(20, ingest(catalog, things, rows.subList(0, 20)).created());
    }

    @Test
    void refusesMoreBytesThanTheLimitSays() {
        Catalog catalog = open(
                options().with(options().limits().with(Map.of("commitBytesMax", 20_000L, "rowBytesMax", 15_000L))));
        Collection things = measurements(catalog);
        List<Datapoint> rows = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            rows.add(r1().toBuilder()
                    .set("sensor", Integer.toString(i).repeat(9_000))
                    .build());
        }
        LimitExceededException failure = assertFailsAt(
                LimitExceededException.class,
                "ingest: bytes (ingestAll takes any number): ",
                () -> things.ingest(rows));
        assertEquals("commitBytesMax", failure.limitName());
        assertEquals(0, things.info().count());
        assertEquals(2, ingest(catalog, things, rows.subList(0, 2)).created());
    }

    @Test
    void refusesARowOfMoreBytesThanTheLimitSays() {
        Catalog catalog = open("rowBytesMax", 10_000);
        Collection things = measurements(catalog);
        Datapoint wide = r1().toBuilder().set("sensor", "x".repeat(10_000)).build();
        LimitExceededException failure =
                assertFailsAt(LimitExceededException.class, "row 1: ", () -> things.ingest(List.of(r2(), wide)));
        assertEquals("rowBytesMax", failure.limitName());
        assertEquals(0, things.info().count());
        Datapoint narrow = r1().toBuilder().set("sensor", "x".repeat(9_000)).build();
        assertEquals(1, ingest(catalog, things, narrow).created());
    }

    @Test
    void refusesModesItDoesNotDeclare() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        if (!can(Capability.REPLACE)) {
            assertUndeclared(
                    Capability.REPLACE, "ingest: mode", () -> measurements.ingest(List.of(r1()), IngestMode.REPLACE));
        }
        IngestOptions quarantine = IngestOptions.DEFAULT.with(OnInvalid.QUARANTINE);
        if (!can(Capability.QUARANTINE)) {
            assertUndeclared(
                    Capability.QUARANTINE,
                    "ingest: invalid rows",
                    () -> measurements.ingest(List.of(r1()), quarantine));
        }
        assertEquals(0, measurements.info().count());
    }

    @Test
    void quarantineStoresTheValidRowsAndReturnsTheOthers() {
        needs(Capability.QUARANTINE);
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        Datapoint wrong = r2().toBuilder().set("sensor", 42).build();
        Datapoint timeless = Datapoint.builder().set("value", 1.0).build();
        IngestResult result = measurements.ingest(
                List.of(wrong, r1(), timeless, r3()), IngestOptions.DEFAULT.with(OnInvalid.QUARANTINE));
        assertEquals(IngestCounts.of(2, 0, 2), result.counts());
        assertEquals(ids(all(measurements)), result.ids());
        assertEquals(0, result.rejected().get(0).row());
        assertEquals("sensor", result.rejected().get(0).field().orElseThrow());
        assertTrue(result.rejected().get(0).reason().startsWith("row 0: field \"sensor\": "));
        assertEquals(2, result.rejected().get(1).row());
        assertEquals("time", result.rejected().get(1).field().orElseThrow());
    }
}
