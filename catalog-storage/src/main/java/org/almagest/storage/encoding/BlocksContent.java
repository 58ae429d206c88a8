package org.almagest.storage.encoding;

import org.almagest.error.CorruptSectionException;
import org.almagest.storage.compress.Codec;

/**
 * {@link Encoding#BLOCKS}: the block, the offset in it and the length of every row, packed; u32 blocks; for each u32
 * where in the heap, u32 stored bytes, u32 raw bytes, compressed by LZ4 where the two differ.
 */
final class BlocksContent extends ContentReader {
    private static final int NONE = -1;
    private static final int BLOCK_BYTES = 3 * Integer.BYTES;

    private final Packed blocks = new Packed();
    private final Packed offsets = new Packed();
    private final Packed lengths = new Packed();
    private final ByteSink stored = new ByteSink();
    private final ByteSink raw = new ByteSink();
    private PageBytes page = new PageBytes();
    private int table;
    private int count;
    private int unpacked = NONE;
    private int held;

    @Override
    public int open(PageBytes opened, int at) throws CorruptSectionException {
        page = opened;
        unpacked = NONE;
        int next = lengths.open(opened, offsets.open(opened, blocks.open(opened, at)));
        count = opened.i32(next);
        table = next + Integer.BYTES;
        opened.checkHead(table, (long) count * BLOCK_BYTES);
        return table + count * BLOCK_BYTES;
    }

    @Override
    public void put(int row, ByteSink out) throws CorruptSectionException {
        long block = blocks.get(row);
        if (block < 0 || block >= count) {
            throw PageBytes.corrupt("block " + block + " of " + count);
        }
        if (block != unpacked) {
            unpack((int) block);
        }
        long from = offsets.get(row);
        long length = lengths.get(row);
        if (from < 0 || length < 0 || from > raw.length() || length > raw.length() - from) {
            throw PageBytes.corrupt(length + " bytes at " + from + " of a block of " + raw.length());
        }
        out.put(raw.bytes(), (int) from, (int) length);
    }

    private void unpack(int block) throws CorruptSectionException {
        unpacked = NONE;
        int entry = table + block * BLOCK_BYTES;
        long from = (long) page.heap + page.i32(entry);
        int storedBytes = page.i32(entry + Integer.BYTES);
        int rawBytes = page.i32(entry + 2 * Integer.BYTES);
        page.check(from, storedBytes);
        Codec codec = storedBytes == rawBytes ? Codec.NONE : Codec.LZ4;
        if (rawBytes < 0 || rawBytes > Math.min(PageFormat.BODY_BYTES_MAX, codec.rawBytesMax(storedBytes))) {
            throw PageBytes.corrupt(rawBytes + " raw bytes from " + storedBytes + " stored");
        }
        stored.clear();
        stored.put(page.buffer, (int) from, storedBytes);
        raw.clear();
        raw.length(rawBytes);
        int holds = stored.bytes().length + raw.bytes().length;
        page.holds(holds - held);
        held = holds;
        codec.decompress(stored.bytes(), 0, storedBytes, raw.bytes(), rawBytes);
        unpacked = block;
    }
}
