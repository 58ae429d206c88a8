package org.almagest.internal.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow at the end; integers are written little-endian. */
final class RowBuffer {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int BYTES_AT_FIRST = 512;
    private static final int BYTES_KEPT_MAX = 1 << 20;
    private static final int BYTES_MAX = Integer.MAX_VALUE - 16;
    private static final int UTF8_BYTES_PER_CHAR_MAX = 3;

    private final InputPlace place;
    private byte[] bytes;
    private int length;
    private int rowStart;

    /** Creates a buffer whose overflow is an error at {@code place}. */
    RowBuffer(InputPlace place) {
        this(place, BYTES_AT_FIRST);
    }

    /** Creates a buffer with room for an expected size; it grows as needed. */
    RowBuffer(InputPlace place, int expectedBytes) {
        this.place = place;
        this.bytes = new byte[Math.max(BYTES_AT_FIRST, expectedBytes)];
    }

    /** Returns the bytes themselves; those from {@link #length()} on mean nothing. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Begins a row at the end. */
    void beginRow() {
        rowStart = length;
    }

    int rowStart() {
        return rowStart;
    }

    /** Returns how many bytes the row has that was begun last. */
    int rowLength() {
        return length - rowStart;
    }

    /** Makes room for bytes before the row that was begun last. */
    void insertAtRow(int count) {
        ensure(count);
        System.arraycopy(bytes, rowStart, bytes, rowStart + count, length - rowStart);
        length += count;
    }

    /** Makes room for bytes at the end, which the caller writes, and returns where. */
    int reserve(int count) {
        ensure(count);
        int start = length;
        length += count;
        return start;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Drops all bytes from {@code newLength} on. */
    void truncate(int newLength) {
        assert newLength <= length : newLength;
        length = newLength;
    }

    /** Empties the buffer; one that a huge row stretched does not stay so. */
    void clear() {
        length = 0;
        rowStart = 0;
        if (bytes.length > BYTES_KEPT_MAX) {
            bytes = new byte[BYTES_AT_FIRST];
        }
    }

    void putByte(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    void putInt(int value) {
        ensure(Integer.BYTES);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
    }

    /** Writes an integer over the four bytes at {@code index}. */
    void setInt(int index, int value) {
        INT.set(bytes, index, value);
    }

    void putLong(long value) {
        ensure(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    void putBytes(byte[] source) {
        ensure(source.length);
        System.arraycopy(source, 0, bytes, length, source.length);
        length += source.length;
    }

    /** Writes a text in UTF-8; returns false, having written part of it, if it has a lone surrogate. */
    boolean putUtf8(CharSequence characters) {
        String text = characters.toString();
        int count = text.length();
        ensure((long) count * UTF8_BYTES_PER_CHAR_MAX);
        byte[] out = bytes;
        int at = length;
        int i = 0;
        for (; i < count; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                break;
            }
            out[at + i] = (byte) c;
        }
        length = at + i;
        return i == count || putBeyondAscii(text, i);
    }

    private boolean putBeyondAscii(String text, int from) {
        int count = text.length();
        for (int i = from; i < count; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes[length++] = (byte) c;
            } else if (!Character.isSurrogate(c)) {
                putTwoOrThree(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < count && Character.isLowSurrogate(text.charAt(i + 1))) {
                putFour(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                return false;
            }
        }
        return true;
    }

    private void putTwoOrThree(int c) {
        if (c < 0x800) {
            bytes[length++] = (byte) (0xC0 | c >> 6);
        } else {
            bytes[length++] = (byte) (0xE0 | c >> 12);
            bytes[length++] = (byte) (0x80 | c >> 6 & 0x3F);
        }
        bytes[length++] = (byte) (0x80 | c & 0x3F);
    }

    private void putFour(int codePoint) {
        bytes[length++] = (byte) (0xF0 | codePoint >> 18);
        bytes[length++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
        bytes[length++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
        bytes[length++] = (byte) (0x80 | codePoint & 0x3F);
    }

    private void ensure(long more) {
        long needed = length + more;
        if (needed <= bytes.length) {
            return;
        }
        if (needed > BYTES_MAX) {
            throw place.exceeded("bytes", "rowBytesMax", needed, BYTES_MAX);
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(BYTES_MAX, Math.max(needed, bytes.length * 2L)));
    }
}
