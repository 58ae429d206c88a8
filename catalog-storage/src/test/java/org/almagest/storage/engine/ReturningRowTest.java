package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.almagest.Catalog;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.almagest.testing.SteppedClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A row that is deleted and stored again, over and over, while history keeps all of its versions. */
class ReturningRowTest {
    private static final int VERSIONS = 70;

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void compactionEndsThoughTheVersionsOfARowAreMoreThanAPartitionHolds() throws IOException {
        Workload work = Workload.beginning(Duration.ofDays(1)).ingest("A", 0, 3);
        for (int i = 0; i < VERSIONS; i++) {
            work.deleteIds("A", 1, 2).ingest("A", 1, 2);
        }
        SteppedClock clock = SmallStore.clock();
        try (Catalog catalog = SmallStore.open(new SimStorage(new SimDisk()), clock, work.history())) {
            work.repeatAll(catalog, clock);
            catalog.maintenance().orElseThrow().compact();
            assertEquals(work.state(work.changeCount()), ExpectedCatalog.read(catalog));
            assertEquals(
                    VERSIONS, catalog.maintenance().orElseThrow().statistics().get("dead_row_count"));
        }
    }
}
