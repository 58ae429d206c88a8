package org.almagest.storage.wal;

import static org.almagest.storage.wal.WalFormat.CRITICAL_BITS_OFFSET;
import static org.almagest.storage.wal.WalFormat.FIRST_SEQUENCE_OFFSET;
import static org.almagest.storage.wal.WalFormat.HEADER_BYTES;
import static org.almagest.storage.wal.WalFormat.HEADER_CRC_OFFSET;
import static org.almagest.storage.wal.WalFormat.MAJOR;
import static org.almagest.storage.wal.WalFormat.MAJOR_OFFSET;
import static org.almagest.storage.wal.WalFormat.MINOR;
import static org.almagest.storage.wal.WalFormat.MINOR_OFFSET;
import static org.almagest.storage.wal.WalFormat.NUMBER_OFFSET;
import static org.almagest.storage.wal.WalFormat.PREVIOUS_CRC_OFFSET;
import static org.almagest.storage.wal.WalFormat.PREVIOUS_LENGTH_OFFSET;
import static org.almagest.storage.wal.WalFormat.PREVIOUS_NUMBER_OFFSET;
import static org.almagest.storage.wal.WalFormat.RESERVED_OFFSET;
import static org.almagest.storage.wal.WalFormat.STORE_ID_OFFSET;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.storage.metadata.StoreIdentity;

/**
 * The first bytes of a log file: whose it is, and which bytes of which file come before it.
 *
 * @param number of this file, from 1
 * @param firstSequence no frame of this file has a lower one
 * @param previous the file before in the same chain
 */
public record WalHeader(StoreIdentity store, long number, long firstSequence, Previous previous) {
    private static final String SUBJECT = "log";

    /** Refuses numbers out of range. */
    public WalHeader {
        if (number < 1 || firstSequence < 1 || previous.number >= number) {
            throw new IllegalArgumentException(
                    "log: number " + number + ", first sequence " + firstSequence + ", previous " + previous);
        }
    }

    /**
     * The good bytes of a file: what recovery must find there.
     *
     * @param number of the file, 0 for {@link #NONE}
     * @param length header included
     * @param crc CRC-32C of those bytes
     */
    public record Previous(long number, long length, int crc) {
        /** Nothing comes before: a chain starts. */
        public static final Previous NONE = new Previous(0, 0, 0);

        /** Refuses numbers out of range. */
        public Previous {
            boolean none = number == 0 && length == 0 && crc == 0;
            if (!none && (number < 1 || length < HEADER_BYTES)) {
                throw new IllegalArgumentException("log: previous " + number + " of " + length + " bytes");
            }
        }
    }

    /** Returns the header of a log that starts a chain: the first of a store, and the one that recovery makes. */
    public static WalHeader first(StoreIdentity store, long number, long firstSequence) {
        return new WalHeader(store, number, firstSequence, Previous.NONE);
    }

    /** Returns the bytes, ready to be read. */
    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(WalFormat.MAGIC.getBytes(StandardCharsets.US_ASCII));
        bytes.putShort((short) MAJOR)
                .putShort((short) MINOR)
                .putInt(0)
                .putLong(0)
                .putLong(0);
        store.put(bytes);
        bytes.putLong(number).putLong(firstSequence);
        bytes.putLong(previous.number).putLong(previous.length).putInt(previous.crc);
        assert bytes.position() == HEADER_CRC_OFFSET : bytes;
        return bytes.putInt(WalFormat.headerCrc(bytes)).flip();
    }

    /**
     * Reads a header; empty when the bytes are too few or their checksum fails, as in a half-made file.
     *
     * @throws CorruptStoreException if a whole header is that of another file or store
     * @throws UnsupportedFormatException if its version or a critical bit is unknown to this build
     */
    static Optional<WalHeader> decode(ByteBuffer bytes, StoreIdentity store, long number) {
        if (bytes.limit() < HEADER_BYTES || WalFormat.headerCrc(bytes) != bytes.getInt(HEADER_CRC_OFFSET)) {
            return Optional.empty();
        }
        String file = WalFiles.name(number);
        if (!WalFormat.hasMagic(bytes)) {
            throw corrupt("magic (expected " + WalFormat.MAGIC + ")", file, 0);
        }
        checkVersion(bytes, file);
        StoreIdentity found = StoreIdentity.get(bytes.slice(STORE_ID_OFFSET, StoreIdentity.BYTES));
        if (!found.equals(store)) {
            throw corrupt("store " + found + " (expected " + store + ")", file, STORE_ID_OFFSET);
        }
        if (bytes.getLong(NUMBER_OFFSET) != number) {
            throw corrupt("number " + bytes.getLong(NUMBER_OFFSET) + " (expected " + number + ")", file, NUMBER_OFFSET);
        }
        if (bytes.getInt(RESERVED_OFFSET) != 0) {
            throw corrupt("reserved " + bytes.getInt(RESERVED_OFFSET) + " (expected 0)", file, RESERVED_OFFSET);
        }
        return Optional.of(numbers(bytes, store, file));
    }

    /** Tells whether the whole header of a log stands here, and not that of the one with this number. */
    static boolean isOfAnother(ByteBuffer bytes, StoreIdentity store, long number) {
        return bytes.limit() >= HEADER_BYTES
                && WalFormat.headerCrc(bytes) == bytes.getInt(HEADER_CRC_OFFSET)
                && WalFormat.hasMagic(bytes)
                && !(StoreIdentity.get(bytes.slice(STORE_ID_OFFSET, StoreIdentity.BYTES))
                                .equals(store)
                        && bytes.getLong(NUMBER_OFFSET) == number);
    }

    private static WalHeader numbers(ByteBuffer bytes, StoreIdentity store, String file) {
        try {
            Previous previous = new Previous(
                    bytes.getLong(PREVIOUS_NUMBER_OFFSET),
                    bytes.getLong(PREVIOUS_LENGTH_OFFSET),
                    bytes.getInt(PREVIOUS_CRC_OFFSET));
            return new WalHeader(store, bytes.getLong(NUMBER_OFFSET), bytes.getLong(FIRST_SEQUENCE_OFFSET), previous);
        } catch (IllegalArgumentException e) {
            throw new CorruptStoreException(e.getMessage() + " (out of range)", file, FIRST_SEQUENCE_OFFSET, e);
        }
    }

    private static void checkVersion(ByteBuffer bytes, String file) {
        int major = Short.toUnsignedInt(bytes.getShort(MAJOR_OFFSET));
        int minor = Short.toUnsignedInt(bytes.getShort(MINOR_OFFSET));
        String readable = MAJOR + "." + MINOR;
        if (major != MAJOR || minor != MINOR) {
            throw new UnsupportedFormatException(SUBJECT, major + "." + minor, readable, file);
        }
        long critical = bytes.getLong(CRITICAL_BITS_OFFSET);
        if (critical != 0) {
            String bits = " with critical bits 0x";
            throw new UnsupportedFormatException(
                    SUBJECT, readable + bits + Long.toHexString(critical), readable + bits + "0", file);
        }
    }

    private static CorruptStoreException corrupt(String problem, String file, long offset) {
        return new CorruptStoreException(SUBJECT + ": " + problem, file, offset);
    }
}
