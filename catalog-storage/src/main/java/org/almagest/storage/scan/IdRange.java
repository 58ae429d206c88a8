package org.almagest.storage.scan;

import org.almagest.model.DatapointId;
import org.almagest.model.TimeInterval;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.SortOrder;
import org.almagest.query.TimeMatch;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.plan.RowSpan;
import org.almagest.storage.run.Run;
import org.jspecify.annotations.Nullable;

/** The ids that a query can return from one dataset, narrowed by time and page token. */
final class IdRange {
    /** The first id of the range, inclusive; null where it is open. */
    private final @Nullable DatapointId from;

    /** The last id of the range, inclusive; null where it is open. */
    private final @Nullable DatapointId to;

    private final @Nullable DatapointId after;
    private final @Nullable DatapointId before;

    private final boolean empty;

    /** What narrows a range beside its ends, exclusive; at most one of the two. */
    private record Beyond(
            @Nullable DatapointId after, @Nullable DatapointId before) {}

    private IdRange(@Nullable DatapointId from, @Nullable DatapointId to, Beyond beyond, boolean empty) {
        this.from = from;
        this.to = to;
        this.after = beyond.after();
        this.before = beyond.before();
        this.empty = empty;
    }

    /** Returns the ids of a dataset that a query can return; a token narrows them where the query sorts by id alone. */
    static IdRange of(Query query, DatasetSchema schema) {
        // A row with an extent may meet the interval wherever its time lies.
        boolean anyTime =
                query.timeMatch() == TimeMatch.EXTENT && schema.extent().isPresent();
        return anyTime ? new IdRange(null, null, beyond(query), false) : ofTimes(query);
    }

    /** Returns the ids of rows without extents that a query can return. */
    static IdRange ofTimes(Query query) {
        Beyond beyond = beyond(query);
        if (query.interval().isEmpty()) {
            return new IdRange(null, null, beyond, false);
        }
        TimeInterval interval = query.interval().get();
        long start = Math.max(interval.startMillis(), DatapointId.TIME_MILLIS_MIN);
        long end = Math.min(interval.endMillis() - 1, DatapointId.TIME_MILLIS_MAX);
        return start > end
                ? new IdRange(null, null, beyond, true)
                : new IdRange(DatapointId.lowest(start), DatapointId.highest(end), beyond, false);
    }

    private static Beyond beyond(Query query) {
        if (!query.sort().isEmpty()) {
            return new Beyond(null, null);
        }
        DatapointId token = query.pageToken().map(PageToken::after).orElse(null);
        return query.order() == SortOrder.ASCENDING ? new Beyond(token, null) : new Beyond(null, token);
    }

    /** Returns the part of this range at a time and later, or where descending, earlier; all of it for null. */
    IdRange from(@Nullable Long timeMillis, SortOrder direction) {
        if (timeMillis == null) {
            return this;
        }
        Beyond beyond = new Beyond(after, before);
        if (direction == SortOrder.ASCENDING) {
            DatapointId lowest = DatapointId.lowest(timeMillis);
            return new IdRange(from == null || from.compareTo(lowest) < 0 ? lowest : from, to, beyond, empty);
        }
        DatapointId highest = DatapointId.highest(timeMillis);
        return new IdRange(from, to == null || to.compareTo(highest) > 0 ? highest : to, beyond, empty);
    }

    /** Returns what a stretch leaves of this range. */
    IdRange within(IdStretch stretch) {
        Beyond beyond = new Beyond(after, before);
        DatapointId first = stretch.from();
        DatapointId last = stretch.to();
        if (first == null || last == null) {
            return new IdRange(null, null, beyond, true);
        }
        return new IdRange(
                from == null || from.compareTo(first) < 0 ? first : from,
                to == null || to.compareTo(last) > 0 ? last : to,
                beyond,
                empty || from != null && from.compareTo(last) > 0 || to != null && to.compareTo(first) < 0);
    }

    /** Tells whether the lowest and highest id of a run leave room for one in the range; costs next to nothing. */
    boolean mayMeet(Run run) {
        int last = run.rowCount() - 1;
        return !empty
                && (to == null || DatapointId.compare(run.idHigh(0), run.idLow(0), to.high(), to.low()) <= 0)
                && (from == null
                        || DatapointId.compare(run.idHigh(last), run.idLow(last), from.high(), from.low()) >= 0);
    }

    /** Returns the first half of an id before which, in an order, no row of a run lies in the range. */
    long begin(Run run, SortOrder order) {
        if (order == SortOrder.ASCENDING) {
            long first = run.idHigh(0);
            first = from == null ? first : Math.max(first, from.high());
            return after == null ? first : Math.max(first, after.high());
        }
        long last = run.idHigh(run.rowCount() - 1);
        last = to == null ? last : Math.min(last, to.high());
        return before == null ? last : Math.min(last, before.high());
    }

    /** Returns the rows of a run in the range, to be read in an order. */
    RowSpan of(Run run, SortOrder order) {
        return empty ? new RowSpan(0, 0, order) : new RowSpan(firstOrdinal(run), endOrdinal(run), order);
    }

    /** Returns the first ordinal of the run in the range. */
    private int firstOrdinal(Run run) {
        int first = from == null ? 0 : run.lowerBound(from.high(), from.low());
        return after == null ? first : Math.max(first, above(run, after));
    }

    /** Returns the ordinal after the last one of the run in the range; not above {@link #firstOrdinal} if none is. */
    private int endOrdinal(Run run) {
        int end = to == null ? run.rowCount() : above(run, to);
        return before == null ? end : Math.min(end, run.lowerBound(before.high(), before.low()));
    }

    private static int above(Run run, DatapointId id) {
        int ordinal = run.lowerBound(id.high(), id.low());
        while (ordinal < run.rowCount() && run.idHigh(ordinal) == id.high() && run.idLow(ordinal) == id.low()) {
            ordinal++;
        }
        return ordinal;
    }
}
