package org.almagest.storage.plan;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.almagest.model.TimeInterval;
import org.almagest.model.TimeInterval.Bound;
import org.almagest.schema.TimeExtent;
import org.almagest.storage.run.ExtentColumn;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class ExtentBlocksTest {
    /** One block, which holds one extent in nanoseconds. */
    private record One(long start, long end) implements ExtentColumn {
        @Override
        public int zoneRows() {
            return BlockFilter.ROWS;
        }

        @Override
        public long minStart(int zone) {
            return Math.floorDiv(start, 1_000_000);
        }

        @Override
        public long maxEnd(int zone) {
            return -Math.floorDiv(-end, 1_000_000);
        }
    }

    private static Instant instant(long nanos) {
        return Instant.EPOCH.plusNanos(nanos);
    }

    @Test
    void aBlockThatIsPassedOverHasNoMatch() {
        int[] passed = {0};
        Seeded.repeat(20_000, random -> {
            long from = random.nextInt(5) * 1_000_000L + random.nextInt(3) - 1;
            One one = new One(from, from + random.nextInt(3) * 1_000_000L + random.nextInt(3));
            long start = random.nextInt(8) * 1_000_000L + random.nextInt(3) - 1;
            long end = start + random.nextInt(3) * 1_000_000L + 1 + random.nextInt(3);
            TimeInterval interval = TimeInterval.of(
                    instant(start), Bound.values()[random.nextInt(2)], instant(end), Bound.values()[random.nextInt(2)]);
            if (!new ExtentBlocks(interval, one, null).mayPass(0)) {
                passed[0]++;
                assertFalse(TimeExtent.meets(interval, Instant.EPOCH, instant(one.start), instant(one.end)));
            }
        });
        assertTrue(passed[0] > 5_000 || Long.getLong("almagest.seed") != null, passed[0] + " blocks");
    }

    @Test
    void everyRowOfABlockThatLiesWithinMatches() {
        int[] within = {0};
        Seeded.repeat(20_000, random -> {
            long from = random.nextInt(2, 6) * 1_000_000L + random.nextInt(3) - 1;
            One one = new One(from, from + random.nextInt(3) * 1_000_000L + random.nextInt(3));
            long start = random.nextInt(4) * 1_000_000L + random.nextInt(3) - 1;
            long end = start + random.nextInt(1, 8) * 1_000_000L + random.nextInt(3);
            TimeInterval interval = TimeInterval.of(
                    instant(start), Bound.values()[random.nextInt(2)], instant(end), Bound.values()[random.nextInt(2)]);
            if (new ExtentBlocks(interval, one, null).isWithin(0)) {
                within[0]++;
                assertTrue(TimeExtent.meets(interval, Instant.EPOCH, instant(one.start), instant(one.end)));
                Instant inside = Instant.ofEpochMilli(one.minStart(0));
                assertTrue(
                        TimeExtent.meets(interval, inside, null, null), "a row without an extent counts by its time");
                assertTrue(TimeExtent.meets(interval, Instant.ofEpochMilli(one.maxEnd(0)), null, null));
            }
        });
        assertTrue(within[0] > 1_000 || Long.getLong("almagest.seed") != null, within[0] + " blocks");
    }
}
