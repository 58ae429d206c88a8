package org.almagest.storage.metadata;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes fields of messages of {@code metadata.proto}, in ascending order of their numbers; one thread.
 *
 * <p>By hand and not by generated code, because every opening of a store writes a manifest, and the classes that
 * generated messages need take longer to load than all the rest of an opening. Methods whose names do not begin with
 * "present" leave out a value that is the default, as generated code does.
 */
final class WireWriter {
    private static final int LEAST_BYTES = 256;
    private static final int VARINT_BYTES_MAX = 10;

    private byte[] bytes = new byte[LEAST_BYTES];
    private int size;

    /** Forgets what was written. */
    WireWriter clear() {
        size = 0;
        return this;
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void unsigned(int field, long value) {
        if (value != 0) {
            presentUnsigned(field, value);
        }
    }

    void presentUnsigned(int field, long value) {
        tag(field, WireReader.VARINT);
        varint(value);
    }

    void signed(int field, long value) {
        if (value != 0) {
            presentSigned(field, value);
        }
    }

    void presentSigned(int field, long value) {
        presentUnsigned(field, value << 1 ^ value >> Long.SIZE - 1);
    }

    void flag(int field, boolean value) {
        unsigned(field, value ? 1 : 0);
    }

    void fixed(int field, long value) {
        if (value != 0) {
            tag(field, WireReader.FIXED64);
            rawFixed(value);
        }
    }

    void text(int field, String value) {
        if (!value.isEmpty()) {
            presentText(field, value);
        }
    }

    void presentText(int field, String value) {
        presentContent(field, value.getBytes(StandardCharsets.UTF_8));
    }

    void content(int field, byte[] value) {
        if (value.length > 0) {
            presentContent(field, value);
        }
    }

    void presentContent(int field, byte[] value) {
        head(field, value.length);
        append(value, value.length);
    }

    /** Writes a message within this one. */
    void message(int field, WireWriter inner) {
        head(field, inner.size);
        append(inner.bytes, inner.size);
    }

    /** Writes the tag of a field of this many bytes, which the caller writes next. */
    void head(int field, int length) {
        tag(field, WireReader.DELIMITED);
        varint(length);
    }

    void rawFixed(long value) {
        reserve(Long.BYTES);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    void varint(long value) {
        reserve(VARINT_BYTES_MAX);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    private void tag(int field, int type) {
        varint((long) field << WireReader.TYPE_BITS | type);
    }

    private void append(byte[] from, int length) {
        reserve(length);
        System.arraycopy(from, 0, bytes, size, length);
        size += length;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length + (bytes.length >> 1)));
        }
    }
}
