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
    }

    /** Begins before the first row. */
    public MergedRuns(List<LiveRun<R>> runs, long historyFloor) {
        for (LiveRun<R> run : runs) {
            inputs.add(new Input<>(run, historyFloor));
        }
    }

    /** Moves to the next row; false where none is left. Costs a look at each run, of which there are few. */
    public boolean advance() {
        if (current >= 0) {
            Input<R> left = inputs.get(current);
            left.next++;
            left.skipDropped();
        }
        current = -1;
        for (int i = 0; i < inputs.size(); i++) {
            if (!inputs.get(i).isEnded() && (current < 0 || inputs.get(i).compareTo(inputs.get(current)) < 0)) {
                current = i;
            }
        }
        return current >= 0;
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
