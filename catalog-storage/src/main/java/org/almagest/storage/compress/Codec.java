package org.almagest.storage.compress;

import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.almagest.error.CorruptSectionException;

/**
 * How stored bytes become raw bytes. The ids reach disk and never change. Safe to share between threads.
 *
 * <p>LZ4 runs in pure Java everywhere: the compressor's output then depends on its input alone, and no native library
 * is loaded. Only the safe decompressor is used, with the raw length we stored ourselves.
 */
public enum Codec {
    /** Stored as they are. */
    NONE(0),
    /** One LZ4 block without frame. */
    LZ4(1);

    /** No LZ4 block unpacks to more than this many times its size: a longer claim is refused before allocation. */
    private static final int LZ4_RATIO_MAX = 255;

    private static final LZ4Factory LZ4_JAVA = LZ4Factory.safeInstance();

    private final int id;

    Codec(int id) {
        this.id = id;
    }

    /** Returns the number that stands for this codec on disk. */
    public int id() {
        return id;
    }

    /**
     * Returns the codec with an id.
     *
     * @param resource named in a failure
     * @throws CorruptSectionException if there is none
     */
    public static Codec of(int id, String resource) throws CorruptSectionException {
        for (Codec codec : values()) {
            if (codec.id == id) {
                return codec;
            }
        }
        throw new CorruptSectionException("codec: " + id + " (expected 0 or 1)", resource);
    }

    /** Returns the most bytes that {@link #compress} writes for this many. */
    public int storedBytesMax(int rawBytes) {
        return this == NONE ? rawBytes : LZ4_JAVA.fastCompressor().maxCompressedLength(rawBytes);
    }

    /** Returns the most raw bytes that this many stored ones can stand for. */
    public long rawBytesMax(int storedBytes) {
        return this == NONE ? storedBytes : (long) storedBytes * LZ4_RATIO_MAX;
    }

    /**
     * Compresses the first {@code rawBytes} of {@code raw} to the start of {@code stored} and returns how many bytes
     * that took.
     */
    public int compress(byte[] raw, int rawBytes, byte[] stored) {
        if (this == NONE) {
            System.arraycopy(raw, 0, stored, 0, rawBytes);
            return rawBytes;
        }
        return LZ4_JAVA.fastCompressor().compress(raw, 0, rawBytes, stored, 0, stored.length);
    }

    /**
     * Restores exactly {@code rawBytes} at the start of {@code raw}; its other bytes may change or stay.
     *
     * @throws CorruptSectionException if the stored bytes do not give that many
     */
    public void decompress(byte[] stored, int from, int storedBytes, byte[] raw, int rawBytes)
            throws CorruptSectionException {
        int given = this == NONE
                ? copy(stored, from, storedBytes, raw, rawBytes)
                : unpack(stored, from, storedBytes, raw, rawBytes);
        if (given != rawBytes) {
            throw new CorruptSectionException(
                    "codec " + id + ": " + storedBytes + " bytes give " + given + " (expected " + rawBytes + ")", "");
        }
    }

    private static int copy(byte[] stored, int from, int storedBytes, byte[] raw, int rawBytes) {
        System.arraycopy(stored, from, raw, 0, Math.min(storedBytes, rawBytes));
        return storedBytes;
    }

    private static int unpack(byte[] stored, int from, int storedBytes, byte[] raw, int rawBytes)
            throws CorruptSectionException {
        try {
            return LZ4_JAVA.safeDecompressor().decompress(stored, from, storedBytes, raw, 0, rawBytes);
        } catch (LZ4Exception e) {
            CorruptSectionException refusal =
                    new CorruptSectionException("codec " + LZ4.id + ": " + storedBytes + " bytes do not unpack", "");
            refusal.initCause(e);
            throw refusal;
        }
    }
}
