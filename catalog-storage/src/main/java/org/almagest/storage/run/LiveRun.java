package org.almagest.storage.run;

import org.almagest.storage.tombstone.Tombstones;
import org.roaringbitmap.RoaringBitmap;

/**
 * A run and which of its rows are deleted. Immutable.
 *
 * @param run the rows
 * @param dead the deleted ones, by ordinal
 * @param durableDead how many of these the manifest knows of; 0 for a run in memory
 * @param <R> where the run is
 */
public record LiveRun<R extends Run>(R run, Tombstones dead, int durableDead) {
    /** Returns a run of which nothing is deleted. */
    public static <R extends Run> LiveRun<R> of(R run) {
        return new LiveRun<>(run, Tombstones.NONE, 0);
    }

    /** Returns how many rows are not deleted. */
    public int liveCount() {
        return run.rowCount() - dead.count();
    }

    /** Tells whether a row is not deleted. */
    public boolean isLive(int ordinal) {
        return !dead.contains(ordinal);
    }

    /** Returns the ordinal of the live row with this id, or -1; of rows with one id, one at most is live. */
    public int findLive(long idHigh, long idLow) {
        int ordinal = run.lowerBound(idHigh, idLow);
        while (ordinal < run.rowCount() && run.idHigh(ordinal) == idHigh && run.idLow(ordinal) == idLow) {
            if (isLive(ordinal)) {
                return ordinal;
            }
            ordinal++;
        }
        return -1;
    }

    /** Returns the first live ordinal; {@link Run#rowCount} where none is live. */
    public int firstLive() {
        return dead.isEmpty() ? 0 : (int) dead.rows().nextAbsentValue(0);
    }

    /** Returns the last live ordinal; -1 where none is live. */
    public int lastLive() {
        int last = run.rowCount() - 1;
        return dead.isEmpty() ? last : (int) dead.rows().previousAbsentValue(last);
    }

    /** Returns this run with more rows deleted; they must be live. */
    LiveRun<R> without(Tombstones.Deletion deletion, long historyFloor) {
        return new LiveRun<>(run, dead.with(deletion).settled(historyFloor), durableDead);
    }

    /** Returns this run with deletions up to the floor made one. */
    LiveRun<R> settled(long historyFloor) {
        Tombstones settled = dead.settled(historyFloor);
        return settled == dead ? this : new LiveRun<>(run, settled, durableDead);
    }

    /** Tells whether every row is deleted and no version that is kept shows one of them. */
    boolean isGone(long historyFloor) {
        return liveCount() == 0 && dead.maxSequence() <= historyFloor;
    }

    /** Returns the deleted rows that no version from the floor on shows; must not be modified. */
    public RoaringBitmap droppable(long historyFloor) {
        return dead.maxSequence() <= historyFloor ? dead.rows() : dead.rowsAt(historyFloor);
    }
}
