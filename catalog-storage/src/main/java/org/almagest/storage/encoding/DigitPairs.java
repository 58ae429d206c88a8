package org.almagest.storage.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes decimal digits two at a time, which halves the divisions. */
final class DigitPairs {
    private static final int COUNT = 100;
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final short[] PAIRS = pairs();

    private DigitPairs() {}

    private static short[] pairs() {
        short[] pairs = new short[COUNT];
        for (int i = 0; i < COUNT; i++) {
            pairs[i] = (short) (('0' + i / 10) | ('0' + i % 10) << Byte.SIZE);
        }
        return pairs;
    }

    /** Writes the two digits of a number from 0 to 99. */
    static void put(byte[] bytes, int at, int number) {
        SHORT.set(bytes, at, PAIRS[number]);
    }
}
