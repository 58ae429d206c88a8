package org.almagest.storage.scan;

import java.util.Arrays;
import org.almagest.query.SortOrder;
import org.almagest.storage.run.LiveRun;
import org.jspecify.annotations.Nullable;

/**
 * Runs that may have rows of an answer, none of which comes before an id that is known: a binary heap by that id. For
 * one thread.
 *
 * <p>Preparing to read a run costs more than knowing where it begins, and a page over thousands of runs reads few.
 */
final class LaterRuns {
    private static final int FIRST_RUNS = 64;

    private final boolean ascending;
    private Later[] runs = new Later[FIRST_RUNS];
    private long[] begins = new long[FIRST_RUNS];
    private int size;

    /** A run and how it is read. */
    private record Later(LiveRun<?> live, ScanSource source, Scan.Reading reading) {}

    LaterRuns(SortOrder order) {
        ascending = order == SortOrder.ASCENDING;
    }

    /** Adds a run none of whose rows comes before an id of which this is the first half; {@link #order} comes after. */
    void add(LiveRun<?> live, ScanSource source, Scan.Reading reading) {
        if (size == runs.length) {
            runs = Arrays.copyOf(runs, 2 * size);
            begins = Arrays.copyOf(begins, 2 * size);
        }
        runs[size] = new Later(live, source, reading);
        begins[size++] = reading.range().begin(live.run(), reading.direction());
    }

    /** Puts the runs into order, after the last one was added. */
    void order() {
        for (int i = size / 2 - 1; i >= 0; i--) {
            sink(i);
        }
    }

    /** Tells whether a run may have a row that comes before, or has the same first half as, an id. */
    boolean mayComeBefore(long idHigh) {
        return size > 0 && (ascending ? begins[0] <= idHigh : begins[0] >= idHigh);
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Takes out the run that may come first and returns its scan; null where it has no matching row. */
    @Nullable
    RunScan next() {
        Later later = runs[0];
        runs[0] = runs[--size];
        begins[0] = begins[size];
        sink(0);
        try {
            return Scan.scan(later.live, later.source, later.reading);
        } catch (InternalError e) {
            throw later.live.run().unreadable(e);
        }
    }

    private void sink(int from) {
        Later sinking = runs[from];
        long begin = begins[from];
        int at = from;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && isBefore(begins[child + 1], begins[child])) {
                child++;
            }
            if (!isBefore(begins[child], begin)) {
                break;
            }
            runs[at] = runs[child];
            begins[at] = begins[child];
            at = child;
        }
        runs[at] = sinking;
        begins[at] = begin;
    }

    private boolean isBefore(long left, long right) {
        return ascending ? left < right : left > right;
    }
}
