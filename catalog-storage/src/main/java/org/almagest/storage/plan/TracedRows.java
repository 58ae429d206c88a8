package org.almagest.storage.plan;

/** Candidates, and how long it takes to find them. */
public final class TracedRows implements Candidates {
    private final Candidates rows;
    private final RunTrace trace;

    /** Begins where {@code rows} is. */
    public TracedRows(Candidates rows, RunTrace trace) {
        this.rows = rows;
        this.trace = trace;
    }

    @Override
    public int next() {
        long began = RunTrace.now();
        int row = rows.next();
        trace.count(RunTrace.Part.CANDIDATES, began);
        return row;
    }

    @Override
    public int peek(int[] into, int atMost) {
        return rows.peek(into, atMost);
    }
}
