package org.almagest.storage.plan;

/** Every row of a range. */
final class AllRows implements Candidates {
    private final RowSpan span;
    private int next;

    AllRows(RowSpan span) {
        this.span = span;
        this.next = span.begin();
    }

    @Override
    public int next() {
        if (next == span.stop()) {
            return NONE;
        }
        int row = next;
        next += span.step();
        return row;
    }
}
