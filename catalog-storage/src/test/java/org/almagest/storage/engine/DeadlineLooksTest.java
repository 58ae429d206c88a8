package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.aggregate.Aggregation;
import org.almagest.aggregate.CalendarUnit;
import org.almagest.model.Datapoint;
import org.almagest.model.Limits;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.runtime.Clock;
import org.almagest.runtime.Scheduler;
import org.almagest.schema.Field;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.junit.jupiter.api.Test;

/** How often a query with a deadline looks at the clock where it does not look at rows one by one. */
class DeadlineLooksTest {
    private static final int ROWS = 8_192;
    private static final int LOOKS = ROWS / 1_024;

    private final Ticks clock = new Ticks();

    /** A clock that counts how often it is read. */
    private static final class Ticks implements Clock {
        private final AtomicLong reads = new AtomicLong();

        @Override
        public Instant now() {
            return SmallStore.NOW.plusNanos(1_000 * reads.incrementAndGet());
        }
    }

    private Catalog open() throws IOException {
        AtomicLong random = new AtomicLong(3);
        CatalogOptions options = new CatalogOptions(
                CatalogOptions.OpenMode.READ_WRITE,
                Limits.forHeap(1L << 30),
                new UUID(0, 0),
                Duration.ZERO,
                Duration.ofDays(1),
                new CatalogOptions.Seams(clock, random::getAndIncrement, Scheduler.inline()));
        return EmbeddedProvider.openForWriting(new SimStorage(new SimDisk()), "sim", options);
    }

    private static List<Datapoint> rows(int first, int end) {
        List<Datapoint> rows = new ArrayList<>();
        for (int i = first; i < end; i++) {
            rows.add(Datapoint.at(Instant.ofEpochSecond(i)).set("value", i).build());
        }
        return rows;
    }

    private static DatasetSpec things() {
        return DatasetSpec.temporal("a.things")
                .field(Field.int64("value").queryable())
                .build();
    }

    private void assertLooks(int atLeast, Runnable work) {
        long before = clock.reads.get();
        work.run();
        long looks = clock.reads.get() - before;
        assertTrue(looks >= atLeast, () -> looks + " looks (expected " + atLeast + ")");
    }

    private static Query.Builder timed() {
        return Query.allTime().timeout(Duration.ofHours(1));
    }

    @Test
    void onceInAThousandRowsOfAnEarlierVersion() throws IOException {
        try (Catalog catalog = open()) {
            Collection all = catalog.createDataset(things()).createCollection("all");
            all.ingest(rows(ROWS, ROWS + 10));
            long version = catalog.version();
            all.ingest(rows(0, ROWS));
            all.ingest(rows(ROWS + 10, 2 * ROWS));
            catalog.maintenance().orElseThrow().flush();
            Query then = timed().version(version).build();
            assertLooks(2 * LOOKS, () -> assertEquals(10, all.count(then)));
            for (Aggregation wanted : List.of(
                    Aggregation.count(),
                    Aggregation.range("time"),
                    Aggregation.range("value"),
                    Aggregation.distinct("value"),
                    Aggregation.histogram(CalendarUnit.YEAR, ZoneOffset.UTC))) {
                assertLooks(2 * LOOKS - 1, () -> all.aggregate(then, List.of(wanted)));
            }
        }
    }

    @Test
    void onceInAThousandCodesOfAColumn() throws IOException {
        try (Catalog catalog = open()) {
            Collection all = catalog.createDataset(things()).createCollection("all");
            List<Datapoint> rows = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                rows.add(Datapoint.at(Instant.ofEpochSecond(i))
                        .set("value", 3 * i + i % 3)
                        .build());
            }
            all.ingest(rows);
            catalog.maintenance().orElseThrow().flush();
            List<Aggregation> wanted = List.of(Aggregation.distinct("value"));
            assertLooks(LOOKS + 3 * LOOKS, () -> all.aggregate(timed().build(), wanted));
        }
    }

    @Test
    void onceInARun() throws IOException {
        int collections = 40;
        try (Catalog catalog = open()) {
            Dataset dataset = catalog.createDataset(things());
            for (int i = 0; i < collections; i++) {
                dataset.createCollection("c" + i).ingest(rows(i, i + 1));
            }
            Query all = timed().build();
            assertLooks(collections, () -> assertEquals(collections, dataset.count(all)));
            assertLooks(collections, () -> dataset.aggregate(all, List.of(Aggregation.count())));
            assertLooks(collections, () -> {
                try (QueryResult result = dataset.query(all)) {
                    assertTrue(result.iterator().hasNext());
                }
            });
        }
    }
}
