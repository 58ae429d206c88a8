package org.almagest.testing;

import static org.almagest.query.FieldOperand.field;
import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Failures.assertFailsAt;
import static org.almagest.testing.Fixtures.numbered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.Maintenance;
import org.almagest.VersionLease;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.NotFoundException;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestMode;
import org.almagest.model.Retention;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.SortOrder;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Earlier versions: readable while they are leased or young enough, exact whatever was written since. */
public abstract class HistoryContract extends ContractSupport {
    private static final Duration HOUR = Duration.ofHours(1);

    /** Creates the suite. */
    protected HistoryContract() {}

    @BeforeEach
    final void needsHistory() {
        needs(Capability.HISTORY);
    }

    private static DatasetSpec items() {
        return DatasetSpec.temporal("a.items")
                .field(Field.string("item_id"))
                .field(Field.int64("number").queryable())
                .key("item_id")
                .build();
    }

    private static Datapoint item(String day, String key, long number) {
        return Datapoint.at(day).set("item_id", key).set("number", number).build();
    }

    private CatalogOptions remembering() {
        return options().withHistoryRetention(HOUR);
    }

    private static List<Datapoint> at(Collection things, long version) {
        return rows(things, Query.allTime().version(version));
    }

    private void deleteAll(Collection things) {
        if (can(Capability.DELETE)) {
            things.delete(Query.allTime().build());
        } else {
            things.ingest(List.of(item("2222-02-02", "more", things.info().count())));
        }
    }

    private static void rest(Catalog catalog) {
        catalog.maintenance().ifPresent(Maintenance::flush);
        catalog.maintenance().ifPresent(Maintenance::compact);
    }

    /** Does everything that ends rows; returns what there was after each version. */
    private Map<Long, List<Datapoint>> busy(Catalog catalog, Collection things, int rounds) {
        Map<Long, List<Datapoint>> then = new TreeMap<>();
        for (int i = 0; i < rounds; i++) {
            clock.advance(Duration.ofSeconds(1));
            switch (i % 6) {
                case 0 -> things.ingest(List.of(item("2020-01-0" + (1 + i % 9), "new-" + i, i)));
                case 1 -> replaceOne(things, item("19" + (10 + i) + "-01-01", "k", i));
                case 2 -> replaceOne(things, item("2000-01-01", "k", 0));
                case 3 -> deleteFirst(things);
                case 4 -> things.ingest(List.of(item("2020-01-01", "new-0", 0)));
                default -> deleteFirst(things);
            }
            if (i % 5 == 4) {
                store().settle(catalog);
            }
            then.put(catalog.version(), all(things));
        }
        return then;
    }

    private void replaceOne(Collection things, Datapoint row) {
        if (can(Capability.REPLACE)) {
            things.ingest(List.of(row), IngestMode.REPLACE);
        }
    }

    private void deleteFirst(Collection things) {
        if (can(Capability.DELETE) && things.info().count() > 0) {
            things.delete(ids(all(things)).subList(0, 1));
        }
    }

    private static void assertThen(Collection things, Map<Long, List<Datapoint>> then, long oldest) {
        then.forEach((version, rows) -> {
            if (version >= oldest) {
                assertAt(things, version, rows);
            } else {
                assertThrows(NotFoundException.class, () -> at(things, version));
            }
        });
    }

    private static void assertAt(Collection things, long version, List<Datapoint> rows) {
        assertEquals(rows, at(things, version), () -> "version " + version);
        assertEquals(rows.size(), things.count(Query.allTime().version(version).build()), () -> "version " + version);
        List<Datapoint> reversed = new ArrayList<>(rows);
        Collections.reverse(reversed);
        assertEquals(
                reversed,
                rows(things, Query.allTime().version(version).order(SortOrder.DESCENDING)),
                () -> "version " + version);
        assertEquals(
                rows.stream()
                        .filter(row -> (Long) row.values().get("number") < 10)
                        .toList(),
                rows(
                        things,
                        Query.allTime().version(version).where(field("number").lessThan(10))));
        try (QueryResult answer = things.query(Query.allTime().version(version).build())) {
            assertEquals(version, answer.version());
        }
    }

    @Test
    void onlyTheNewestVersionIsThereByDefault() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        assertEquals(catalog.version(), catalog.oldestVersion());
        ingest(catalog, things, item("2020-01-01", "a", 1));
        long version = catalog.version();
        assertEquals(version, catalog.oldestVersion());
        assertEquals(all(things), at(things, version));
        assertEquals(1, things.count(Query.allTime().version(version).build()));
        deleteAll(things);
        long newest = catalog.version();
        assertEquals(newest, catalog.oldestVersion());
        assertFails(
                NotFoundException.class,
                "version " + version + ": no longer kept (oldest " + newest + ")",
                () -> at(things, version));
        assertFails(
                NotFoundException.class,
                "version " + version + ": no longer kept (oldest " + newest + ")",
                () -> things.count(Query.allTime().version(version).build()));
        assertFails(
                NotFoundException.class,
                "version 0: no longer kept (oldest " + newest + ")",
                () -> rows(catalog, Query.allTime().version(0)));
        assertFails(
                InvalidRequestException.class,
                "query: version: " + (newest + 1) + " (at most " + newest + ")",
                () -> at(things, newest + 1));
        assertFails(
                InvalidRequestException.class,
                "query: version: " + (newest + 1) + " (at most " + newest + ")",
                () -> rows(things, Query.allTime().version(newest + 1).after(DatapointId.lowest(0))));
    }

    @Test
    void aLeaseKeepsItsVersion() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        List<Datapoint> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            rows.add(item("2000-01-01", "k" + i, i));
        }
        ingest(catalog, things, rows);
        List<Datapoint> stored = all(things);
        VersionLease first = catalog.lease();
        assertEquals(catalog.version(), first.version());
        Map<Long, List<Datapoint>> then = busy(catalog, things, 12);
        VersionLease second = catalog.lease();
        assertEquals(catalog.version(), second.version());
        deleteAll(things);
        assertEquals(catalog.version(), catalog.oldestVersion());
        for (int i = 0; i < 2; i++) {
            assertAt(things, first.version(), stored);
            assertAt(things, second.version(), then.get(second.version()));
            rest(catalog);
        }
        first.close();
        first.close();
        assertAt(things, second.version(), then.get(second.version()));
        assertThrows(NotFoundException.class, () -> at(things, first.version()));
        second.close();
        rest(catalog);
        then.keySet().forEach(version -> assertThrows(NotFoundException.class, () -> at(things, version)));
    }

    @Test
    void aLeaseEndsAfterTenMinutes() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        ingest(catalog, things, item("2020-01-01", "a", 1));
        List<Datapoint> stored = all(things);
        VersionLease lease = catalog.lease();
        deleteAll(things);
        clock.advance(Duration.ofMinutes(10).minusMillis(1));
        assertEquals(stored, at(things, lease.version()));
        clock.advance(Duration.ofMillis(1));
        assertThrows(NotFoundException.class, () -> at(things, lease.version()));
        rest(catalog);
        lease.close();
    }

    @Test
    void twoLeasesOfOneVersionEndOneByOne() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        ingest(catalog, things, item("2020-01-01", "a", 1));
        List<Datapoint> stored = all(things);
        VersionLease first = catalog.lease();
        VersionLease second = catalog.lease();
        deleteAll(things);
        first.close();
        rest(catalog);
        assertEquals(stored, at(things, second.version()));
        second.close();
        assertThrows(NotFoundException.class, () -> at(things, second.version()));
    }

    @Test
    void givesAsManyLeasesAsTheLimitSays() {
        Catalog catalog = open("leasesMax", 2);
        Collection things = things(catalog, items());
        List<VersionLease> leases = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ingest(catalog, things, item("2020-01-01", "a" + i, i));
            leases.add(catalog.lease());
        }
        ingest(catalog, things, item("2020-01-01", "b", 1));
        LimitExceededException failure =
                assertFailsAt(LimitExceededException.class, "catalog: leases: ", catalog::lease);
        assertEquals("leasesMax", failure.limitName());
        leases.get(0).close();
        leases.set(0, catalog.lease());
        assertThrows(LimitExceededException.class, catalog::lease);
        clock.advance(Duration.ofMinutes(10));
        leases.add(catalog.lease());
        leases.forEach(VersionLease::close);
    }

    @Test
    void everyVersionOfTheLastHourCanBeAsked() {
        Catalog catalog = open(remembering());
        Collection things = things(catalog, items());
        long created = catalog.version();
        Map<Long, List<Datapoint>> then = busy(catalog, things, 60);
        assertTrue(catalog.oldestVersion() <= created);
        assertThen(things, then, 0);
        assertEquals(List.of(), at(things, created));
        deleteAll(things);
        assertThen(things, then, 0);
        catalog.maintenance().ifPresent(Maintenance::flush);
        assertThen(things, then, 0);
        rest(catalog);
        assertThen(things, then, 0);
        if (can(Capability.DURABLE)) {
            catalog.close();
            Catalog again = open(remembering());
            Collection found = again.dataset("a.items").collection("things");
            assertThen(found, then, 0);
            found.ingest(List.of(item("2020-01-01", "after", 1)));
            rest(again);
            assertThen(found, then, 0);
        }
    }

    @Test
    void whatIsOlderThanTheRetentionGoes() {
        Catalog catalog = open(remembering());
        Collection things = things(catalog, items());
        Map<Long, List<Datapoint>> then = new TreeMap<>(busy(catalog, things, 20));
        clock.advance(Duration.ofMinutes(50));
        long kept = catalog.version();
        then.putAll(busy(catalog, things, 20));
        assertThen(things, then, 0);
        clock.advance(Duration.ofMinutes(30));
        then.putAll(busy(catalog, things, 7));
        rest(catalog);
        long oldest = catalog.oldestVersion();
        assertTrue(oldest <= kept, oldest + " " + kept);
        assertTrue(oldest > then.keySet().iterator().next(), "nothing was given back");
        assertThen(things, then, oldest);
        Catalog last = catalog;
        if (can(Capability.DURABLE)) {
            catalog.close();
            last = open(remembering());
        }
        Collection found = last.dataset("a.items").collection("things");
        assertTrue(last.oldestVersion() >= oldest);
        assertTrue(last.oldestVersion() <= kept);
        assertThen(found, then, last.oldestVersion());
        clock.advance(Duration.ofHours(2));
        found.ingest(List.of(item("2020-01-01", "last", 1)));
        rest(last);
        assertAt(found, last.version(), all(found));
        assertTrue(last.oldestVersion() > kept);
    }

    @Test
    void onlyRowsHaveAPast() {
        Catalog catalog = open(remembering());
        Dataset dataset = catalog.createDataset(items());
        Collection things = dataset.createCollection("things");
        ingest(catalog, things, item("2020-01-01", "a", 1));
        long version = catalog.version();
        Collection later = dataset.createCollection("later");
        ingest(catalog, later, item("2020-01-01", "a", 1));
        dataset.alter(dataset.schema().toBuilder().field(Field.string("added")).build());
        assertEquals(List.of(), at(later, version));
        assertEquals(1, rows(dataset, Query.allTime().version(version)).size());
        assertEquals(
                1,
                rows(
                                catalog,
                                Query.allTime()
                                        .version(version)
                                        .where(field("added").isNull()))
                        .size());
        assertEquals(0, at(later, catalog.version() - 2).size());
        assertEquals(1, at(later, catalog.version() - 1).size());
        if (can(Capability.DELETE_DATASETS)) {
            dataset.deleteCollection("things");
            assertEquals(List.of(), rows(dataset, Query.allTime().version(version)));
            assertEquals(List.of(), at(dataset.createCollection("things"), version));
            catalog.deleteDataset("a.items");
            assertEquals(List.of(), rows(catalog, Query.allTime().version(catalog.version() - 1)));
            catalog.restoreDataset("a.items");
            assertEquals(
                    1,
                    rows(catalog, Query.allTime().version(catalog.version() - 1))
                            .size());
        }
    }

    @Test
    void anIdThatCameBackHasTheIngestionTimeOfItsVersion() {
        needs(Capability.DELETE);
        Catalog catalog = open(remembering());
        Collection things = things(catalog, items());
        Map<Long, List<Datapoint>> then = new TreeMap<>();
        for (int i = 0; i < 6; i++) {
            clock.advance(Duration.ofMinutes(1));
            DatapointId id =
                    things.ingest(List.of(item("2020-01-01", "a", 1))).ids().get(0);
            if (i == 3) {
                rest(catalog);
            }
            then.put(catalog.version(), all(things));
            things.delete(List.of(id));
            if (i % 2 == 0) {
                store().settle(catalog);
            }
            then.put(catalog.version(), List.of());
        }
        assertThen(things, then, 0);
        rest(catalog);
        assertThen(things, then, 0);
        assertEquals(
                6,
                then.values().stream()
                        .flatMap(List::stream)
                        .map(row -> row.ingestionTime().orElseThrow())
                        .distinct()
                        .count());
    }

    @Test
    void anAnswerFromALeasedVersionOutlivesTheLease() {
        needs(Capability.DELETE);
        Catalog catalog = open();
        Collection things = things(catalog, items());
        ingest(catalog, things, item("2020-01-01", "a", 1), item("2021-01-01", "b", 2), item("2022-01-01", "c", 3));
        rest(catalog);
        VersionLease lease = catalog.lease();
        things.delete(Query.allTime().build());
        rest(catalog);
        try (QueryResult rows =
                things.query(Query.allTime().version(lease.version()).build())) {
            Iterator<Datapoint> each = rows.iterator();
            assertEquals("a", each.next().value("item_id").orElseThrow());
            lease.close();
            rest(catalog);
            assertEquals("b", each.next().value("item_id").orElseThrow());
            assertEquals("c", each.next().value("item_id").orElseThrow());
        }
    }

    @Test
    void takingAFieldTakesThePastOfTheDataset() {
        needs(Capability.DELETE);
        Catalog catalog = open(remembering());
        Collection things = things(catalog, items());
        ingest(catalog, things, item("2020-01-01", "a", 1), item("2021-01-01", "b", 2));
        long version = catalog.version();
        things.delete(Query.allTime().build());
        Dataset dataset = things.dataset();
        dataset.alter(dataset.schema().toBuilder().field(Field.string("text")).build());
        assertEquals(List.of("a", "b"), texts(at(things, version), "item_id"));
        dataset.alter(dataset.schema().toBuilder().removeField("number").build());
        assertEquals(List.of(), texts(at(things, version), "item_id"));
        dataset.alter(dataset.schema().toBuilder().field(Field.string("number")).build());
        rest(catalog);
        assertEquals(List.of(), texts(at(things, version), "item_id"));
        ingest(
                catalog,
                things,
                Datapoint.at("2020-01-01")
                        .set("item_id", "a")
                        .set("number", "one")
                        .build());
        assertEquals(List.of("one"), texts(at(things, catalog.version()), "number"));
    }

    @Test
    void pagesOfALeasedVersionAreTheWholeOfIt() {
        needs(Capability.DELETE);
        Catalog catalog = open();
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        List<DatapointId> ids =
                ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 40)).ids();
        try (VersionLease lease = catalog.lease()) {
            Query.Builder query = Query.allTime().version(lease.version()).limit(7);
            List<DatapointId> read = new ArrayList<>();
            @Nullable PageToken token = null;
            do {
                Page page = page(things.query((token == null ? query : query.after(token)).build()));
                read.addAll(page.ids());
                token = page.next();
                List<DatapointId> left = ids(all(things));
                things.delete(left.subList(0, Math.min(6, left.size())));
                things.ingest(numbered("2019-01-01T00:00:00Z", 1 + read.size()));
                store().settle(catalog);
            } while (token != null);
            assertEquals(ids, read);
        }
    }

    @Test
    void pagingGoesOnWithTheNewestVersionWhenItsOwnIsGone() {
        needs(Capability.DELETE);
        Catalog catalog = open();
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        List<DatapointId> ids =
                ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 20)).ids();
        VersionLease lease = catalog.lease();
        Query.Builder query = Query.allTime().version(lease.version()).limit(8);
        Page first = page(things.query(query.build()));
        things.delete(ids.subList(6, 10));
        lease.close();
        rest(catalog);
        PageToken token = first.next();
        assertTrue(token != null);
        try (QueryResult answer = things.query(query.after(token).build())) {
            assertEquals(catalog.version(), answer.version());
        }
        Page second = page(things.query(query.limit(30).after(token).build()));
        assertEquals(ids.subList(10, 20), second.ids());
        assertEquals(null, second.next());
    }

    @Test
    void retentionLeavesThePastAlone() {
        needs(Capability.RETENTION);
        Catalog catalog = open(remembering());
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 20));
        List<Datapoint> before = all(things);
        long version = catalog.version();
        things.putRetention(Retention.ofTime(Duration.ofDays(1)));
        catalog.maintenance().orElseThrow().expire();
        assertEquals(List.of(), all(things));
        assertAt(things, version, before);
        rest(catalog);
        assertAt(things, version, before);
    }
}
