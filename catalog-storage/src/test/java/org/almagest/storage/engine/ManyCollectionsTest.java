package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.VersionLease;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.DeadlineExceededException;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.query.QueryScope;
import org.almagest.query.SpatialFilter;
import org.almagest.query.SpatialPredicate;
import org.almagest.query.TimeMatch;
import org.almagest.schema.Field;
import org.almagest.storage.plan.Shortcut;
import org.almagest.storage.scan.ManyCollections;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries over more collections than are looked at one by one. */
class ManyCollectionsTest {
    private static final int COLLECTIONS = 2 * ManyCollections.COLLECTIONS_MIN;
    private static final int ROWS = 12;
    private static final long HOUR = 3_600_000;
    private static final long START = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    private static final long SPAN = 400 * 24 * HOUR;

    @TempDir
    Path folder;

    private final SplittableRandom made = new SplittableRandom(5);
    private final List<Row> rows = new ArrayList<>();
    private ManyCollections many = new ManyCollections();
    private Catalog catalog;
    private Dataset dataset;

    private record Row(long name, int collection, long millis, double west, double south) {
        boolean matches(long from, long to, BoundingBox box) {
            return millis >= from
                    && millis < to
                    && west <= box.east()
                    && west + 1 >= box.west()
                    && south <= box.north()
                    && south + 1 >= box.south();
        }

        /** Tells whether the extent, an hour from the time on and longer for even names, meets a span of time. */
        boolean lasts(long from, long to) {
            return millis < to && ended() >= from;
        }

        long ended() {
            return millis + HOUR + (name % 2 == 0 ? 100 * HOUR : 0);
        }

        Datapoint.Builder datapoint() {
            double east = west + 1;
            double north = south + 1;
            return Datapoint.at(Instant.ofEpochMilli(millis))
                    .set("name", name)
                    .geometry("POLYGON ((" + west + " " + south + ", " + east + " " + south + ", " + east + " " + north
                            + ", " + west + " " + north + ", " + west + " " + south + "))");
        }
    }

    @BeforeEach
    void open() {
        open(CatalogOptions.defaults());
        dataset = catalog.createDataset(DatasetSpec.spatioTemporal("many.collections")
                .field(Field.int64("name"))
                .build());
        for (int i = 0; i < COLLECTIONS; i++) {
            dataset.createCollection("c" + i);
        }
    }

    private void open(CatalogOptions options) {
        catalog = Catalog.open(folder, options);
        leaveOutBy(new ManyCollections());
    }

    private void leaveOutBy(ManyCollections chosen) {
        many = chosen;
        ((EmbeddedCatalog) catalog).leaveOutBy(chosen);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private void fill() {
        for (int i = 0; i < COLLECTIONS; i++) {
            store(i, ROWS);
        }
        catalog.maintenance().orElseThrow().flush();
    }

    private void store(int collection, int count) {
        List<Datapoint> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Row row = new Row(
                    rows.size(),
                    collection,
                    START + made.nextLong(SPAN),
                    made.nextInt(-1790, 1780) / 10.0,
                    made.nextInt(-890, 880) / 10.0);
            rows.add(row);
            batch.add(row.datapoint().build());
        }
        dataset.collection("c" + collection).ingest(batch);
    }

    @Test
    void everyRowIsFoundHoweverOftenASnapshotWasAsked() {
        fill();
        ask(rows);
        assertTrue(many.indexBytes() > 0, "no index was made");
        store(7, 20); // in memory, and another snapshot
        ask(rows);
        catalog.maintenance().orElseThrow().flush(); // another segment of a collection that the directory knows
        ask(rows);
        for (int i = 0; i < COLLECTIONS; i++) {
            store(i, 1);
        }
        ask(rows);
        catalog.maintenance().orElseThrow().flush();
        ask(rows); // every collection has changed
        catalog.maintenance().orElseThrow().compact();
        ask(rows);
        ((EmbeddedCatalog) catalog).planWith(EnumSet.noneOf(Shortcut.class));
        ask(rows);
    }

    @Test
    void aDirectoryThatIsNotAskedMuchMakesNoIndex() {
        fill();
        for (int i = 0; i < 10; i++) {
            dataset.count(
                    Query.allTime().intersecting(BoundingBox.of(0, 0, 1, 1)).build());
        }
        assertEquals(0, many.indexBytes());
    }

    @Test
    void withoutRoomForAnIndexAnswersAreTheSame() {
        fill();
        leaveOutBy(new ManyCollections(0));
        ask(rows);
        assertEquals(0, many.indexBytes());
        long bytesMax = 5_000; // room for one of two years
        leaveOutBy(new ManyCollections(bytesMax));
        ask(rows);
        assertTrue(many.indexBytes() > 0 && many.indexBytes() <= bytesMax, many.indexBytes() + " bytes");
    }

    @Test
    void heldVersionsStayTheSameWhileRunsAreReplaced() {
        fill();
        ask(rows);
        List<Row> then = List.copyOf(rows);
        try (VersionLease lease = catalog.lease()) {
            BoundingBox south = BoundingBox.of(-180, -90, 180, -1);
            for (int i = 0; i < COLLECTIONS; i += 3) {
                int collection = i;
                Query gone = Query.allTime().intersecting(south).build();
                long deleted = dataset.collection("c" + i).delete(gone);
                int before = rows.size();
                rows.removeIf(row -> row.collection == collection && row.south <= -1);
                assertEquals(before - rows.size(), deleted);
            }
            askBoth(lease, then);
            for (int i = 0; i < COLLECTIONS; i += 2) {
                add(i);
            }
            askBoth(lease, then);
            catalog.maintenance().orElseThrow().flush();
            askBoth(lease, then);
            catalog.maintenance().orElseThrow().compact();
            askBoth(lease, then);
            Dataset other =
                    catalog.createDataset(DatasetSpec.temporal("many.others").build());
            other.createCollection("one")
                    .ingest(List.of(Datapoint.at(Instant.ofEpochMilli(START)).build()));
            dataset.deleteCollection("c1");
            rows.removeIf(row -> row.collection == 1);
            then = then.stream().filter(row -> row.collection != 1).toList(); // it is not in scope any more
            askBoth(lease, then);
        }
        ask(rows);
    }

    @Test
    void aHeldVersionDoesNotMakeTheDirectoryAnew() {
        fill();
        ask(rows);
        List<Row> then = List.copyOf(rows);
        try (VersionLease lease = catalog.lease()) {
            for (int i = 0; i < COLLECTIONS; i++) {
                add(i);
            }
            catalog.maintenance().orElseThrow().flush(); // every collection has changed, and one is as old as the other
            for (int i = 0; i < 10; i++) {
                askBoth(lease, then);
            }
        }
        assertEquals(2, many.directoriesMade());
        assertTrue(many.indexBytes() > 0, "no index was made");
    }

    @Test
    void threadsThatAskWhileRunsAreReplacedSeeTheirVersion() throws Exception {
        fill();
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> asked = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                SplittableRandom random = new SplittableRandom(i);
                asked.add(readers.submit(() -> askTwice(random, over)));
            }
            for (int round = 0; round < 12; round++) {
                for (int i = round % 4; i < COLLECTIONS; i += 4) {
                    store(i, 1);
                }
                if (round % 3 == 2) {
                    catalog.maintenance().orElseThrow().flush();
                }
                if (round % 6 == 5) {
                    catalog.maintenance().orElseThrow().compact();
                }
            }
            over.set(true);
            for (Future<Integer> each : asked) {
                assertTrue(each.get() > 0, "nothing was asked");
            }
        } finally {
            over.set(true);
            readers.shutdown();
        }
        ask(rows);
    }

    @Test
    void aQuestionTakesNoLock() throws Exception {
        fill();
        ask(rows);
        store(3, 1);
        Query all = Query.during(interval(START, START + SPAN)).build();
        ManyCollections busy = many;
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            synchronized (busy) {
                Future<Long> asked = reader.submit(() -> dataset.count(all));
                assertEquals(rows.size(), asked.get(20, TimeUnit.SECONDS));
            }
        } finally {
            reader.shutdown();
        }
    }

    /** Asks the same twice of each of many versions, with all shortcuts and of each collection alone. */
    private int askTwice(SplittableRandom random, AtomicBoolean over) {
        int asked = 0;
        while (!over.get()) {
            long from = START + random.nextLong(SPAN);
            try (VersionLease lease = catalog.lease()) {
                Query query = Query.during(interval(from, from + 1 + random.nextLong(48 * HOUR)))
                        .version(lease.version())
                        .build();
                long alone = 0;
                for (int i = 0; i < COLLECTIONS; i++) {
                    alone += dataset.collection("c" + i).count(query);
                }
                assertEquals(alone, dataset.count(query));
                assertEquals(alone, found(query).size());
                asked++;
            }
        }
        return asked;
    }

    private void add(int collection) {
        long name = 1_000_000L + collection;
        Row row =
                new Row(name, collection, START + made.nextLong(SPAN), made.nextInt(-179, 178), made.nextInt(-89, 88));
        rows.add(row);
        dataset.collection("c" + collection).ingest(List.of(row.datapoint().build()));
    }

    private void askBoth(VersionLease lease, List<Row> then) {
        Seeded.repeat(10, random -> {
            long from = START + random.nextLong(SPAN);
            long to = from + 1 + random.nextLong(24 * HOUR);
            Query.Builder asked = Query.during(interval(from, to));
            assertEquals(
                    named(then, from, to, BoundingBox.GLOBE),
                    found(asked.version(lease.version()).build()));
            assertEquals(
                    named(rows, from, to, BoundingBox.GLOBE),
                    found(Query.during(interval(from, to)).build()));
        });
    }

    @Test
    void rowsAreFoundByTheirExtent() {
        dataset = catalog.createDataset(
                withTimes("many.extents").extent("started", "ended").build());
        storeExtents(ROWS);
        catalog.maintenance().orElseThrow().flush();
        askByExtent();
        assertTrue(many.indexBytes() > 0, "no index was made");
    }

    @Test
    void rowsOlderThanTheDeclarationOfExtentsAreFoundByThem() {
        dataset = catalog.createDataset(withTimes("many.extents").build());
        storeExtents(4);
        catalog.maintenance().orElseThrow().flush();
        dataset.alter(schema -> schema.toBuilder().extent("started", "ended").build());
        askByExtent();
        storeExtents(4);
        catalog.maintenance().orElseThrow().flush();
        askByExtent();
        storeExtents(1); // in memory
        askByExtent();
        catalog.maintenance().orElseThrow().compact();
        askByExtent();
    }

    private static DatasetSpec.Builder withTimes(String slug) {
        return DatasetSpec.spatioTemporal(slug)
                .field(Field.int64("name"))
                .field(Field.timestamp("started"))
                .field(Field.timestamp("ended"));
    }

    private void storeExtents(int count) {
        for (int i = 0; i < COLLECTIONS; i++) {
            List<Datapoint> batch = new ArrayList<>();
            for (int k = 0; k < count; k++) {
                Row row = new Row(rows.size(), i, START + made.nextLong(SPAN), made.nextInt(-179, 178), 0);
                rows.add(row);
                batch.add(row.datapoint()
                        .set("started", Instant.ofEpochMilli(row.millis))
                        .set("ended", Instant.ofEpochMilli(row.ended()))
                        .build());
            }
            dataset.getOrCreateCollection("c" + i).ingest(batch);
        }
    }

    private void askByExtent() {
        Seeded.repeat(60, random -> {
            long from = START + random.nextLong(SPAN);
            long to = from + 1 + random.nextLong(HOUR);
            TreeSet<Long> expected = new TreeSet<>();
            rows.stream().filter(row -> row.lasts(from, to)).forEach(row -> expected.add(row.name));
            Query.Builder asked = Query.during(interval(from, to));
            assertEquals(named(rows, from, to, BoundingBox.GLOBE), found(asked.build()));
            assertEquals(expected, found(asked.match(TimeMatch.EXTENT).build()));
            BoundingBox box = BoundingBox.of(-10, -10, 50, 10);
            TreeSet<Long> near = new TreeSet<>();
            rows.stream()
                    .filter(row -> row.lasts(from, to) && row.matches(START, START + SPAN, box))
                    .forEach(row -> near.add(row.name));
            assertEquals(near, found(asked.intersecting(box).build()));
        });
    }

    @Test
    void timeByExtentIsTimeWhereNoExtentIsDeclared() {
        fill();
        Seeded.repeat(30, random -> {
            long from = START + random.nextLong(SPAN);
            long to = from + 1 + random.nextLong(24 * HOUR);
            Query asked =
                    Query.during(interval(from, to)).match(TimeMatch.EXTENT).build();
            assertEquals(named(rows, from, to, BoundingBox.GLOBE), found(asked));
        });
        assertTrue(many.indexBytes() > 0, "no index was made");
    }

    @Test
    void onlyCollectionsInScopeAnswer() {
        fill();
        Dataset others = catalog.createDataset(DatasetSpec.spatioTemporal("many.others")
                .field(Field.int64("name"))
                .build());
        for (int i = 0; i < COLLECTIONS; i++) {
            others.createCollection("o" + i)
                    .ingest(List.of(rows.get(i * ROWS).datapoint().build()));
        }
        catalog.maintenance().orElseThrow().flush();
        List<String> named = new ArrayList<>();
        for (int i = 0; i < ManyCollections.COLLECTIONS_MIN; i++) {
            named.add("c" + 2 * i);
        }
        Seeded.repeat(60, random -> {
            long from = START + random.nextLong(SPAN);
            long to = from + 1 + random.nextLong(24 * HOUR);
            Query asked = Query.during(interval(from, to)).build();
            long inFirst = rows.stream()
                    .filter(row -> row.matches(from, to, BoundingBox.GLOBE))
                    .count();
            long inOthers = rows.stream()
                    .filter(row -> row.name % ROWS == 0 && row.matches(from, to, BoundingBox.GLOBE))
                    .count();
            long inNamed = rows.stream()
                    .filter(row -> row.collection % 2 == 0 && row.matches(from, to, BoundingBox.GLOBE))
                    .count();
            assertEquals(inFirst, dataset.count(asked));
            assertEquals(inOthers, others.count(asked));
            assertEquals(inFirst + inOthers, catalog.count(asked));
            assertEquals(inNamed, dataset.count(asked, named));
            assertEquals(inFirst, catalog.count(asked, QueryScope.datasets("many.collections")));
            assertEquals(
                    inFirst + inOthers, catalog.count(asked, QueryScope.datasets("many.collections", "many.others")));
            assertEquals(inNamed, catalog.count(asked, QueryScope.collections("many.collections", named)));
        });
        assertTrue(many.indexBytes() > 0, "no index was made");
    }

    @Test
    void aDamagedSegmentFailsThoseWhoReachIt() throws IOException {
        fill();
        Row broken = rows.get(5 * ROWS);
        Query around = around(broken, 1);
        DatapointId id = dataset.query(around).toList().stream()
                .filter(row -> row.value("name").orElseThrow().equals(broken.name))
                .findFirst()
                .orElseThrow()
                .id()
                .orElseThrow();
        catalog.close();
        damage(id);
        open(CatalogOptions.readOnly());
        dataset = catalog.dataset("many.collections");
        for (int round = 0; round < 3; round++) {
            int answered = 0;
            for (Row row : rows) {
                if (row.collection != broken.collection) {
                    try {
                        assertTrue(found(around(row, 1)).contains(row.name));
                        answered++;
                    } catch (CorruptStoreException e) {
                        continue; // the damaged segment may have rows there, as far as anybody knows
                    }
                }
            }
            assertTrue(answered > rows.size() / 4, answered + " answered");
            assertThrows(CorruptStoreException.class, () -> found(around));
        }
        assertTrue(many.indexBytes() > 0, "no index was made");
    }

    private static Query around(Row row, long millis) {
        return Query.during(interval(row.millis - millis, row.millis + millis))
                .intersecting(BoundingBox.of(row.west, row.south, row.west + 1, row.south + 1))
                .build();
    }

    /** Flips the last bit of an id in the id column, which is the last place where it is met in full. */
    private void damage(DatapointId id) throws IOException {
        byte[] wanted = ByteBuffer.allocate(DatapointId.BYTES)
                .putLong(id.high())
                .putLong(id.low())
                .array();
        int found = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".seg")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                for (int at = 0; at + wanted.length <= bytes.length; at++) {
                    if (ByteBuffer.wrap(bytes, at, wanted.length).equals(ByteBuffer.wrap(wanted))) {
                        bytes[at + wanted.length - 1] ^= 1;
                        found++;
                    }
                }
                Files.write(file, bytes);
            }
        }
        assertTrue(found > 0, "no such id in a segment");
    }

    @Test
    void whereTimeIsUpTheNextQuestionGoesOn() {
        fill();
        Query.Builder asked = Query.during(interval(START, START + HOUR));
        int[] looks = new int[1];
        int cancelled = 0;
        for (int i = 0; i < 100; i++) {
            looks[0] = 0;
            try {
                dataset.count(asked.cancelledWhen(() -> ++looks[0] > 3).build());
            } catch (RuntimeException e) {
                assertTrue(
                        e instanceof DeadlineExceededException || e.getMessage().contains("cancelled"), e::toString);
                cancelled++;
            }
        }
        assertTrue(cancelled > 0, "every question had time enough");
        ask(rows);
        assertTrue(many.indexBytes() > 0, "no index was made");
    }

    @Test
    void partitionsThatAreAskedInTurnsGetTheirIndexes() {
        fill();
        long[] hours = {START + 180 * 24 * HOUR, START + 380 * 24 * HOUR}; // in two years
        for (int i = 0; i < 200; i++) {
            long from = hours[i % 2];
            BoundingBox box = BoundingBox.of(-180, -90, 180, 90);
            assertEquals(
                    named(rows, from, from + HOUR, box),
                    found(Query.during(interval(from, from + HOUR))
                            .intersecting(box)
                            .build()));
        }
        long oneYear = 4L * COLLECTIONS; // a number of each segment, and its rows besides
        assertTrue(many.indexBytes() > 2 * oneYear, many.indexBytes() + " bytes");
    }

    @Test
    void anIndexCoversTimesBefore1970() {
        long before = Instant.parse("1950-06-01T00:00:00Z").toEpochMilli();
        for (int i = 0; i < COLLECTIONS; i++) {
            Row row = new Row(i, i, before + i * Duration.ofHours(5).toMillis(), 10, 10);
            rows.add(row);
            Row next = new Row(1_000 + i, i, row.millis + 1, 10, 10);
            rows.add(next);
            dataset.collection("c" + i)
                    .ingest(List.of(row.datapoint().build(), next.datapoint().build()));
        }
        catalog.maintenance().orElseThrow().flush();
        for (int round = 0; round < 3; round++) {
            for (Row row : rows) {
                Query asked = Query.during(interval(row.millis, row.millis + 1)).build();
                assertEquals(1, dataset.count(asked));
            }
        }
        assertTrue(many.indexBytes() > 0, "no index was made");
    }

    private void ask(List<Row> expected) {
        Seeded.repeat(40, random -> {
            long from = START + random.nextLong(SPAN);
            long to = from + 1 + random.nextLong(random.nextBoolean() ? SPAN / 4 : 24 * HOUR);
            double west = random.nextInt(-180, 150);
            double south = random.nextInt(-90, 60);
            BoundingBox box = BoundingBox.of(west, south, west + random.nextInt(30), south + random.nextInt(30));
            TimeInterval interval = interval(from, to);
            assertEquals(
                    named(expected, from, to, box),
                    found(Query.during(interval).intersecting(box).build()));
            assertEquals(
                    named(expected, Long.MIN_VALUE, Long.MAX_VALUE, box),
                    found(Query.allTime().intersecting(box).build()));
            long inTime = named(expected, from, to, BoundingBox.GLOBE).size();
            assertEquals(inTime, dataset.count(Query.during(interval).build()));
            SpatialFilter apart = SpatialFilter.of(SpatialPredicate.DISJOINT, box);
            assertEquals(
                    inTime - named(expected, from, to, box).size(),
                    dataset.count(Query.during(interval).spatial(apart).build()));
        });
    }

    private static TimeInterval interval(long from, long to) {
        return TimeInterval.of(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
    }

    private static TreeSet<Long> named(List<Row> rows, long from, long to, BoundingBox box) {
        TreeSet<Long> names = new TreeSet<>();
        for (Row row : rows) {
            if (row.matches(from, to, box)) {
                names.add(row.name());
            }
        }
        return names;
    }

    private TreeSet<Long> found(Query query) {
        TreeSet<Long> names = new TreeSet<>();
        for (Datapoint row : dataset.query(query).toList()) {
            names.add((Long) row.value("name").orElseThrow());
        }
        return names;
    }
}
