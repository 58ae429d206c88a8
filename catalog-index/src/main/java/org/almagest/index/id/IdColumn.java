package org.almagest.index.id;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.format.Presence;
import org.almagest.model.DatapointId;

/**
 * The ids of a segment in ascending order, which are its time index as well. Immutable, safe to share between threads;
 * lookups allocate nothing.
 *
 * <p>Format, version 1: one id after the other, big-endian, nothing else; {@code IdColumnTest} holds a worked example.
 * Order is that of {@link DatapointId#compare}, where an id may repeat; it is checked by {@link #firstUnsorted}, not at
 * open, because reading every id would cost what the search saves.
 *
 * <pre>
 * offset  bytes  field  constraint
 * 0       16n    ids    high half, then low half, of each row
 * </pre>
 */
public final class IdColumn {
    /** The size of one id. */
    public static final int ROW_BYTES = DatapointId.BYTES;

    /** Returned by {@link #find} when no row has the id. */
    public static final int NOT_FOUND = -1;

    /** Guesses by interpolation before the search gallops; uniform ids are within a few rows after three. */
    private static final int GUESSES = 3;

    /** Below this many rows a binary search stays within a few cache lines anyway. */
    private static final int GUESS_ROWS_MIN = 64;

    private final ByteBuffer body;
    private final Presence presence;
    private final int count;

    private IdColumn(ByteBuffer body, Presence presence) {
        this.body = body;
        this.presence = presence;
        this.count = body.limit() / ROW_BYTES;
    }

    /**
     * Opens a body without copying it; the bytes must not change while the result is in use.
     *
     * @param resource named in a failure
     * @throws CorruptSectionException if the body is not a whole number of ids
     */
    public static IdColumn open(ByteBuffer body, String resource) throws CorruptSectionException {
        return open(body, Presence.ALWAYS, resource);
    }

    /** As {@link #open(ByteBuffer, String)}, for a body of which {@code presence} is told what is read here and there. */
    public static IdColumn open(ByteBuffer body, Presence presence, String resource) throws CorruptSectionException {
        ByteBuffer ids = body.slice().order(ByteOrder.BIG_ENDIAN);
        if (ids.limit() % ROW_BYTES != 0) {
            throw new CorruptSectionException(
                    "id column: " + ids.limit() + " bytes (expected a multiple of " + ROW_BYTES + ")", resource);
        }
        return new IdColumn(ids, presence);
    }

    /** Returns how many rows there are. */
    public int count() {
        return count;
    }

    /** Returns the high half of the id of a row. */
    public long high(int row) {
        presence.need(row * ROW_BYTES, ROW_BYTES);
        return body.getLong(row * ROW_BYTES);
    }

    /** Returns the low half of the id of a row. */
    public long low(int row) {
        return body.getLong(row * ROW_BYTES + Long.BYTES);
    }

    /** Returns the first row of an id, or {@link #NOT_FOUND}. */
    public int find(long high, long low) {
        int row = lowerBound(high, low);
        return row < count && high(row) == high && low(row) == low ? row : NOT_FOUND;
    }

    /** Returns the first row whose id is not less, or {@link #count} when all are. */
    public int lowerBound(long high, long low) {
        // Throughout: rows before `from` are less, rows from `to` on are not.
        int from = 0;
        int to = count;
        if (count >= GUESS_ROWS_MIN) {
            long fromKey = high(0);
            long toKey = high(count - 1);
            int guess = 0;
            for (int i = 0; i < GUESSES && from < to; i++) {
                guess = interpolate(high, fromKey, toKey, from, to);
                if (isLess(guess, high, low)) {
                    fromKey = high(guess);
                    from = guess + 1;
                } else {
                    toKey = high(guess);
                    to = guess;
                }
            }
            // The last guess is one end of the range and close to the answer: bound the other end by galloping.
            if (from == guess + 1) {
                to = gallopUp(from, to, high, low);
            } else {
                from = gallopDown(from, to, high, low);
            }
        }
        return bisect(from, to, high, low);
    }

    /** Returns the first row whose id is below that of the row before, or {@link #count}; reads every id. */
    public int firstUnsorted() {
        for (int row = 1; row < count; row++) {
            if (DatapointId.compare(high(row - 1), low(row - 1), high(row), low(row)) > 0) {
                return row;
            }
        }
        return count;
    }

    private boolean isLess(int row, long high, long low) {
        long rowHigh = high(row);
        return rowHigh != high ? rowHigh < high : Long.compareUnsigned(low(row), low) < 0;
    }

    private static int interpolate(long key, long fromKey, long toKey, int from, int to) {
        if (key <= fromKey) {
            return from;
        }
        if (key >= toKey) {
            return to - 1;
        }
        double part = ((double) key - (double) fromKey) / ((double) toKey - (double) fromKey);
        return Math.min(to - 1, from + (int) (part * (to - from)));
    }

    /** Returns an end close above {@code from}: rows from it on are not less. */
    private int gallopUp(int from, int to, long high, long low) {
        for (long step = 8; from + step < to; step *= 2) {
            if (!isLess((int) (from + step), high, low)) {
                return (int) (from + step);
            }
        }
        return to;
    }

    /** Returns a start close below {@code to}: rows before it are less. */
    private int gallopDown(int from, int to, long high, long low) {
        for (long step = 8; to - step > from; step *= 2) {
            if (isLess((int) (to - step), high, low)) {
                return (int) (to - step) + 1;
            }
        }
        return from;
    }

    private int bisect(int first, int end, long high, long low) {
        int from = first;
        int to = end;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (isLess(middle, high, low)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
