package org.almagest.storage.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.almagest.index.spatial.CellCover;
import org.almagest.index.spatial.CellCovers;
import org.almagest.storage.metadata.SegmentEntry;
import org.jspecify.annotations.Nullable;

/**
 * The segments of one time partition, of whatever collections, numbered from 0: their times and cells in arrays, and a
 * {@link GroupIndex} of their rows. Thread-safe.
 *
 * <p>Says where a segment is in the runs of its collection, and holds none, so that mapped files go when they can.
 */
final class RunGroup {
    private final int count;
    private final long[] firstMillis;
    private final long[] lastMillis;
    private final long[] reachFirst;
    private final long[] reachLast;
    private final int[] collections;
    private final int[] positions;
    private final CellCovers covers;
    private final long first;
    private final long last;
    private final long earliestReach;
    private final long latestReach;
    private final GroupIndex index;
    private volatile long lastAsked;

    /** A segment, and where it is in the list of its collection. */
    record Member(SegmentRun run, int position) {}

    /**
     * Brings segments together.
     *
     * @param before a group of which is kept what is known of segments that are the same; null for none
     */
    RunGroup(List<Member> members, @Nullable RunGroup before) {
        this.count = members.size();
        this.firstMillis = new long[count];
        this.lastMillis = new long[count];
        this.reachFirst = new long[count];
        this.reachLast = new long[count];
        this.collections = new int[count];
        this.positions = new int[count];
        List<CellCover> cells = new ArrayList<>(count);
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        long earliestReach = Long.MAX_VALUE;
        long latestReach = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            SegmentEntry entry = members.get(i).run().entry();
            firstMillis[i] = entry.bounds().idMin().timeMillis();
            lastMillis[i] = entry.bounds().idMax().timeMillis();
            // Rows that are older than the declaration of extents may reach anywhere.
            SegmentEntry.Extent extent = entry.extent();
            reachFirst[i] = extent == null ? Long.MIN_VALUE : Math.min(firstMillis[i], extent.minMillis());
            reachLast[i] = extent == null ? Long.MAX_VALUE : Math.max(lastMillis[i], extent.maxMillis());
            earliestReach = Math.min(earliestReach, reachFirst[i]);
            latestReach = Math.max(latestReach, reachLast[i]);
            collections[i] = (int) entry.collection();
            positions[i] = members.get(i).position();
            cells.add(members.get(i).run().readCells());
            earliest = Math.min(earliest, firstMillis[i]);
            latest = Math.max(latest, lastMillis[i]);
        }
        this.first = earliest;
        this.last = latest;
        this.earliestReach = earliestReach;
        this.latestReach = latestReach;
        this.covers = new CellCovers(cells);
        this.index = new GroupIndex(members, first, last, before == null ? null : before.index);
        this.lastAsked = before == null ? 0 : before.lastAsked;
    }

    /** Returns the collection of a segment. */
    int collection(int number) {
        return collections[number];
    }

    /** Returns where a segment is in the list of its collection. */
    int position(int number) {
        return positions[number];
    }

    GroupIndex index() {
        return index;
    }

    /** Tells whether a row may lie, or reach, into the time that is asked for. */
    boolean meets(RunDirectory.Asked asked) {
        return asked.isByExtent()
                ? earliestReach <= asked.last() && latestReach >= asked.first()
                : first <= asked.last() && last >= asked.first();
    }

    /**
     * Returns a bit for each segment that may have a matching row.
     *
     * @param changed collections of which nothing is wanted, as their segments are others
     */
    long[] mark(RunDirectory.Asked asked, BitSet changed) {
        return !asked.isByExtent() && index.isFor(asked) // which knows no extents
                ? wanted(index.mark(asked, () -> markByBounds(asked, changed)), asked, changed)
                : markByBounds(asked, changed);
    }

    private long[] markByBounds(RunDirectory.Asked asked, BitSet changed) {
        long[] marks = new long[(count + Long.SIZE - 1) / Long.SIZE];
        if (asked.near() == null) {
            Arrays.fill(marks, -1);
        } else {
            asked.near().forEach(box -> covers.mark(box, marks));
        }
        return wanted(marks, asked, changed);
    }

    /** Takes away the bits of segments that lie outside the time or have changed, and those beyond the last segment. */
    private long[] wanted(long[] marks, RunDirectory.Asked asked, BitSet changed) {
        long[] firsts = asked.isByExtent() ? reachFirst : firstMillis;
        long[] lasts = asked.isByExtent() ? reachLast : lastMillis;
        for (int word = 0; word < marks.length; word++) {
            for (long bits = marks[word]; bits != 0; bits &= bits - 1) {
                int i = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
                if (i >= count || firsts[i] > asked.last() || lasts[i] < asked.first() || changed.get(collections[i])) {
                    marks[word] &= ~(1L << i);
                }
            }
        }
        return marks;
    }

    /** Returns when it was asked last. */
    long lastAsked() {
        return lastAsked;
    }

    void asked(long when) {
        lastAsked = when;
    }
}
