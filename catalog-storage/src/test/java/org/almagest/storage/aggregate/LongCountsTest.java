package org.almagest.storage.aggregate;

import static org.almagest.testing.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.TreeMap;
import org.almagest.aggregate.Aggregation;
import org.almagest.error.LimitExceededException;
import org.almagest.model.Limits;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class LongCountsTest {
    private static LongCounts counts(long bucketsMax) {
        return new LongCounts(
                new BucketBound(Aggregation.geohashGrid(1), Limits.defaults().with("bucketsMax", bucketsMax)));
    }

    @Test
    void agreesWithAMap() {
        Seeded.repeat(100, random -> {
            LongCounts counts = counts(100_000);
            TreeMap<Long, Long> expected = new TreeMap<>();
            long bound = 1L << random.nextInt(1, 62);
            for (int i = random.nextInt(3_000); i > 0; i--) {
                long number = random.nextLong(-bound, bound);
                long rows = 1 + random.nextInt(5);
                counts.add(number, rows);
                expected.merge(number, rows, Long::sum);
            }
            assertArrayEquals(
                    expected.keySet().stream().mapToLong(number -> number).toArray(), counts.sorted());
            expected.forEach((number, rows) -> assertEquals(rows, counts.count(number)));
            assertEquals(0, counts.count(bound));
        });
    }

    @Test
    void aNumberTooManyIsRefused() {
        LongCounts counts = counts(2);
        counts.add(0, 1);
        counts.add(-1, 1);
        counts.add(0, 1);
        assertFails(
                LimitExceededException.class,
                "aggregate: geohash grid of precision 1 by centroid: buckets: 3 (at most 2)",
                () -> counts.add(7, 1));
        assertEquals(2, counts.count(0));
    }
}
