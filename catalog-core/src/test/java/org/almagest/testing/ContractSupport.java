package org.almagest.testing;

import static org.almagest.testing.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.Maintenance;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.CollectionInfo;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestResult;
import org.almagest.model.Limits;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;

/** What the contracts share: one store per test, opened on demand, closed and checked at the end. */
public abstract class ContractSupport {
    /** The instant that the clock shows when a test begins. */
    protected static final Instant START = Instant.parse("2025-06-01T12:00:00Z");

    /** The clock of every catalog that {@link #open} opens. */
    protected final SteppedClock clock = new SteppedClock(START);

    private final List<TestStore> stores = new ArrayList<>();
    private final List<Catalog> opened = new ArrayList<>();
    private @Nullable TestStore store;

    /** Creates the support. */
    protected ContractSupport() {}

    /** Returns an empty place for one store; called at least once for each test. */
    protected abstract TestStore newStore();

    @BeforeEach
    final void prepareStore() {
        store = another();
    }

    @AfterEach
    final void closeEverything() {
        opened.forEach(Catalog::close);
        stores.forEach(TestStore::close);
    }

    /** Returns the store of this test. */
    protected final TestStore store() {
        return Objects.requireNonNull(store);
    }

    /** Returns a further, empty store, closed after the test. */
    protected final TestStore another() {
        TestStore created = newStore();
        stores.add(created);
        return created;
    }

    /** Opens the store of this test with the default limits. */
    protected final Catalog open() {
        return open(options());
    }

    /** Opens the store of this test with one bound changed. */
    protected final Catalog open(String limit, long value) {
        return open(options().with(Limits.defaults().with(limit, value)));
    }

    /** Opens the store of this test. */
    protected final Catalog open(CatalogOptions options) {
        return open(store(), options);
    }

    /** Opens a store; it is closed after the test. */
    protected final Catalog open(TestStore where, CatalogOptions options) {
        Catalog catalog = where.open(options);
        opened.add(catalog);
        return catalog;
    }

    /** Closes a catalog and opens the store of this test again. */
    protected final Catalog reopen(Catalog catalog) {
        catalog.close();
        return open();
    }

    /** Returns the options that tests start from: the defaults with the clock of the test. */
    protected final CatalogOptions options() {
        return CatalogOptions.defaults().with(clock);
    }

    /** Tells whether the implementation declares a capability. */
    protected final boolean can(Capability capability) {
        return store().capabilities().contains(capability);
    }

    /** Ends the test as aborted, which reports show, where the capability is not declared. */
    protected final void needs(Capability capability) {
        Assumptions.assumeTrue(can(capability), "does not declare " + capability);
    }

    /** Asserts that an undeclared capability is refused by name. */
    protected final void assertUndeclared(Capability capability, String subject, Executable use) {
        assertFails(
                InvalidRequestException.class,
                subject + ": " + capability + " (not a capability of this catalog)",
                use);
    }

    /** Stores rows and settles them. */
    protected final IngestResult ingest(Catalog catalog, Collection collection, List<Datapoint> rows) {
        IngestResult result = collection.ingest(rows);
        store().settle(catalog);
        return result;
    }

    /** Stores rows and settles them. */
    protected final IngestResult ingest(Catalog catalog, Collection collection, Datapoint... rows) {
        return ingest(catalog, collection, List.of(rows));
    }

    /** Stores rows in mode REPLACE and settles them. */
    protected final IngestResult replace(Catalog catalog, Collection collection, List<Datapoint> rows) {
        IngestResult result = collection.ingest(rows, IngestMode.REPLACE);
        store().settle(catalog);
        return result;
    }

    /** Stores rows in mode REPLACE and settles them. */
    protected final IngestResult replace(Catalog catalog, Collection collection, Datapoint... rows) {
        return replace(catalog, collection, List.of(rows));
    }

    /**
     * Asserts that a collection has exactly these rows, asked in every way, and still after a flush, a compaction and a
     * reopening.
     *
     * @param expected as {@link #all} returns them
     * @return the catalog, which may be another one
     */
    protected final Catalog assertLasts(Catalog catalog, Collection collection, List<Datapoint> expected) {
        assertHolds(collection, expected);
        catalog.maintenance().ifPresent(Maintenance::flush);
        assertHolds(collection, expected);
        catalog.maintenance().ifPresent(Maintenance::compact);
        assertHolds(collection, expected);
        if (!can(Capability.DURABLE)) {
            return catalog;
        }
        long version = catalog.version();
        Catalog again = reopen(catalog);
        assertEquals(version, again.version());
        assertHolds(again.dataset(collection.dataset().slug()).collection(collection.name()), expected);
        return again;
    }

    /** Asserts that a collection has exactly these rows, asked in every way. */
    protected static void assertHolds(Collection collection, List<Datapoint> expected) {
        assertEquals(expected, all(collection));
        assertEquals(expected.size(), collection.count(Query.allTime().build()));
        List<Datapoint> reversed = new ArrayList<>(expected);
        Collections.reverse(reversed);
        assertEquals(reversed, collection.latest(expected.size() + 1));
        CollectionInfo info = expected.isEmpty()
                ? CollectionInfo.empty(collection.name())
                : CollectionInfo.of(
                        collection.name(),
                        expected.size(),
                        expected.get(0).time(),
                        reversed.get(0).time());
        assertEquals(info.toString(), collection.info().toString());
        Optional<String> key = collection.dataset().schema().key().map(Field::name);
        for (Datapoint row : expected) {
            assertEquals(row, collection.datapoint(row.id().orElseThrow()));
            key.ifPresent(name -> assertEquals(
                    row, collection.findByKey(row.value(name).orElseThrow()).orElseThrow()));
        }
    }

    /** Creates a dataset with one collection named {@code things}. */
    protected static Collection things(Catalog catalog, DatasetSpec spec) {
        return catalog.createDataset(spec).createCollection("things");
    }

    /** Returns the answer of a collection. */
    protected static List<Datapoint> rows(Collection collection, Query.Builder query) {
        return collection.query(query.build()).toList();
    }

    /** Returns the answer of a dataset. */
    protected static List<Datapoint> rows(Dataset dataset, Query.Builder query) {
        return dataset.query(query.build()).toList();
    }

    /** Returns the answer of a catalog. */
    protected static List<Datapoint> rows(Catalog catalog, Query.Builder query) {
        return catalog.query(query.build()).toList();
    }

    /** Returns everything in a collection. */
    protected static List<Datapoint> all(Collection collection) {
        return rows(collection, Query.allTime());
    }

    /** Returns the ids of rows that were read. */
    protected static List<DatapointId> ids(List<Datapoint> rows) {
        return rows.stream().map(row -> row.id().orElseThrow()).toList();
    }

    /** Returns the values of a field, {@code null} as text where unset. */
    protected static List<String> texts(List<Datapoint> rows, String field) {
        return rows.stream()
                .map(row -> row.value(field).map(Object::toString).orElse("null"))
                .toList();
    }

    /** Reads a result to its end and returns the ids with the token after it. */
    protected static Page page(QueryResult result) {
        try (result) {
            List<DatapointId> ids = new ArrayList<>();
            for (Datapoint row : result) {
                ids.add(row.id().orElseThrow());
            }
            return new Page(ids, result.nextToken().orElse(null));
        }
    }

    /** Asserts that no id occurs twice. */
    protected static void assertDistinct(List<DatapointId> ids) {
        Set<DatapointId> distinct = new LinkedHashSet<>(ids);
        if (distinct.size() != ids.size()) {
            throw new AssertionError((ids.size() - distinct.size()) + " ids occur twice");
        }
    }

    /** One page of an answer. */
    protected record Page(List<DatapointId> ids, @Nullable PageToken next) {}
}
