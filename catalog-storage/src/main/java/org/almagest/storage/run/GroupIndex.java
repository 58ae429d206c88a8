package org.almagest.storage.run;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.almagest.error.CatalogException;
import org.almagest.index.spatial.TimePlaceIndex;
import org.almagest.runtime.Deadline;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.SegmentKey;
import org.jspecify.annotations.Nullable;

/**
 * The index of the rows of a {@link RunGroup}: made by parts once questions have looked into enough segments, taken over by
 * the next group as far as the segments are the same, let go where others need the memory. Thread-safe.
 */
final class GroupIndex {
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
    private final long[] files;
    private final long[] offsets;
    private final long first;
    private final long last;

    /** How many rows an index would have. */
    private final long rows;

    /** A bit for each segment that no index tells of: it has too many rows, or cannot be read. */
    private final long[] untold;

    private final AtomicLong lookedAt = new AtomicLong();
    private volatile @Nullable Indexed indexed;
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

    /**
     * Knows of no rows yet, or of those that the index before knew.
     *
     * @param first the time of the first row, in Unix milliseconds
     * @param last the time of the last row, likewise
     */
    GroupIndex(List<RunGroup.Member> members, long first, long last, @Nullable GroupIndex before) {
        this.count = members.size();
        this.first = first;
        this.last = last;
        this.files = new long[count];
        this.offsets = new long[count];
        this.untold = new long[words(count)];
        Map<SegmentKey, Integer> older = before == null ? Map.of() : before.numbers();
        int[] numberBefore = new int[count];
        long indexable = 0;
        for (int i = 0; i < count; i++) {
            SegmentEntry entry = members.get(i).run().entry();
            files[i] = entry.location().fileNumber();
            offsets[i] = entry.location().offset();
            numberBefore[i] = older.getOrDefault(members.get(i).run().key(), NONE);
            boolean isUnreadable = before != null && numberBefore[i] != NONE && isSet(before.untold, numberBefore[i]);
            if (isUnreadable || entry.bounds().rowCount() > ROWS_MAX) {
                set(untold, i);
            } else {
                indexable += entry.bounds().rowCount();
            }
        }
        this.rows = indexable;
        if (before != null) {
            this.indexed = takenOver(before, numberBefore);
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

    private @Nullable Indexed takenOver(GroupIndex before, int[] numberBefore) {
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

    /** Tells whether reading the rows of the time that is asked for takes less than looking into segments. */
    boolean isFor(RunDirectory.Asked asked) {
        if (count < INDEXED_MIN) {
            return false;
        }
        double asks = (double) Math.min(asked.last(), last) - Math.max(asked.first(), first);
        return rows * (asks / Math.max(1, last - first)) <= (double) ENTRIES_PER_SEGMENT * count;
    }

    /**
     * Returns a bit for each segment that may have a matching row; where there is no index, counts what is looked into.
     *
     * @param byBounds tells the same from times and cells of segments
     */
    long[] mark(RunDirectory.Asked asked, Supplier<long[]> byBounds) {
        Indexed known = indexed;
        if (known == null) {
            long[] marks = byBounds.get();
            lookedAt.addAndGet(cardinality(marks));
            return marks;
        }
        long[] marks = new long[untold.length];
        if (known.otherCount > 0) {
            marks = byBounds.get();
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
                if (number != NONE) {
                    set(marks, number);
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
    boolean isWanted() {
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
    long bytes() {
        Indexed known = indexed;
        return known == null ? 0 : known.index.bytes() + (long) Integer.BYTES * known.numbers.length;
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
    void goOn(IntFunction<@Nullable SegmentRun> runs, Deadline deadline) {
        try {
            readOn(runs, deadline);
        } catch (Error e) { // of memory, mostly: the next question is answered by bounds again
            building = null;
            lookedAt.set(0);
            throw e;
        }
    }

    private void readOn(IntFunction<@Nullable SegmentRun> runs, Deadline deadline) {
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
