package org.almagest.storage.compact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.almagest.model.Limits;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The planner against segments that are only counted; rows and bounds are a hundredth of real ones. */
class CompactionPlannerTest {
    private static final int SCALE = 100;
    private static final long START = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    private static final long MONTHS_36 = Instant.parse("2023-01-01T00:00:00Z").toEpochMilli() - START;
    private static final int ROWS = 10_000_000 / SCALE;

    private static Limits limits() {
        Limits limits = Limits.forHeap(1 << 30);
        return limits.with(Map.of(
                "partitionRowsMax", limits.partitionRowsMax() / SCALE,
                "compactionBytesMax", limits.compactionBytesMax() / SCALE));
    }

    private static long[] shuffled(SplittableRandom random, int rows) {
        return random.longs(rows, START, START + MONTHS_36).toArray();
    }

    private static void report(String what, SimulatedStore store) {
        System.out.printf(
                Locale.ROOT,
                "%s: write amplification %.2f, space amplification %.2f, depth %d, %d segments, rewrites%s%n",
                what,
                store.writeAmplification(),
                store.spaceAmplification(),
                store.depth(),
                store.segmentCount(),
                store.rewrites());
    }

    @ParameterizedTest
    @ValueSource(ints = {65_000, 100_000, 130_000})
    void shuffledInputIsRewrittenAFewTimesAndStaysShallow(int flushRows) {
        CompactionPlanner planner = CompactionPlanner.background(limits());
        SimulatedStore store = new SimulatedStore(limits());
        SplittableRandom random = new SplittableRandom(1);
        for (int rows = 0; rows < ROWS; rows += flushRows / SCALE) {
            store.flush(Map.of(1L, shuffled(random, flushRows / SCALE)));
            store.settle(planner);
            assertTrue(store.depth() <= 4, "at rest: " + store.depth());
        }
        report("shuffled by " + flushRows, store);
        assertTrue(store.writeAmplification() <= 6, "write amplification " + store.writeAmplification());
        store.settle(CompactionPlanner.full(limits()));
        report("then all", store);
        assertEquals(1, store.depth());
        assertTrue(store.spaceAmplification() <= 1.5, "space amplification " + store.spaceAmplification());
    }

    @Test
    void oneRoundForEachFlushKeepsUpWithWriting() {
        CompactionPlanner planner = CompactionPlanner.background(limits());
        SimulatedStore store = new SimulatedStore(limits());
        SplittableRandom random = new SplittableRandom(2);
        int deepest = 0;
        int rounds = 0;
        int flushes = 0;
        for (int rows = 0; rows < ROWS; rows += 100_000 / SCALE) {
            store.flush(Map.of(1L, shuffled(random, 100_000 / SCALE)));
            flushes++;
            deepest = Math.max(deepest, store.depth());
            for (int i = 0; i < 2 || store.depth() >= store.limits().overlappingRunsMax(); i++) {
                rounds += store.step(planner) ? 1 : 0;
            }
        }
        System.out.println("deepest while writing " + deepest + ", " + rounds + " rounds for " + flushes);
        report("shuffled, two rounds a flush", store);
        assertTrue(deepest <= store.limits().overlappingRunsMax(), "deepest " + deepest);
        assertTrue(store.writeAmplification() <= 6, "write amplification " + store.writeAmplification());
        store.settle(planner);
        assertTrue(store.depth() <= 4);
    }

    @Test
    void nearlyOrderedInputIsHardlyRewritten() {
        CompactionPlanner planner = CompactionPlanner.background(limits());
        SimulatedStore store = new SimulatedStore(limits());
        SplittableRandom random = new SplittableRandom(3);
        long day = 86_400_000L;
        for (int from = 0; from < ROWS; from += 1_000) {
            long[] millis = new long[1_000];
            for (int i = 0; i < millis.length; i++) {
                long time = START + (from + i) * (MONTHS_36 / ROWS);
                long late = random.nextInt(100) < 45 ? random.nextLong(day) : 0;
                millis[i] = Math.max(START, time - (random.nextInt(200) == 0 ? random.nextLong(200 * day) : late));
            }
            store.flush(Map.of(1L, millis));
            store.settle(planner);
            assertTrue(store.depth() <= 4);
        }
        report("nearly ordered", store);
        assertTrue(store.writeAmplification() <= 2.5, "write amplification " + store.writeAmplification());
        store.settle(CompactionPlanner.full(limits()));
        report("then all", store);
        assertEquals(1, store.depth());
    }

    @Test
    void manySmallCollectionsShareTheirRounds() {
        CompactionPlanner planner = CompactionPlanner.background(limits());
        SimulatedStore store = new SimulatedStore(limits());
        SplittableRandom random = new SplittableRandom(4);
        int rounds = 0;
        for (int flush = 0; flush < 20; flush++) {
            Map<Long, long[]> rows = new HashMap<>();
            for (long collection = 1; collection <= 300; collection++) {
                rows.put(
                        collection,
                        random.longs(10, START, START + 30L * 86_400_000).toArray());
            }
            store.flush(rows);
            while (store.step(planner)) {
                rounds++;
            }
            assertTrue(store.depth() <= 4);
        }
        report("300 collections in " + rounds + " rounds", store);
        assertTrue(rounds <= 20, rounds + " rounds");
        store.settle(CompactionPlanner.full(limits()));
        assertEquals(300, store.segmentCount());
    }

    @Test
    void deletedRowsAndHollowFilesAreRewritten() {
        SimulatedStore store = new SimulatedStore(limits());
        SplittableRandom random = new SplittableRandom(5);
        store.flush(Map.of(1L, shuffled(random, 900), 2L, shuffled(random, 900)));
        store.settle(CompactionPlanner.background(limits()));
        long[] all = {0};
        store.delete(1, time -> all[0]++ % 4 == 0);
        store.settle(CompactionPlanner.background(limits()));
        assertEquals(1_800, store.rowCount(), "a quarter is not worth it");
        store.settle(CompactionPlanner.full(limits()));
        assertTrue(store.rowCount() < 1_600, "but is when somebody asks");
        store.delete(2, time -> true);
        store.settle(CompactionPlanner.background(limits()));
        assertTrue(store.rowCount() < 750, "nothing is left of what was deleted as a whole");
        assertTrue(store.spaceAmplification() <= 2);
    }

    @Test
    void whateverTheSegmentsCompactionEndsWithinBounds() {
        Seeded.repeat(60, random -> {
            Limits limits = limits().with(Map.of(
                    "partitionRowsMax", 1L << random.nextInt(5, 12),
                    "compactionBytesMax", 1L << random.nextInt(12, 22)));
            SimulatedStore store = new SimulatedStore(limits);
            CompactionPlanner background = CompactionPlanner.background(limits);
            int flushes = 1 + random.nextInt(25);
            for (int flush = 0; flush < flushes; flush++) {
                store.flush(drawRows(random));
                if (random.nextInt(3) == 0) {
                    store.step(background);
                }
                if (random.nextInt(6) == 0) {
                    long period = 1 + random.nextInt(5);
                    store.delete(1 + random.nextInt(2), time -> time % period == 0);
                }
            }
            checkDepth(store);
            store.settle(background);
            checkDepth(store);
            assertTrue(store.depth() <= 4);
            CompactionPlanner full = CompactionPlanner.full(limits);
            store.settle(full);
            checkDepth(store);
            assertTrue(store.depth() <= 1);
            assertTrue(background.plan(store.facts()).isEmpty(), "what is in full order is in order");
        });
    }

    private static Map<Long, long[]> drawRows(SplittableRandom random) {
        Map<Long, long[]> rows = new HashMap<>();
        for (long collection = 1; collection <= 2; collection++) {
            long span = 1L << random.nextInt(1, 38);
            long from = START + random.nextLong(MONTHS_36);
            rows.put(
                    collection,
                    random.longs(1 + random.nextInt(300), from, from + span).toArray());
        }
        return rows;
    }

    private static void checkDepth(SimulatedStore store) {
        store.facts().collections().values().forEach(segments -> {
            int naive = 0;
            for (SegmentFacts at : segments) {
                naive = Math.max(naive, (int) segments.stream()
                        .filter(other -> other.idMin().compareTo(at.idMin()) <= 0
                                && other.idMax().compareTo(at.idMin()) >= 0)
                        .count());
            }
            assertEquals(naive, CompactionPlanner.depth(segments));
        });
    }

    @Test
    void smallSegmentsSideBySideAreJoined() {
        SimulatedStore store = new SimulatedStore(limits());
        CompactionPlanner planner = CompactionPlanner.background(limits());
        long day = 86_400_000L;
        for (int i = 0; i < 7; i++) {
            store.flush(Map.of(1L, new long[] {START + i * day, START + i * day + 1}));
        }
        assertTrue(planner.plan(store.facts()).isEmpty(), "seven are not worth it");
        store.flush(Map.of(1L, new long[] {START + 7 * day, START + 7 * day + 1}));
        List<Step> steps = planner.plan(store.facts());
        assertEquals(1, steps.size());
        assertEquals(Reason.SMALL, steps.get(0).reason());
        assertEquals(8, steps.get(0).inputs().size());
        store.settle(planner);
        assertEquals(1, store.segmentCount());
    }

    @Test
    void stepsListInputsInOrderOfIds() {
        SimulatedStore store = new SimulatedStore(limits());
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 5; i++) {
            store.flush(Map.of(7L, shuffled(random, 100)));
        }
        List<Step> steps = CompactionPlanner.background(limits()).plan(store.facts());
        assertEquals(Reason.OVERLAP, steps.get(0).reason());
        assertEquals(7, steps.get(0).collection());
        long[] firsts = steps.get(0).inputs().stream()
                .mapToLong(input -> input.bounds().idMin().timeMillis())
                .toArray();
        long[] sorted = firsts.clone();
        Arrays.sort(sorted);
        assertTrue(Arrays.equals(sorted, firsts));
    }
}
