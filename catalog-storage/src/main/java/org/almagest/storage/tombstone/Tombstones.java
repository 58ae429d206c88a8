package org.almagest.storage.tombstone;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which rows of one run are dead, and since which commit. Immutable, so that a snapshot can hold it; safe to share
 * between threads, as long as nobody changes a bitmap it returns.
 *
 * <p>A row is named by its ordinal in the run. It is dead at a version when a deletion with a sequence up to that
 * version holds it; no two deletions hold the same row.
 */
public final class Tombstones {
    /** No row is dead. */
    public static final Tombstones NONE = new Tombstones();

    private static final int OPTIMIZE_ROWS_MIN = 1024;

    private final List<Deletion> deletions;
    private final @Nullable RoaringBitmap rows;
    private final int count;

    /** An empty bitmap, made when it is first asked for: a store without deletions is opened without its classes. */
    private static final class None {
        private static final RoaringBitmap ROWS = new RoaringBitmap();
    }

    private Tombstones() {
        this.deletions = List.of();
        this.rows = null;
        this.count = 0;
    }

    private Tombstones(List<Deletion> deletions, RoaringBitmap rows) {
        this.deletions = deletions;
        this.rows = rows;
        this.count = rows.getCardinality();
    }

    /**
     * The rows that one commit deleted, or all that commits up to one deleted.
     *
     * @param sequence of the commit, at least 1
     * @param ingestionMicros the time of the commit, in Unix microseconds
     * @param rows ordinals, at least one; not changed any more
     */
    public record Deletion(long sequence, long ingestionMicros, RoaringBitmap rows) {
        /** Refuses a sequence that no commit has, and a deletion of nothing. */
        public Deletion {
            if (sequence < 1 || rows.isEmpty()) {
                throw new IllegalArgumentException(
                        "deletion: sequence " + sequence + ", " + rows.getCardinality() + " rows (at least 1 each)");
            }
        }
    }

    /**
     * Returns the tombstones with these deletions.
     *
     * @throws IllegalArgumentException if their sequences do not ascend strictly, or two of them hold the same row
     */
    public static Tombstones of(List<Deletion> deletions) {
        RoaringBitmap dead = new RoaringBitmap();
        long before = 0;
        for (Deletion deletion : deletions) {
            requireAbove(before + 1, deletion);
            requireApart(dead, deletion);
            before = deletion.sequence;
            dead.or(deletion.rows);
        }
        return deletions.isEmpty() ? NONE : new Tombstones(List.copyOf(deletions), optimized(dead));
    }

    private static void requireAbove(long least, Deletion deletion) {
        if (deletion.sequence < least) {
            throw new IllegalArgumentException("deletion: sequence " + deletion.sequence + " (at least " + least + ")");
        }
    }

    private static void requireApart(RoaringBitmap dead, Deletion deletion) {
        if (RoaringBitmap.intersects(dead, deletion.rows)) {
            throw new IllegalArgumentException(
                    "deletion: sequence " + deletion.sequence + ": rows that are dead already");
        }
    }

    /** Returns how many rows are dead at the newest version. */
    public int count() {
        return count;
    }

    /** Tells whether no row is dead. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** Tells whether a row is dead at the newest version. */
    public boolean contains(int ordinal) {
        return rows != null && rows.contains(ordinal);
    }

    /** Returns the rows that are dead at the newest version; must not be modified. */
    public RoaringBitmap rows() {
        return rows == null ? None.ROWS : rows;
    }

    /**
     * Returns the rows that are dead at a version: those whose deletion has a sequence up to it; must not be modified.
     * Costs nothing for a version from {@link #maxSequence} on, else about as much as all deletions up to it.
     */
    public RoaringBitmap rowsAt(long version) {
        if (version >= maxSequence()) {
            return rows();
        }
        int until = firstAbove(version);
        return switch (until) {
            case 0 -> None.ROWS;
            case 1 -> deletions.get(0).rows;
            default -> union(until);
        };
    }

    /** Returns the sequence of the last deletion; 0 when there is none. */
    public long maxSequence() {
        return deletions.isEmpty() ? 0 : deletions.get(deletions.size() - 1).sequence;
    }

    /** Returns the deletions by ascending sequence, each sequence once. */
    public List<Deletion> deletions() {
        return deletions;
    }

    /**
     * Returns these tombstones and one more deletion; one of the last sequence becomes part of that deletion.
     *
     * @throws IllegalArgumentException if its sequence is below the last one, or some of its rows are dead already
     */
    public Tombstones with(Deletion added) {
        requireAbove(maxSequence(), added);
        requireApart(rows(), added);
        List<Deletion> all = new ArrayList<>(deletions.size() + 1);
        all.addAll(deletions);
        if (added.sequence == maxSequence()) {
            Deletion last = all.remove(all.size() - 1);
            RoaringBitmap both = optimized(RoaringBitmap.or(last.rows, added.rows));
            all.add(new Deletion(last.sequence, last.ingestionMicros, both));
        } else {
            all.add(added);
        }
        // What is dead at the newest version is the one deletion itself when there is only one.
        RoaringBitmap dead = all.size() == 1 ? all.get(0).rows : optimized(RoaringBitmap.or(rows(), added.rows));
        return new Tombstones(List.copyOf(all), dead);
    }

    /**
     * Returns these tombstones with all deletions up to a sequence as one, because no version below it is read any
     * more. That one has the last of those sequences and its time.
     */
    public Tombstones settled(long historyFloor) {
        int until = firstAbove(historyFloor);
        if (until < 2) {
            return this;
        }
        Deletion last = deletions.get(until - 1);
        RoaringBitmap merged = until == deletions.size() ? rows() : optimized(union(until));
        List<Deletion> left = new ArrayList<>(deletions.size() - until + 1);
        left.add(new Deletion(last.sequence, last.ingestionMicros, merged));
        left.addAll(deletions.subList(until, deletions.size()));
        return new Tombstones(List.copyOf(left), rows());
    }

    /** Returns how many deletions have a sequence up to {@code version}. */
    private int firstAbove(long version) {
        int low = 0;
        int high = deletions.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (deletions.get(middle).sequence <= version) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private RoaringBitmap union(int until) {
        return RoaringBitmap.or(
                deletions.subList(0, until).stream().map(Deletion::rows).iterator());
    }

    /** Makes runs of neighbours where there are enough rows for that to pay. */
    private static RoaringBitmap optimized(RoaringBitmap fresh) {
        if (fresh.getCardinality() >= OPTIMIZE_ROWS_MIN) {
            fresh.runOptimize();
        }
        return fresh;
    }

    @Override
    public String toString() {
        return count + " dead rows in " + deletions.size() + " deletions";
    }
}
