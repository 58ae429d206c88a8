package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.almagest.Catalog;
import org.almagest.runtime.Scheduler;
import org.almagest.storage.manifest.DataFile;
import org.almagest.storage.manifest.DataFiles;
import org.almagest.storage.manifest.ManifestStore;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.TombstoneRef;
import org.almagest.storage.recovery.StoreFolder;
import org.almagest.storage.sim.SimCall;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.almagest.testing.SteppedClock;
import org.junit.jupiter.api.Test;

/** What happens while compaction rests for a round that it has written; the rest is as long as a test needs it. */
class RestAfterRoundTest {
    private static final int PATIENCE_SECONDS = 10;

    private final SteppedClock clock = SmallStore.clock();
    private final SimDisk disk = new SimDisk();
    private final CountDownLatch resting = new CountDownLatch(1);
    private final CountDownLatch installing = new CountDownLatch(1);
    private volatile boolean written;

    /** Threads; compaction rests after the file of a round has its name, until somebody waits for it. */
    private final class Resting implements Scheduler {
        private final Scheduler threads = Scheduler.threads();

        @Override
        public Worker worker(String name) {
            return threads.worker(name);
        }

        @Override
        public void pause(Object monitor, Duration duration) {
            if (written) {
                resting.countDown();
                threads.pause(monitor, Duration.ofHours(1));
            }
        }
    }

    private void note(SimCall call, String name) {
        clock.advance(Duration.ofMillis(1));
        String thread = Thread.currentThread().getName();
        if (call == SimCall.PUBLISH && thread.equals("almagest-compaction")) {
            written = true;
        }
        if (call == SimCall.PUBLISH && thread.equals("almagest-log") && name.startsWith(ManifestStore.FOLDER)) {
            installing.countDown();
        }
    }

    /** Opens a store and has it begin a round, which is written when this returns. */
    private Catalog resting() throws IOException, InterruptedException {
        Catalog catalog = EmbeddedProvider.openForWriting(
                new SimStorage(disk).beforeCall(this::note),
                "sim",
                SmallStore.options(new Resting(), clock, Duration.ZERO));
        // Rows that were deleted are reason enough for a round, and none for a close to wait for it.
        Workload deleting = Workload.beginning().ingest("A", 0, 40).deleteIds("A", 0, 35);
        for (Workload.Step step : deleting.steps()) {
            step.run(catalog, clock);
            catalog.maintenance().orElseThrow().flush();
        }
        // A look that the first flush began may still go on at the second: then another flush begins one.
        for (int i = 0; i < PATIENCE_SECONDS && !resting.await(1, TimeUnit.SECONDS); i++) {
            catalog.maintenance().orElseThrow().flush();
        }
        assertEquals(0, resting.getCount(), "no round was written");
        return catalog;
    }

    @Test
    void theRoundIsInstalledMeanwhile() throws IOException, InterruptedException {
        Catalog catalog = resting();
        boolean installed = installing.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        catalog.close();
        assertTrue(installed);
    }

    @Test
    void aCloseEndsTheRestAndLeavesNoFileBehind() throws IOException, InterruptedException {
        resting().close();
        assertEquals(named(), listed());
    }

    private Set<String> listed() throws IOException {
        Set<String> names = new TreeSet<>();
        try (SimStorage storage = new SimStorage(disk)) {
            for (int i = 0; i < DataFiles.FOLDER_COUNT; i++) {
                String folder = DataFiles.folder(i);
                storage.list(folder).forEach(name -> names.add(folder + "/" + name));
            }
        }
        return names;
    }

    private Set<String> named() throws IOException {
        Set<String> names = new TreeSet<>();
        try (SimStorage storage = new SimStorage(disk)) {
            ManifestStore manifests =
                    new ManifestStore(storage, new StoreFolder(storage).format().store());
            for (SegmentEntry segment :
                    manifests.read(manifests.newestVersion().orElseThrow()).segments()) {
                names.add(
                        new DataFile(DataFile.Kind.SEGMENTS, segment.location().fileNumber()).name());
                TombstoneRef tombstones = segment.tombstones();
                if (tombstones != null) {
                    names.add(new DataFile(DataFile.Kind.TOMBSTONES, tombstones.fileNumber()).name());
                }
            }
        }
        return names;
    }
}
