package org.almagest.storage.plan;

/** Rows that an index named, in ascending order. */
final class ListedRows implements Candidates {
    private final int[] rows;
    private final int step;
    private int left;
    private int next;

    /** Reads the first {@code count} entries of an array, which must not change meanwhile. */
    ListedRows(int[] rows, int count, RowSpan span) {
        this.rows = rows;
        this.step = span.step();
        this.left = count;
        this.next = step > 0 ? 0 : count - 1;
    }

    @Override
    public int next() {
        if (left == 0) {
            return NONE;
        }
        int row = rows[next];
        next += step;
        left--;
        return row;
    }

    @Override
    public int peek(int[] into, int atMost) {
        int count = Math.min(left, atMost);
        for (int i = 0, at = next; i < count; i++, at += step) {
            into[i] = rows[at];
        }
        return count;
    }

    @Override
    public long countRest() {
        long count = left;
        left = 0;
        return count;
    }
}
