package org.almagest.storage.engine;

import static org.almagest.query.FieldOperand.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestCounts;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestOptions;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.schema.Field;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A harvest that comes again with corrections: a reader sees one version of each item at any moment. */
class ReharvestTest {
    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
    private static final int SECONDS_BETWEEN = 60;

    /** Every hundredth item is corrected, first the one with this number. */
    private static final int CORRECTED = 50;

    private static final int CORRECTED_EVERY = 100;

    /** Corrections of the items before this one keep them within the window that these are in. */
    private static final int WINDOW_ITEMS = 1_000;

    private static final int FOUND_KEYS = 100;

    @TempDir
    Path folder;

    @Test
    void aReaderSeesOneVersionOfEachOfTwentyThousandItems() throws Exception {
        harvestTwice(20_000);
    }

    @Test
    @Tag("durability")
    void aReaderSeesOneVersionOfEachOfAMillionItems() throws Exception {
        harvestTwice(1_000_000);
    }

    private void harvestTwice(int items) throws Exception {
        long corrected = items / CORRECTED_EVERY;
        try (Catalog catalog = Catalog.open(folder)) {
            Collection collection = catalog.createDataset(spec()).createCollection("SAT-1");
            assertEquals(new IngestCounts(items, 0, 0, 0, 0, 0), store(collection, "harvest", items, i -> item(i, 1)));

            Reader reader = new Reader(collection, items);
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                Future<Integer> looks = thread.submit(reader::lookUntilEnd);
                IngestCounts again = store(collection, "harvest with corrections", items, i -> item(i, latest(i)));
                assertEquals(new IngestCounts(0, items - corrected, corrected, 0, 0, 0), again);
                IngestCounts late = store(
                        collection, "late corrections", (int) corrected, i -> item(CORRECTED + i * CORRECTED_EVERY, 0));
                assertEquals(new IngestCounts(0, 0, 0, 0, corrected, 0), late);
                reader.ended.set(true);
                assertTrue(looks.get() > 0);
                System.out.println("looks of the reader: " + looks.get());
            } finally {
                reader.ended.set(true);
                thread.shutdown();
            }
            checkCorrected(collection, items, corrected);
        }
        try (Catalog catalog = Catalog.open(folder)) {
            checkCorrected(catalog.dataset("harvests.items").collection("SAT-1"), items, corrected);
        }
    }

    private static void checkCorrected(Collection collection, int items, long corrected) {
        assertEquals(items, collection.info().count());
        assertEquals(
                corrected,
                collection.count(
                        Query.allTime().where(field("revised").equalTo(2)).build()));
        assertEquals(
                items - corrected,
                collection.count(
                        Query.allTime().where(field("revised").equalTo(1)).build()));
    }

    private static IngestCounts store(Collection collection, String what, int rows, IntFunction<Datapoint> row) {
        long start = System.nanoTime();
        Iterator<Datapoint> all = IntStream.range(0, rows).mapToObj(row).iterator();
        IngestCounts counts = collection.ingestAll(all, IngestOptions.of(IngestMode.REPLACE), batch -> {});
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "%s: %,d rows, %,.0f rows/s%n", what, rows, rows / seconds);
        return counts;
    }

    private static int latest(int item) {
        return item % CORRECTED_EVERY == CORRECTED ? 2 : 1;
    }

    private static String name(int item) {
        return String.format(Locale.ROOT, "ITEM_%08d", item);
    }

    /** Returns a revision of an item; the second one has another time, for most items a year later. */
    private static Datapoint item(int item, int revised) {
        long seconds = (long) item * SECONDS_BETWEEN;
        if (revised == 2) {
            seconds += item < WINDOW_ITEMS ? 1 : 366 * 86_400L;
        }
        double west = item % 350 - 175;
        double south = item % 160 - 80;
        return Datapoint.at(START.plusSeconds(seconds))
                .set("name", name(item))
                .set("revised", revised)
                .set("cloud_cover", (item + revised) % 101)
                .geometry(String.format(
                        Locale.ROOT,
                        "POLYGON ((%1$s %3$s, %2$s %3$s, %2$s %4$s, %1$s %4$s, %1$s %3$s))",
                        west,
                        west + 1,
                        south,
                        south + 1))
                .build();
    }

    private static DatasetSpec spec() {
        return DatasetSpec.spatioTemporal("harvests.items")
                .field(Field.string("name"))
                .field(Field.int64("revised").queryable())
                .field(Field.float64("cloud_cover").queryable())
                .key("name")
                .version("revised")
                .build();
    }

    /** Looks again and again: all items are there once, and none goes back to an earlier revision. */
    private static final class Reader {
        final AtomicBoolean ended = new AtomicBoolean();
        private final Collection collection;
        private final int items;
        private final long[] revised = new long[FOUND_KEYS];

        Reader(Collection collection, int items) {
            this.collection = collection;
            this.items = items;
        }

        int lookUntilEnd() {
            int looks = 0;
            while (!ended.get()) {
                assertEquals(items, collection.info().count());
                assertEquals(items, collection.count(Query.allTime().build()));
                findKeys();
                lookAtWindow();
                looks++;
            }
            return looks;
        }

        /** Half of the keys are those of items that are corrected. */
        private void findKeys() {
            for (int i = 0; i < FOUND_KEYS; i++) {
                int item = (int) ((long) items / FOUND_KEYS * i) / CORRECTED_EVERY * CORRECTED_EVERY
                        + (i % 2 == 0 ? CORRECTED : 0);
                Datapoint found = collection.findByKey(name(item)).orElseThrow();
                long revision = (long) found.value("revised").orElseThrow();
                assertTrue(revision >= revised[i] && revision <= latest(item), name(item) + " " + revision);
                revised[i] = revision;
            }
        }

        private void lookAtWindow() {
            Instant end = START.plusSeconds((long) WINDOW_ITEMS * SECONDS_BETWEEN);
            Query window =
                    Query.during(TimeInterval.of(START, end)).select("name").build();
            Set<Object> names = new HashSet<>();
            try (QueryResult rows = collection.query(window)) {
                List<Datapoint> all = rows.toList();
                assertEquals(WINDOW_ITEMS, all.size());
                all.forEach(row -> names.add(row.value("name").orElseThrow()));
            }
            assertEquals(WINDOW_ITEMS, names.size());
        }
    }
}
