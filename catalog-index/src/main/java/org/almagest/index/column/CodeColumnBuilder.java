package org.almagest.index.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Packs the codes of all rows, in row order, and lays them out as a {@link CodeColumn}. Takes the memory of the packed
 * column and 8 KiB. One thread.
 */
public final class CodeColumnBuilder {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long[] block = new long[CodeColumn.BLOCK_ROWS];
    private ByteBuffer blocks = ByteBuffer.allocate(16 * CodeColumn.BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private byte[] packed = new byte[CodeColumn.BLOCK_ROWS];
    private int packedBytes;
    private int rowCount;

    /** Adds the code of the next row, unsigned; 0 when it is unset. */
    public void add(long code) {
        if (rowCount == CodeColumn.ROW_COUNT_MAX) {
            throw new IllegalStateException("codes: " + rowCount + " rows (at most " + CodeColumn.ROW_COUNT_MAX + ")");
        }
        block[rowCount & CodeColumn.BLOCK_ROWS - 1] = code;
        if ((++rowCount & CodeColumn.BLOCK_ROWS - 1) == 0) {
            endBlock(CodeColumn.BLOCK_ROWS);
        }
    }

    /**
     * Adds the codes of the next rows, as many as a block has; fewer only at the end, and only whole blocks before them.
     *
     * @param codes those of the rows stand first; not kept
     */
    public void addBlock(long[] codes, int rows) {
        if (rowCount > CodeColumn.ROW_COUNT_MAX - rows) {
            throw new IllegalStateException(
                    "codes: " + rowCount + " and " + rows + " rows (at most " + CodeColumn.ROW_COUNT_MAX + ")");
        }
        assert (rowCount & CodeColumn.BLOCK_ROWS - 1) == 0 && rows <= CodeColumn.BLOCK_ROWS : rowCount + " and " + rows;
        System.arraycopy(codes, 0, block, 0, rows);
        rowCount += rows;
        if (rows == CodeColumn.BLOCK_ROWS) {
            endBlock(rows);
        }
    }

    /** Returns how many rows were added. */
    public int rowCount() {
        return rowCount;
    }

    /** Packs what is open and returns how many bytes {@link #write} needs; nothing may be added afterwards. */
    public int bodyBytes() {
        if (blocks.position() < CodeColumn.blocks(rowCount) * CodeColumn.BLOCK_BYTES) {
            endBlock(rowCount & CodeColumn.BLOCK_ROWS - 1);
        }
        return CodeColumn.BLOCKS_OFFSET + blocks.position() + packedBytes + CodeColumn.TAIL_BYTES;
    }

    /** Writes the body at the position of a buffer; nothing may be added afterwards. */
    public void write(ByteBuffer target) {
        ByteBuffer body = target.slice(target.position(), bodyBytes()).order(ByteOrder.LITTLE_ENDIAN);
        body.putInt(rowCount).putInt(0);
        body.put(blocks.duplicate().flip());
        body.put(packed, 0, packedBytes);
        body.putLong(0);
        target.position(target.position() + bodyBytes());
    }

    private void endBlock(int rows) {
        long min = -1;
        long max = 0;
        boolean unset = false;
        for (int i = 0; i < rows; i++) {
            long code = block[i];
            unset |= code == 0;
            if (code != 0) {
                min = Long.compareUnsigned(code, min) < 0 ? code : min;
                max = Long.compareUnsigned(code, max) > 0 ? code : max;
            }
        }
        // One below the lowest code leaves the packed 0 to the rows that are unset.
        long base = max == 0 ? 0 : unset ? min - 1 : min;
        int bits = Long.SIZE - Long.numberOfLeadingZeros(max - base);
        int width = bits > CodeColumn.WIDTH_MAX ? Long.SIZE : bits;
        room(blocks.position(), CodeColumn.packedBytes(rows, width));
        blocks.putLong(base).putInt(packedBytes);
        blocks.put((byte) width).put((byte) (unset && base != 0 ? 1 : 0)).putShort((short) 0);
        pack(rows, base, width);
        packedBytes += CodeColumn.packedBytes(rows, width);
    }

    private void room(int blockBytes, int more) {
        if (blocks.remaining() < CodeColumn.BLOCK_BYTES) {
            blocks = ByteBuffer.wrap(Arrays.copyOf(blocks.array(), 2 * blockBytes))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .position(blockBytes);
        }
        if (packed.length - packedBytes < more) {
            packed = Arrays.copyOf(packed, Math.max(packedBytes + more, packedBytes + packedBytes / 2));
        }
    }

    private void pack(int rows, long base, int width) {
        int at = packedBytes;
        int end = packedBytes + CodeColumn.packedBytes(rows, width);
        long open = 0;
        int openBits = 0;
        for (int i = 0; i < rows && width > 0; i++) {
            long value = block[i] == 0 ? 0 : block[i] - base;
            open |= value << openBits;
            int filled = openBits + width;
            if (filled >= Long.SIZE) {
                LONG.set(packed, at, open);
                at += Long.BYTES;
                filled -= Long.SIZE;
                open = filled == 0 ? 0 : value >>> width - filled;
            }
            openBits = filled;
        }
        for (; openBits > 0; openBits -= Byte.SIZE) {
            packed[at++] = (byte) open;
            open >>>= Byte.SIZE;
        }
        assert at == end : at + " (expected " + end + ")";
    }
}
