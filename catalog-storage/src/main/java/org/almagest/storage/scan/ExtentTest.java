package org.almagest.storage.scan;

import java.time.Instant;
import org.almagest.model.TimeInterval;
import org.almagest.query.FieldValues;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.TimeExtent;
import org.almagest.storage.run.ExtentColumn;
import org.almagest.storage.run.Run;
import org.jspecify.annotations.Nullable;

/** Tests whether the extents of the rows of one run meet an interval, whole zones of rows at once; for one thread. */
final class ExtentTest {
    private final TimeInterval interval;
    private final TimeExtent extent;
    private final @Nullable ExtentColumn zones;
    private final long firstMillis;
    private final long lastMillis;
    private int zone = -1;
    private boolean zoneMayMeet = true;

    ExtentTest(TimeInterval interval, TimeExtent extent, @Nullable ExtentColumn zones) {
        this.interval = interval;
        this.extent = extent;
        this.zones = zones;
        this.firstMillis = interval.start().toEpochMilli();
        this.lastMillis = interval.end().toEpochMilli();
    }

    /** Tells whether a row of the run may match. */
    static boolean mayMatch(TimeInterval interval, Run run) {
        return run.mayReach(interval.start().toEpochMilli(), interval.end().toEpochMilli());
    }

    /** Returns the last of the rows from this one on that surely do not match; the row itself where it may. */
    int passOver(int ordinal, int step) {
        ExtentColumn known = zones;
        if (known == null) {
            return ordinal;
        }
        int at = ordinal / known.zoneRows();
        if (at != zone) {
            zone = at;
            // Whole milliseconds around both: bounds and rows are finer, which the test of the row looks at.
            zoneMayMeet = known.minStart(at) <= lastMillis && known.maxEnd(at) >= firstMillis;
        }
        if (zoneMayMeet) {
            return ordinal;
        }
        return step > 0 ? (at + 1) * known.zoneRows() - 1 : at * known.zoneRows();
    }

    /** Tells whether the extent of a row meets the interval. */
    boolean matches(FieldValues row) {
        Object time = row.value(DatasetSchema.TIME);
        assert time != null : "every row has a time";
        return TimeExtent.meets(
                interval, (Instant) time, instant(row, extent.startField()), instant(row, extent.endField()));
    }

    private static @Nullable Instant instant(FieldValues row, String field) {
        return (Instant) row.value(field);
    }
}
