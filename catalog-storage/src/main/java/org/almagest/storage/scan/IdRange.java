package org.almagest.storage.scan;

import org.almagest.model.DatapointId;
import org.almagest.model.TimeInterval;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.SortOrder;
import org.almagest.storage.run.Run;
import org.jspecify.annotations.Nullable;

/** The ids that a query can return, both ends exclusive or open, narrowed by time and page token. */
final class IdRange {
    /** The first id of the range, inclusive; null where it is open. */
    private final @Nullable DatapointId from;

    /** The last id of the range, inclusive; null where it is open. */
    private final @Nullable DatapointId to;

    private final @Nullable DatapointId after;
    private final @Nullable DatapointId before;
    private final boolean empty;

    private IdRange(Query query) {
        DatapointId first = null;
        DatapointId last = null;
        boolean none = false;
        if (query.interval().isPresent()) {
            TimeInterval interval = query.interval().get();
            long start = Math.max(interval.startMillis(), DatapointId.TIME_MILLIS_MIN);
            long end = Math.min(interval.endMillis() - 1, DatapointId.TIME_MILLIS_MAX);
            none = start > end;
            first = DatapointId.lowest(start);
            last = DatapointId.highest(end);
        }
        DatapointId token = query.pageToken().map(PageToken::after).orElse(null);
        boolean ascending = query.order() == SortOrder.ASCENDING;
        this.from = first;
        this.to = last;
        this.after = ascending ? token : null;
        this.before = ascending ? null : token;
        this.empty = none;
    }

    static IdRange of(Query query) {
        return new IdRange(query);
    }

    boolean isEmpty() {
        return empty;
    }

    /** Returns the first ordinal of the run in the range. */
    int firstOrdinal(Run run) {
        int first = from == null ? 0 : run.lowerBound(from.high(), from.low());
        return after == null ? first : Math.max(first, above(run, after));
    }

    /** Returns the ordinal after the last one of the run in the range; not above {@link #firstOrdinal} if none is. */
    int endOrdinal(Run run) {
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
