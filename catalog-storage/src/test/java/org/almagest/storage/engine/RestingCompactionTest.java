package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.almagest.Catalog;
import org.almagest.Maintenance;
import org.almagest.runtime.Scheduler;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.almagest.testing.SteppedClock;
import org.junit.jupiter.api.Test;

/** How long compaction rests where each storage call takes a millisecond and nothing else takes any time. */
class RestingCompactionTest {
    private final SteppedClock clock = SmallStore.clock();
    private final TimedScheduler scheduler = new TimedScheduler();
    private final SimStorage storage =
            new SimStorage(new SimDisk()).beforeCall((call, name) -> clock.advance(Duration.ofMillis(1)));

    /** Runs tasks at once; notes how long rounds take that write anything, and how much of it they rest. */
    private final class TimedScheduler implements Scheduler {
        final List<Duration> rounds = new ArrayList<>();
        final List<Duration> rests = new ArrayList<>();

        @Override
        public Worker worker(String name) {
            Worker inline = Scheduler.inline().worker(name);
            return new Worker() {
                @Override
                public void execute(Runnable task) {
                    Instant began = clock.now();
                    int before = rests.size();
                    inline.execute(task);
                    if (name.equals("almagest-compaction") && rests.size() > before) {
                        rounds.add(Duration.between(began, clock.now()));
                    }
                }

                @Override
                public boolean isCurrent() {
                    return inline.isCurrent();
                }

                @Override
                public void close() {
                    inline.close();
                }
            };
        }

        @Override
        public void pause(Object monitor, Duration duration) {
            rests.add(duration);
            clock.advance(duration);
        }
    }

    private static Duration sum(List<Duration> durations) {
        return durations.stream().reduce(Duration.ZERO, Duration::plus);
    }

    private Catalog filled() throws IOException {
        Catalog catalog =
                EmbeddedProvider.openForWriting(storage, "sim", SmallStore.options(scheduler, clock, Duration.ZERO));
        Workload.beginning().repeatAll(catalog);
        return catalog;
    }

    private void ingest(Catalog catalog, int batch) {
        catalog.dataset(Workload.SLUG).collection("A").ingest(WorkloadRows.rows(batch * 7, batch * 7 + 7));
        catalog.maintenance().orElseThrow().flush();
    }

    @Test
    void inTheBackgroundItRestsHalfOfTheTime() throws IOException {
        try (Catalog catalog = filled()) {
            Maintenance maintenance = catalog.maintenance().orElseThrow();
            for (int batch = 0; maintenance.statistics().getOrDefault("compaction_count", 0L) < 3; batch++) {
                ingest(catalog, batch);
            }
        }
        assertTrue(scheduler.rounds.size() >= 3, scheduler.rounds::toString);
        assertEquals(
                sum(scheduler.rounds),
                sum(scheduler.rests).multipliedBy(2),
                () -> scheduler.rounds + " " + scheduler.rests);
    }

    @Test
    void itDoesNotRestWhileSomebodyWaits() throws IOException {
        try (Catalog catalog = filled()) {
            for (int batch = 0; batch < 2; batch++) {
                ingest(catalog, batch);
            }
            catalog.maintenance().orElseThrow().compact();
            assertEquals(1, catalog.maintenance().orElseThrow().statistics().get("compaction_count"));
        }
        assertEquals(List.of(), scheduler.rests);
    }
}
