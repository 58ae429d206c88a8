package org.almagest.io.parquet.file;

import org.almagest.error.InvalidRequestException;

/**
 * Walks a footer as Thrift's compact protocol has it, so that no list is announced longer than the bytes behind it.
 *
 * <p>Thrift makes room for a list by its announced length, and each element takes at least a byte: a footer of a few
 * bytes could ask for gigabytes. Nothing is kept of what is read.
 */
final class FooterWalk {
    private static final int DEPTH_MAX = 32;

    private final byte[] bytes;
    private int at;

    private FooterWalk(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Checks a footer.
     *
     * @throws InvalidRequestException if it ends early, nests deeply, or a length leads out of it
     */
    static void check(byte[] footer) {
        new FooterWalk(footer).struct(0);
    }

    private void struct(int depth) {
        if (depth > DEPTH_MAX) {
            throw damaged("nested too deeply");
        }
        for (int head = take(); head != 0; head = take()) {
            if (head >>> 4 == 0) {
                varint(); // the number of the field, where it is no small step
            }
            int type = head & 0xF;
            if (type > 2) { // the head of a truth value holds it
                value(type, depth);
            }
        }
    }

    private void value(int type, int depth) {
        switch (type) {
            case 1, 2, 3 -> skip(1);
            case 4, 5, 6 -> varint();
            case 7 -> skip(Double.BYTES);
            case 8 -> skip(varint());
            case 9, 10 -> list(depth);
            case 11 -> map(depth);
            case 12 -> struct(depth + 1);
            case 13 -> skip(2 * Long.BYTES);
            default -> throw damaged("type " + type);
        }
    }

    private void list(int depth) {
        int head = take();
        long size = head >>> 4 == 0xF ? varint() : head >>> 4;
        elements(size, head & 0xF, 0, depth);
    }

    private void map(int depth) {
        long size = varint();
        int types = size == 0 ? 0 : take();
        elements(size, types >>> 4, types & 0xF, depth);
    }

    private void elements(long size, int first, int second, int depth) {
        if (size < 0 || size > bytes.length - at) {
            throw damaged("a list of " + size + " elements with " + (bytes.length - at) + " bytes left");
        }
        if (depth > DEPTH_MAX) {
            throw damaged("nested too deeply");
        }
        for (long i = 0; i < size; i++) {
            value(first, depth + 1);
            if (second != 0) {
                value(second, depth + 1);
            }
        }
    }

    private int take() {
        if (at >= bytes.length) {
            throw damaged("ends early");
        }
        return bytes[at++] & 0xFF;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = take();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw damaged("a number of more than 64 bits");
    }

    private void skip(long length) {
        if (length < 0 || length > bytes.length - at) {
            throw damaged("a text of " + length + " bytes with " + (bytes.length - at) + " left");
        }
        at += (int) length;
    }

    private static InvalidRequestException damaged(String what) {
        return new InvalidRequestException("no whole Parquet file", "footer: " + what);
    }
}
