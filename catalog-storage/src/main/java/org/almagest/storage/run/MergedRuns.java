package org.almagest.storage.run;

import java.util.ArrayList;
import java.util.List;
import org.almagest.model.DatapointId;
import org.roaringbitmap.RoaringBitmap;

/**
 * The rows of several runs, one after the other by ascending id and commit; for one thread.
 *
 * <p>Rows that were deleted and that no kept version shows are left out.
 *
 * @param <R> where the runs are
 */
public final class MergedRuns<R extends Run> {
    private final List<Input<R>> inputs = new ArrayList<>();
    private int current = -1;

    /** Up to here rows of the current run follow the current one before any of another run. */
    private int stretchEnd;

    private static final class Input<R extends Run> {
        final LiveRun<R> live;
        final RowCursor cursor;
        final RoaringBitmap dropped;
        int next;

        Input(LiveRun<R> live, long historyFloor) {
            this.live = live;
            this.cursor = live.run().cursor();
            this.dropped = live.droppable(historyFloor);
            skipDropped();
        }

        void skipDropped() {
            if (!dropped.isEmpty() && next < live.run().rowCount()) {
                next = (int) Math.min(live.run().rowCount(), dropped.nextAbsentValue(next));
            }
        }

        boolean isEnded() {
            return next >= live.run().rowCount();
        }

        int compareTo(Input<R> other) {
            R run = live.run();
            R others = other.live.run();
            int order = DatapointId.compare(
                    run.idHigh(next), run.idLow(next), others.idHigh(other.next), others.idLow(other.next));
            return order != 0 ? order : Long.compare(sequence(), other.sequence());
        }

        long sequence() {
            cursor.seek(next);
            return cursor.sequence();
        }

        /** Returns the first row behind the next one whose id is not below an id, or an end that comes before. */
        int firstNotBelow(long high, long low, int end) {
            R run = live.run();
            int below = next;
            int step = 1;
            while (step < end - below && isBelow(run, below + step, high, low)) {
                below += step;
                step *= 2;
            }
            int above = Math.min(end, below + step);
            while (above - below > 1) {
                int middle = (below + above) >>> 1;
                if (isBelow(run, middle, high, low)) {
                    below = middle;
                } else {
                    above = middle;
                }
            }
            return above;
        }

        private boolean isBelow(R run, int row, long high, long low) {
            return DatapointId.compare(run.idHigh(row), run.idLow(row), high, low) < 0;
        }
    }

    /** Begins before the first row. */
    public MergedRuns(List<LiveRun<R>> runs, long historyFloor) {
        for (LiveRun<R> run : runs) {
            inputs.add(new Input<>(run, historyFloor));
        }
    }

    /**
     * Moves to the next row; false where none is left. Costs a look at each run, of which there are few, where the row is
     * not of the same run as the one before.
     */
    public boolean advance() {
        if (current >= 0) {
            Input<R> left = inputs.get(current);
            left.next++;
            if (left.next < stretchEnd) {
                return true;
            }
            left.skipDropped();
        }
        current = -1;
        for (int i = 0; i < inputs.size(); i++) {
            if (!inputs.get(i).isEnded() && (current < 0 || inputs.get(i).compareTo(inputs.get(current)) < 0)) {
                current = i;
            }
        }
        stretchEnd = current < 0 ? 0 : findStretchEnd(inputs.get(current));
        return current >= 0;
    }

    private int findStretchEnd(Input<R> input) {
        if (!input.dropped.isEmpty()) {
            return input.next + 1;
        }
        int end = input.live.run().rowCount();
        for (Input<R> other : inputs) {
            if (other != input && !other.isEnded()) {
                R run = other.live.run();
                end = input.firstNotBelow(run.idHigh(other.next), run.idLow(other.next), end);
            }
        }
        return end;
    }

    /** Returns how many rows from the current one on stand one behind the other in its run; at least 1. */
    public int stretch() {
        return stretchEnd - inputs.get(current).next;
    }

    /** Moves to the last row of the {@link #stretch}. */
    public void skipStretch() {
        inputs.get(current).next = stretchEnd - 1;
    }

    /** Returns the position of the current row's run among the runs. */
    public int input() {
        return current;
    }

    /** Returns the run of the current row. */
    public R run() {
        return inputs.get(current).live.run();
    }

    /** Returns the ordinal of the current row in its run. */
    public int ordinal() {
        return inputs.get(current).next;
    }

    /** Returns the cursor of the current row's run, at the current row. */
    public RowCursor cursor() {
        Input<R> input = inputs.get(current);
        input.cursor.seek(input.next);
        return input.cursor;
    }
}
