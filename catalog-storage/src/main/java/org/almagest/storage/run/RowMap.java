package org.almagest.storage.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.almagest.storage.tombstone.Tombstones;
import org.roaringbitmap.RoaringBitmap;

/**
 * Where the rows of a run went when runs were merged, and the way to take their tombstones along. For one thread.
 *
 * <p>The merged rows count on through all runs that the merge made.
 */
public final class RowMap {
    /** Stands for a row that was dropped. */
    public static final int DROPPED = -1;

    private final int[] merged;

    /** Begins with all rows of a run dropped. */
    public RowMap(int rowCount) {
        merged = new int[rowCount];
        Arrays.fill(merged, DROPPED);
    }

    /** Says where a row went. */
    public void put(int ordinal, int mergedOrdinal) {
        merged[ordinal] = mergedOrdinal;
    }

    /** Returns where a row went, or {@link #DROPPED}. */
    public int get(int ordinal) {
        return merged[ordinal];
    }

    /** Collects the tombstones of merged rows from those of the runs that were merged. */
    public static final class Carrier {
        private final TreeMap<Long, Carried> bySequence = new TreeMap<>();

        private record Carried(long ingestionMicros, RoaringBitmap rows) {}

        /** Takes the tombstones of one run along; those of dropped rows go. */
        public void carry(Tombstones dead, RowMap map) {
            for (Tombstones.Deletion deletion : dead.deletions()) {
                Carried target = bySequence.computeIfAbsent(
                        deletion.sequence(), sequence -> new Carried(deletion.ingestionMicros(), new RoaringBitmap()));
                deletion.rows().forEach((int ordinal) -> {
                    int to = map.get(ordinal);
                    if (to != DROPPED) {
                        target.rows().add(to);
                    }
                });
            }
        }

        /** Returns the tombstones of one merged run. */
        public Tombstones take(int firstMerged, int rowCount) {
            List<Tombstones.Deletion> deletions = new ArrayList<>();
            bySequence.forEach((sequence, all) -> {
                RoaringBitmap rows = part(all.rows(), firstMerged, rowCount);
                if (!rows.isEmpty()) {
                    deletions.add(new Tombstones.Deletion(sequence, all.ingestionMicros(), rows));
                }
            });
            return Tombstones.of(deletions);
        }

        private static RoaringBitmap part(RoaringBitmap all, int first, int count) {
            RoaringBitmap range = RoaringBitmap.bitmapOfRange(first, (long) first + count);
            range.and(all);
            return first == 0 ? range : RoaringBitmap.addOffset(range, -(long) first);
        }
    }
}
