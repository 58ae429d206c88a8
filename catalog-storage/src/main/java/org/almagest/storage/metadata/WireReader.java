package org.almagest.storage.metadata;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.UnsupportedFormatException;

/**
 * Reads fields of messages of {@code metadata.proto} one by one; one thread. {@link WireWriter} says why by hand.
 *
 * <p>The caller asks for each field after {@link #next} what its number makes it; a number that it does not know is
 * {@link #unknown}, because rewriting would lose it.
 */
final class WireReader {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int DELIMITED = 2;
    static final int TYPE_BITS = 3;

    private static final int TYPE_MASK = (1 << TYPE_BITS) - 1;
    private static final char REPLACEMENT = '\uFFFD';

    private final byte[] bytes;
    private final String subject;
    private final String where;
    private int position;
    private int limit;
    private int field;
    private int type;

    /**
     * Begins at the first byte.
     *
     * @param subject what the bytes are, for messages
     * @param where where they stand, for messages
     */
    WireReader(byte[] bytes, String subject, String where) {
        this.bytes = bytes;
        this.subject = subject;
        this.where = where;
        this.limit = bytes.length;
    }

    String where() {
        return where;
    }

    int position() {
        return position;
    }

    int limit() {
        return limit;
    }

    /** Returns the bytes that were read since a position. */
    byte[] since(int from) {
        return Arrays.copyOfRange(bytes, from, position);
    }

    /** Goes to the next field of the message; false at its end. */
    boolean next() throws CorruptSectionException {
        if (position == limit) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> TYPE_BITS);
        type = (int) tag & TYPE_MASK;
        if (tag >>> Integer.SIZE != 0 || field < 1) {
            throw notARecord("tag " + tag);
        }
        return true;
    }

    int field() {
        return field;
    }

    boolean isDelimited() {
        return type == DELIMITED;
    }

    boolean isVarint() {
        return type == VARINT;
    }

    /** Returns what says that this build does not know the field. */
    UnsupportedFormatException unknown(String message) {
        return new UnsupportedFormatException(
                "metadata", "with field " + field + " of " + message, "known fields only", where);
    }

    long unsigned() throws CorruptSectionException {
        require(VARINT);
        return varint();
    }

    int count() throws CorruptSectionException {
        return (int) unsigned();
    }

    boolean flag() throws CorruptSectionException {
        return unsigned() != 0;
    }

    long signed() throws CorruptSectionException {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    long fixed() throws CorruptSectionException {
        require(FIXED64);
        return rawFixed();
    }

    byte[] content() throws CorruptSectionException {
        require(DELIMITED);
        int length = length();
        byte[] content = new byte[length];
        System.arraycopy(bytes, position, content, 0, length);
        position += length;
        return content;
    }

    String text() throws CorruptSectionException {
        require(DELIMITED);
        int length = length();
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) { // written so, or put in the place of what is not UTF-8
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, position, length));
            } catch (CharacterCodingException e) {
                throw notARecord("text that is not UTF-8");
            }
        }
        position += length;
        return text;
    }

    /** Returns how many bytes the field says that it holds, which may be more than there are; reads none of them. */
    long contentBytes() throws CorruptSectionException {
        require(DELIMITED);
        int start = position;
        long length = varint();
        position = start;
        return length;
    }

    /** Goes into the message that the field holds; returns what {@link #leave} needs. */
    int enter() throws CorruptSectionException {
        require(DELIMITED);
        int length = length();
        int outer = limit;
        limit = position + length;
        return outer;
    }

    /** Goes back to the message around the one that was read to its end. */
    void leave(int outer) {
        assert position == limit : position + " of " + limit;
        limit = outer;
    }

    long rawFixed() throws CorruptSectionException {
        if (limit - position < Long.BYTES) {
            throw notARecord("ends early");
        }
        long value = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            value = value << Byte.SIZE | bytes[position + i] & 0xFF;
        }
        position += Long.BYTES;
        return value;
    }

    long varint() throws CorruptSectionException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position == limit) {
                throw notARecord("ends early");
            }
            byte next = bytes[position++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw notARecord("number of more than ten bytes");
    }

    private int length() throws CorruptSectionException {
        long length = varint();
        if (length < 0 || length > limit - position) {
            throw notARecord("ends early");
        }
        return (int) length;
    }

    private void require(int expected) throws CorruptSectionException {
        if (type != expected) {
            throw new CorruptSectionException(subject + ": field " + field + " of another type", where);
        }
    }

    private CorruptSectionException notARecord(String problem) {
        return new CorruptSectionException(subject + ": not a record: " + problem, where);
    }
}
