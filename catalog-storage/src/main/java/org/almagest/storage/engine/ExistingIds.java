package org.almagest.storage.engine;

import java.util.BitSet;
import java.util.List;
import org.almagest.model.DatapointId;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.Run;

/**
 * Finds out which rows of a batch are live.
 *
 * <p>Both the batch and each run are sorted, and rows of one call mostly lie close together: so the search for a row
 * begins where the one before was found, and costs a look at few rows, whatever the run holds.
 */
final class ExistingIds {
    /** How far to look from row to row, in steps that double, before the run searches by its own means. */
    private static final int GALLOP_ROWS_MAX = 64;

    private final long[] highs;
    private final long[] lows;
    private final BitSet found;

    private ExistingIds(long[] highs, long[] lows) {
        this.highs = highs;
        this.lows = lows;
        this.found = new BitSet(highs.length);
    }

    /** Returns which of the ids of a batch, ascending, are live. */
    static BitSet of(long[] highs, long[] lows, List<LiveRun<?>> runs) {
        ExistingIds ids = new ExistingIds(highs, lows);
        for (LiveRun<?> run : runs) {
            ids.look(run);
        }
        return ids.found;
    }

    private void look(LiveRun<?> live) {
        Run run = live.run();
        int last = run.rowCount() - 1;
        int from = firstFrom(run.idHigh(0), run.idLow(0));
        long highest = run.idHigh(last);
        long highestLow = run.idLow(last);
        int ordinal = 0;
        for (int i = from; i < highs.length; i++) {
            long high = highs[i];
            long low = lows[i];
            if (DatapointId.compare(high, low, highest, highestLow) > 0) {
                return;
            }
            ordinal = i == from ? run.lowerBound(high, low) : lowerBound(run, ordinal, high, low);
            if (isLive(live, ordinal, high, low)) {
                found.set(i);
            }
        }
    }

    private static boolean isLive(LiveRun<?> live, int first, long high, long low) {
        Run run = live.run();
        for (int i = first; i < run.rowCount() && run.idLow(i) == low && run.idHigh(i) == high; i++) {
            if (live.isLive(i)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the first ordinal at or behind {@code from} whose id is not below. */
    private static int lowerBound(Run run, int from, long high, long low) {
        int count = run.rowCount();
        int below = from - 1;
        int step = 1;
        int next = from;
        while (next < count && DatapointId.compare(run.idHigh(next), run.idLow(next), high, low) < 0) {
            if (step > GALLOP_ROWS_MAX) {
                return run.lowerBound(high, low);
            }
            below = next;
            next += step;
            step *= 2;
        }
        int above = Math.min(next, count);
        while (above - below > 1) {
            int middle = (below + above) >>> 1;
            if (DatapointId.compare(run.idHigh(middle), run.idLow(middle), high, low) < 0) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return above;
    }

    /** Returns the first row of the batch at or above an id. */
    private int firstFrom(long high, long low) {
        int from = 0;
        int to = highs.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (DatapointId.compare(highs[middle], lows[middle], high, low) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
