package org.almagest.storage.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.almagest.model.TimeInterval;
import org.almagest.model.TimeInterval.Bound;
import org.almagest.schema.TimeExtent;
import org.almagest.storage.run.ExtentColumn;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class ExtentZonesPassedOverTest {
    private static final int ZONE_ROWS = 4;
    private static final TimeExtent FIELDS = new TimeExtent("from", "to");

    /** Extents of rows in nanoseconds, and the zones over them in milliseconds. */
    private record Rows(long[] starts, long[] ends) implements ExtentColumn {
        static Rows random(SplittableRandom random) {
            int count = 1 + random.nextInt(30);
            long[] starts = new long[count];
            long[] ends = new long[count];
            for (int i = 0; i < count; i++) {
                starts[i] = (i + random.nextInt(5)) * 1_000_000L + random.nextInt(3) - 1;
                ends[i] = starts[i] + random.nextInt(3) * 1_000_000L + random.nextInt(3);
            }
            return new Rows(starts, ends);
        }

        Map<String, Object> values(int row) {
            return Map.of("time", Instant.EPOCH, "from", instant(starts[row]), "to", instant(ends[row]));
        }

        @Override
        public int zoneRows() {
            return ZONE_ROWS;
        }

        @Override
        public long minStart(int zone) {
            long min = Long.MAX_VALUE;
            for (int i = zone * ZONE_ROWS; i < Math.min(starts.length, (zone + 1) * ZONE_ROWS); i++) {
                min = Math.min(min, Math.floorDiv(starts[i], 1_000_000));
            }
            return min;
        }

        @Override
        public long maxEnd(int zone) {
            long max = Long.MIN_VALUE;
            for (int i = zone * ZONE_ROWS; i < Math.min(starts.length, (zone + 1) * ZONE_ROWS); i++) {
                max = Math.max(max, -Math.floorDiv(-ends[i], 1_000_000));
            }
            return max;
        }
    }

    private static Instant instant(long nanos) {
        return Instant.EPOCH.plusNanos(nanos);
    }

    @Test
    void noRowThatMatchesIsPassedOverInEitherDirection() {
        int[] passed = {0};
        Seeded.repeat(5_000, random -> {
            Rows rows = Rows.random(random);
            long start = random.nextInt(35) * 1_000_000L + random.nextInt(3) - 1;
            long end = start + random.nextInt(3) * 1_000_000L + 1 + random.nextInt(3);
            TimeInterval interval = TimeInterval.of(
                    instant(start), Bound.values()[random.nextInt(2)], instant(end), Bound.values()[random.nextInt(2)]);
            for (int step : new int[] {1, -1}) {
                ExtentTest test = new ExtentTest(interval, FIELDS, rows);
                int last = rows.starts().length - 1;
                for (int row = step > 0 ? 0 : last; row >= 0 && row <= last; row += step) {
                    int to = test.passOver(row, step);
                    assertTrue(step > 0 ? to >= row : to <= row);
                    assertEquals(row / ZONE_ROWS, to / ZONE_ROWS, "no further than the zone");
                    for (int skipped = row; to != row && skipped != to + step && skipped <= last; skipped += step) {
                        assertFalse(test.matches(rows.values(skipped)::get));
                        passed[0]++;
                    }
                    row = to;
                }
            }
        });
        assertTrue(passed[0] > 10_000 || Long.getLong("almagest.seed") != null, passed[0] + " rows");
    }

    @Test
    void withoutZonesEveryRowIsTested() {
        ExtentTest test = new ExtentTest(TimeInterval.ofInstant(Instant.EPOCH), FIELDS, null);
        assertEquals(5, test.passOver(5, 1));
    }
}
