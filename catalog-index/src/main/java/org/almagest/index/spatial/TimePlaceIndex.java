package org.almagest.index.spatial;

import java.util.Arrays;
import java.util.List;
import org.almagest.model.BoundingBox;
import org.jspecify.annotations.Nullable;

/**
 * Which of many small sets of rows, numbered from 0, may have a row in a span of time and near a place: for each step of
 * time the numbers of those that have a row in it, with the {@link PlaceCode} of that row. Immutable, safe to share between
 * threads.
 *
 * <p>About two and a half bytes a row: steps are as long as it takes for one set in fifty to have a row in it, so that
 * numbers ascend by what one byte holds.
 */
public final class TimePlaceIndex {
    /** Sets for each of which, on average, one has a row in a step. */
    private static final int MEMBERS_PER_ENTRY = 50;

    /** Fewer rows a step would spend more on steps than on rows. */
    private static final int STEP_ROWS_MIN = 16;

    private static final int STEPS_MAX = 1 << 16;

    /** Two entries take five bytes. */
    private static final double ENTRY_BYTES = 2.5;

    private static final int LOW_BITS = 8;
    private static final int HIGH_BITS = PlaceCode.BITS - LOW_BITS;
    private static final int HIGH_MASK = (1 << HIGH_BITS) - 1;

    /** In the place of a distance: go this far, there is no row here. */
    private static final int FURTHER = 255;

    private final long firstMillis;
    private final long lastMillis;
    private final long stepMillis;
    private final int memberCount;

    /** Where the entries of each step begin, and of the last one end. */
    private final int[] starts;

    private final Entries entries;

    /**
     * For each entry the distance from the number before, from 0 at the begin of a step, and the code of the place.
     *
     * @param bytes first all distances, then the low bits of all codes, then the high bits, of two in a byte, the first one
     *     lower; one array, as the heap keeps large ones in regions of their own
     */
    private record Entries(int count, byte[] bytes) {
        static Entries of(int count) {
            return new Entries(count, new byte[Math.addExact(Math.multiplyExact(count, 2), (count + 1) / 2)]);
        }

        void set(int entry, int distance, int code) {
            bytes[entry] = (byte) distance;
            bytes[count + entry] = (byte) code;
            bytes[2 * count + entry / 2] |= (byte) (code >> LOW_BITS << HIGH_BITS * (entry & 1));
        }

        int distance(int entry) {
            return Byte.toUnsignedInt(bytes[entry]);
        }

        int code(int entry) {
            int high = bytes[2 * count + entry / 2] >> HIGH_BITS * (entry & 1) & HIGH_MASK;
            return high << LOW_BITS | Byte.toUnsignedInt(bytes[count + entry]);
        }
    }

    private TimePlaceIndex(Builder from, int[] starts, Entries entries) {
        this.firstMillis = from.firstMillis;
        this.lastMillis = from.lastMillis;
        this.stepMillis = from.stepMillis;
        this.memberCount = from.memberCount;
        this.starts = starts;
        this.entries = entries;
    }

    /** Returns how many sets there are. */
    public int memberCount() {
        return memberCount;
    }

    /** Returns how many bytes of memory it takes. */
    public long bytes() {
        return entries.bytes.length + (long) Integer.BYTES * starts.length;
    }

    /** Returns about how many bytes an index of this many rows takes. */
    public static long estimatedBytes(long rows) {
        return (long) (rows * ENTRY_BYTES) + rows / STEP_ROWS_MIN * Integer.BYTES;
    }

    /**
     * Marks the sets that may have a row; some of them have one in a step that the span only touches, or in a cell near by.
     *
     * @param first the first millisecond
     * @param last the last millisecond
     * @param near boxes one of which the row must meet; null where place does not matter
     * @param marks a bit for each set, the first one lowest in the first number
     */
    public void mark(long first, long last, @Nullable List<BoundingBox> near, long[] marks) {
        if (last < firstMillis || first > lastMillis) {
            return;
        }
        boolean[] codes;
        if (near == null) {
            codes = new boolean[PlaceCode.COUNT];
            Arrays.fill(codes, true);
        } else {
            codes = PlaceCode.near(near);
        }
        int lastStep = (int) ((Math.min(last, lastMillis) - firstMillis) / stepMillis);
        for (int step = (int) ((Math.max(first, firstMillis) - firstMillis) / stepMillis); step <= lastStep; step++) {
            mark(step, codes, marks);
        }
    }

    private void mark(int step, boolean[] codes, long[] marks) {
        int member = 0;
        int end = starts[step + 1];
        for (int entry = starts[step]; entry < end; entry++) {
            int distance = entries.distance(entry);
            member += distance;
            if (distance != FURTHER && codes[entries.code(entry)]) {
                marks[member >>> 6] |= 1L << member;
            }
        }
    }

    /** Collects the rows of one set after the other. One thread. */
    public static final class Builder {
        private final long firstMillis;
        private final long lastMillis;
        private final long stepMillis;
        private final int stepCount;
        private final int memberCount;

        /** Step and code of each row. */
        private final int[] rows;

        /** How many rows there are up to and with each set. */
        private final int[] ends;

        private int rowCount;
        private int current;

        /**
         * Begins without rows.
         *
         * @param firstMillis the earliest time of a row, in Unix milliseconds
         * @param lastMillis the latest time of a row
         * @param memberCount how many sets there are, at least 1
         * @param rowsMax how many rows will be added at most
         */
        public Builder(long firstMillis, long lastMillis, int memberCount, int rowsMax) {
            assert firstMillis <= lastMillis : firstMillis + " after " + lastMillis;
            long wanted = Math.min((long) MEMBERS_PER_ENTRY * rowsMax / memberCount, rowsMax / STEP_ROWS_MIN);
            long steps = Math.max(1, Math.min(wanted, STEPS_MAX));
            this.firstMillis = firstMillis;
            this.lastMillis = lastMillis;
            this.stepMillis = (lastMillis - firstMillis) / steps + 1;
            this.stepCount = (int) ((lastMillis - firstMillis) / stepMillis) + 1;
            this.memberCount = memberCount;
            this.rows = new int[rowsMax];
            this.ends = new int[memberCount];
        }

        /**
         * Adds a row.
         *
         * @param member the set it belongs to, not below that of the row before
         * @param millis its time, within what the builder was made for
         * @param boxes has its sides in degrees, west, south, east and north; NaN without geometry, west above east wraps
         * @param at where they are
         */
        public void add(int member, long millis, float[] boxes, int at) {
            assert member >= current : member + " after " + current;
            assert millis >= firstMillis && millis <= lastMillis : millis;
            while (current < member) {
                ends[current++] = rowCount;
            }
            int step = (int) ((millis - firstMillis) / stepMillis);
            rows[rowCount++] =
                    step << PlaceCode.BITS | PlaceCode.of(boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3]);
        }

        /** Takes back the rows of a set, which must be the last one. */
        public void withdraw(int member) {
            while (current < member) {
                ends[current++] = rowCount;
            }
            rowCount = member == 0 ? 0 : ends[member - 1];
        }

        /** Returns the index of the rows that were added. */
        public TimePlaceIndex build() {
            while (current < memberCount) {
                ends[current++] = rowCount;
            }
            int[] starts = new int[stepCount + 1];
            scatter(starts, null);
            int sum = 0;
            for (int step = 0; step <= stepCount; step++) {
                int count = starts[step];
                starts[step] = sum;
                sum = Math.addExact(sum, count);
            }
            Entries entries = Entries.of(sum);
            scatter(starts.clone(), entries);
            return new TimePlaceIndex(this, starts, entries);
        }

        /**
         * Goes through all rows by set and time.
         *
         * @param at for each step how many entries there are so far, or where the next one belongs; is moved on
         * @param entries where entries are put; null to find out how many there are
         */
        private void scatter(int[] at, @Nullable Entries entries) {
            int[] lastMember = new int[stepCount];
            int[] lastCode = new int[stepCount];
            Arrays.fill(lastCode, -1);
            int row = 0;
            for (int member = 0; member < memberCount; member++) {
                for (; row < ends[member]; row++) {
                    int step = rows[row] >>> PlaceCode.BITS;
                    int code = rows[row] & (1 << PlaceCode.BITS) - 1;
                    if (lastCode[step] == code && lastMember[step] == member) {
                        continue; // says nothing new
                    }
                    int distance = member - lastMember[step];
                    for (; distance >= FURTHER; distance -= FURTHER) {
                        put(entries, at[step]++, FURTHER, 0);
                    }
                    put(entries, at[step]++, distance, code);
                    lastMember[step] = member;
                    lastCode[step] = code;
                }
            }
        }

        private static void put(@Nullable Entries entries, int entry, int distance, int code) {
            if (entries != null) {
                entries.set(entry, distance, code);
            }
        }
    }
}
