package org.almagest.storage.aggregate;

import java.time.Instant;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.index.stats.ZoneMap;
import org.almagest.internal.value.SortValues;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.column.ColumnReader;
import org.almagest.storage.plan.AnsweredBy;
import org.almagest.storage.plan.Shortcut;
import org.almagest.storage.scan.RunMatches;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the lowest and the highest value of a field.
 *
 * <p>Of a queryable field codes are compared, and two of each run become values.
 */
final class ExtremesAccumulator implements Accumulator {
    private static final int NO_ROW = -1;
    /** A power of two. */
    private static final int ROWS_PER_DEADLINE_CHECK = 1_024;

    private final String field;
    private final boolean isOrderOfRows;
    private final FieldReading reading;
    /** The run that is looked at, where its order is that of the values. */
    private @Nullable RunMatches ordered;

    private int firstMatch = NO_ROW;
    private int lastMatch;

    /** Of the run that is looked at; null where its values are only in the rows. */
    private @Nullable ColumnReader column;

    private long minCode;
    private long maxCode;
    private @Nullable Object min;
    private @Nullable Object max;

    ExtremesAccumulator(Aggregation.Range wanted) {
        this.field = wanted.field();
        this.isOrderOfRows = field.equals(DatasetSchema.TIME) || field.equals(DatasetSchema.ID);
        this.reading = new FieldReading(field);
    }

    @Override
    public AnsweredBy begin(RunMatches rows) {
        boolean mayCount = rows.mayUse(Shortcut.STATISTICS);
        boolean counts = rows.isEveryVisibleRow() && mayCount;
        if (mayCount && isOrderOfRows) {
            if (counts) {
                addEnds(rows);
            } else {
                ordered = rows;
                firstMatch = NO_ROW;
            }
            return counts ? AnsweredBy.IDS : AnsweredBy.ROWS;
        }
        column = rows.column(field);
        if (column == null) {
            reading.begin(rows);
            return AnsweredBy.ROWS;
        }
        if (counts) {
            addCodes(rows, column);
        }
        return counts ? AnsweredBy.ZONE_MAPS : AnsweredBy.ROWS;
    }

    /** Whole zones of rows say themselves what lies in them. */
    private void addCodes(RunMatches rows, ColumnReader codes) {
        ZoneMap zones = codes.zones();
        for (int row = rows.first(); row < rows.end(); ) {
            int zone = row >>> ZoneMap.ZONE_BITS;
            int first = zone << ZoneMap.ZONE_BITS;
            int end = first + zones.rowsOf(zone);
            if (first == row && end <= rows.end() && rows.hidesNothing()) {
                addCode(zones.min(zone));
                addCode(zones.max(zone));
            } else {
                addCodes(rows, codes, row, Math.min(end, rows.end()));
            }
            row = end;
        }
    }

    private void addCodes(RunMatches rows, ColumnReader codes, int first, int end) {
        for (int row = first; row < end; row++) {
            if (rows.isVisible(row)) {
                addCode(codes.code(row));
            }
        }
        rows.checkDeadline();
    }

    private void addCode(long code) {
        if (code != 0) {
            minCode = minCode == 0 ? code : Math.min(minCode, code);
            maxCode = Math.max(maxCode, code);
        }
    }

    /** Puts the extremes of a run with those of the others. */
    @Override
    public void end(RunMatches rows) {
        if (ordered != null && firstMatch != NO_ROW) {
            add(idOrTime(ordered, firstMatch));
            add(idOrTime(ordered, lastMatch));
        }
        ordered = null;
        ColumnReader codes = column;
        if (codes != null && maxCode != 0) {
            addDecoded(codes, minCode);
            addDecoded(codes, maxCode);
        }
        minCode = 0;
        maxCode = 0;
        column = null;
    }

    private void addDecoded(ColumnReader codes, long code) {
        Object value = codes.value(code);
        assert value != null : code;
        add(SortValues.canonical(value));
    }

    /** Rows are in the order of id and time, so the first and the last visible one say it all. */
    private void addEnds(RunMatches rows) {
        int first = rows.first();
        while (first < rows.end() && !rows.isVisible(first)) {
            first++;
            checkDeadline(rows, first);
        }
        int last = rows.end() - 1;
        while (last > first && !rows.isVisible(last)) {
            last--;
            checkDeadline(rows, last);
        }
        if (first < rows.end()) {
            add(idOrTime(rows, first));
            add(idOrTime(rows, last));
        }
    }

    private static void checkDeadline(RunMatches rows, int row) {
        if ((row & ROWS_PER_DEADLINE_CHECK - 1) == 0) {
            rows.checkDeadline();
        }
    }

    private Object idOrTime(RunMatches rows, int ordinal) {
        return field.equals(DatasetSchema.ID) ? rows.id(ordinal) : Instant.ofEpochMilli(rows.timeMillis(ordinal));
    }

    @Override
    public void add(RunMatches rows) {
        if (ordered != null) {
            firstMatch = firstMatch == NO_ROW ? rows.ordinal() : firstMatch;
            lastMatch = rows.ordinal();
            return;
        }
        if (column != null) {
            addCode(column.code(rows.ordinal()));
            return;
        }
        Object value = reading.value(rows);
        if (value != null) {
            add(value);
        }
    }

    private void add(Object value) {
        int toMin = min == null ? -1 : SortValues.compare(value, min);
        int toMax = max == null ? 1 : SortValues.compare(value, max);
        if (toMin < 0 || toMin == 0 && min != null && FieldReading.isBetter(value, min)) {
            min = value;
        }
        if (toMax > 0 || toMax == 0 && max != null && FieldReading.isBetter(value, max)) {
            max = value;
        }
    }

    @Override
    public Aggregate result() {
        return min == null || max == null ? Aggregate.Extremes.none() : Aggregate.Extremes.of(min, max);
    }
}
