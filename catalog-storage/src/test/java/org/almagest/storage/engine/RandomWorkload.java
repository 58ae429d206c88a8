package org.almagest.storage.engine;

import java.time.Duration;
import java.util.SplittableRandom;

/** Draws workloads: the steps of the others in any order, with rows that come, go and come back. */
final class RandomWorkload {
    private static final int STEPS = 40;
    private static final int ROWS = 300;
    private static final int KEYED_ROWS = 400;
    private static final long HOUR = 3_600;
    private static final long YEAR = 366 * 24 * HOUR;

    private final SplittableRandom random;
    private final Workload work;
    private boolean hasB;

    private RandomWorkload(long seed) {
        random = new SplittableRandom(seed);
        work = Workload.beginning(random.nextBoolean() ? Duration.ZERO : Duration.ofDays(1))
                .keyed();
    }

    static Workload draw(long seed) {
        RandomWorkload drawn = new RandomWorkload(seed);
        for (int i = 0; i < STEPS; i++) {
            drawn.step();
        }
        return drawn.work;
    }

    private void step() {
        int from = random.nextInt(ROWS);
        switch (random.nextInt(17)) {
            case 0, 1, 2, 3 -> work.ingest("A", from, from + one(1, 8, 30, 100));
            case 4 -> work.deleteIds("A", from, from + one(1, 5, 40, 160));
            case 5 -> work.deleteWhere("A", from, from + one(1, 20, 200));
            case 6 -> deleteSpan();
            case 7, 8, 9 -> work.replace("K", keyed(one(1, 3, 20, 60)));
            case 10 -> work.deleteKeys("K", keyed(one(1, 6, 30)));
            case 11, 12 -> work.flush();
            case 13 -> work.compact();
            case 14 -> work.reopen();
            case 15 -> comeOrGo();
            default -> work.document("A", "{\"n\":" + random.nextInt(3) + "}");
        }
    }

    private int one(int... values) {
        return values[random.nextInt(values.length)];
    }

    private int[] keyed(int count) {
        return random.ints(count, 0, KEYED_ROWS).toArray();
    }

    private void deleteSpan() {
        long from = random.nextInt(5) * HOUR + random.nextInt(ROWS);
        switch (random.nextInt(4)) {
            case 0 -> work.deleteSpan("A", 0, YEAR);
            case 1 -> work.deleteSpan("K", 0, YEAR);
            default -> work.deleteSpan("A", from, from + one(1, 60, 4_000));
        }
    }

    private void comeOrGo() {
        if (!hasB) {
            work.collection("B").ingest("B", 0, 10);
            hasB = true;
        } else if (random.nextBoolean()) {
            work.ingest("B", random.nextInt(ROWS), ROWS);
        } else {
            work.deleteCollection("B");
            hasB = false;
        }
    }
}
