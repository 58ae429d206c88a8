package org.almagest.storage.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.testing.SteppedClock;

/** A process that makes change after change, tells which are acknowledged, and waits to be killed. */
final class KilledWriter {
    private static final int CHANGES = 1_000_000;

    /** Row numbers come round again, so that rows that were deleted come back. */
    private static final int ROWS = 1_500;

    private static final int KEYS = 40;
    private static final int LARGE = 80;

    private KilledWriter() {}

    /** Takes the folder and the number of the first change; prints the number of each change once it is acknowledged. */
    public static void main(String[] arguments) {
        int first = Integer.parseInt(arguments[1]);
        try (Catalog catalog = Catalog.open(Path.of(arguments[0]), options())) {
            SteppedClock unused = SmallStore.clock();
            beginning().repeatAll(catalog, unused);
            System.out.println("open");
            for (int change = first; change < CHANGES; change++) {
                Workload one = beginning();
                int before = one.steps().size();
                append(one, change);
                one.steps().get(before).run(catalog, unused);
                System.out.println(change);
                System.out.flush();
            }
        }
    }

    /** Small limits, so that logs, flushes, compactions and large calls follow each other quickly; else as in real life. */
    static CatalogOptions options() {
        return CatalogOptions.defaults().with(SmallStore.SMALL).withHistoryRetention(Duration.ofSeconds(2));
    }

    /** Returns the collections that there are before the first change. */
    static Workload beginning() {
        return Workload.beginning().keyed();
    }

    /** Adds a change to a workload: each is the same in every process. */
    static void append(Workload work, int change) {
        int from = change * 5 % ROWS;
        switch (change % 10) {
            case 3 -> work.replace("K", keyed(change, 5));
            case 4 -> work.deleteIds("A", Math.max(0, from - 15), Math.max(0, from - 8));
            case 5 -> work.replace("K", keyed(change, change % 3 == 0 ? KEYS : 2));
            case 6 -> work.deleteWhere("A", Math.max(0, from - 100), Math.max(1, from - 40));
            case 7 -> work.deleteKeys("K", change % KEYS * 10, (change + 3) % KEYS * 10);
            case 8 -> work.ingest("A", from, from + LARGE);
            case 9 -> work.deleteSpan("A", from * 3L, change % 50 == 49 ? Integer.MAX_VALUE : from * 3L + 600);
            default -> work.ingest("A", from, from + 8);
        }
    }

    private static int[] keyed(int change, int count) {
        return IntStream.range(0, count)
                .map(i -> (change * 7 + i) % KEYS * 10 + change / 10 % 10)
                .toArray();
    }
}
