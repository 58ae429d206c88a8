package org.almagest.storage.scan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rows that come next in a sorted answer, as many as fit; for one thread.
 *
 * <p>Keeps the first of all rows that it was offered. Once one had to go, the least of those that went bounds what can
 * still come in, so that what is kept has no gaps however sizes differ.
 */
final class SortedChunk {
    private final Comparator<SortedRow> order;
    private final @Nullable SortedRow after;
    private final long rowsMax;
    private final long bytesMax;
    private final PriorityQueue<SortedRow> kept;
    private long bytes;
    private @Nullable SortedRow leastDropped;

    /**
     * How much is kept; one row in any case.
     *
     * @param rows at most so many rows
     * @param bytes at most about so many bytes of heap
     */
    record Room(long rows, long bytes) {}

    /**
     * Begins empty.
     *
     * @param after the row that all others must come after; null for none
     */
    SortedChunk(Comparator<SortedRow> order, @Nullable SortedRow after, Room room) {
        this.order = order;
        this.after = after;
        this.rowsMax = room.rows();
        this.bytesMax = room.bytes();
        this.kept = new PriorityQueue<>(order.reversed());
    }

    /** Offers a row. */
    void offer(SortedRow row) {
        if (after != null && order.compare(row, after) <= 0) {
            return;
        }
        SortedRow bound = leastDropped;
        if (bound != null && order.compare(row, bound) > 0) {
            return;
        }
        kept.add(row);
        bytes += row.heapBytes();
        while (kept.size() > 1 && (kept.size() > rowsMax || bytes > bytesMax)) {
            SortedRow last = kept.remove();
            bytes -= last.heapBytes();
            leastDropped = last;
        }
    }

    /** Returns the least row that was offered and is not kept; null where all are. */
    @Nullable
    SortedRow leastDropped() {
        return leastDropped;
    }

    /** Returns the rows that were kept, in order. */
    List<SortedRow> rows() {
        List<SortedRow> rows = new ArrayList<>(kept);
        rows.sort(order);
        return rows;
    }
}
