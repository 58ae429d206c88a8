package org.almagest.storage.scan;

import java.util.Arrays;
import java.util.List;
import org.almagest.model.DatapointId;
import org.almagest.query.SortOrder;

/**
 * Scans of runs, the one first whose current row comes first: a binary heap. For one thread.
 *
 * <p>The first one moves and finds its new place in one step, which costs half of taking it out and putting it back.
 */
final class RunHeads {
    private static final int GROWTH = 16;

    private RunScan[] heap;
    private final boolean ascending;
    private int size;

    RunHeads(List<RunScan> scans, SortOrder order) {
        heap = scans.toArray(RunScan[]::new);
        ascending = order == SortOrder.ASCENDING;
        size = heap.length;
        for (int i = size / 2 - 1; i >= 0; i--) {
            sink(i);
        }
    }

    /** Adds a scan. */
    void add(RunScan scan) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, Math.max(GROWTH, 2 * size));
        }
        int at = size++;
        for (int parent = (at - 1) / 2; at > 0 && isBefore(scan, heap[parent]); parent = (at - 1) / 2) {
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = scan;
    }

    boolean isEmpty() {
        return size == 0;
    }

    RunScan first() {
        assert size > 0 : "no run is left";
        return heap[0];
    }

    /** Tells whether the first one, which has moved on, still comes first. */
    boolean isFirstStill() {
        return (size < 2 || !isBefore(heap[1], heap[0])) && (size < 3 || !isBefore(heap[2], heap[0]));
    }

    /** Finds the place of the first one, which has moved on. */
    void moved() {
        sink(0);
    }

    /** Takes out the first one, which has no row left. */
    void removeFirst() {
        heap[0] = heap[--size];
        if (size > 0) {
            sink(0);
        }
    }

    private void sink(int from) {
        RunScan sinking = heap[from];
        int at = from;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], sinking)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = sinking;
    }

    private boolean isBefore(RunScan left, RunScan right) {
        long leftHigh = left.idHigh();
        long rightHigh = right.idHigh();
        if (leftHigh != rightHigh) {
            return leftHigh < rightHigh == ascending;
        }
        int order = DatapointId.compare(leftHigh, left.idLow(), rightHigh, right.idLow());
        return ascending ? order < 0 : order > 0;
    }
}
