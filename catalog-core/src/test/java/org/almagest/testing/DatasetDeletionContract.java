package org.almagest.testing;

import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Fixtures.SLUG;
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
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.error.AlreadyExistsException;
import org.almagest.error.NotFoundException;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.DeletedDataset;
import org.almagest.model.Json;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.QueryScope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deletion of collections, at once, and of datasets, which can be restored for seven days. */
public abstract class DatasetDeletionContract extends ContractSupport {
    /** Creates the suite. */
    protected DatasetDeletionContract() {}

    @BeforeEach
    final void needsDeleteDatasets() {
        needs(Capability.DELETE_DATASETS);
    }

    private Dataset filled(Catalog catalog) {
        Collection measurements = measurements(catalog);
        ingest(catalog, measurements, r1(), r2());
        ingest(catalog, measurements.dataset().createCollection("Others"), r3());
        return measurements.dataset();
    }

    private static List<String> names(Dataset dataset) {
        return dataset.collections().stream().map(Collection::name).toList();
    }

    private static List<String> slugs(Catalog catalog) {
        return catalog.datasets().stream().map(Dataset::slug).toList();
    }

    private void expire(Catalog catalog) {
        catalog.maintenance().orElseThrow().expire();
    }

    @Test
    void at26DeletesACollection() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        Dataset dataset = measurements.dataset();
        ingest(catalog, measurements, r1(), r2());
        ingest(catalog, dataset.createCollection("OtherMeasurements"), r3(), r4());
        long version = catalog.version();
        dataset.deleteCollection("Measurements");
        assertEquals(version + 1, catalog.version());
        assertEquals(List.of("OtherMeasurements"), names(dataset));
        assertEquals(2, dataset.collection("OtherMeasurements").info().count());
        assertFails(
                NotFoundException.class, "No such collection Measurements", () -> dataset.collection("Measurements"));
        assertFails(
                NotFoundException.class,
                "No such collection Measurements",
                () -> dataset.deleteCollection("Measurements"));
        assertEquals(2, rows(dataset, Query.allTime()).size());
        assertEquals(2, catalog.count(Query.allTime().build()));
        assertEquals(version + 1, catalog.version());
        Catalog again = assertLasts(
                catalog, dataset.collection("OtherMeasurements"), all(dataset.collection("OtherMeasurements")));
        assertEquals(List.of("OtherMeasurements"), names(again.dataset(SLUG)));
        assertThrows(NotFoundException.class, () -> again.dataset(SLUG).collection("Measurements"));
    }

    @Test
    void aDeletedCollectionDoesNotComeBackWithItsName() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        Dataset dataset = measurements.dataset();
        List<DatapointId> ids = ingest(catalog, measurements, r1(), r2()).ids();
        measurements.putDocument(Json.parse("{\"a\":1}"));
        dataset.deleteCollection("Measurements");
        Collection created = dataset.createCollection("Measurements");
        assertEquals(measurements.id(), created.id());
        assertTrue(created.document().isEmpty());
        assertHolds(created, List.of());
        assertTrue(created.find(ids.get(0)).isEmpty());
        assertThrows(NotFoundException.class, measurements::info);
        assertEquals(ids, ingest(catalog, created, r1(), r2()).ids());
        Catalog again = assertLasts(catalog, created, all(created));
        again.dataset(SLUG).deleteCollection("Measurements");
        assertEquals(List.of(), rows(again, Query.allTime()));
    }

    @Test
    void nothingWorksThroughAHandleOfADeletedCollection() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        ingest(catalog, measurements, r1());
        measurements.dataset().deleteCollection("Measurements");
        long version = catalog.version();
        assertGone(measurements);
        assertEquals(version, catalog.version());
        assertEquals("Measurements", measurements.name());
        assertEquals(List.of(), names(measurements.dataset()));
    }

    private void assertGone(Collection collection) {
        assertThrows(NotFoundException.class, collection::info);
        assertThrows(NotFoundException.class, () -> all(collection));
        assertThrows(
                NotFoundException.class, () -> collection.count(Query.allTime().build()));
        assertThrows(NotFoundException.class, () -> collection.find(DatapointId.lowest(0)));
        assertThrows(NotFoundException.class, () -> collection.ingest(List.of(r1())));
        assertThrows(NotFoundException.class, collection::document);
        assertThrows(NotFoundException.class, () -> collection.putDocument(Json.parse("{}")));
        if (can(Capability.DELETE)) {
            assertThrows(
                    NotFoundException.class,
                    () -> collection.delete(Query.allTime().build()));
            assertThrows(NotFoundException.class, () -> collection.delete(List.of(DatapointId.lowest(0))));
        }
        if (can(Capability.RETENTION)) {
            assertThrows(NotFoundException.class, collection::retention);
            assertThrows(NotFoundException.class, collection::clearRetention);
        }
    }

    @Test
    void anAnswerStillShowsTheCollectionThatIsDeletedMeanwhile() {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 2_000));
        List<Datapoint> before = all(things);
        try (QueryResult answer = catalog.query(Query.allTime().build())) {
            things.dataset().deleteCollection("things");
            catalog.deleteDataset("a.numbers");
            catalog.maintenance().ifPresent(maintenance -> maintenance.flush());
            catalog.maintenance().ifPresent(maintenance -> maintenance.compact());
            assertEquals(before, answer.toList());
        }
    }

    @Test
    void at40AnEmptyDatasetIsGoneAtOnce() {
        Catalog catalog = open();
        Dataset dataset = measurements(catalog).dataset();
        dataset.createCollection("Others");
        long version = catalog.version();
        assertTrue(catalog.deleteDataset(SLUG).isEmpty());
        assertEquals(version + 1, catalog.version());
        assertEquals(List.of(), slugs(catalog));
        assertEquals(List.of(), catalog.deletedDatasets());
        assertFails(NotFoundException.class, "No such dataset " + SLUG, () -> catalog.dataset(SLUG));
        assertFails(NotFoundException.class, "No such dataset " + SLUG, () -> catalog.deleteDataset(SLUG));
        assertFails(NotFoundException.class, "No such deleted dataset " + SLUG, () -> catalog.restoreDataset(SLUG));
        assertEquals(dataset.id(), measurements(catalog).dataset().id());
        assertThrows(NotFoundException.class, dataset::collections);
    }

    @Test
    void aDatasetWhoseRowsWereDeletedIsEmpty() {
        needs(Capability.DELETE);
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        ingest(catalog, measurements, r1(), r2());
        measurements.delete(Query.allTime().build());
        assertTrue(catalog.deleteDataset(SLUG).isEmpty());
        assertEquals(List.of(), catalog.deletedDatasets());
        Collection created = measurements(catalog);
        assertLasts(catalog, created, List.of());
    }

    @Test
    void at40ADatasetWithRowsIsHiddenAndCanBeRestored() {
        Catalog catalog = open();
        Dataset dataset = filled(catalog);
        UUID id = dataset.id();
        List<Datapoint> stored = rows(dataset, Query.allTime());
        clock.advance(Duration.ofMinutes(1));
        long version = catalog.version();
        Instant until = catalog.deleteDataset(SLUG).orElseThrow();
        assertEquals(clock.now().plus(7, ChronoUnit.DAYS), until);
        assertEquals(version + 1, catalog.version());
        assertHidden(catalog, dataset);
        assertEquals(List.of(new DeletedDataset(SLUG, id, clock.now(), until)), catalog.deletedDatasets());
        store().settle(catalog);
        Instant deleted = clock.now();
        clock.set(deleted.plus(Duration.ofDays(6).plusHours(23).plusMinutes(59)));
        expire(catalog);
        Catalog again = can(Capability.DURABLE) ? reopen(catalog) : catalog;
        assertEquals(1, again.deletedDatasets().size());
        version = again.version();
        Dataset restored = again.restoreDataset(SLUG);
        assertEquals(version + 1, again.version());
        assertEquals(id, restored.id());
        assertEquals(stored, rows(restored, Query.allTime()));
        assertEquals(List.of(SLUG), slugs(again));
        assertEquals(List.of("Measurements", "Others"), names(restored));
        assertEquals(List.of(), again.deletedDatasets());
        assertEquals(2, restored.collection("Measurements").info().count());
        assertFails(NotFoundException.class, "No such deleted dataset " + SLUG, () -> again.restoreDataset(SLUG));
        assertEquals(1, ingest(again, restored.collection("Others"), r4()).created());
        assertLasts(again, restored.collection("Measurements"), all(restored.collection("Measurements")));
    }

    private static void assertHidden(Catalog catalog, Dataset handle) {
        String gone = "No such dataset " + handle.slug();
        assertEquals(List.of(), slugs(catalog));
        assertTrue(catalog.findDataset(handle.slug()).isEmpty());
        assertFails(NotFoundException.class, gone, () -> catalog.dataset(handle.slug()));
        assertFails(NotFoundException.class, gone, () -> catalog.deleteDataset(handle.slug()));
        assertFails(NotFoundException.class, gone, handle::schema);
        assertFails(NotFoundException.class, gone, handle::collections);
        assertFails(NotFoundException.class, gone, () -> handle.findCollection("Measurements"));
        assertFails(NotFoundException.class, gone, () -> handle.createCollection("x"));
        assertFails(NotFoundException.class, gone, () -> handle.getOrCreateCollection("x"));
        assertFails(NotFoundException.class, gone, () -> handle.deleteCollection("Measurements"));
        assertFails(NotFoundException.class, gone, () -> rows(handle, Query.allTime()));
        assertFails(NotFoundException.class, gone, () -> handle.find(DatapointId.lowest(0)));
        assertFails(
                NotFoundException.class,
                gone,
                () -> catalog.count(Query.allTime().build(), QueryScope.datasets(handle.slug())));
        assertEquals(List.of(), rows(catalog, Query.allTime()));
        assertEquals(0, catalog.count(Query.allTime().build()));
    }

    @Test
    void handlesOfCollectionsSleepWithTheirDataset() {
        Catalog catalog = open();
        Dataset dataset = filled(catalog);
        Collection measurements = dataset.collection("Measurements");
        List<Datapoint> stored = all(measurements);
        catalog.deleteDataset(SLUG);
        assertGone(measurements);
        catalog.restoreDataset(SLUG);
        assertHolds(measurements, stored);
        assertEquals(List.of("Measurements", "Others"), names(dataset));
    }

    @Test
    void theSlugAndTheIdsOfADeletedDatasetStayTaken() {
        Catalog catalog = open();
        Dataset dataset = filled(catalog);
        UUID collection = dataset.collection("Others").id();
        Instant until = catalog.deleteDataset(SLUG).orElseThrow();
        long version = catalog.version();
        assertFails(
                AlreadyExistsException.class,
                "dataset \"" + SLUG + "\": already exists, deleted (it can be restored until " + until + ")",
                () -> catalog.createDataset(Fixtures.sensorDataset()));
        assertThrows(
                AlreadyExistsException.class,
                () -> catalog.createDataset(numbers("a.numbers").withId(dataset.id())));
        assertThrows(
                AlreadyExistsException.class,
                () -> catalog.createDataset(numbers("a.numbers").withId(collection)));
        assertEquals(version, catalog.version());
        catalog.createDataset(numbers("a.numbers"));
        assertEquals(List.of("a.numbers"), slugs(catalog));
    }

    @Test
    void at40AfterSevenDaysItIsGoneForGood() {
        Catalog catalog = open();
        Dataset dataset = filled(catalog);
        Instant until = catalog.deleteDataset(SLUG).orElseThrow();
        clock.set(until.minusMillis(1));
        catalog.restoreDataset(SLUG);
        assertEquals(3, rows(dataset, Query.allTime()).size());
        Instant second = catalog.deleteDataset(SLUG).orElseThrow();
        assertTrue(second.isAfter(until));
        clock.set(second);
        assertEquals(List.of(), catalog.deletedDatasets());
        assertFails(NotFoundException.class, "No such deleted dataset " + SLUG, () -> catalog.restoreDataset(SLUG));
        expire(catalog);
        long version = catalog.version();
        expire(catalog);
        assertEquals(version, catalog.version());
        assertFails(NotFoundException.class, "No such deleted dataset " + SLUG, () -> catalog.restoreDataset(SLUG));
        Collection created = measurements(catalog);
        assertThrows(NotFoundException.class, dataset::schema);
        assertEquals(List.of("Measurements"), names(created.dataset()));
        Catalog again = assertLasts(catalog, created, List.of());
        Collection found = again.dataset(SLUG).collection("Measurements");
        ingest(again, found, r1());
        assertLasts(again, found, all(found));
    }

    @Test
    void creatingADatasetAnewEndsTheDeletedOneWhoseTimeIsOver() {
        Catalog catalog = open();
        Dataset dataset = filled(catalog);
        DatapointId old = rows(dataset, Query.allTime()).get(0).id().orElseThrow();
        clock.set(catalog.deleteDataset(SLUG).orElseThrow());
        Collection created = measurements(catalog);
        assertEquals(dataset.id(), created.dataset().id());
        assertEquals(List.of("Measurements"), names(created.dataset()));
        assertTrue(created.dataset().find(old).isEmpty());
        assertThrows(NotFoundException.class, dataset::schema);
        assertLasts(catalog, created, List.of());
    }

    @Test
    void deletedDatasetsAreListedBySlug() {
        Catalog catalog = open();
        for (String slug : List.of("c.three", "a.one", "b.two")) {
            ingest(catalog, things(catalog, numbers(slug)), numbered("2020-01-01T00:00:00Z", 2));
        }
        catalog.deleteDataset("c.three");
        clock.advance(Duration.ofDays(1));
        catalog.deleteDataset("a.one");
        assertEquals(List.of("b.two"), slugs(catalog));
        assertEquals(
                List.of("a.one", "c.three"),
                catalog.deletedDatasets().stream().map(DeletedDataset::slug).toList());
        clock.advance(Duration.ofDays(6).plusMillis(1));
        assertEquals(
                List.of("a.one"),
                catalog.deletedDatasets().stream().map(DeletedDataset::slug).toList());
        assertEquals(2, catalog.count(Query.allTime().build()));
        catalog.restoreDataset("a.one");
        assertEquals(4, catalog.count(Query.allTime().build()));
        assertEquals(List.of("a.one", "b.two"), slugs(catalog));
    }
}
