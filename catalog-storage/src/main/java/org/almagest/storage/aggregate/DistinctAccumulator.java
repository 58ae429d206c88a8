package org.almagest.storage.aggregate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.aggregate.Bucket;
import org.almagest.index.posting.ValuePostings;
import org.almagest.internal.value.SortValues;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.column.ColumnReader;
import org.almagest.storage.plan.AnsweredBy;
import org.almagest.storage.plan.Shortcut;
import org.almagest.storage.scan.RunMatches;
import org.jspecify.annotations.Nullable;

/**
 * Counts the distinct values of a field.
 *
 * <p>Of a queryable field codes are counted, by the postings where these say it all, and each becomes a value once.
 */
final class DistinctAccumulator implements Accumulator {
    /** Codes up to here are counted in an array, and each becomes a value once. */
    private static final int CODES_MAX = 1 << 17;

    /** Where codes are many more than rows, most of the array is 0, and walking it costs more than a value per row. */
    private static final int CODES_PER_ROW_MAX = 4;

    /** Of codes too; a power of two. */
    private static final int ROWS_PER_DEADLINE_CHECK = 1_024;

    private final String field;
    private final FieldReading reading;
    private final BucketBound bound;
    private final Map<Object, Counted> values = new HashMap<>();
    private long bytes;

    /** Of the run that is looked at; null where its values are only in the rows. */
    private @Nullable ColumnReader column;

    private boolean isCounting;

    /** Rows by code, all 0 between two runs. */
    private int[] counts = {0};

    /** A value and how many rows have it. */
    private static final class Counted {
        private Object value;
        private long count;

        Counted(Object value) {
            this.value = value;
        }

        void add(Object equalOne, long rows) {
            count += rows;
            if (FieldReading.isBetter(equalOne, value)) {
                value = equalOne;
            }
        }
    }

    DistinctAccumulator(Aggregation.Distinct wanted, BucketBound bound) {
        this.field = wanted.field();
        this.reading = new FieldReading(field);
        this.bound = bound;
    }

    @Override
    public AnsweredBy begin(RunMatches rows) {
        if (field.equals(DatasetSchema.COLLECTION) && rows.isEveryVisibleRow() && rows.mayUse(Shortcut.STATISTICS)) {
            long count = rows.visibleRows(rows.first(), rows.end());
            if (count > 0) {
                add(rows.collectionId(), count);
            }
            return AnsweredBy.IDS;
        }
        ColumnReader codes = rows.column(field);
        column = codes;
        if (codes == null) {
            reading.begin(rows);
            return AnsweredBy.ROWS;
        }
        long walked = (long) CODES_PER_ROW_MAX * (rows.end() - rows.first());
        isCounting = codes.maxCode() < CODES_MAX && codes.maxCode() <= walked;
        if (isCounting && counts.length <= codes.maxCode()) {
            counts = new int[Math.max(2 * counts.length, (int) codes.maxCode() + 1)];
        }
        if (!rows.isEveryVisibleRow() || !rows.mayUse(Shortcut.STATISTICS)) {
            return AnsweredBy.ROWS;
        }
        ValuePostings postings = rows.isWholeRun() && rows.hidesNothing() ? rows.postings(field) : null;
        if (postings == null) {
            addAll(rows, codes);
        } else {
            for (int i = 0; i < postings.codeCount(); i++) {
                addCode(codes, postings.code(i), postings.countAt(i));
            }
        }
        return postings == null ? AnsweredBy.CODES : AnsweredBy.POSTINGS;
    }

    private void addAll(RunMatches rows, ColumnReader codes) {
        for (int first = rows.first(); first < rows.end(); first += ROWS_PER_DEADLINE_CHECK) {
            rows.checkDeadline();
            int end = Math.min(rows.end(), first + ROWS_PER_DEADLINE_CHECK);
            for (int row = first; row < end; row++) {
                if (rows.isVisible(row)) {
                    addCode(codes, codes.code(row), 1);
                }
            }
        }
    }

    @Override
    public void add(RunMatches rows) {
        if (column != null) {
            addCode(column, column.code(rows.ordinal()), 1);
            return;
        }
        Object value = reading.value(rows);
        if (value != null) {
            add(value, 1);
        }
    }

    private void addCode(ColumnReader codes, long code, int rows) {
        if (code != 0 && isCounting) {
            counts[(int) code] += rows;
        } else if (code != 0) {
            addDecoded(codes, code, rows);
        }
    }

    private void addDecoded(ColumnReader codes, long code, int rows) {
        Object value = codes.value(code);
        assert value != null : code;
        add(SortValues.canonical(value), rows);
    }

    /** Makes values of the codes that were counted in a run. */
    @Override
    public void end(RunMatches rows) {
        ColumnReader codes = column;
        column = null;
        for (int code = 1; codes != null && isCounting && code <= codes.maxCode(); code++) {
            if ((code & ROWS_PER_DEADLINE_CHECK - 1) == 0) {
                rows.checkDeadline();
            }
            if (counts[code] > 0) {
                addDecoded(codes, code, counts[code]);
                counts[code] = 0;
            }
        }
    }

    private void add(Object value, long rows) {
        Object identity = FieldReading.identity(value);
        Counted counted = values.get(identity);
        if (counted == null) {
            bound.checkRoom(values.size());
            bytes += SortValues.heapBytes(value);
            bound.checkBytes(bytes);
            counted = new Counted(value);
            values.put(identity, counted);
        }
        counted.add(value, rows);
    }

    @Override
    public Aggregate result() {
        List<Counted> all = new ArrayList<>(values.values());
        all.sort((left, right) -> left.count == right.count
                ? SortValues.compare(left.value, right.value)
                : Long.compare(right.count, left.count));
        return new Aggregate.Buckets(all.stream()
                .map(counted -> Bucket.ofValue(counted.value, counted.count))
                .toList());
    }
}
