package org.almagest.io.stac.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.almagest.internal.json.ShortestDecimal;

/** A growable buffer of UTF-8 that text and numbers are appended to. One thread. */
public final class ByteSink {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int KEPT_MAX = 1 << 20;

    /** From here on the copy that the JDK makes, many bytes at a time, is cheaper than a loop over characters. */
    private static final int LONG = 32;

    private byte[] bytes;
    private int size;
    private final StringBuilder scratch = new StringBuilder(32);

    /** Returns an empty buffer. */
    public ByteSink() {
        this(1 << 12);
    }

    /** Returns an empty buffer with room for so many bytes. */
    public ByteSink(int room) {
        bytes = new byte[room];
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(
                    bytes, Math.max(Math.addExact(size, more), (int) Math.min(2L * bytes.length, 1 << 30)));
        }
    }

    /** Appends one byte. */
    public ByteSink put(int b) {
        room(1);
        bytes[size++] = (byte) b;
        return this;
    }

    /** Appends bytes. */
    public ByteSink put(byte[] more) {
        return put(more, 0, more.length);
    }

    /** Appends bytes. */
    public ByteSink put(byte[] more, int from, int count) {
        room(count);
        System.arraycopy(more, from, bytes, size, count);
        size += count;
        return this;
    }

    /** Appends text that is known to be ASCII. */
    public ByteSink ascii(CharSequence text) {
        int length = text.length();
        if (length > LONG && text instanceof String string) {
            return put(string.getBytes(StandardCharsets.ISO_8859_1));
        }
        room(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
        return this;
    }

    /** Appends text as UTF-8, as it stands; such as JSON. */
    public ByteSink utf8(CharSequence text) {
        int length = text.length();
        if (length > LONG && text instanceof String string) {
            return put(string.getBytes(StandardCharsets.UTF_8));
        }
        room(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return put(text.subSequence(i, length).toString().getBytes(StandardCharsets.UTF_8));
            }
            bytes[size++] = (byte) c;
        }
        return this;
    }

    /** Appends text as a JSON string, in quotes, escaping what JSON must escape and nothing else. */
    public ByteSink json(String text) {
        int length = text.length();
        room(length + 2);
        bytes[size++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                escape(c);
                room(length - i + 1);
            } else if (c < 0x80) {
                bytes[size++] = (byte) c;
            } else {
                int end = i + 1;
                while (end < length && text.charAt(end) >= 0x80) {
                    end++;
                }
                put(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                room(length - end + 1);
                i = end - 1;
            }
        }
        bytes[size++] = '"';
        return this;
    }

    private void escape(char c) {
        put('\\');
        switch (c) {
            case '"', '\\' -> put(c);
            case '\b' -> put('b');
            case '\t' -> put('t');
            case '\n' -> put('n');
            case '\f' -> put('f');
            case '\r' -> put('r');
            default -> ascii("u00").put(HEX[c >> 4]).put(HEX[c & 15]);
        }
    }

    /** Appends a finite number in its shortest form. */
    public ByteSink number(double value) {
        scratch.setLength(0);
        ShortestDecimal.append(scratch, value);
        return ascii(scratch);
    }

    /** Appends an integer. */
    public ByteSink number(long value) {
        scratch.setLength(0);
        return ascii(scratch.append(value));
    }

    /** Returns how many bytes there are. */
    public int size() {
        return size;
    }

    /** Takes back what was appended after there were so many bytes. */
    public void cutTo(int earlier) {
        size = earlier;
    }

    /** Returns a copy of the bytes. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /**
     * Writes the bytes and empties the buffer.
     *
     * @throws IOException if the sink fails
     */
    public void drainTo(OutputStream sink) throws IOException {
        sink.write(bytes, 0, size);
        size = 0;
        if (bytes.length > KEPT_MAX) {
            bytes = new byte[KEPT_MAX];
        }
    }

    /** Returns the bytes as text. */
    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
