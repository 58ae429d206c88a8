package org.almagest.testing;

import static org.almagest.query.FieldOperand.field;
import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Failures.assertFailsAt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.error.ConflictException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.PreconditionFailedException;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestCounts;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestOptions;
import org.almagest.model.IngestResult;
import org.almagest.model.OnInvalid;
import org.almagest.model.TimeInterval;
import org.almagest.model.Uint64;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mode REPLACE: a row takes the place of the one of its key, in one commit, wherever in time that lies. */
public abstract class ReplaceContract extends ContractSupport {
    /** Creates the suite. */
    protected ReplaceContract() {}

    @BeforeEach
    final void needsReplace() {
        needs(Capability.REPLACE);
    }

    private static DatasetSpec items() {
        return DatasetSpec.temporal("a.items")
                .field(Field.string("item_id"))
                .field(Field.int64("number").queryable())
                .key("item_id")
                .build();
    }

    private static DatasetSpec versioned(Field version) {
        return DatasetSpec.temporal("a." + version.kind().text())
                .field(Field.string("item_id"))
                .field(version)
                .field(Field.int64("number"))
                .key("item_id")
                .version(version.name())
                .build();
    }

    private static Datapoint item(String day, String key, long number) {
        return Datapoint.at(day).set("item_id", key).set("number", number).build();
    }

    private static Datapoint revised(String key, @Nullable Object revision, long number) {
        return item("2020-01-01", key, number).toBuilder()
                .set("revision", revision)
                .build();
    }

    private static Datapoint expecting(Datapoint row, DatapointId expected) {
        return row.toBuilder().expecting(expected).build();
    }

    private static IngestCounts counts(long created, long existing, long replaced, long superseded, long stale) {
        return new IngestCounts(created, existing, replaced, superseded, stale, 0);
    }

    private static DatapointId idOf(Collection things, String key) {
        return things.findByKey(key).orElseThrow().id().orElseThrow();
    }

    @Test
    void needsAKey() {
        Catalog catalog = open();
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        assertFails(
                InvalidRequestException.class,
                "ingest: mode: REPLACE (expected a dataset with a key)",
                () -> things.ingest(Fixtures.numbered("2020-01-01T00:00:00Z", 1), IngestMode.REPLACE));
        assertEquals(0, things.info().count());
    }

    @Test
    void createsWhatIsNewAndLeavesWhatIsThere() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        Datapoint a = item("2020-01-01", "a", 1);
        Datapoint b = item("2021-01-01", "b", 2);
        assertEquals(counts(2, 0, 0, 0, 0), replace(catalog, things, b, a).counts());
        List<Datapoint> stored = all(things);
        long version = catalog.version();
        clock.advance(Duration.ofHours(1));
        IngestResult again = replace(catalog, things, a, b);
        assertEquals(counts(0, 2, 0, 0, 0), again.counts());
        assertEquals(ids(stored), again.ids());
        assertEquals(version, again.version());
        assertEquals(version, catalog.version());
        Datapoint c = item("2019-01-01", "c", 3);
        assertEquals(counts(1, 2, 0, 0, 0), replace(catalog, things, a, c, b).counts());
        assertEquals(stored, all(things).subList(1, 3));
        assertEquals(version + 1, catalog.version());
    }

    @Test
    void takesThePlaceOfARowAnywhereInTime() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        String[] days = {"2020-06-01", "1969-12-31", "5999-12-31", "2020-06-01T00:00:00.001Z", "0001-01-01"};
        ingest(catalog, things, item("1969-12-31", "before", 0), item("2021-01-01", "after", 0));
        ingest(catalog, things, item("2000-01-01", "a", 1));
        for (int i = 0; i < days.length; i++) {
            Datapoint old = things.findByKey("a").orElseThrow();
            long version = catalog.version();
            clock.advance(Duration.ofSeconds(1));
            IngestResult result = replace(catalog, things, item(days[i], "a", i));
            assertEquals(counts(0, 0, 1, 0, 0), result.counts());
            assertEquals(version + 1, catalog.version());
            assertEquals(version + 1, result.version());
            assertTrue(things.find(old.id().orElseThrow()).isEmpty());
            assertEquals(
                    0,
                    rows(things, Query.at(old.time()).where(field("item_id").equalTo("a")))
                            .size());
            Datapoint now = things.findByKey("a").orElseThrow();
            assertEquals(result.ids().get(0), now.id().orElseThrow());
            assertEquals(clock.now(), now.ingestionTime().orElseThrow());
            assertEquals(3, things.info().count());
            assertEquals(
                    List.of((long) i),
                    rows(things, Query.allTime().where(field("item_id").equalTo("a"))).stream()
                            .map(row -> row.values().get("number"))
                            .toList());
        }
        assertLasts(catalog, things, all(things));
    }

    @Test
    void whatWasReplacedMayComeBack() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        Datapoint a = item("2020-01-01", "k", 1);
        Datapoint b = item("2010-01-01", "k", 2);
        DatapointId first = ingest(catalog, things, a).ids().get(0);
        DatapointId second = replace(catalog, things, b).ids().get(0);
        assertNotEquals(first, second);
        for (int i = 0; i < 4; i++) {
            clock.advance(Duration.ofMinutes(1));
            Datapoint row = i % 2 == 0 ? a : b;
            IngestResult result =
                    i < 2 ? replace(catalog, things, row) : things.ingest(List.of(row), IngestMode.REPLACE);
            assertEquals(counts(0, 0, 1, 0, 0), result.counts());
            assertEquals(List.of(i % 2 == 0 ? first : second), result.ids());
            Datapoint live = things.findByKey("k").orElseThrow();
            assertEquals(result.ids().get(0), live.id().orElseThrow());
            assertEquals(clock.now(), live.ingestionTime().orElseThrow());
            assertEquals(List.of(live), all(things));
            assertTrue(things.find(i % 2 == 0 ? second : first).isEmpty());
        }
        assertLasts(catalog, things, all(things));
    }

    @Test
    void theLastOfAKeyInOneCallWins() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        Datapoint a = item("2020-01-01", "k", 1);
        Datapoint b = item("2010-01-01", "k", 2);
        Datapoint c = item("2030-01-01", "k", 3);
        Map<List<Datapoint>, IngestCounts> fresh = Map.of(
                List.of(a, a), counts(1, 1, 0, 0, 0),
                List.of(a, b), counts(1, 0, 0, 1, 0),
                List.of(a, a, b), counts(1, 0, 0, 2, 0),
                List.of(a, b, b), counts(1, 1, 0, 1, 0),
                List.of(a, b, a), counts(1, 0, 0, 2, 0),
                List.of(a, b, c), counts(1, 0, 0, 2, 0));
        fresh.forEach((rows, counts) -> {
            Collection other = things.dataset().createCollection("fresh " + number(things));
            IngestResult result = replace(catalog, other, rows);
            assertEquals(counts, result.counts(), rows::toString);
            assertLastWon(other, rows, result);
        });
        Map<List<Datapoint>, IngestCounts> stored = Map.of(
                List.of(a, a), counts(0, 2, 0, 0, 0),
                List.of(a, b), counts(0, 0, 1, 1, 0),
                List.of(b, c), counts(0, 0, 1, 1, 0),
                List.of(b, b), counts(0, 1, 1, 0, 0),
                List.of(b, a), counts(0, 1, 0, 1, 0),
                List.of(a, b, a), counts(0, 1, 0, 2, 0),
                List.of(b, c, a, a), counts(0, 2, 0, 2, 0));
        stored.forEach((rows, counts) -> {
            Collection other = things.dataset().createCollection("stored " + number(things));
            Instant before = stored(catalog, other, a);
            long version = catalog.version();
            clock.advance(Duration.ofSeconds(1));
            IngestResult result = replace(catalog, other, rows);
            assertEquals(counts, result.counts(), rows::toString);
            assertLastWon(other, rows, result);
            boolean unchanged = rows.get(rows.size() - 1) == a;
            assertEquals(version + (unchanged ? 0 : 1), catalog.version());
            assertEquals(
                    unchanged ? before : clock.now(),
                    all(other).get(0).ingestionTime().orElseThrow());
        });
    }

    private static int number(Collection things) {
        return things.dataset().collections().size();
    }

    private Instant stored(Catalog catalog, Collection collection, Datapoint row) {
        ingest(catalog, collection, row);
        return all(collection).get(0).ingestionTime().orElseThrow();
    }

    private static void assertLastWon(Collection collection, List<Datapoint> rows, IngestResult result) {
        assertEquals(rows.size(), result.counts().rows());
        assertEquals(rows.size(), result.ids().size());
        assertEquals(List.of(result.ids().get(rows.size() - 1)), ids(all(collection)));
        assertHolds(collection, all(collection));
        for (int i = 0; i < rows.size(); i++) {
            assertEquals(rows.get(i).time().toEpochMilli(), result.ids().get(i).timeMillis());
        }
    }

    @Test
    void keysOfOtherRowsAndCollectionsDoNotMatter() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        Collection others = things.dataset().createCollection("others");
        ingest(catalog, others, item("2020-01-01", "a", 1));
        List<Datapoint> before = all(others);
        replace(catalog, things, item("2020-01-01", "a", 1), item("2020-01-01", "b", 1));
        assertEquals(
                counts(1, 1, 1, 1, 0),
                replace(
                                catalog,
                                things,
                                item("2020-01-01", "b", 1),
                                item("2020-01-02", "a", 3),
                                item("2020-01-02", "a", 2),
                                item("2020-01-02", "c", 1))
                        .counts());
        assertEquals(before, all(others));
        assertEquals(
                List.of("1", "2", "1"),
                List.of("b", "a", "c").stream()
                        .map(key -> things.findByKey(key)
                                .orElseThrow()
                                .values()
                                .get("number")
                                .toString())
                        .toList());
        assertLasts(catalog, things, all(things));
    }

    @Test
    void aRowBelowTheStoredVersionIsStale() {
        Catalog catalog = open();
        Map<Field, List<Object>> revisions = Map.of(
                Field.int32("revision"), List.of(Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE),
                Field.int64("revision"), List.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE),
                Field.uint64("revision"), List.of(Uint64.ofBits(0), Uint64.ofBits(Long.MAX_VALUE), Uint64.ofBits(-1)),
                Field.timestamp("revision"),
                        List.of(
                                Instant.parse("0001-01-01T00:00:00Z"),
                                Instant.EPOCH.minusNanos(1),
                                Instant.EPOCH,
                                Instant.EPOCH.plusNanos(1)));
        revisions.forEach((field, ascending) -> {
            Collection things = things(catalog, versioned(field));
            ingest(catalog, things, revised("k", null, 0));
            assertEquals(
                    counts(0, 0, 1, 0, 0),
                    replace(catalog, things, revised("k", null, 1)).counts());
            for (int i = 0; i < ascending.size(); i++) {
                Object revision = ascending.get(i);
                assertEquals(
                        counts(0, 0, 1, 0, 0),
                        replace(catalog, things, revised("k", revision, 2)).counts());
                List<Datapoint> live = all(things);
                long version = catalog.version();
                for (Object earlier : ascending.subList(0, i)) {
                    assertEquals(
                            counts(0, 0, 0, 0, 1),
                            replace(catalog, things, revised("k", earlier, 3)).counts());
                }
                assertEquals(
                        counts(0, 0, 0, 0, 1),
                        replace(catalog, things, revised("k", null, 3)).counts());
                assertEquals(live, all(things));
                assertEquals(version, catalog.version());
                assertEquals(
                        counts(0, 0, 1, 0, 0),
                        replace(catalog, things, revised("k", revision, 4)).counts());
            }
        });
    }

    @Test
    void versionsAlsoCountWithinACall() {
        Catalog catalog = open();
        Collection things = things(catalog, versioned(Field.int64("revision")));
        assertEquals(
                counts(1, 0, 0, 1, 2),
                replace(catalog, things, revised("k", 5, 1), revised("k", 4, 2), revised("k", 6, 3), revised("k", 5, 4))
                        .counts());
        assertEquals(List.of("3"), texts(all(things), "number"));
        IngestResult result = replace(
                catalog, things, revised("k", 5, 1), revised("k", 6, 3), revised("n", null, 1), revised("k", 6, 5));
        assertEquals(counts(1, 0, 1, 1, 1), result.counts());
        assertEquals(idOf(things, "k"), result.ids().get(3));
        assertEquals(4, result.ids().size());
        assertLasts(catalog, things, all(things));
    }

    @Test
    void otherModesDoNotLookAtVersions() {
        Catalog catalog = open();
        Collection things = things(catalog, versioned(Field.int64("revision")));
        ingest(catalog, things, revised("k", 5, 1));
        assertFailsAt(
                ConflictException.class,
                "row 0: key \"item_id\": \"k\" is live under id ",
                () -> things.ingest(List.of(revised("k", 6, 1))));
    }

    @Test
    void anExpectedIdIsThatOfTheLiveRow() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        DatapointId first =
                replace(catalog, things, item("2020-01-01", "k", 1)).ids().get(0);
        DatapointId second = replace(catalog, things, expecting(item("2021-01-01", "k", 2), first))
                .ids()
                .get(0);
        List<Datapoint> live = all(things);
        long version = catalog.version();
        assertFails(
                PreconditionFailedException.class,
                "row 1: key \"item_id\": \"k\" is live under id " + second + " (expected " + first + ")",
                () -> things.ingest(
                        List.of(item("2022-01-01", "new", 1), expecting(item("2021-01-01", "k", 3), first)),
                        IngestMode.REPLACE));
        assertFails(
                PreconditionFailedException.class,
                "row 0: key \"item_id\": \"absent\" is live under id no datapoint (expected " + first + ")",
                () -> things.ingest(List.of(expecting(item("2021-01-01", "absent", 3), first)), IngestMode.REPLACE));
        assertEquals(live, all(things));
        assertEquals(version, catalog.version());
        assertEquals(
                counts(0, 1, 0, 0, 0),
                replace(catalog, things, expecting(item("2021-01-01", "k", 2), first))
                        .counts());
        assertEquals(
                counts(0, 0, 1, 1, 0),
                replace(
                                catalog,
                                things,
                                expecting(item("2021-01-01", "k", 8), second),
                                expecting(item("2021-01-01", "k", 9), second))
                        .counts());
        assertEquals(List.of("9"), texts(all(things), "number"));
        assertTrue(all(things).get(0).expectedId().isEmpty());
    }

    @Test
    void anExpectedIdHoldsForStaleRowsToo() {
        Catalog catalog = open();
        Collection things = things(catalog, versioned(Field.int64("revision")));
        DatapointId live = replace(catalog, things, revised("k", 5, 1)).ids().get(0);
        DatapointId other = DatapointId.highest(0);
        assertEquals(
                counts(0, 0, 0, 0, 1),
                replace(catalog, things, expecting(revised("k", 4, 1), live)).counts());
        assertFailsAt(
                PreconditionFailedException.class,
                "row 0: key \"item_id\": \"k\" is live under id " + live,
                () -> things.ingest(List.of(expecting(revised("k", 4, 1), other)), IngestMode.REPLACE));
    }

    @Test
    void onlyThisModeTakesAnExpectedId() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        DatapointId first =
                ingest(catalog, things, item("2020-01-01", "k", 1)).ids().get(0);
        for (IngestMode mode : List.of(IngestMode.SKIP_EXISTING, IngestMode.REFUSE_EXISTING)) {
            assertFails(
                    InvalidRequestException.class,
                    "row 1: expected id: given in mode " + mode + " (expected REPLACE)",
                    () -> things.ingest(
                            List.of(item("2020-01-01", "n", 1), expecting(item("2020-01-01", "k", 1), first)), mode));
        }
        assertEquals(1, things.info().count());
    }

    @Test
    void nothingIsStoredWhenARowIsInvalid() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        replace(catalog, things, item("2020-01-01", "a", 1));
        List<Datapoint> before = all(things);
        Datapoint wrong =
                item("2020-01-01", "c", 1).toBuilder().set("number", "one").build();
        List<Datapoint> rows = List.of(item("2020-01-02", "a", 2), item("2020-01-01", "b", 1), wrong);
        assertFailsAt(
                InvalidRequestException.class,
                "row 2: field \"number\": ",
                () -> things.ingest(rows, IngestMode.REPLACE));
        assertEquals(before, all(things));
        if (can(Capability.QUARANTINE)) {
            IngestResult result =
                    things.ingest(rows, IngestOptions.of(IngestMode.REPLACE).with(OnInvalid.QUARANTINE));
            assertEquals(new IngestCounts(1, 0, 1, 0, 0, 1), result.counts());
            assertEquals(2, things.info().count());
            assertEquals(2, result.rejected().get(0).row());
        }
    }

    @Test
    void whatWasReplacedIsNoConflictAnyMoreAndWhatReplacedItIs() {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        Datapoint a = item("2020-01-01", "k", 1);
        Datapoint b = item("2010-01-01", "k", 2);
        ingest(catalog, things, a);
        DatapointId live = replace(catalog, things, b).ids().get(0);
        for (IngestMode mode : List.of(IngestMode.SKIP_EXISTING, IngestMode.REFUSE_EXISTING)) {
            assertFails(
                    ConflictException.class,
                    "row 0: key \"item_id\": \"k\" is live under id " + live
                            + " (expected a new key, or the same content)",
                    () -> things.ingest(List.of(a), mode));
        }
        assertEquals(IngestCounts.of(0, 1, 0), things.ingest(List.of(b)).counts());
    }

    @Test
    void filtersPlacesAndTimesSeeOneVersionOnly() {
        Catalog catalog = open();
        Collection things = things(
                catalog,
                DatasetSpec.spatioTemporal("a.places")
                        .field(Field.string("item_id"))
                        .field(Field.int64("number").queryable())
                        .key("item_id")
                        .build());
        List<Datapoint> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(item("2020-01-01", "k" + i, i).toBuilder()
                    .geometry(Fixtures.point(i, 0))
                    .build());
        }
        ingest(catalog, things, rows);
        List<Datapoint> moved = new ArrayList<>();
        for (int i = 0; i < 40; i += 2) {
            moved.add(item("2024-01-01", "k" + i, i + 100).toBuilder()
                    .geometry(Fixtures.point(i, 50))
                    .build());
        }
        assertEquals(counts(0, 0, 20, 0, 0), replace(catalog, things, moved).counts());
        TimeInterval before = TimeInterval.parse("2020-01-01/2020-01-02");
        assertEquals(20, things.count(Query.during(before).build()));
        assertEquals(
                20,
                rows(things, Query.allTime().intersecting(Fixtures.polygon(-1, -1, 41, -1, 41, 1, -1, 1)))
                        .size());
        assertEquals(
                20,
                rows(things, Query.allTime().intersecting(Fixtures.polygon(-1, 49, 41, 49, 41, 51, -1, 51)))
                        .size());
        assertEquals(
                20,
                things.count(
                        Query.allTime().where(field("number").lessThan(100)).build()));
        assertEquals(
                20,
                things.count(Query.allTime().where(field("number").atLeast(100)).build()));
        assertEquals(40, all(things).size());
        assertLasts(catalog, things, all(things));
    }

    @Test
    void aReharvestWithCorrectionsIsOneCommitACall() {
        Catalog catalog = open(options().with(CommitContract.smallLog()));
        Collection things = things(catalog, items());
        List<Datapoint> harvest = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            harvest.add(item((1970 + i % 50) + "-01-01", "item-" + i, i));
        }
        assertEquals(
                counts(3_000, 0, 0, 0, 0), replace(catalog, things, harvest).counts());
        long version = catalog.version();
        for (int i = 0; i < 3_000; i += 100) {
            harvest.set(i, item((2020 - i % 50) + "-07-01", "item-" + i, -i - 1));
        }
        assertEquals(
                counts(0, 2_970, 30, 0, 0), replace(catalog, things, harvest).counts());
        assertEquals(version + 1, catalog.version());
        assertEquals(3_000, things.info().count());
        assertEquals(
                30,
                things.count(Query.allTime().where(field("number").lessThan(0)).build()));
        for (int i = 0; i < 3_000; i++) {
            harvest.set(i, harvest.get(i).toBuilder().set("number", 10_000 + i).build());
        }
        assertEquals(
                counts(0, 0, 3_000, 0, 0), replace(catalog, things, harvest).counts());
        assertEquals(version + 2, catalog.version());
        List<Datapoint> stored = all(things);
        assertEquals(3_000, stored.size());
        if (can(Capability.DURABLE)) {
            catalog.close();
            Catalog again = open(options().with(CommitContract.smallLog()));
            assertEquals(stored, all(again.dataset("a.items").collection("things")));
        }
    }

    @Test
    void aReaderSeesExactlyOneVersionOfAKey() throws InterruptedException {
        Catalog catalog = open();
        Collection things = things(catalog, items());
        replace(catalog, things, round(0));
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try {
                while (!done.get()) {
                    assertOneRound(things);
                }
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        reader.start();
        for (int i = 1; i <= 30; i++) {
            things.ingest(round(i), IngestMode.REPLACE);
            if (i % 10 == 0) {
                store().settle(catalog);
            }
        }
        done.set(true);
        reader.join();
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
        assertEquals(100, things.info().count());
    }

    private static List<Datapoint> round(int number) {
        List<Datapoint> rows = new ArrayList<>();
        for (int key = 0; key < 100; key++) {
            rows.add(item((1990 + (number * 7 + key) % 30) + "-01-01", "k" + key, number));
        }
        return rows;
    }

    private static void assertOneRound(Collection things) {
        try (QueryResult answer = things.query(Query.allTime().build())) {
            Map<Object, Object> numbers = new TreeMap<>();
            for (Datapoint row : answer) {
                Object other =
                        numbers.put(row.values().get("item_id"), row.values().get("number"));
                assertEquals(null, other, "a key twice");
            }
            assertEquals(100, numbers.size());
            assertEquals(1, numbers.values().stream().distinct().count());
        }
    }
}
