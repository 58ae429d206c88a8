package org.almagest.storage.aggregate;

import java.time.Instant;
import java.util.Optional;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.internal.value.SortValues;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.plan.Shortcut;
import org.almagest.storage.scan.RunMatches;
import org.jspecify.annotations.Nullable;

/** Keeps the lowest and the highest value of a field. */
final class ExtremesAccumulator implements Accumulator {
    private final String field;
    private final FieldReading reading;
    private @Nullable Object min;
    private @Nullable Object max;

    ExtremesAccumulator(Aggregation.Range wanted) {
        this.field = wanted.field();
        this.reading = new FieldReading(field);
    }

    @Override
    public boolean begin(RunMatches rows) {
        boolean byId = field.equals(DatasetSchema.TIME) || field.equals(DatasetSchema.ID);
        if (byId && rows.isEveryVisibleRow() && rows.mayUse(Shortcut.STATISTICS)) {
            addEnds(rows);
            return true;
        }
        reading.begin(rows);
        return false;
    }

    /** Rows are in the order of id and time, so the first and the last visible one say it all. */
    private void addEnds(RunMatches rows) {
        int first = rows.first();
        while (first < rows.end() && !rows.isVisible(first)) {
            first++;
        }
        int last = rows.end() - 1;
        while (last > first && !rows.isVisible(last)) {
            last--;
        }
        if (first < rows.end()) {
            add(idOrTime(rows, first));
            add(idOrTime(rows, last));
        }
    }

    private Object idOrTime(RunMatches rows, int ordinal) {
        return field.equals(DatasetSchema.ID) ? rows.id(ordinal) : Instant.ofEpochMilli(rows.timeMillis(ordinal));
    }

    @Override
    public void add(RunMatches rows) {
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
        return new Aggregate.Extremes(Optional.ofNullable(min), Optional.ofNullable(max));
    }
}
