package org.almagest.io.parquet.file;

import java.io.IOException;

/**
 * Unpacks blocks of Snappy and of LZ4 without a frame, in plain Java.
 *
 * <p>Both are sequences of literals and of copies of what was unpacked before. A block must give exactly the bytes that
 * it is said to hold: the output is never larger than that, whatever the block says.
 */
final class BlockDecoder {
    private static final int LZ4_MATCH_MIN = 4;
    private static final int LZ4_LONG = 15;
    private static final int SNAPPY_SHORT_LITERAL = 60;

    private final byte[] in;
    private final byte[] out;
    private int at;
    private int filled;

    private BlockDecoder(byte[] in, int unpackedBytes) {
        this.in = in;
        this.out = new byte[unpackedBytes];
    }

    /** Returns the {@code unpackedBytes} bytes of a Snappy block. */
    static byte[] snappy(byte[] block, int unpackedBytes) throws IOException {
        BlockDecoder decoder = new BlockDecoder(block, unpackedBytes);
        if (decoder.varint() != unpackedBytes) {
            throw new IOException("snappy: another length than that of the page");
        }
        while (decoder.at < block.length) {
            decoder.snappyElement();
        }
        return decoder.whole("snappy");
    }

    /** Returns the {@code unpackedBytes} bytes of an LZ4 block. */
    static byte[] lz4(byte[] block, int unpackedBytes) throws IOException {
        BlockDecoder decoder = new BlockDecoder(block, unpackedBytes);
        while (decoder.at < block.length) {
            decoder.lz4Sequence();
        }
        return decoder.whole("lz4");
    }

    private byte[] whole(String codec) throws IOException {
        if (filled != out.length) {
            throw new IOException(codec + ": " + filled + " bytes (expected " + out.length + ")");
        }
        return out;
    }

    private void snappyElement() throws IOException {
        int tag = next();
        int upper = tag >>> 2;
        switch (tag & 3) {
            case 0 ->
                literal(upper < SNAPPY_SHORT_LITERAL ? upper + 1 : littleEndian(upper - SNAPPY_SHORT_LITERAL + 1) + 1);
            case 1 -> copy((tag >>> 5) << 8 | next(), (upper & 7) + 4);
            case 2 -> copy(littleEndian(2), upper + 1);
            default -> copy(littleEndian(4), upper + 1);
        }
    }

    private void lz4Sequence() throws IOException {
        int token = next();
        int literals = token >>> 4;
        literal(literals == LZ4_LONG ? extended() : literals);
        if (at == in.length) {
            return; // the last sequence has no match
        }
        int offset = littleEndian(2);
        int match = token & LZ4_LONG;
        copy(offset, (match == LZ4_LONG ? extended() : match) + LZ4_MATCH_MIN);
    }

    private int extended() throws IOException {
        int length = LZ4_LONG;
        int more;
        do {
            more = next();
            length += more;
            if (length > out.length) {
                throw new IOException("lz4: a length beyond the page");
            }
        } while (more == 255);
        return length;
    }

    private int next() throws IOException {
        if (at >= in.length) {
            throw new IOException("block: ends early");
        }
        return in[at++] & 0xFF;
    }

    private int littleEndian(int bytes) throws IOException {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= next() << (8 * i);
        }
        return value;
    }

    private int varint() throws IOException {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            int part = next();
            value |= (part & 0x7F) << shift;
            if (part < 0x80) {
                return value;
            }
        }
        throw new IOException("snappy: length is no 32-bit number");
    }

    private void literal(int length) throws IOException {
        if (length < 0 || length > in.length - at || length > out.length - filled) {
            throw new IOException("block: literal of " + length + " bytes beyond its end");
        }
        System.arraycopy(in, at, out, filled, length);
        at += length;
        filled += length;
    }

    private void copy(int offset, int length) throws IOException {
        if (offset < 1 || offset > filled || length > out.length - filled) {
            throw new IOException("block: copy of " + length + " bytes from " + offset + " back");
        }
        // Byte by byte: a copy may reach into itself, which repeats what stands there.
        for (int i = 0; i < length; i++) {
            out[filled] = out[filled - offset];
            filled++;
        }
    }
}
