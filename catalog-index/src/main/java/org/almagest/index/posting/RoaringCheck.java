package org.almagest.index.posting;

import java.nio.ByteBuffer;

/**
 * Walks through a stored bitmap and says what does not hold, so that reading it afterwards cannot fail. The layout is that
 * of the public RoaringFormatSpec; all bytes are little-endian and read from a slice that begins with the bitmap.
 */
final class RoaringCheck {
    private static final int COOKIE_WITH_RUNS = 12347;
    private static final int COOKIE_WITHOUT_RUNS = 12346;
    private static final int OFFSETS_FROM_COUNT = 4;
    private static final int ARRAY_MAX = 4096;
    private static final int BITMAP_BYTES = 8192;
    private static final int KEY_BITS = 16;
    private static final int LOW_MASK = (1 << KEY_BITS) - 1;

    private final ByteBuffer bytes;
    private final int rowCount;
    private int containers;
    private int runFlagsOffset = -1;
    private int headerOffset;
    private int offsetsOffset = -1;

    private RoaringCheck(ByteBuffer bytes, int rowCount) {
        this.bytes = bytes;
        this.rowCount = rowCount;
    }

    /**
     * Returns what is wrong, or an empty text.
     *
     * @param bytes exactly one bitmap, little-endian
     * @param expected how many rows it has
     * @param rowCount above every row
     */
    static String problem(ByteBuffer bytes, int expected, int rowCount) {
        RoaringCheck check = new RoaringCheck(bytes, rowCount);
        return check.hasHeader() ? check.findProblem(expected) : "head does not fit " + bytes.limit() + " bytes";
    }

    private boolean hasHeader() {
        int length = bytes.limit();
        if (length < 2 * Integer.BYTES) {
            return false;
        }
        int cookie = bytes.getInt(0);
        int at;
        if ((cookie & LOW_MASK) == COOKIE_WITH_RUNS) {
            containers = (cookie >>> KEY_BITS) + 1;
            runFlagsOffset = Integer.BYTES;
            at = Integer.BYTES + (containers + Byte.SIZE - 1) / Byte.SIZE;
        } else {
            containers = bytes.getInt(Integer.BYTES);
            at = 2 * Integer.BYTES;
        }
        boolean known = runFlagsOffset > 0 || cookie == COOKIE_WITHOUT_RUNS;
        if (!known || containers < 1 || containers > 1 << KEY_BITS) {
            return false;
        }
        headerOffset = at;
        at += containers * Integer.BYTES;
        if (runFlagsOffset < 0 || containers >= OFFSETS_FROM_COUNT) {
            offsetsOffset = at;
            at += containers * Integer.BYTES;
        }
        return at <= length;
    }

    private String findProblem(int expected) {
        int at = headerOffset + containers * Integer.BYTES * (offsetsOffset < 0 ? 1 : 2);
        long sum = 0;
        int lastKey = -1;
        for (int i = 0; i < containers; i++) {
            int key = unsigned(headerOffset + i * Integer.BYTES);
            int count = unsigned(headerOffset + i * Integer.BYTES + Short.BYTES) + 1;
            boolean placed = offsetsOffset < 0 || bytes.getInt(offsetsOffset + i * Integer.BYTES) == at;
            if (key <= lastKey || !placed) {
                return "container " + i + ": out of order or misplaced";
            }
            int end = end(i, count, at);
            if (end > bytes.limit() || !hasContent(i, count, at, key)) {
                return "container " + i + ": not " + count + " rows of " + rowCount;
            }
            lastKey = key;
            sum += count;
            at = end;
        }
        return sum == expected && at == bytes.limit()
                ? ""
                : sum + " rows in " + at + " bytes (expected " + expected + " in " + bytes.limit() + ")";
    }

    private boolean isRun(int container) {
        return runFlagsOffset > 0
                && (bytes.get(runFlagsOffset + container / Byte.SIZE) >>> container % Byte.SIZE & 1) != 0;
    }

    private int end(int container, int count, int at) {
        if (isRun(container)) {
            return at + Short.BYTES <= bytes.limit()
                    ? at + Short.BYTES + unsigned(at) * 2 * Short.BYTES
                    : Integer.MAX_VALUE;
        }
        return at + (count > ARRAY_MAX ? BITMAP_BYTES : count * Short.BYTES);
    }

    private boolean hasContent(int container, int count, int at, int key) {
        long first = (long) key << KEY_BITS;
        if (isRun(container)) {
            return runsHold(at, count, first);
        }
        return count > ARRAY_MAX ? bitsHold(at, count, first) : valuesAscend(at, count, first);
    }

    private boolean runsHold(int at, int count, long first) {
        int runs = unsigned(at);
        int sum = 0;
        int next = 0;
        for (int run = 0; run < runs; run++) {
            int start = unsigned(at + Short.BYTES + run * 2 * Short.BYTES);
            int end = start + unsigned(at + Short.BYTES + run * 2 * Short.BYTES + Short.BYTES);
            if (start < next || end > LOW_MASK) {
                return false;
            }
            sum += end - start + 1;
            next = end + 1;
        }
        return sum == count && first + next <= rowCount;
    }

    private boolean bitsHold(int at, int count, long first) {
        int sum = 0;
        long highest = -1;
        for (int i = 0; i < BITMAP_BYTES / Long.BYTES; i++) {
            long bits = bytes.getLong(at + i * Long.BYTES);
            sum += Long.bitCount(bits);
            highest = bits == 0 ? highest : i * (long) Long.SIZE + Long.SIZE - 1 - Long.numberOfLeadingZeros(bits);
        }
        return sum == count && first + highest < rowCount;
    }

    private boolean valuesAscend(int at, int count, long first) {
        int last = -1;
        boolean ascending = true;
        for (int i = 0; i < count; i++) {
            int value = unsigned(at + i * Short.BYTES);
            ascending &= value > last;
            last = value;
        }
        return ascending && first + last < rowCount;
    }

    private int unsigned(int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }
}
