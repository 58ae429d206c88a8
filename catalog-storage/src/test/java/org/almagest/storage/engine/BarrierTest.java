package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.almagest.storage.engine.CrashSearch.Effort;
import org.almagest.storage.engine.CrashSearch.Harm;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.sim.CrashModel;
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
            Barrier.TOMBSTONE_FORCE,
            Barrier.RESERVE_FORCE,
            Barrier.BACKUP_FORCE,
            Barrier.BACKUP_DIR_SYNC,
            Barrier.QUARANTINE_DIR_SYNC);

    /** Rules against a second writer, which {@link StaleWriterTest} has. */
    private static final Set<Barrier> TWO_WRITERS = EnumSet.of(Barrier.CLAIM_BEFORE_LOG_READ, Barrier.PRE_ACK_CHECK);

    /** Rules that another covers; without both, harm is done. */
    private static final Map<Barrier, Set<Barrier>> COVERED = Map.of(
            Barrier.WAL_HEADER_FORCE, EnumSet.of(Barrier.WAL_FORCE_BEFORE_ACK),
            Barrier.WAL_CLOSE_FORCE, EnumSet.noneOf(Barrier.class));

    @Test
    void aRuleThatCountsMostIsMissedAtOnce() {
        for (Barrier barrier : List.of(
                Barrier.WAL_FORCE_BEFORE_ACK,
                Barrier.SEGMENT_FORCE,
                Barrier.MANIFEST_FORCE,
                Barrier.TEMP_THEN_PUBLISH,
                Barrier.DELETE_AFTER_MANIFEST,
                Barrier.REWRITE_TAIL_BEFORE_SERVING)) {
            assertEquals("caught", outcome(EnumSet.of(barrier), new Effort(0.3, 0.3, 0, 0.1, 0), 2), barrier::name);
        }
    }

    @Test
    @Tag("durability")
    void everyRuleIsMissedOrCovered() {
        Map<Barrier, String> outcomes = new TreeMap<>();
        Map<Barrier, String> expected = new TreeMap<>();
        for (Barrier barrier : Barrier.values()) {
            if (!UNUSED.contains(barrier) && !TWO_WRITERS.contains(barrier)) {
                expected.put(barrier, COVERED.containsKey(barrier) ? "survives" : "caught");
                outcomes.put(barrier, outcome(EnumSet.of(barrier), new Effort(1, 0.5, 0.02, 1, 0.01), 1));
            }
        }
        assertEquals(expected, outcomes);
        COVERED.forEach((barrier, other) -> {
            if (!other.isEmpty()) {
                Set<Barrier> both = EnumSet.copyOf(other);
                both.add(barrier);
                assertEquals("caught", outcome(both, new Effort(1, 0.5, 0.02, 1, 0.01), 1), both::toString);
            }
        });
    }

    private static String outcome(Set<Barrier> off, Effort effort, int rounds) {
        int images = 0;
        for (int seed = 1; seed <= rounds; seed++) {
            CrashSearch search = new CrashSearch(Workload.brief(), CrashModel.STRICT, effort, seed).without(off);
            try {
                search.run();
            } catch (Harm e) {
                System.out.println("without " + off + ": caught after " + (images + search.images) + " images and "
                        + search.kills + " kills: " + e.getMessage().lines().findFirst().orElse(""));
                return "caught";
            }
            images += search.images;
        }
        System.out.println("without " + off + ": survives " + images + " images");
        return "survives";
    }
}
