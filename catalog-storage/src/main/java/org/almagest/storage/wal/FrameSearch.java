package org.almagest.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.almagest.internal.format.Place;
import org.almagest.storage.metadata.StoreIdentity;

/**
 * Looks for whole frames behind damage, where nothing says at which offset the next one begins.
 *
 * <p>Every offset is tried, and a hostile file can make every few bytes look like the head of a long frame. So the
 * checksum of a candidate is not computed over its bytes: prefix checksums of the file are taken once, every
 * {@link #STEP_BYTES}, and the checksum of any range follows from two of them by algebra. Time stays linear in the size
 * of the file, heap is 1/128 of it.
 */
final class FrameSearch {
    private static final int STEP_BYTES = 512;

    /** CRC-32C, bits reversed. */
    private static final int POLYNOMIAL = 0x82F63B78;

    private static final int DIGIT_BITS = 11;
    private static final int DIGIT_MASK = (1 << DIGIT_BITS) - 1;

    /** What zero bytes do to a checksum: x^(8 d 2048^n) modulo the polynomial, for the n-th digit d of their number. */
    private static final int[][] ZEROS = zeros();

    private final FileWindow file;
    private final FileWindow ends;
    private final StoreIdentity store;
    private final long number;
    private final long start;
    private final int[] prefixes;

    /**
     * Prepares a search of the bytes from {@code start} to the end.
     *
     * @param file for the offsets that are tried
     * @param ends for the ends of candidates, so that the two do not fight for one window
     */
    FrameSearch(FileWindow file, FileWindow ends, WalReader.Origin origin, long start) throws IOException {
        this.file = file;
        this.ends = ends;
        this.store = origin.store();
        this.number = origin.number();
        this.start = start;
        this.prefixes = new int[Math.toIntExact((file.size() - start) / STEP_BYTES + 1)];
        CRC32C crc = new CRC32C();
        for (int i = 1; i < prefixes.length; i++) {
            crc.update(file.view(start + (i - 1L) * STEP_BYTES, STEP_BYTES));
            prefixes[i] = (int) crc.getValue();
        }
    }

    /** A whole frame, its payload not looked at. */
    record Found(long offset, long sequence, long syncedSequence) {}

    /** Returns the first whole frame from the start on whose synced sequence is at least {@code synced}. */
    Optional<Found> find(long synced) throws IOException {
        long last = file.size() - WalFormat.FRAME_OVERHEAD_BYTES;
        for (long offset = start; offset <= last; offset++) {
            ByteBuffer head = file.view(offset, WalFormat.PAYLOAD_OFFSET);
            long sequence = head.getLong(WalFormat.SEQUENCE_OFFSET);
            long itsSynced = head.getLong(WalFormat.SYNCED_SEQUENCE_OFFSET);
            int length = head.getInt(WalFormat.PAYLOAD_LENGTH_OFFSET);
            boolean plausible = itsSynced >= synced
                    && sequence > itsSynced
                    && length >= 0
                    && length <= WalFormat.PAYLOAD_BYTES_MAX
                    && offset + length <= last;
            if (plausible && isWhole(offset, length)) {
                return Optional.of(new Found(offset, sequence, itsSynced));
            }
        }
        return Optional.empty();
    }

    private boolean isWhole(long offset, int payloadLength) throws IOException {
        long end = offset + WalFormat.PAYLOAD_OFFSET + payloadLength;
        Place place = store.place(number, offset);
        int crc = combine((int) place.begin().getValue() ^ prefix(offset, file), prefix(end, ends), end - offset);
        return crc == ends.view(end, WalFormat.FRAME_CRC_BYTES).getInt();
    }

    /** Returns the checksum of the bytes from the start to {@code end}. */
    private int prefix(long end, FileWindow window) throws IOException {
        int index = (int) ((end - start) / STEP_BYTES);
        long from = start + (long) index * STEP_BYTES;
        int rest = (int) (end - from);
        assert rest >= 0 && rest < STEP_BYTES : rest;
        CRC32C crc = new CRC32C();
        crc.update(window.view(from, rest));
        return combine(prefixes[index], (int) crc.getValue(), rest);
    }

    /**
     * Returns the checksum of two byte sequences, one after the other, from theirs and the length of the second.
     *
     * <p>Source: crc32_combine of zlib. As the operation is linear, {@code combine(a ^ b, c, n)} with b the checksum of
     * a prefix and c that of the longer one takes the prefix out and puts a in its place.
     */
    static int combine(int first, int second, long secondLength) {
        return afterZeros(first, secondLength) ^ second;
    }

    private static int afterZeros(int crc, long count) {
        assert count >= 0 && count <= WalFormat.FILE_BYTES_MAX : count;
        int product = crc;
        long rest = count;
        for (int n = 0; rest != 0; n++) {
            product = multiply(ZEROS[n][(int) rest & DIGIT_MASK], product);
            rest >>>= DIGIT_BITS;
        }
        return product;
    }

    private static int[][] zeros() {
        int[][] zeros = new int[3][DIGIT_MASK + 1];
        int step = 1 << Integer.SIZE - 1 - Byte.SIZE; // x^8
        for (int[] powers : zeros) {
            powers[0] = Integer.MIN_VALUE; // x^0
            for (int digit = 1; digit < powers.length; digit++) {
                powers[digit] = multiply(powers[digit - 1], step);
            }
            step = multiply(powers[DIGIT_MASK], step);
        }
        return zeros;
    }

    /** Returns the product of two polynomials modulo that of the checksum; the highest bit is x^0. */
    private static int multiply(int left, int right) {
        int product = 0;
        int shifted = right;
        for (int bit = Integer.MIN_VALUE; bit != 0; bit >>>= 1) {
            if ((left & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) != 0 ? shifted >>> 1 ^ POLYNOMIAL : shifted >>> 1;
        }
        return product;
    }
}
