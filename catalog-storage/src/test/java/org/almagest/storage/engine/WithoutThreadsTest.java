package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Maintenance;
import org.almagest.error.StorageFailedException;
import org.almagest.model.Datapoint;
import org.almagest.query.Query;
import org.almagest.runtime.Scheduler;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.almagest.testing.SteppedClock;
import org.junit.jupiter.api.Test;

/** A store whose workers cannot begin, as where a process may have no more threads. */
class WithoutThreadsTest {
    private static final String LOG = "almagest-log";
    private static final String COMPACTION = "almagest-compaction";

    private final Workload workload =
            Workload.beginning().ingest("A", 0, 3).deleteIds("A", 0, 2).ingest("A", 3, 5);
    private final SimDisk disk = new SimDisk();
    private final Starved scheduler = new Starved();

    /** Runs tasks at once; workers with some names cannot begin. */
    private static final class Starved implements Scheduler {
        final Set<String> names = new HashSet<>();

        /** Workers that have begun and were not closed. */
        final Set<String> running = new TreeSet<>();

        /** Whether the next failure is the last one. */
        boolean failsOnce;

        @Override
        public Worker worker(String name) {
            Worker inline = Scheduler.inline().worker(name);
            return new Worker() {
                @Override
                public void execute(Runnable task) {
                    check(name);
                    running.add(name);
                    inline.execute(task);
                }

                @Override
                public boolean isCurrent() {
                    return inline.isCurrent();
                }

                @Override
                public void close() {
                    running.remove(name);
                    inline.close();
                }
            };
        }

        @Override
        public void later(Worker worker, Duration delay, Runnable task) {
            check("later");
        }

        private void check(String name) {
            if (failsOnce ? names.remove(name) : names.contains(name)) {
                throw new OutOfMemoryError("unable to create native thread");
            }
        }
    }

    private Catalog open() throws IOException {
        return EmbeddedProvider.openForWriting(new SimStorage(disk), "sim", SmallStore.options(scheduler));
    }

    private void step(Catalog catalog, int number) {
        workload.steps().get(number).run(catalog, SmallStore.clock());
    }

    private static Maintenance maintenance(Catalog catalog) {
        return catalog.maintenance().orElseThrow();
    }

    @Test
    void aChangeThatNobodyCouldMakeIsNotMadeLater() throws IOException {
        Workload without = Workload.beginning().ingest("A", 0, 3).ingest("A", 3, 5);
        try (Catalog catalog = open()) {
            for (int i = 0; i < 3; i++) {
                step(catalog, i);
            }
            scheduler.names.add(LOG);
            StorageFailedException refused = assertThrows(StorageFailedException.class, () -> step(catalog, 3));
            assertEquals(
                    "store: change: no thread could be started (nothing was stored): unable to create native thread",
                    refused.getMessage());
            assertEquals(without.state(3), ExpectedCatalog.read(catalog));
            scheduler.names.clear();
            step(catalog, 4);
            assertEquals(without.state(4), ExpectedCatalog.read(catalog));
        }
        try (Catalog catalog = open()) {
            assertEquals(without.state(4), ExpectedCatalog.read(catalog));
        }
    }

    @Test
    void aFlushThatHasNoThreadIsDoneByTheLog() throws IOException {
        scheduler.names.add("almagest-flush");
        Workload many = Workload.beginning();
        for (int i = 0; i < 40; i++) {
            many.ingest("A", 12 * i, 12 * i + 12);
        }
        try (Catalog catalog = open()) {
            many.repeatAll(catalog);
            assertTrue(maintenance(catalog).statistics().get("segment_count") > 0);
            assertEquals(many.state(42), ExpectedCatalog.read(catalog));
        }
        try (Catalog catalog = open()) {
            assertEquals(many.state(42), ExpectedCatalog.read(catalog));
        }
    }

    @Test
    void compactionWithoutThreadIsTriedAgain() throws IOException {
        scheduler.names.add(COMPACTION);
        try (Catalog catalog = open()) {
            for (Workload.Step step : workload.steps()) {
                step.run(catalog, SmallStore.clock());
                maintenance(catalog).flush();
            }
            assertThrows(StorageFailedException.class, maintenance(catalog)::compact);
            assertEquals(2, maintenance(catalog).statistics().get("segment_count"));
            scheduler.names.clear();
            maintenance(catalog).compact();
            assertEquals(1, maintenance(catalog).statistics().get("segment_count"));
            assertEquals(workload.state(5), ExpectedCatalog.read(catalog));
        }
    }

    @Test
    void aCloseLooksAgainWhereCompactionSeemedToRest() throws IOException {
        scheduler.names.add(COMPACTION);
        Workload many = Workload.beginning();
        for (int i = 0; i < 9; i++) {
            many.ingest("A", 5 * i, 5 * i + 5);
        }
        long before;
        try (Catalog catalog = open()) {
            for (Workload.Step step : many.steps()) {
                step.run(catalog, SmallStore.clock());
                maintenance(catalog).flush();
            }
            before = maintenance(catalog).statistics().get("segment_count");
            scheduler.failsOnce = true;
        }
        scheduler.names.add(COMPACTION);
        scheduler.failsOnce = false;
        try (Catalog catalog = open()) {
            long segments = maintenance(catalog).statistics().get("segment_count");
            assertTrue(segments < before, () -> segments + " segments");
            assertEquals(many.state(11), ExpectedCatalog.read(catalog));
        }
    }

    @Test
    void aLargeCallIsBoundInTheThreadOfItsCallerWhereNobodyHelps() throws IOException {
        scheduler.names.add("almagest-bind-0");
        int rows = Binding.ALONE_ROWS_MAX + 1;
        List<Datapoint> datapoints = IntStream.range(0, rows)
                .mapToObj(n -> Datapoint.at(WorkloadRows.START.plusSeconds(n)).build())
                .toList();
        try (Catalog catalog = open()) {
            step(catalog, 0);
            step(catalog, 1);
            Collection things = catalog.dataset(Workload.SLUG).collection("A");
            things.ingest(datapoints);
            assertEquals(rows, things.count(Query.allTime().build()));
        }
    }

    @Test
    void aStoreWhoseUpkeepCannotBeginIsNotOpened() throws IOException {
        scheduler.names.add("later");
        StorageFailedException refused = assertThrows(StorageFailedException.class, this::open);
        assertEquals("store: open: no thread could be started: unable to create native thread", refused.getMessage());
        scheduler.names.clear();
        open().close();
    }

    @Test
    void anOpeningThatFailsEndsWhatItHasBegun() throws IOException {
        try (Catalog catalog = open()) {
            workload.repeatAll(catalog);
            catalog.deleteDataset(Workload.SLUG);
        }
        scheduler.names.add("later");
        SteppedClock eightDaysOn = SmallStore.clock();
        eightDaysOn.advance(Duration.ofDays(8));
        SimStorage storage = new SimStorage(disk);
        assertThrows(
                StorageFailedException.class,
                () -> EmbeddedProvider.openForWriting(
                        storage, "sim", SmallStore.options(scheduler, eightDaysOn, Duration.ZERO)));
        assertEquals(Set.of(), scheduler.running);
        assertEquals(List.of(), storage.leaks());
        scheduler.names.clear();
        try (Catalog catalog = open()) {
            assertEquals(List.of(), catalog.deletedDatasets());
            assertEquals(1, maintenance(catalog).statistics().get("clean_close"));
        }
    }

    @Test
    void aCloseWithoutThreadLosesNothing() throws IOException {
        Catalog catalog = open();
        workload.repeatAll(catalog);
        scheduler.names.add(LOG);
        assertThrows(StorageFailedException.class, catalog::close);
        scheduler.names.clear();
        try (Catalog again = open()) {
            assertEquals(workload.state(5), ExpectedCatalog.read(again));
        }
    }
}
