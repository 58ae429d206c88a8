package org.almagest.storage.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.almagest.internal.format.Varint;

/** Bytes that grow at the end; integers are little-endian. One thread. */
public final class ByteSink {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HASHED_MAX = 64;
    /** Copying more by words takes longer than a call. */
    private static final int WORDS_BYTES_MAX = 64;

    private static final int BYTES_AT_FIRST = 512;
    /** Arrays longer than this are not kept: one huge row must not hold memory for ever. */
    private static final int BYTES_KEPT_MAX = 1 << 23;

    private byte[] bytes = new byte[BYTES_AT_FIRST];
    private int length;

    /** Returns the bytes themselves; those from {@link #length()} on mean nothing. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
        if (bytes.length > BYTES_KEPT_MAX) {
            bytes = new byte[BYTES_AT_FIRST];
        }
    }

    /** Drops all bytes from {@code newLength} on, or adds some that mean nothing. */
    public void length(int newLength) {
        ensure(newLength - length);
        length = newLength;
    }

    public void put8(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    public void put16(int value) {
        ensure(Short.BYTES);
        SHORT.set(bytes, length, (short) value);
        length += Short.BYTES;
    }

    public void put32(int value) {
        ensure(Integer.BYTES);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
    }

    public void put64(long value) {
        ensure(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    public void putVarint(long value) {
        ensure(Varint.BYTES_MAX);
        length = Varint.put(bytes, length, value);
    }

    public void put(byte[] source, int from, int count) {
        if (count <= 2 * Long.BYTES && count >= 0 && from <= source.length - 2 * Long.BYTES) {
            // Two words, whatever follows, need no look at the length.
            ensure(2 * Long.BYTES);
            LONG.set(bytes, length, (long) LONG.get(source, from));
            LONG.set(bytes, length + Long.BYTES, (long) LONG.get(source, from + Long.BYTES));
        } else {
            ensure(count);
            System.arraycopy(source, from, bytes, length, count);
        }
        length += count;
    }

    /** Copies bytes, by words where they are few; up to seven behind them are read, and overwritten. */
    static void copy(byte[] source, int from, byte[] target, int at, int count) {
        if (count > WORDS_BYTES_MAX) {
            System.arraycopy(source, from, target, at, count);
            return;
        }
        for (int i = 0; i < count; i += Long.BYTES) {
            LONG.set(target, at + i, (long) LONG.get(source, from + i));
        }
    }

    public void put(ByteBuffer source, int from, int count) {
        ensure(count);
        source.get(from, bytes, length, count);
        length += count;
    }

    /** Returns a number that depends on the length and on the first bytes. */
    public int hash() {
        int hash = length;
        for (int i = Math.min(length, HASHED_MAX) - 1; i >= 0; i--) {
            hash = 31 * hash + bytes[i];
        }
        return hash ^ hash >>> Short.SIZE;
    }

    public void set32(int index, int value) {
        INT.set(bytes, index, value);
    }

    public static int get16(byte[] bytes, int index) {
        return (short) SHORT.get(bytes, index);
    }

    public static int get32(byte[] bytes, int index) {
        return (int) INT.get(bytes, index);
    }

    public static long get64(byte[] bytes, int index) {
        return (long) LONG.get(bytes, index);
    }

    public static void set64(byte[] bytes, int index, long value) {
        LONG.set(bytes, index, value);
    }

    /** Makes room for some bytes at the end. */
    public void ensure(int more) {
        if (more > bytes.length - length) {
            int needed = Math.addExact(length, more);
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(Integer.MAX_VALUE - 16, bytes.length * 2L)));
        }
    }
}
