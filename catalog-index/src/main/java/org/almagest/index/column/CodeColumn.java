package org.almagest.index.column;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.format.Presence;

/**
 * One code for every row, unsigned, 0 for unset, in as few bits as a block of 1,024 rows needs. Immutable, safe to share
 * between threads; lookups allocate nothing.
 *
 * <p>Format, version 1: little-endian; {@code CodeColumnTest} holds a worked example. A row's code is the base of its
 * block plus its packed value; where the block says so, a packed 0 is the code 0 instead. Values lie one after the other,
 * the lowest bits first. What the codes are is not checked: whoever uses one as an index bounds it.
 *
 * <pre>
 * offset   bytes  field      constraint
 * 0        4      row count  0..ROW_COUNT_MAX
 * 4        4      reserved   zero
 * 8        16b    blocks     per 1,024 rows, the last block fewer: u64 base; u32 bytes of all blocks before; u8 width in
 *                            bits, 0..56 or 64; u8 1 when a packed 0 is unset, else 0; u16 zero
 * 8 + 16b  p      packed     each block in whole bytes
 * 8 + 16b + p  8  tail          zero, so that eight bytes can be read at any value
 * </pre>
 */
public final class CodeColumn {
    static final int ROW_COUNT_OFFSET = 0;
    static final int RESERVED_OFFSET = 4;
    static final int BLOCKS_OFFSET = 8;

    /** Rows of a block as a power of two. */
    public static final int BLOCK_BITS = 10;

    /** The rows of every block but the last, which may have fewer. */
    public static final int BLOCK_ROWS = 1 << BLOCK_BITS;

    /** The most rows. */
    public static final int ROW_COUNT_MAX = 1 << 26;

    static final int BLOCK_BYTES = 16;
    static final int TAIL_BYTES = Long.BYTES;

    /** Wider values than this may lie across nine bytes, so they are stored in 64 bits. */
    static final int WIDTH_MAX = 56;

    /** Four values of this width lie in eight bytes wherever in a byte the first begins. */
    private static final int QUARTER_WIDTH_MAX = 14;

    private static final int FLAG_SHIFT = 8;
    private static final int WIDTH_MASK = (1 << FLAG_SHIFT) - 1;

    private final ByteBuffer body;
    private final Presence presence;
    private final int rowCount;
    private final int packedOffset;

    private CodeColumn(ByteBuffer body, Presence presence, int rowCount) {
        this.body = body;
        this.presence = presence;
        this.rowCount = rowCount;
        this.packedOffset = BLOCKS_OFFSET + blocks(rowCount) * BLOCK_BYTES;
    }

    /**
     * Opens a body without copying it; the bytes must not change while the result is in use.
     *
     * @param resource named in a failure
     * @throws CorruptSectionException if counts, widths or places do not fit each other and the length
     */
    public static CodeColumn open(ByteBuffer section, String resource) throws CorruptSectionException {
        return open(section, Presence.ALWAYS, resource);
    }

    /** As {@link #open(ByteBuffer, String)}, for a body of which {@code presence} is told what is read here and there. */
    public static CodeColumn open(ByteBuffer section, Presence presence, String resource)
            throws CorruptSectionException {
        ByteBuffer body = section.slice().order(ByteOrder.LITTLE_ENDIAN);
        int length = body.limit();
        int rows = length < BLOCKS_OFFSET ? -1 : body.getInt(ROW_COUNT_OFFSET);
        if (rows < 0 || rows > ROW_COUNT_MAX || length < BLOCKS_OFFSET + blocks(rows) * BLOCK_BYTES + TAIL_BYTES) {
            throw new CorruptSectionException("codes: " + rows + " rows in a body of " + length + " bytes", resource);
        }
        CodeColumn column = new CodeColumn(body, presence, rows);
        String problem = column.findProblem();
        if (!problem.isEmpty()) {
            throw new CorruptSectionException("codes: " + problem, resource);
        }
        return column;
    }

    static int blocks(int rows) {
        return (rows + BLOCK_ROWS - 1) >>> BLOCK_BITS;
    }

    private String findProblem() {
        if (body.getInt(RESERVED_OFFSET) != 0) {
            return "reserved: " + body.getInt(RESERVED_OFFSET) + " (expected 0)";
        }
        long bytes = 0;
        for (int block = 0; block < blockCount(); block++) {
            int at = BLOCKS_OFFSET + block * BLOCK_BYTES;
            int kind = body.getInt(at + Long.BYTES + Integer.BYTES);
            int width = kind & WIDTH_MASK;
            boolean known = kind >>> FLAG_SHIFT <= 1 && (width <= WIDTH_MAX || width == Long.SIZE);
            if (!known || body.getInt(at + Long.BYTES) != bytes) {
                return "block " + block + ": kind 0x" + Integer.toHexString(kind) + " at "
                        + body.getInt(at + Long.BYTES) + " (expected at " + bytes + ")";
            }
            bytes += packedBytes(rowsOf(block), width);
        }
        if (body.limit() != packedOffset + bytes + TAIL_BYTES) {
            return body.limit() + " bytes (expected " + (packedOffset + bytes + TAIL_BYTES) + ")";
        }
        if (body.getLong(body.limit() - TAIL_BYTES) != 0) {
            return "tail: not zero";
        }
        return "";
    }

    static int packedBytes(int rows, int width) {
        return (rows * width + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** Returns how many rows there are. */
    public int rowCount() {
        return rowCount;
    }

    /** Returns how many blocks there are. */
    public int blockCount() {
        return blocks(rowCount);
    }

    /** Returns how many rows a block has. */
    public int rowsOf(int block) {
        return Math.min(BLOCK_ROWS, rowCount - (block << BLOCK_BITS));
    }

    /** Returns the code of a row, unsigned; 0 when it is unset. */
    public long code(int row) {
        int at = BLOCKS_OFFSET + (row >>> BLOCK_BITS) * BLOCK_BYTES;
        long kind = body.getLong(at + Long.BYTES);
        int width = width(kind);
        int bit = (row & BLOCK_ROWS - 1) * width;
        presence.need(packedOffset + (int) kind + (bit >>> 3), Long.BYTES);
        long packed = body.getLong(packedOffset + (int) kind + (bit >>> 3)) >>> (bit & 7) & mask(width);
        return packed == 0 && isZeroUnset(kind) ? 0 : body.getLong(at) + packed;
    }

    /**
     * Fills an array with the codes of rows in order.
     *
     * @param count at most the length of {@code out} and the rows from {@code firstRow} on
     * @return count
     */
    public int codes(int firstRow, int count, long[] out) {
        int done = 0;
        while (done < count) {
            int row = firstRow + done;
            int inBlock = row & BLOCK_ROWS - 1;
            int rows = Math.min(count - done, BLOCK_ROWS - inBlock);
            unpack(row >>> BLOCK_BITS, inBlock, rows, out, done);
            done += rows;
        }
        return count;
    }

    private void unpack(int block, int inBlock, int rows, long[] out, int from) {
        long base = base(block);
        long kind = kind(block);
        int width = width(kind);
        int at = packedOffset + (int) kind;
        long mask = mask(width);
        // With unset rows the base does not count for a packed 0: taken away again without a branch.
        long keep = isZeroUnset(kind) ? 0 : -1;
        int bit = inBlock * width;
        for (int i = 0; i < rows; i++, bit += width) {
            long packed = body.getLong(at + (bit >>> 3)) >>> (bit & 7) & mask;
            out[from + i] = packed + (base & (-packed >> 63 | packed >> 63 | keep));
        }
    }

    /**
     * Marks the rows of a block whose code lies in a range.
     *
     * @param low lowest code, unsigned; 0 includes unset rows
     * @param high highest code, unsigned, included
     * @param mask at least {@code BLOCK_ROWS / 64} elements, all of which are set; row i of the block is bit i % 64 of
     *     element i / 64
     * @return how many rows are marked
     */
    public int markRange(int block, long low, long high, long[] mask) {
        long kind = kind(block);
        long base = base(block);
        boolean zeroUnset = isZeroUnset(kind);
        // Packed values of the range: from `lowest` to `highest`; both below 2^63 unless values take all 64 bits.
        long lowest = Long.compareUnsigned(low, base) <= 0 ? 0 : low - base;
        if (zeroUnset && low != 0) {
            lowest = lowest == 0 ? 1 : lowest;
        }
        long highest = high - base;
        if (Long.compareUnsigned(high, base) < 0) {
            if (!(zeroUnset && low == 0)) {
                return markNone(mask);
            }
            highest = 0;
        }
        if (Long.compareUnsigned(lowest, highest) > 0) {
            return markNone(mask);
        }
        if (width(kind) == Long.SIZE) {
            return markWide(block, lowest, highest, mask);
        }
        long greatest = mask(width(kind));
        if (Long.compareUnsigned(lowest, greatest) > 0) {
            return markNone(mask);
        }
        highest = Long.compareUnsigned(highest, greatest) > 0 ? greatest : highest;
        return lowest == 0 && highest == greatest ? markAll(block, mask) : markNarrow(block, lowest, highest, mask);
    }

    private static int markNone(long[] mask) {
        Arrays.fill(mask, 0, BLOCK_ROWS / Long.SIZE, 0);
        return 0;
    }

    private int markAll(int block, long[] mask) {
        Arrays.fill(mask, 0, BLOCK_ROWS / Long.SIZE, -1);
        return trim(rowsOf(block), mask);
    }

    private int markNarrow(int block, long lowest, long highest, long[] mask) {
        int width = width(kind(block));
        int rows = rowsOf(block);
        for (int word = 0; word < BLOCK_ROWS / Long.SIZE; word++) {
            int inWord = Math.max(0, Math.min(Long.SIZE, rows - word * Long.SIZE));
            int at = packedOffset + (int) kind(block) + word * width * Byte.SIZE;
            mask[word] = inWord == Long.SIZE && width <= QUARTER_WIDTH_MAX
                    ? marksOfFour(at, width, lowest, highest)
                    : marks(at, inWord, width, new Bounds(lowest, highest));
        }
        return trim(rows, mask);
    }

    /** Packed values from lowest to highest, both included and below 2^63. */
    private record Bounds(long lowest, long highest) {}

    private long marks(int at, int rows, int width, Bounds bounds) {
        long valueMask = mask(width);
        long marks = 0;
        for (int i = 0, bit = 0; i < rows; i++, bit += width) {
            long packed = body.getLong(at + (bit >>> 3)) >>> (bit & 7) & valueMask;
            // Neither difference is negative exactly inside the range.
            marks |= (~(packed - bounds.lowest | bounds.highest - packed) >>> 63) << i;
        }
        return marks;
    }

    /** Marks 64 rows, four with each read. */
    private long marksOfFour(int at, int width, long lowest, long highest) {
        long valueMask = mask(width);
        long outside = 0;
        for (int i = 0, bit = 0; i < Long.SIZE; i += 4, bit += 4 * width) {
            long packed = body.getLong(at + (bit >>> 3)) >>> (bit & 7);
            long first = packed & valueMask;
            long second = packed >>> width & valueMask;
            long third = packed >>> 2 * width & valueMask;
            long fourth = packed >>> 3 * width & valueMask;
            long four = (first - lowest | highest - first) >>> 63
                    | (second - lowest | highest - second) >>> 63 << 1
                    | (third - lowest | highest - third) >>> 63 << 2
                    | (fourth - lowest | highest - fourth) >>> 63 << 3;
            outside |= four << i;
        }
        return ~outside;
    }

    private int markWide(int block, long lowest, long highest, long[] mask) {
        int rows = rowsOf(block);
        int at = packedOffset + (int) kind(block);
        markNone(mask);
        for (int row = 0; row < rows; row++) {
            long packed = body.getLong(at + row * Long.BYTES);
            long in = Long.compareUnsigned(packed - lowest, highest - lowest) <= 0 ? 1 : 0;
            mask[row >>> 6] |= in << row;
        }
        return trim(rows, mask);
    }

    /**
     * Marks the rows of a block whose code is true in a table; a code behind the table counts as its last element.
     *
     * @param truth 1 for each code that is wanted, else 0; element 0 stands for unset; at least one element
     * @param mask as of {@link #markRange}
     * @return how many rows are marked
     */
    public int markTrue(int block, byte[] truth, long[] mask) {
        long kind = kind(block);
        int width = width(kind);
        int rows = rowsOf(block);
        int at = packedOffset + (int) kind;
        long valueMask = mask(width);
        long base = base(block);
        long keep = isZeroUnset(kind) ? 0 : -1;
        int last = truth.length - 1;
        int bit = 0;
        for (int word = 0; word < BLOCK_ROWS / Long.SIZE; word++) {
            int inWord = Math.max(0, Math.min(Long.SIZE, rows - word * Long.SIZE));
            long marks = 0;
            for (int i = 0; i < inWord; i++, bit += width) {
                long packed = body.getLong(at + (bit >>> 3)) >>> (bit & 7) & valueMask;
                long code = packed + (base & (-packed >> 63 | packed >> 63 | keep)) & Long.MAX_VALUE;
                marks |= (long) (truth[(int) Math.min(code, last)] & 1) << i;
            }
            mask[word] = marks;
        }
        return trim(rows, mask);
    }

    /** Clears the marks behind the last row and counts the others. */
    private static int trim(int rows, long[] mask) {
        int count = 0;
        for (int word = 0; word < BLOCK_ROWS / Long.SIZE; word++) {
            int inWord = Math.max(0, Math.min(Long.SIZE, rows - word * Long.SIZE));
            mask[word] &= inWord == 0 ? 0 : -1L >>> Long.SIZE - inWord;
            count += Long.bitCount(mask[word]);
        }
        return count;
    }

    private long base(int block) {
        return body.getLong(BLOCKS_OFFSET + block * BLOCK_BYTES);
    }

    private long kind(int block) {
        return body.getLong(BLOCKS_OFFSET + block * BLOCK_BYTES + Long.BYTES);
    }

    private static int width(long kind) {
        return (int) (kind >>> Integer.SIZE) & WIDTH_MASK;
    }

    private static boolean isZeroUnset(long kind) {
        return kind >>> Integer.SIZE + FLAG_SHIFT != 0;
    }

    private static long mask(int width) {
        return width == 0 ? 0 : -1L >>> Long.SIZE - width;
    }
}
