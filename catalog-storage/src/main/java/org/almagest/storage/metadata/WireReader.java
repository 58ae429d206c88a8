package org.almagest.storage.metadata;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.UnsupportedFormatException;

/**
 * Reads fields of messages of {@code metadata.proto} one by one; one thread. {@link WireWriter} says why not whole messages.
 *
 * <p>The caller asks for each field after {@link #next} what its number makes it; a number that it does not know is
 * {@link #unknown}, because rewriting would lose it.
 */
final class WireReader {
    private static final char REPLACEMENT = '\uFFFD';
    private static final int VARINT_BITS = 7;

    private final byte[] bytes;
    private final ByteBuffer in;
    private final String subject;
    private final String where;
    private int limit;
    private int tag;

    /**
     * Begins at the first byte.
     *
     * @param subject what the bytes are, for messages
     * @param where where they stand, for messages
     */
    WireReader(byte[] bytes, String subject, String where) {
        this.bytes = bytes;
        this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.subject = subject;
        this.where = where;
        this.limit = bytes.length;
    }

    String where() {
        return where;
    }

    int position() {
        return in.position();
    }

    int limit() {
        return limit;
    }

    /** Returns the bytes that were read since a position. */
    byte[] since(int from) {
        return Arrays.copyOfRange(bytes, from, position());
    }

    /** Goes to the next field of the message; false at its end. */
    boolean next() throws CorruptSectionException {
        if (position() == limit) {
            return false;
        }
        tag = (int) varint();
        if (field() == 0) {
            throw notARecord("field 0");
        }
        return true;
    }

    int field() {
        return tag >>> WireWriter.TYPE_BITS;
    }

    boolean isDelimited() {
        return type() == WireWriter.DELIMITED;
    }

    boolean isVarint() {
        return type() == WireWriter.VARINT;
    }

    /** Returns what says that this build does not know the field. */
    UnsupportedFormatException unknown(String message) {
        return new UnsupportedFormatException(
                "metadata", "with field " + field() + " of " + message, "known fields only", where);
    }

    long unsigned() throws CorruptSectionException {
        require(WireWriter.VARINT);
        return varint();
    }

    int count() throws CorruptSectionException {
        return (int) unsigned();
    }

    boolean flag() throws CorruptSectionException {
        return unsigned() != 0;
    }

    long signed() throws CorruptSectionException {
        long zigzag = unsigned();
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    long fixed() throws CorruptSectionException {
        require(WireWriter.FIXED);
        return rawFixed();
    }

    byte[] content() throws CorruptSectionException {
        require(WireWriter.DELIMITED);
        byte[] content = new byte[length()];
        in.get(content);
        return content;
    }

    String text() throws CorruptSectionException {
        byte[] content = content();
        String text = new String(content, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) { // written so, or put in the place of what is not UTF-8
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            } catch (CharacterCodingException e) {
                throw new CorruptSectionException(subject + ": not a record: text that is not UTF-8", where);
            }
        }
        return text;
    }

    /** Returns how many bytes the field says that it holds, which may be more than there are; reads none of them. */
    long contentBytes() throws CorruptSectionException {
        require(WireWriter.DELIMITED);
        int from = in.position();
        long length = varint();
        in.position(from);
        return length;
    }

    /** Goes into the message that the field holds; returns what {@link #leave} needs. */
    int enter() throws CorruptSectionException {
        require(WireWriter.DELIMITED);
        int outer = limit;
        int length = length();
        limit = position() + length;
        return outer;
    }

    /** Goes back to the message around the one that was read to its end. */
    void leave(int outer) {
        assert position() == limit : position() + " of " + limit;
        limit = outer;
    }

    long rawFixed() throws CorruptSectionException {
        requireLeft(Long.BYTES);
        return in.getLong();
    }

    /** Reads up to ten bytes, of which bits beyond the 64th do not count. */
    long varint() throws CorruptSectionException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += VARINT_BITS) {
            requireLeft(1);
            byte next = in.get();
            value |= (long) (next & Byte.MAX_VALUE) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw notARecord("a number of more than ten bytes");
    }

    /** Reads how many bytes the field holds, which are there. */
    private int length() throws CorruptSectionException {
        int length = (int) varint();
        if (length < 0) {
            throw notARecord("a field of " + length + " bytes");
        }
        requireLeft(length);
        return length;
    }

    private void requireLeft(int count) throws CorruptSectionException {
        if (limit - in.position() < count) {
            throw notARecord("it ends within a field");
        }
    }

    private int type() {
        return tag & WireWriter.TYPE_MASK;
    }

    private void require(int expected) throws CorruptSectionException {
        if (type() != expected) {
            throw new CorruptSectionException(subject + ": field " + field() + " of another type", where);
        }
    }

    private CorruptSectionException notARecord(String problem) {
        return new CorruptSectionException(subject + ": not a record: " + problem, where);
    }
}
