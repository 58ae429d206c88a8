package org.almagest.storage.scan;

import java.time.Instant;
import org.almagest.model.TimeInterval;
import org.almagest.query.bound.FieldValues;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.TimeExtent;
import org.almagest.storage.run.Run;
import org.jspecify.annotations.Nullable;

/** Tests whether the extents of rows meet an interval. */
final class ExtentTest {
    private final TimeInterval interval;
    private final TimeExtent extent;

    ExtentTest(TimeInterval interval, TimeExtent extent) {
        this.interval = interval;
        this.extent = extent;
    }

    /** Tells whether a row of the run may match. */
    static boolean mayMatch(TimeInterval interval, Run run) {
        return run.mayReach(interval.start().toEpochMilli(), interval.end().toEpochMilli());
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
