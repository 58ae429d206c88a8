package org.almagest.storage.scan;

import java.util.Comparator;
import java.util.Optional;
import org.almagest.internal.value.SortValues;
import org.almagest.model.DatapointId;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.SortOrder;
import org.almagest.query.bound.BoundSort;
import org.jspecify.annotations.Nullable;

/**
 * The place of a row in a sorted answer, and where the row is.
 *
 * @param values what it is sorted by; not written to
 * @param id its id
 * @param test reads the row; null where the row need not be read
 * @param ordinal its ordinal in the run of the test
 */
record SortedRow(
        @Nullable Object[] values, DatapointId id, @Nullable RowTest test, int ordinal) {
    private static final int OBJECT_BYTES = 96;

    /** Returns the row that a token goes on after. */
    static SortedRow of(PageToken token) {
        @Nullable Object[] values = new Object[token.sortValues().size()];
        for (int i = 0; i < values.length; i++) {
            Optional<Object> value = token.sortValues().get(i);
            values[i] = value.orElse(null);
        }
        return new SortedRow(values, token.after(), null, -1);
    }

    /** Returns the order of the answer; rows of different ids are never equal. */
    static Comparator<SortedRow> order(Query query) {
        Comparator<@Nullable Object[]> byValues = BoundSort.order(query.sort());
        boolean reversed = query.isReversed();
        boolean ascending = query.order() == SortOrder.ASCENDING;
        return (left, right) -> {
            int result = reversed
                    ? byValues.compare(right.values, left.values)
                    : byValues.compare(left.values, right.values);
            if (result == 0) {
                int byId = left.id.compareTo(right.id);
                result = ascending ? byId : -byId;
            }
            return result;
        };
    }

    PageToken token() {
        return PageToken.of(id, values);
    }

    /** Returns how many bytes of heap it takes, at most about. */
    long heapBytes() {
        long bytes = OBJECT_BYTES + (long) Long.BYTES * values.length;
        for (Object value : values) {
            bytes += value == null ? 0 : SortValues.heapBytes(value);
        }
        return bytes;
    }
}
