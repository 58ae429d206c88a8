package org.almagest.storage.engine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.model.Limits;
import org.almagest.runtime.Scheduler;
import org.almagest.storage.fs.Storage;
import org.almagest.testing.SteppedClock;

/** Opens stores on simulated disks: one thread, a clock that stands still, small limits, the same calls every time. */
final class SmallStore {
    /** A log of three or four batches, large calls from about 40 rows on, partitions that soon split, little overlap. */
    static final Limits SMALL = Limits.forHeap(1L << 30)
            .with(Map.of(
                    "walBytesMax", 12_288L,
                    "walFrameBytesMax", 4_200L,
                    "groupCommitBytesMax", 2_048L,
                    "partitionRowsMax", 60L,
                    "overlappingRunsMax", 3L));

    /** The time at which tests begin. */
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** No two stores have the same identity, whoever makes them. */
    private static final AtomicLong RANDOM = new AtomicLong(7);

    private SmallStore() {}

    static CatalogOptions options() {
        return options(Scheduler.inline());
    }

    static CatalogOptions options(Scheduler scheduler) {
        return options(scheduler, clock(), Duration.ZERO);
    }

    static CatalogOptions options(Scheduler scheduler, SteppedClock clock, Duration history) {
        return new CatalogOptions(
                CatalogOptions.OpenMode.READ_WRITE,
                SMALL,
                new UUID(0, 0),
                Duration.ZERO,
                history,
                new CatalogOptions.Seams(clock, RANDOM::getAndIncrement, scheduler));
    }

    /** Returns a clock at {@link #NOW}. */
    static SteppedClock clock() {
        return new SteppedClock(NOW);
    }

    static Catalog open(Storage storage) throws IOException {
        return open(storage, clock(), Duration.ZERO);
    }

    /** Opens a store that goes by this clock and keeps history for so long. */
    static Catalog open(Storage storage, SteppedClock clock, Duration history) throws IOException {
        return EmbeddedProvider.openForWriting(storage, "sim", options(Scheduler.inline(), clock, history));
    }
}
