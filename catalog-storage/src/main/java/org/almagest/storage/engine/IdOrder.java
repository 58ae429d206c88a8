package org.almagest.storage.engine;

import org.almagest.model.DatapointId;

/** Sorts rows by id without an object for each: the order is an array of row numbers. */
final class IdOrder {
    private static final int INSERTION_ROWS = 16;

    private final long[] highs;
    private final long[] lows;

    private IdOrder(long[] highs, long[] lows) {
        this.highs = highs;
        this.lows = lows;
    }

    /** Returns the row numbers by id; of equal ids the first leads. */
    static int[] of(long[] highs, long[] lows) {
        return new IdOrder(highs, lows).sorted();
    }

    private int[] sorted() {
        int count = highs.length;
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        for (int from = 0; from < count; from += INSERTION_ROWS) {
            insert(order, from, Math.min(count, from + INSERTION_ROWS));
        }
        int[] source = order;
        int[] target = new int[count];
        for (int width = INSERTION_ROWS; width < count; width *= 2) {
            for (int from = 0; from < count; from += 2 * width) {
                int middle = Math.min(count, from + width);
                merge(source, target, new Span(from, middle, Math.min(count, middle + width)));
            }
            int[] merged = target;
            target = source;
            source = merged;
        }
        return source;
    }

    /** Two sorted pieces that are neighbours. */
    private record Span(int from, int middle, int to) {}

    private void insert(int[] order, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int row = order[i];
            int at = i;
            while (at > from && compare(order[at - 1], row) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = row;
        }
    }

    private void merge(int[] source, int[] target, Span span) {
        int left = span.from;
        int right = span.middle;
        if (right == span.to || compare(source[right - 1], source[right]) <= 0) {
            System.arraycopy(source, left, target, left, span.to - left);
            return;
        }
        for (int at = span.from; at < span.to; at++) {
            boolean fromLeft = right == span.to || left < span.middle && compare(source[left], source[right]) <= 0;
            target[at] = fromLeft ? source[left++] : source[right++];
        }
    }

    private int compare(int a, int b) {
        return DatapointId.compare(highs[a], lows[a], highs[b], lows[b]);
    }
}
