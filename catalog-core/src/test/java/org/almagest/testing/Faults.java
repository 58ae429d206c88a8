package org.almagest.testing;

import java.util.Arrays;
import org.almagest.error.CatalogException;
import org.almagest.error.CorruptSectionException;

/** Damages bytes and demands that whoever opens them refuses, by an exception that says so and no other. */
public final class Faults {
    private Faults() {}

    /** Opens bytes, and reads all that must hold. */
    @FunctionalInterface
    public interface Opener {
        /** Returns normally when the bytes are accepted. */
        void open(byte[] bytes) throws Exception;
    }

    /** Flips every bit in turn. */
    public static void assertEveryBitFlipRefused(byte[] bytes, Opener opener) {
        assertAccepted(bytes, opener);
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            assertRefused(bitFlipped(bytes, bit), opener, "bit " + bit % Byte.SIZE + " of byte " + bit / Byte.SIZE);
        }
    }

    /** Cuts the bytes to every shorter length, and adds one. */
    public static void assertEveryTruncationRefused(byte[] bytes, Opener opener) {
        assertAccepted(bytes, opener);
        for (int length = 0; length < bytes.length; length++) {
            assertRefused(Arrays.copyOf(bytes, length), opener, "cut to " + length + " bytes");
        }
        assertRefused(Arrays.copyOf(bytes, bytes.length + 1), opener, "one byte more");
    }

    /** Demands that the bytes are refused as they are. */
    public static void assertRefused(byte[] bytes, Opener opener) {
        assertRefused(bytes, opener, bytes.length + " bytes");
    }

    /** Returns the bytes with one bit turned. */
    public static byte[] bitFlipped(byte[] bytes, int bit) {
        byte[] damaged = bytes.clone();
        damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return damaged;
    }

    private static void assertAccepted(byte[] bytes, Opener opener) {
        try {
            opener.open(bytes.clone());
        } catch (Exception e) {
            throw new AssertionError("undamaged bytes were refused: " + e, e);
        }
    }

    private static void assertRefused(byte[] bytes, Opener opener, String damage) {
        try {
            opener.open(bytes);
        } catch (CorruptSectionException | CatalogException refusal) {
            return;
        } catch (Exception | Error e) {
            throw new AssertionError(damage + ": not refused by name: " + e, e);
        }
        throw new AssertionError(damage + ": accepted");
    }
}
