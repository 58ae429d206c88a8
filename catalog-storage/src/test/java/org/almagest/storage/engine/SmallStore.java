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
    /** A log of three or four batches, large calls from about 40 rows on. */
    static final Limits SMALL = Limits.forHeap(1L << 30)
            .with(Map.of("walBytesMax", 12_288L, "walFrameBytesMax", 4_200L, "groupCommitBytesMax", 2_048L));

    /** No two stores have the same identity, whoever makes them. */
    private static final AtomicLong RANDOM = new AtomicLong(7);

    private SmallStore() {}

    static CatalogOptions options() {
        return options(Scheduler.inline());
    }

    static CatalogOptions options(Scheduler scheduler) {
        return new CatalogOptions(
                CatalogOptions.OpenMode.READ_WRITE,
                SMALL,
                new UUID(0, 0),
                Duration.ZERO,
                Duration.ZERO,
                new CatalogOptions.Seams(
                        new SteppedClock(Instant.parse("2026-01-01T00:00:00Z")), RANDOM::getAndIncrement, scheduler));
    }

    static Catalog open(Storage storage) throws IOException {
        return EmbeddedProvider.openForWriting(storage, "sim", options());
    }
}
