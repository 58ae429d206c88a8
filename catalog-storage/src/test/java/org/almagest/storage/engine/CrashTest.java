package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.almagest.Catalog;
import org.almagest.storage.engine.CrashSearch.Effort;
import org.almagest.storage.sim.CrashModel;
import org.almagest.storage.sim.CrashModel.Journal;
import org.almagest.storage.sim.CrashModel.Tail;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.almagest.storage.wal.WalFormat;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Cuts the power of stores at work: what was acknowledged is there, and nothing is there in part. */
class CrashTest {
    private static final List<CrashModel> MODELS = List.of(
            CrashModel.STRICT,
            CrashModel.STRICT.with(Tail.ZEROS),
            CrashModel.STRICT.with(Tail.STALE),
            CrashModel.STRICT.with(Journal.ORDERED),
            CrashModel.STRICT.with(Journal.ORDERED).with(Tail.ZEROS).withGranuleBytes(4096));

    private static final Duration DAY = Duration.ofDays(1);

    /** Every call, a good part of its images; {@code -Dalmagest.images=1} takes all. */
    private static final Effort LONG =
            new Effort(1, Double.parseDouble(System.getProperty("almagest.images", "0.2")), 0.03, 0.15, 0.03);

    /** Every call, a part of its images. */
    private static final Effort LONG_CORRECTIONS =
            new Effort(1, Double.parseDouble(System.getProperty("almagest.images", "0.03")), 0.03, 0.1, 0.01);

    @Test
    void aPowerCutLosesNothingAcknowledgedAndLeavesNothingInPart() {
        for (CrashModel model : MODELS) {
            search(Workloads.full(), model, new Effort(0.06, 0.08, 0.05, 0.06, 0.02), 1);
        }
    }

    @Test
    void aPowerCutLeavesNoCorrectionAndNoDeletionInPart() {
        Effort effort = new Effort(0.04, 0.05, 0.05, 0.05, 0.03);
        search(Workloads.living(Duration.ZERO), CrashModel.STRICT, effort, 3);
        search(Workloads.living(DAY), CrashModel.STRICT.with(Journal.ORDERED), effort, 3);
    }

    @Test
    @Tag("durability")
    void aPowerCutInAnyOrderOfStepsIsSurvived() {
        Seeded.repeat(40, random -> {
            long seed = random.nextLong();
            CrashModel model = MODELS.get(random.nextInt(MODELS.size()));
            search(RandomWorkload.draw(seed), model, new Effort(0.1, 0.1, 0.05, 0.05, 0.02), seed);
        });
    }

    @Test
    @Tag("durability")
    void aPowerCutAtAnyCallIsSurvived() {
        for (CrashModel model : MODELS) {
            search(Workloads.full(), model, LONG, 2);
        }
    }

    @Test
    @Tag("durability")
    void aPowerCutAtAnyCallOfCorrectionsIsSurvived() {
        for (CrashModel model : MODELS) {
            search(Workloads.living(Duration.ZERO), model, LONG_CORRECTIONS, 4);
            search(Workloads.living(DAY), model, LONG_CORRECTIONS, 5);
        }
    }

    @Test
    void aLogWhoseSectorStillHoldsAnOlderHeaderCountsAsAbsent() throws IOException {
        Workload workload = Workload.beginning().ingest("A", 0, 5);
        SimDisk disk = new SimDisk();
        Catalog catalog = SmallStore.open(new SimStorage(disk));
        workload.repeatAll(catalog);
        SimDisk killed = disk.killImage();
        catalog.close();
        String newest = killed.files().stream()
                .filter(name -> name.startsWith("wal/"))
                .reduce((first, last) -> last)
                .orElseThrow();
        killed.put("wal/000009.wal", Arrays.copyOf(killed.bytes(newest), WalFormat.HEADER_BYTES));
        try (Catalog reopened = SmallStore.open(new SimStorage(killed))) {
            assertEquals(workload.state(3), ExpectedCatalog.read(reopened));
        }
    }

    private static void search(Workload workload, CrashModel model, Effort effort, long seed) {
        CrashSearch search = new CrashSearch(workload, model, effort, seed);
        search.run();
        System.out.println("crashes: " + search);
    }
}
