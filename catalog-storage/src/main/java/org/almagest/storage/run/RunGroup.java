package org.almagest.storage.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.almagest.error.CatalogException;
import org.almagest.index.spatial.CellCover;
import org.almagest.index.spatial.CellCovers;
import org.almagest.index.spatial.TimePlaceIndex;
import org.almagest.runtime.Deadline;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.SegmentKey;
import org.jspecify.annotations.Nullable;

/**
 * The segments of one time partition, of whatever collections, numbered from 0: their times and cells in arrays, and once
 * it has been asked often enough, an index of their rows. Thread-safe.
 *
 * <p>Says where a segment is in the runs of its collection, and holds none, so that mapped files go when they can.
 */
final class RunGroup {
    /** Below this many segments, looking into each costs no more than an index. */
    private static final int INDEXED_MIN = 64;

    /** A segment with more rows has one in most hours. */
    private static final int ROWS_MAX = 1 << 14;

    /** Entries of an index that are read in the time in which one segment is looked into. */
    private static final int ENTRIES_PER_SEGMENT = 32;

    private static final int SEGMENTS_PER_DEADLINE_CHECK = 16;

    /** One question reads at least so many segments for an index, or this part of all; the next ones go on. */
    private static final int READ_AT_ONCE = 32;

    private static final int READ_PART = 8;

    /** So much of the time that a question has left goes into an index at most: bounds answer it as well. */
    private static final int TIME_PART = 16;

    /** Looks into segments in the time in which one is read for an index: 1.5 and 25 to 30 µs. */
    private static final int LOOKS_PER_READ = 16;

    private static final int EVICTIONS_MAX = 20;
    private static final int NONE = -1;

    private final int count;
    private final long[] firstMillis;
    private final long[] lastMillis;
    private final int[] collections;
    private final int[] positions;
    private final long[] files;
    private final long[] offsets;
    private final CellCovers covers;
    private final long first;
    private final long last;

    /** How many rows an index would have. */
    private final long rows;

    /** A bit for each segment that no index tells of: it has too many rows, or cannot be read. */
    private final long[] untold;

    private final AtomicLong lookedAt = new AtomicLong();
    private volatile @Nullable Indexed indexed;
    private volatile long lastAsked;
    private volatile int evictions;
    private volatile boolean wasIndexed;
    private @Nullable Building building;

    /**
     * An index of the rows of most segments.
     *
     * @param numbers the number of each of its sets here; -1 where the segment is gone
     * @param others a bit for each segment here that it knows nothing of
     * @param otherCount how many these are
     * @param missing how many of these an index made now would know
     */
    private record Indexed(TimePlaceIndex index, int[] numbers, long[] others, int otherCount, int missing) {}

    /** An index of which some segments have been read. */
    private static final class Building {
        private final TimePlaceIndex.Builder rows;
        private final long[] others;
        private int next;

        Building(TimePlaceIndex.Builder rows, long[] others) {
            this.rows = rows;
            this.others = others;
        }
    }

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
        this.collections = new int[count];
        this.positions = new int[count];
        this.files = new long[count];
        this.offsets = new long[count];
        this.untold = new long[words(count)];
        List<CellCover> cells = new ArrayList<>(count);
        Map<SegmentKey, Integer> older = before == null ? Map.of() : before.numbers();
        int[] numberBefore = new int[count];
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        long indexable = 0;
        for (int i = 0; i < count; i++) {
            SegmentEntry entry = members.get(i).run().entry();
            firstMillis[i] = entry.bounds().idMin().timeMillis();
            lastMillis[i] = entry.bounds().idMax().timeMillis();
            collections[i] = (int) entry.collection();
            positions[i] = members.get(i).position();
            files[i] = entry.location().fileNumber();
            offsets[i] = entry.location().offset();
            cells.add(members.get(i).run().readCells());
            earliest = Math.min(earliest, firstMillis[i]);
            latest = Math.max(latest, lastMillis[i]);
            numberBefore[i] = older.getOrDefault(members.get(i).run().key(), NONE);
            boolean isUnreadable = before != null && numberBefore[i] != NONE && isSet(before.untold, numberBefore[i]);
            if (isUnreadable || entry.bounds().rowCount() > ROWS_MAX) {
                set(untold, i);
            } else {
                indexable += entry.bounds().rowCount();
            }
        }
        this.first = earliest;
        this.last = latest;
        this.rows = indexable;
        this.covers = new CellCovers(cells);
        if (before != null) {
            this.indexed = takenOver(before, numberBefore);
            this.lastAsked = before.lastAsked;
            this.evictions = before.evictions;
            this.wasIndexed = before.wasIndexed;
        }
    }

    private Map<SegmentKey, Integer> numbers() {
        Map<SegmentKey, Integer> numbers = new HashMap<>();
        for (int i = 0; i < count; i++) {
            numbers.put(new SegmentKey(files[i], offsets[i]), i);
        }
        return numbers;
    }

    private @Nullable Indexed takenOver(RunGroup before, int[] numberBefore) {
        Indexed known = before.indexed;
        if (known == null) {
            return null;
        }
        int[] now = new int[before.count];
        Arrays.fill(now, NONE);
        long[] others = new long[untold.length];
        for (int i = 0; i < count; i++) {
            int old = numberBefore[i];
            if (old == NONE || isSet(known.others, old)) {
                set(others, i);
            }
            if (old != NONE) {
                now[old] = i;
            }
        }
        int[] numbers = new int[known.numbers.length];
        for (int number = 0; number < numbers.length; number++) {
            numbers[number] = known.numbers[number] == NONE ? NONE : now[known.numbers[number]];
        }
        return indexed(known.index, numbers, others);
    }

    private Indexed indexed(TimePlaceIndex index, int[] numbers, long[] others) {
        int otherCount = 0;
        int missing = 0;
        for (int i = 0; i < count; i++) {
            otherCount += isSet(others, i) ? 1 : 0;
            missing += isSet(others, i) && !isSet(untold, i) ? 1 : 0;
        }
        return new Indexed(index, numbers, others, otherCount, missing);
    }

    int count() {
        return count;
    }

    /** Returns the collection of a segment. */
    int collection(int number) {
        return collections[number];
    }

    /** Returns where a segment is in the list of its collection. */
    int position(int number) {
        return positions[number];
    }

    /** Tells whether a row may lie in the time that is asked for. */
    boolean meets(RunDirectory.Asked asked) {
        return first <= asked.last() && last >= asked.first();
    }

    /**
     * Returns a bit for each segment that may have a matching row.
     *
     * @param changed collections of which nothing is wanted, as their segments are others
     */
    long[] mark(RunDirectory.Asked asked, BitSet changed) {
        Indexed known = indexed;
        if (!isNarrow(asked)) {
            return markByBounds(asked, changed);
        }
        if (known == null) {
            long[] marks = markByBounds(asked, changed);
            lookedAt.addAndGet(cardinality(marks));
            return marks;
        }
        long[] marks = new long[untold.length];
        if (known.otherCount > 0) {
            marks = markByBounds(asked, changed);
            for (int word = 0; word < marks.length; word++) {
                marks[word] &= known.others[word];
            }
            lookedAt.addAndGet(known.missing == 0 ? 0 : cardinality(marks));
        }
        long[] sets = new long[words(known.index.memberCount())];
        known.index.mark(asked.first(), asked.last(), asked.near(), sets);
        for (int word = 0; word < sets.length; word++) {
            for (long bits = sets[word]; bits != 0; bits &= bits - 1) {
                int number = known.numbers[word * Long.SIZE + Long.numberOfTrailingZeros(bits)];
                if (number != NONE && isIn(asked, number) && !changed.get(collections[number])) {
                    set(marks, number);
                }
            }
        }
        return marks;
    }

    /** Tells whether reading the rows of the time that is asked for in an index takes less than looking into segments. */
    private boolean isNarrow(RunDirectory.Asked asked) {
        if (count < INDEXED_MIN) {
            return false;
        }
        double asks = (double) Math.min(asked.last(), last) - Math.max(asked.first(), first);
        return rows * (asks / Math.max(1, last - first)) <= (double) ENTRIES_PER_SEGMENT * count;
    }

    private boolean isIn(RunDirectory.Asked asked, int number) {
        return firstMillis[number] <= asked.last() && lastMillis[number] >= asked.first();
    }

    private long[] markByBounds(RunDirectory.Asked asked, BitSet changed) {
        long[] marks = new long[untold.length];
        if (asked.near() == null) {
            Arrays.fill(marks, -1);
        } else {
            asked.near().forEach(box -> covers.mark(box, marks));
        }
        for (int word = 0; word < marks.length; word++) {
            for (long bits = marks[word]; bits != 0; bits &= bits - 1) {
                int i = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
                if (i >= count || !isIn(asked, i) || changed.get(collections[i])) {
                    marks[word] &= ~(1L << i);
                }
            }
        }
        return marks;
    }

    /**
     * Tells whether an index is earned. The first one is, soon, by a question or two: most stores rest, and it serves all
     * that follow. Each one after that, by as many looks as it costs; twice as many each time that one had to make room, so
     * that partitions which take turns do not make theirs again and again.
     */
    boolean wantsIndex() {
        Indexed known = indexed;
        long missing = known == null ? count : known.missing;
        long price = wasIndexed ? (long) LOOKS_PER_READ * count : count / 2;
        return lookedAt.get() > price << evictions && missing > 0 && rows > 0;
    }

    /** Returns about how many bytes an index takes. */
    long estimatedBytes() {
        return TimePlaceIndex.estimatedBytes(rows) + (long) Integer.BYTES * count;
    }

    /** Returns how many bytes of memory the index takes; 0 where there is none. */
    long indexBytes() {
        Indexed known = indexed;
        return known == null ? 0 : known.index.bytes() + (long) Integer.BYTES * known.numbers.length;
    }

    /** Returns when it was asked last. */
    long lastAsked() {
        return lastAsked;
    }

    void asked(long when) {
        lastAsked = when;
    }

    /** Lets go of the index. */
    void forget() {
        indexed = null;
        evictions = Math.min(evictions + 1, EVICTIONS_MAX);
        lookedAt.set(0);
    }

    /** Tells whether an index was begun and is not whole; by the thread that may make one. */
    boolean isBegun() {
        return building != null;
    }

    /** Lets go of an index that was begun; by the thread that may make one. */
    void abandon() {
        building = null;
    }

    /**
     * Goes on with an index of what can be read, by some of the segments, in a part of the time that is left; one thread at
     * a time.
     *
     * @param runs the segment of a number; null where it is not at its place any more
     */
    void index(IntFunction<@Nullable SegmentRun> runs, Deadline deadline) {
        try {
            goOn(runs, deadline);
        } catch (Error e) { // of memory, mostly: the next question is answered by bounds again
            building = null;
            lookedAt.set(0);
            throw e;
        }
    }

    private void goOn(IntFunction<@Nullable SegmentRun> runs, Deadline deadline) {
        Building begun = building;
        if (begun == null) {
            int rowsMax = Math.toIntExact(rows);
            begun = new Building(new TimePlaceIndex.Builder(first, last, count, rowsMax), untold.clone());
            building = begun;
        }
        int end = Math.min(count, begun.next + Math.max(READ_AT_ONCE, count / READ_PART));
        Deadline enough = deadline.part(TIME_PART);
        do {
            if (begun.next % SEGMENTS_PER_DEADLINE_CHECK == 0) {
                deadline.check();
            }
            if (!isSet(untold, begun.next)) {
                read(runs.apply(begun.next), begun);
            }
            begun.next++;
        } while (begun.next < end && !enough.hasPassed());
        if (begun.next < count) {
            return;
        }
        int[] numbers = new int[count];
        Arrays.setAll(numbers, i -> i);
        indexed = indexed(begun.rows.build(), numbers, begun.others);
        building = null;
        wasIndexed = true;
        lookedAt.set(0);
    }

    private void read(@Nullable SegmentRun run, Building into) {
        int number = into.next;
        if (run == null) {
            set(into.others, number);
            return;
        }
        try {
            run.forEachPlace((millis, boxes, at) -> into.rows.add(number, millis, boxes, at));
        } catch (CatalogException | InternalError e) {
            // Who asks for its rows is told what is wrong; who asks for others is not kept from them.
            into.rows.withdraw(number);
            set(into.others, number);
            set(untold, number);
        }
    }

    private static int words(int bits) {
        return (bits + Long.SIZE - 1) / Long.SIZE;
    }

    private static boolean isSet(long[] bits, int index) {
        return (bits[index >>> 6] & 1L << index) != 0;
    }

    private static void set(long[] bits, int index) {
        bits[index >>> 6] |= 1L << index;
    }

    private static int cardinality(long[] bits) {
        int count = 0;
        for (long word : bits) {
            count += Long.bitCount(word);
        }
        return count;
    }
}
