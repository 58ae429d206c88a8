package org.almagest.storage.metadata;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes fields of messages of {@code metadata.proto}, in ascending order of their numbers; one thread.
 *
 * <p>Field by field, without the library of that format: every opening of a store reads and writes a manifest, and its
 * generated messages took longer to load than all the rest of an opening, its streams a tenth of it. Methods whose
 * names do not begin with "present" leave out a value that is the default, as generated code does.
 *
 * <p>A field is a tag (its number times eight, plus the type of what follows) and a value; numbers are varints, seven
 * bits a byte from the lowest, all but the last with the highest bit set.
 */
final class WireWriter {
    static final int TYPE_BITS = 3;
    static final int TYPE_MASK = (1 << TYPE_BITS) - 1;

    // The types, as the format numbers them.
    static final int VARINT = 0;
    static final int FIXED = 1;
    static final int DELIMITED = 2;

    private static final int BYTES_AT_FIRST = 512;
    private static final int VARINT_BITS = 7;
    private static final int VARINT_BYTES_MAX = 10;

    private ByteBuffer out = ByteBuffer.allocate(BYTES_AT_FIRST).order(ByteOrder.LITTLE_ENDIAN);

    /** Forgets what was written. */
    WireWriter clear() {
        out.clear();
        return this;
    }

    int size() {
        return out.position();
    }

    byte[] toBytes() {
        return Arrays.copyOf(out.array(), size());
    }

    void writeTo(OutputStream target) throws IOException {
        target.write(out.array(), 0, size());
    }

    void unsigned(int field, long value) {
        if (value != 0) {
            presentUnsigned(field, value);
        }
    }

    void presentUnsigned(int field, long value) {
        tag(field, VARINT);
        varint(value);
    }

    void signed(int field, long value) {
        if (value != 0) {
            presentSigned(field, value);
        }
    }

    void presentSigned(int field, long value) {
        presentUnsigned(field, (value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    void flag(int field, boolean value) {
        unsigned(field, value ? 1 : 0);
    }

    void fixed(int field, long value) {
        if (value != 0) {
            tag(field, FIXED);
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
        room(value.length).put(value);
    }

    /** Writes a message within this one. */
    void message(int field, WireWriter inner) {
        head(field, inner.size());
        room(inner.size()).put(inner.out.array(), 0, inner.size());
    }

    /** Writes the tag of a field of this many bytes, which the caller writes next. */
    void head(int field, int length) {
        tag(field, DELIMITED);
        varint(length);
    }

    void rawFixed(long value) {
        room(Long.BYTES).putLong(value);
    }

    void varint(long value) {
        ByteBuffer to = room(VARINT_BYTES_MAX);
        long rest = value;
        while (rest >>> VARINT_BITS != 0) {
            to.put((byte) (rest | ~Byte.MAX_VALUE));
            rest >>>= VARINT_BITS;
        }
        to.put((byte) rest);
    }

    private void tag(int field, int type) {
        varint((long) field << TYPE_BITS | type);
    }

    /** Returns the buffer with room for some bytes more. */
    private ByteBuffer room(int count) {
        if (out.remaining() < count) {
            int size =
                    Math.max(Math.addExact(size(), count), (int) Math.min(Integer.MAX_VALUE - 8, 2L * out.capacity()));
            out = ByteBuffer.wrap(Arrays.copyOf(out.array(), size))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .position(size());
        }
        return out;
    }
}
