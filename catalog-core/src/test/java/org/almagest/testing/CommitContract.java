package org.almagest.testing;

import static org.almagest.testing.Fixtures.measurements;
import static org.almagest.testing.Fixtures.numbered;
import static org.almagest.testing.Fixtures.r1;
import static org.almagest.testing.Fixtures.r2;
import static org.almagest.testing.Fixtures.r3;
import static org.almagest.testing.Fixtures.r4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.error.CatalogException;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestResult;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.schema.Field;
import org.junit.jupiter.api.Test;

/** What commits promise: versions, ingestion times, stable snapshots, and that they last. */
public abstract class CommitContract extends ContractSupport {
    /** Creates the suite. */
    protected CommitContract() {}

    @Test
    void theVersionGrowsByOneWithEachChange() {
        Catalog catalog = open();
        long version = catalog.version();
        Dataset dataset = catalog.createDataset(Fixtures.sensorDataset());
        assertEquals(++version, catalog.version());
        Collection measurements = dataset.createCollection("Measurements");
        assertEquals(++version, catalog.version());
        dataset.getOrCreateCollection("Measurements");
        assertEquals(version, catalog.version());
        dataset.getOrCreateCollection("Other");
        assertEquals(++version, catalog.version());
        IngestResult result = ingest(catalog, measurements, r1(), r2());
        assertEquals(++version, catalog.version());
        assertEquals(version, result.version());
        assertEquals(version, ingest(catalog, measurements, r1(), r2()).version());
        assertEquals(version, catalog.version());
        assertEquals(++version, ingest(catalog, measurements, r1(), r3()).version());
        dataset.alter(dataset.schema().toBuilder().field(Field.int64("quality")).build());
        assertEquals(++version, catalog.version());
        measurements.putDocument(Json.parse("{}"));
        assertEquals(++version, catalog.version());
        assertThrows(CatalogException.class, () -> dataset.createCollection("Other"));
        assertThrows(CatalogException.class, () -> catalog.createDataset(Fixtures.sensorDataset()));
        assertEquals(version, catalog.version());
        try (QueryResult answer = catalog.query(Query.allTime().build())) {
            assertEquals(version, answer.version());
        }
    }

    @Test
    void rowsOfOneCommitShareTheTimeOfTheClockInMicroseconds() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        clock.set(Instant.parse("2025-06-02T00:00:00.123456789Z"));
        ingest(catalog, measurements, r1(), r2(), r3());
        for (Datapoint row : all(measurements)) {
            assertEquals(
                    Instant.parse("2025-06-02T00:00:00.123456Z"),
                    row.ingestionTime().orElseThrow());
        }
    }

    @Test
    void ingestionTimesGrowWhileTheClockStandsStill() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        clock.advance(Duration.ofSeconds(1));
        ingest(catalog, measurements, r1());
        ingest(catalog, measurements, r2());
        ingest(catalog, measurements, r3());
        assertEquals(
                List.of(clock.now(), clock.now().plusNanos(1_000), clock.now().plusNanos(2_000)),
                ingestionTimes(measurements));
    }

    @Test
    void ingestionTimesGrowWhileTheClockRunsBackwards() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        clock.advance(Duration.ofSeconds(1));
        Instant highest = clock.now();
        ingest(catalog, measurements, r1());
        clock.advance(Duration.ofDays(-3650));
        ingest(catalog, measurements, r2());
        clock.advance(Duration.ofDays(-1));
        ingest(catalog, measurements, r3());
        clock.set(highest.plusNanos(1_999));
        ingest(catalog, measurements, r4());
        assertEquals(
                List.of(highest, highest.plusNanos(1_000), highest.plusNanos(2_000), highest.plusNanos(3_000)),
                ingestionTimes(measurements));
    }

    private static List<Instant> ingestionTimes(Collection collection) {
        return all(collection).stream()
                .map(row -> row.ingestionTime().orElseThrow())
                .toList();
    }

    @Test
    void anAnswerShowsTheCatalogAsItWas() {
        Catalog catalog = open();
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 3_000));
        try (QueryResult untouched = things.query(Query.allTime().build());
                QueryResult begun = things.query(Query.allTime().build())) {
            Iterator<Datapoint> rows = begun.iterator();
            rows.next();
            long version = begun.version();
            ingest(catalog, things, numbered("2019-12-31T23:59:59.5Z", 3_000));
            ingest(catalog, things, numbered("2021-01-01T00:00:00Z", 100));
            int count = 1;
            while (rows.hasNext()) {
                assertEquals(0, rows.next().time().getNano());
                count++;
            }
            assertEquals(3_000, count);
            assertEquals(3_000, untouched.toList().size());
            assertEquals(version, begun.version());
        }
        assertEquals(6_100, things.count(Query.allTime().build()));
    }

    @Test
    void everythingLastsBeyondClosing() {
        needs(Capability.DURABLE);
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        Dataset dataset = measurements.dataset();
        dataset.createCollection("Empty");
        measurements.putDocument(Json.parse("{\"title\": \"Sensors\"}"));
        ingest(catalog, measurements, r1(), r2());
        dataset.alter(dataset.schema().toBuilder().field(Field.int64("quality")).build());
        measurements.ingest(List.of(r3().toBuilder().set("quality", 3).build()));
        List<Datapoint> before = all(measurements);
        long version = catalog.version();

        Catalog again = reopen(catalog);
        Dataset found = again.dataset(Fixtures.SLUG);
        Collection collection = found.collection("Measurements");
        assertEquals(dataset.id(), found.id());
        assertEquals(measurements.id(), collection.id());
        assertEquals(before, all(collection));
        assertTrue(again.version() >= version);
        assertEquals(
                Json.parse("{\"title\":\"Sensors\"}"), collection.document().orElseThrow());
        assertEquals(
                "Empty: <no data> (0 data points)",
                found.collection("Empty").info().toString());
        assertEquals(
                List.of("value", "sensor", "precise_time", "sensor_history", "quality"),
                found.schema().fields().stream().map(Field::name).toList());
        assertEquals(0, collection.ingest(List.of(r1(), r2())).created());
        assertEquals(before, all(collection));
    }

    @Test
    void ingestionTimesGrowAcrossReopening() {
        needs(Capability.DURABLE);
        Catalog catalog = open();
        ingest(catalog, measurements(catalog), r1());
        clock.advance(Duration.ofDays(-1));
        Catalog again = reopen(catalog);
        Collection measurements = again.dataset(Fixtures.SLUG).collection("Measurements");
        ingest(again, measurements, r2());
        List<Instant> times = ingestionTimes(measurements);
        assertTrue(times.get(1).isAfter(times.get(0)), times.toString());
    }

    /** Returns limits that make a log overflow after a few rows. */
    static Limits smallLog() {
        return Limits.defaults()
                .with(Map.of(
                        "walBytesMax", 16_384L,
                        "walFrameBytesMax", 2_048L,
                        "groupCommitBytesMax", 1_024L,
                        "dataFileBytesMax", 32_768L));
    }

    @Test
    void callsOfAnySizeAreOneCommitEach() {
        CatalogOptions options = options().with(smallLog());
        Catalog catalog = open(options);
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        List<Datapoint> rows = numbered("2020-01-01T00:00:00Z", 3_200);
        long version = catalog.version();
        int from = 0;
        for (int size : new int[] {1, 2, 50, 1, 500, 3, 2_000, 100, 1, 542}) {
            IngestResult result = things.ingest(rows.subList(from, from + size));
            assertEquals(size, result.created());
            assertEquals(++version, result.version());
            from += size;
            assertEquals(from, things.info().count());
        }
        List<Datapoint> stored = all(things);
        assertEquals(from, stored.size());
        assertEquals(0, things.ingest(rows.subList(0, from)).created());
        if (can(Capability.DURABLE)) {
            catalog.close();
            Catalog again = open(options);
            assertEquals(stored, all(again.dataset("a.numbers").collection("things")));
            assertEquals(version, again.version());
        }
    }

    @Test
    void readersSeeWhatIsThereAndWriteNothing() {
        needs(Capability.DURABLE);
        Catalog catalog = open();
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 10));
        things.ingest(numbered("2020-01-01T00:00:10Z", 10));
        List<Datapoint> stored = all(things);
        long version = catalog.version();
        catalog.close();
        Catalog reader = open(options().with(CatalogOptions.OpenMode.READ_ONLY));
        Dataset dataset = reader.dataset("a.numbers");
        Collection found = dataset.collection("things");
        assertEquals(version, reader.version());
        assertEquals(stored, all(found));
        assertThrows(CatalogException.class, () -> found.ingest(numbered("2021-01-01T00:00:00Z", 1)));
        assertThrows(CatalogException.class, () -> dataset.createCollection("other"));
        assertThrows(CatalogException.class, () -> dataset.getOrCreateCollection("other"));
        assertThrows(CatalogException.class, () -> reader.createDataset(Fixtures.numbers("a.other")));
        assertThrows(CatalogException.class, () -> found.putDocument(Json.parse("{}")));
        assertEquals(things.name(), dataset.getOrCreateCollection("things").name());
        assertEquals(20, found.info().count());
        assertEquals(version, reader.version());
    }
}
