package org.almagest.storage.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.almagest.model.Datapoint;

/**
 * Rows with numbers, of which tests know everything: times of several years, text that does not compress.
 *
 * <p>Of the keyed rows each ten numbers are the versions of one key, in turn in three different years.
 */
final class WorkloadRows {
    /** No row is older. */
    static final Instant START = Instant.parse("2019-12-31T22:00:00Z");

    private static final int VERSIONS = 10;
    private static final long LEAP_YEAR_SECONDS = 366L * 86_400;
    private static final Map<Integer, Datapoint> ROWS = new ConcurrentHashMap<>();
    private static final Map<Integer, Datapoint> KEYED = new ConcurrentHashMap<>();

    private WorkloadRows() {}

    static List<Datapoint> rows(int from, int to) {
        return IntStream.range(from, to).mapToObj(WorkloadRows::row).toList();
    }

    static Datapoint row(int n) {
        return ROWS.computeIfAbsent(n, WorkloadRows::makeRow);
    }

    static Datapoint keyed(int n) {
        return KEYED.computeIfAbsent(n, WorkloadRows::makeKeyed);
    }

    static String key(int n) {
        return "key " + n / VERSIONS;
    }

    /** Returns the number of the first version of the same key. */
    static int firstVersion(int n) {
        return n - n % VERSIONS;
    }

    static int versionsOfAKey() {
        return VERSIONS;
    }

    private static Datapoint makeRow(int n) {
        Instant time = START.plusSeconds((n % 5) * 3_600L).plusSeconds(n % 11 == 0 ? 40_000_000L + n : n);
        return Datapoint.at(time).set("n", (long) n).set("text", text(n)).build();
    }

    private static Datapoint makeKeyed(int n) {
        Instant time = START.plusSeconds(n / VERSIONS * 60L + n % VERSIONS % 3 * LEAP_YEAR_SECONDS);
        return Datapoint.at(time)
                .set("n", (long) n)
                .set("text", text(-1 - n))
                .set("key", key(n))
                .set("version", n % VERSIONS)
                .build();
    }

    private static String text(int n) {
        SplittableRandom random = new SplittableRandom(n);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            text.append(Long.toHexString(random.nextLong()));
        }
        return text.toString();
    }
}
