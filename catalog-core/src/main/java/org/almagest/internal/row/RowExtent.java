package org.almagest.internal.row;

import java.time.Instant;
import org.almagest.error.CorruptSectionException;
import org.almagest.schema.TimeExtent;
import org.jspecify.annotations.Nullable;

/**
 * The time extent of a row, as {@link TimeExtent} has it, in whole milliseconds that cover it: what zones and segments
 * keep. One thread.
 */
public final class RowExtent {
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final TimeExtent fields;
    private long startMillis;
    private long endMillis;

    public RowExtent(TimeExtent fields) {
        this.fields = fields;
    }

    /** Reads the extent of the row that {@code row} is at. */
    public void read(RowReader row, long timeMillis) throws CorruptSectionException {
        Instant start = instant(row, fields.startField());
        Instant end = instant(row, fields.endField());
        Instant time = Instant.ofEpochMilli(timeMillis);
        startMillis = TimeExtent.first(time, start, end).toEpochMilli();
        endMillis = ceiling(TimeExtent.last(time, start, end));
    }

    private static @Nullable Instant instant(RowReader row, String field) throws CorruptSectionException {
        return (Instant) row.value(field);
    }

    private static long ceiling(Instant end) {
        long millis = end.toEpochMilli();
        return end.getNano() % NANOS_PER_MILLI == 0 ? millis : millis + 1;
    }

    /** Returns the start in Unix milliseconds, rounded down. */
    public long startMillis() {
        return startMillis;
    }

    /** Returns the end in Unix milliseconds, rounded up. */
    public long endMillis() {
        return endMillis;
    }
}
