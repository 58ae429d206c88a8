package org.almagest.storage.metadata;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
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

    private final byte[] bytes;
    private final CodedInputStream in;
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
        this.in = CodedInputStream.newInstance(bytes);
        this.subject = subject;
        this.where = where;
        this.limit = bytes.length;
    }

    String where() {
        return where;
    }

    int position() {
        return in.getTotalBytesRead();
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
        try {
            tag = in.readTag();
        } catch (IOException e) {
            throw notARecord(e);
        }
        return true;
    }

    int field() {
        return WireFormat.getTagFieldNumber(tag);
    }

    boolean isDelimited() {
        return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    boolean isVarint() {
        return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT;
    }

    /** Returns what says that this build does not know the field. */
    UnsupportedFormatException unknown(String message) {
        return new UnsupportedFormatException(
                "metadata", "with field " + field() + " of " + message, "known fields only", where);
    }

    long unsigned() throws CorruptSectionException {
        require(WireFormat.WIRETYPE_VARINT);
        return varint();
    }

    int count() throws CorruptSectionException {
        return (int) unsigned();
    }

    boolean flag() throws CorruptSectionException {
        return unsigned() != 0;
    }

    long signed() throws CorruptSectionException {
        return CodedInputStream.decodeZigZag64(unsigned());
    }

    long fixed() throws CorruptSectionException {
        require(WireFormat.WIRETYPE_FIXED64);
        return rawFixed();
    }

    byte[] content() throws CorruptSectionException {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        try {
            return in.readByteArray();
        } catch (IOException e) {
            throw notARecord(e);
        }
    }

    /** Does not use the library's own check of UTF-8: loading that brings the compiler of lambdas with it. */
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
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        try {
            return CodedInputStream.newInstance(bytes, position(), limit - position())
                    .readRawVarint64();
        } catch (IOException e) {
            throw notARecord(e);
        }
    }

    /** Goes into the message that the field holds; returns what {@link #leave} needs. */
    int enter() throws CorruptSectionException {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        try {
            int outer = limit;
            int length = in.readRawVarint32();
            in.pushLimit(length);
            limit = position() + length;
            return outer;
        } catch (IOException e) {
            throw notARecord(e);
        }
    }

    /** Goes back to the message around the one that was read to its end. */
    void leave(int outer) {
        assert position() == limit : position() + " of " + limit;
        limit = outer;
        in.popLimit(outer);
    }

    long rawFixed() throws CorruptSectionException {
        try {
            return in.readRawLittleEndian64();
        } catch (IOException e) {
            throw notARecord(e);
        }
    }

    long varint() throws CorruptSectionException {
        try {
            return in.readRawVarint64();
        } catch (IOException e) {
            throw notARecord(e);
        }
    }

    private void require(int expected) throws CorruptSectionException {
        if (WireFormat.getTagWireType(tag) != expected) {
            throw new CorruptSectionException(subject + ": field " + field() + " of another type", where);
        }
    }

    private CorruptSectionException notARecord(IOException cause) {
        return new CorruptSectionException(subject + ": not a record: " + cause.getMessage(), where);
    }
}
