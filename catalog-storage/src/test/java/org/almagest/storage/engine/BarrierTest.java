package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.almagest.Catalog;
import org.almagest.storage.engine.CrashSearch.Effort;
import org.almagest.storage.engine.CrashSearch.Harm;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.sim.CrashImage;
import org.almagest.storage.sim.CrashModel;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Switches the rules of the commit protocol off, one by one: the crash tests must notice, or a rule is not needed.
 *
 * <p>{@code docs/durability.md} holds the table of the outcomes.
 */
class BarrierTest {
    /** Rules of what is not built yet; nothing calls them. */
    private static final Set<Barrier> UNUSED = EnumSet.of(
            Barrier.RESERVE_FORCE, Barrier.BACKUP_FORCE, Barrier.BACKUP_DIR_SYNC, Barrier.QUARANTINE_DIR_SYNC);

    /** Rules about files of tombstones, and about data files that go. */
    private static final Set<Barrier> CORRECTIONS =
            EnumSet.of(Barrier.TOMBSTONE_FORCE, Barrier.TOMBSTONE_DIR_SYNC, Barrier.RETIRE_AFTER_MANIFEST);

    /** Rules against a second writer, which {@link StaleWriterTest} has. */
    private static final Set<Barrier> TWO_WRITERS = EnumSet.of(Barrier.CLAIM_BEFORE_LOG_READ, Barrier.PRE_ACK_CHECK);

    /**
     * Rules without which no crash loses or splits a change: the force of a log's header, because the force of its first
     * frames takes the header along; the force of the close frame, because without it the close was merely not clean.
     */
    private static final Set<Barrier> HARMLESS = EnumSet.of(Barrier.WAL_HEADER_FORCE, Barrier.WAL_CLOSE_FORCE);

    @Test
    void aRuleThatCountsMostIsMissedAtOnce() {
        for (Barrier barrier : List.of(
                Barrier.WAL_FORCE_BEFORE_ACK,
                Barrier.SEGMENT_FORCE,
                Barrier.MANIFEST_FORCE,
                Barrier.TEMP_THEN_PUBLISH,
                Barrier.DELETE_AFTER_MANIFEST)) {
            assertEquals("caught", outcome(EnumSet.of(barrier), new Effort(0.3, 0.3, 0, 0, 0), 2), barrier::name);
        }
        for (Barrier barrier : CORRECTIONS) {
            assertEquals("caught", outcome(EnumSet.of(barrier), new Effort(0.3, 0.3, 0, 0, 0), 2), barrier::name);
        }
        // Only a process that serves between a kill and the power cut can miss this one.
        assertEquals(
                "caught", outcome(EnumSet.of(Barrier.REWRITE_TAIL_BEFORE_SERVING), new Effort(1, 0, 0, 0.4, 0), 2));
    }

    @Test
    @Tag("durability")
    void everyRuleIsMissedOrCovered() {
        Map<Barrier, String> outcomes = new TreeMap<>();
        Map<Barrier, String> expected = new TreeMap<>();
        for (Barrier barrier : Barrier.values()) {
            if (!UNUSED.contains(barrier) && !TWO_WRITERS.contains(barrier)) {
                expected.put(barrier, HARMLESS.contains(barrier) ? "survives" : "caught");
                outcomes.put(barrier, outcome(EnumSet.of(barrier), new Effort(1, 0.5, 0.02, 0.3, 0.01), 2));
            }
        }
        assertEquals(expected, outcomes);
    }

    @Test
    void aCleanCloseIsStillCleanAfterAPowerCutUnlessTheCloseFrameWasNotForced() throws IOException {
        assertEquals(Set.of(1L), cleanCloses(EnumSet.noneOf(Barrier.class)));
        assertEquals(Set.of(0L, 1L), cleanCloses(EnumSet.of(Barrier.WAL_CLOSE_FORCE)));
    }

    /** Returns what reopened stores say about their last close, after every possible power cut. */
    private static Set<Long> cleanCloses(Set<Barrier> off) throws IOException {
        SimDisk disk = new SimDisk();
        SimStorage storage = new SimStorage(disk);
        off.forEach(storage::switchOff);
        try (Catalog catalog = SmallStore.open(storage)) {
            Workload.beginning().ingest("A", 0, 8).repeatAll(catalog);
        }
        Set<Long> found = new TreeSet<>();
        for (CrashImage image : disk.crashImages(CrashModel.STRICT, 1)) {
            try (Catalog catalog = SmallStore.open(new SimStorage(image.disk()))) {
                found.add(catalog.maintenance().orElseThrow().statistics().get("clean_close"));
            }
        }
        return found;
    }

    private static String outcome(Set<Barrier> off, Effort effort, int rounds) {
        int images = 0;
        for (int seed = 1; seed <= rounds; seed++) {
            Workload workload = off.stream().anyMatch(CORRECTIONS::contains)
                    ? Workloads.briefCorrections(Duration.ZERO)
                    : Workloads.brief();
            CrashSearch search = new CrashSearch(workload, CrashModel.STRICT, effort, seed).without(off);
            try {
                search.run();
            } catch (Harm e) {
                System.out.println("without " + off + ": caught after " + (images + search.images) + " images and "
                        + search.kills + " kills: "
                        + e.getMessage().lines().findFirst().orElse(""));
                return "caught";
            }
            images += search.images;
        }
        System.out.println("without " + off + ": survives " + images + " images");
        return "survives";
    }
}
