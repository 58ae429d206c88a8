package org.almagest.storage.plan;

import java.time.Instant;
import org.almagest.model.TimeInterval;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TimeExtent;
import org.almagest.storage.column.ColumnReader;
import org.almagest.storage.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the columns of both fields of a time extent whether the extents of rows meet an interval; for one thread.
 *
 * <p>Says what {@link TimeExtent#meets} says of the values: which codes lie before the end of the interval, and which
 * after its start, is asked of the interval itself.
 */
public final class ExtentCodes {
    private final Run run;
    private final TimeInterval interval;
    private final Ends start;
    private final Ends end;

    private ExtentCodes(Run run, TimeInterval interval, ColumnReader start, ColumnReader end) {
        this.run = run;
        this.interval = interval;
        this.start = Ends.of(start, interval);
        this.end = Ends.of(end, interval);
    }

    /** Returns what decides the extents of a run's rows; null where it lacks a column of the two fields. */
    static @Nullable ExtentCodes of(Run run, DatasetSchema schema, TimeInterval interval) {
        TimeExtent extent = schema.extent().orElse(null);
        ColumnReader start = extent == null ? null : column(run, schema, extent.startField());
        ColumnReader end = extent == null ? null : column(run, schema, extent.endField());
        return start == null || end == null ? null : new ExtentCodes(run, interval, start, end);
    }

    /** Tells whether it is known that no row of a run has an extent beside its time; may open a file. */
    public static boolean hasNone(Run run, DatasetSchema schema) {
        TimeExtent extent = schema.extent().orElse(null);
        return extent != null
                && isUnset(column(run, schema, extent.startField()))
                && isUnset(column(run, schema, extent.endField()));
    }

    private static boolean isUnset(@Nullable ColumnReader column) {
        return column != null && column.zones().unsetCount() == column.zones().rowCount();
    }

    private static @Nullable ColumnReader column(Run run, DatasetSchema schema, String name) {
        Field field = schema.field(name).orElse(null);
        ColumnReader column = field == null ? null : run.column(field.number());
        return column == null || field == null || column.kind() != field.kind() ? null : column;
    }

    /**
     * Where the values of a field lie.
     *
     * @param fromStart the lowest code of a value that is not before the interval
     * @param beyondEnd the lowest code of a value that is after the interval
     */
    private record Ends(ColumnReader column, long fromStart, long beyondEnd) {
        static Ends of(ColumnReader column, TimeInterval interval) {
            return new Ends(
                    column,
                    column.firstCode(value -> isFromStart(interval, (Instant) value) ? 1 : -1),
                    column.firstCode(value -> isBeforeEnd(interval, (Instant) value) ? -1 : 1));
        }
    }

    private static boolean isFromStart(TimeInterval interval, Instant value) {
        return interval.meets(Instant.MIN, value);
    }

    private static boolean isBeforeEnd(TimeInterval interval, Instant value) {
        return interval.meets(value, Instant.MAX);
    }

    /** Tells whether the extent of a row meets the interval. */
    boolean test(int row) {
        long first = start.column.code(row);
        long last = end.column.code(row);
        if (first != 0 && last != 0) {
            // Whichever is earlier: one of the two lies before the end, and one not before the start.
            return (first < start.beyondEnd || last < end.beyondEnd)
                    && (first >= start.fromStart || last >= end.fromStart);
        }
        long millis = run.idHigh(row) >> Short.SIZE;
        if (first == 0 && last == 0) {
            return interval.containsMillis(millis);
        }
        Ends known = first == 0 ? end : start;
        long code = first == 0 ? last : first;
        Instant time = Instant.ofEpochMilli(millis);
        return (code < known.beyondEnd || isBeforeEnd(interval, time))
                && (code >= known.fromStart || isFromStart(interval, time));
    }
}
