package org.almagest.index.column;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Packs the codes of all rows, in row order, and lays them out as a {@link CodeColumn}. Takes the memory of the packed
 * column and 8 KiB. One thread.
 */
public final class CodeColumnBuilder {
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
        for (int i = 0; i < rows; i++) {
            long value = block[i] == 0 ? 0 : block[i] - base;
            if (width == Long.SIZE) {
                at = put(value, at, end);
                continue;
            }
            open |= value << openBits;
            openBits += width;
            // At most 7 bits were open and a value has at most 56: they never pass 64.
            for (; openBits >= Byte.SIZE; openBits -= Byte.SIZE) {
                packed[at++] = (byte) open;
                open >>>= Byte.SIZE;
            }
        }
        if (openBits > 0) {
            packed[at++] = (byte) open;
        }
        assert at == end : at + " (expected " + end + ")";
    }

    private int put(long value, int at, int end) {
        assert at + Long.BYTES <= end : at;
        for (int i = 0; i < Long.BYTES; i++) {
            packed[at + i] = (byte) (value >>> i * Byte.SIZE);
        }
        return at + Long.BYTES;
    }
}
