package org.almagest.storage.metadata;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.UnsupportedFormatException;

/**
 * The file {@code FORMAT}: which layout the folder has, and which store it is. Written once, frozen.
 *
 * <p>Little-endian, except the two identities, which are bytes in their text order. A reader refuses another size,
 * magic or checksum and a nonzero reserved field as damage; another version or an unknown critical bit as a format it
 * does not read. Optional bits it does not know are ignored. Golden bytes: {@code golden/format/v1}.
 *
 * <pre>
 * offset  bytes  field          constraint
 * 0       8      magic          ALMAGEST in ASCII
 * 8       2      major          u16, MAJOR
 * 10      2      minor          u16, MINOR
 * 12      4      reserved       0
 * 16      8      critical bits  features a reader must know; none so far
 * 24      8      optional bits  features a reader may ignore; none so far
 * 32      16     store id       random
 * 48      16     namespace      enters the ids of datasets
 * 64      4      crc32c         CRC-32C of bytes 0 to 63
 * </pre>
 *
 * @param optionalBits as found; 0 when written by this build
 */
public record FormatFile(StoreIdentity store, UUID namespace, long optionalBits) {
    /** The name of the file. */
    public static final String NAME = "FORMAT";

    /** The size of the file. */
    public static final int BYTES = 68;

    static final String MAGIC = "ALMAGEST";
    static final int MAJOR = 1;
    static final int MINOR = 0;
    static final int MAGIC_OFFSET = 0;
    static final int MAJOR_OFFSET = 8;
    static final int MINOR_OFFSET = 10;
    static final int RESERVED_OFFSET = 12;
    static final int CRITICAL_BITS_OFFSET = 16;
    static final int OPTIONAL_BITS_OFFSET = 24;
    static final int STORE_ID_OFFSET = 32;
    static final int NAMESPACE_OFFSET = 48;
    static final int CRC32C_OFFSET = 64;

    private static final String SUBJECT = "store";

    /** Returns what a new store writes. */
    public static FormatFile create(StoreIdentity store, UUID namespace) {
        return new FormatFile(store, namespace, 0);
    }

    /** Returns the bytes of the file, ready to be read. */
    public ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC.getBytes(StandardCharsets.US_ASCII));
        bytes.putShort((short) MAJOR).putShort((short) MINOR).putInt(0);
        bytes.putLong(0).putLong(optionalBits);
        store.put(bytes);
        new StoreIdentity(namespace.getMostSignificantBits(), namespace.getLeastSignificantBits()).put(bytes);
        assert bytes.position() == CRC32C_OFFSET : bytes;
        return bytes.putInt(crc(bytes)).flip();
    }

    /**
     * Reads the remaining bytes of a buffer as the file.
     *
     * @throws CorruptSectionException if they are not what was written
     * @throws UnsupportedFormatException if the version or a critical bit is unknown to this build
     */
    public static FormatFile decode(ByteBuffer file) throws CorruptSectionException {
        ByteBuffer bytes = file.slice().order(ByteOrder.LITTLE_ENDIAN);
        checkEnvelope(bytes);
        int major = Short.toUnsignedInt(bytes.getShort(MAJOR_OFFSET));
        int minor = Short.toUnsignedInt(bytes.getShort(MINOR_OFFSET));
        long critical = bytes.getLong(CRITICAL_BITS_OFFSET);
        String readable = MAJOR + "." + MINOR;
        if (major != MAJOR || minor != MINOR) {
            throw new UnsupportedFormatException(SUBJECT, major + "." + minor, readable, NAME);
        }
        if (critical != 0) {
            String bits = " with critical bits 0x";
            throw new UnsupportedFormatException(
                    SUBJECT, readable + bits + Long.toHexString(critical), readable + bits + "0", NAME);
        }
        if (bytes.getInt(RESERVED_OFFSET) != 0) {
            throw new CorruptSectionException(
                    "store: reserved: " + hex(bytes.getInt(RESERVED_OFFSET)) + " (expected 0)", NAME, RESERVED_OFFSET);
        }
        StoreIdentity namespace = StoreIdentity.get(bytes.position(NAMESPACE_OFFSET));
        return new FormatFile(
                StoreIdentity.get(bytes.position(STORE_ID_OFFSET)),
                new UUID(namespace.high(), namespace.low()),
                bytes.getLong(OPTIONAL_BITS_OFFSET));
    }

    private static void checkEnvelope(ByteBuffer bytes) throws CorruptSectionException {
        // A later layout may be longer; its first bytes say so, and damage must not be taken for one.
        if (bytes.limit() > BYTES && hasMagic(bytes) && bytes.getShort(MAJOR_OFFSET) > MAJOR) {
            int major = bytes.getShort(MAJOR_OFFSET);
            throw new UnsupportedFormatException(
                    SUBJECT, major + "." + bytes.getShort(MINOR_OFFSET), MAJOR + "." + MINOR, NAME);
        }
        if (bytes.limit() != BYTES) {
            throw new CorruptSectionException(
                    "store: size: " + bytes.limit() + " bytes (expected " + BYTES + ")", NAME);
        }
        if (!hasMagic(bytes)) {
            throw new CorruptSectionException("store: magic (expected " + MAGIC + ")", NAME);
        }
        int expected = bytes.getInt(CRC32C_OFFSET);
        if (crc(bytes) != expected) {
            throw new CorruptSectionException(
                    "store: crc32c " + hex(crc(bytes)) + " (expected " + hex(expected) + ")", NAME);
        }
    }

    private static boolean hasMagic(ByteBuffer bytes) {
        ByteBuffer magic = ByteBuffer.wrap(MAGIC.getBytes(StandardCharsets.US_ASCII));
        return bytes.slice(MAGIC_OFFSET, magic.limit()).equals(magic);
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().limit(CRC32C_OFFSET).position(0));
        return (int) crc.getValue();
    }

    private static String hex(int value) {
        return "0x" + HexFormat.of().toHexDigits(value);
    }
}
