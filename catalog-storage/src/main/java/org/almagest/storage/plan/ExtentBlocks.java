package org.almagest.storage.plan;

import org.almagest.model.TimeInterval;
import org.almagest.storage.run.ExtentColumn;

/** Passes over blocks none of whose time extents meets an interval. */
final class ExtentBlocks implements BlockFilter {
    private final ExtentColumn zones;
    private final long firstMillis;
    private final long lastMillis;

    ExtentBlocks(TimeInterval interval, ExtentColumn zones) {
        assert zones.zoneRows() == ROWS : zones.zoneRows();
        this.zones = zones;
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
        // The test of a row looks at its extent.
    }
}
