package org.almagest.storage.plan;

import org.almagest.model.TimeInterval;
import org.almagest.storage.run.ExtentColumn;
import org.jspecify.annotations.Nullable;

/**
 * Passes over blocks none of whose time extents meets an interval, takes those whole all of whose do, and looks at the
 * others row by row where columns say how far rows reach.
 */
final class ExtentBlocks implements BlockFilter {
    private final ExtentColumn zones;
    private final @Nullable ExtentCodes codes;
    private final long firstMillis;
    private final long lastMillis;

    /** Prepares to look; without codes, rows of blocks that are not surely wholly in or out must be tested after it. */
    ExtentBlocks(TimeInterval interval, ExtentColumn zones, @Nullable ExtentCodes codes) {
        assert zones.zoneRows() == ROWS : zones.zoneRows();
        this.zones = zones;
        this.codes = codes;
        // Whole milliseconds around both: bounds and rows are finer, which the test of the row looks at.
        this.firstMillis = interval.start().toEpochMilli();
        this.lastMillis = interval.end().toEpochMilli();
    }

    @Override
    public boolean mayPass(int block) {
        return zones.minStart(block) <= lastMillis && zones.maxEnd(block) >= firstMillis;
    }

    @Override
    public void keep(int block, int rows, long[] mask) {
        if (codes == null || isWithin(block)) {
            return;
        }
        int base = block * ROWS;
        for (int word = 0; word < WORDS; word++) {
            for (long bits = mask[word]; bits != 0; bits &= bits - 1) {
                int bit = Long.numberOfTrailingZeros(bits);
                if (!codes.test(base + word * Long.SIZE + bit)) {
                    mask[word] &= ~(1L << bit);
                }
            }
        }
    }

    /** Tells whether it leaves rows alone whose extents meet the interval. */
    boolean isExact() {
        return codes != null;
    }

    /** Tells whether every extent lies in the interval, in milliseconds that both its bounds leave out. */
    boolean isWithin(int block) {
        return zones.minStart(block) > firstMillis && zones.maxEnd(block) < lastMillis;
    }
}
