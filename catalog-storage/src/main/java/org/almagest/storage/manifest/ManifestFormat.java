package org.almagest.storage.manifest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.storage.metadata.DecodedManifest;
import org.almagest.storage.metadata.Manifest;
import org.almagest.storage.metadata.ManifestCodec;
import org.almagest.storage.metadata.StoreIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The layout of a manifest file, format 0.3: a header, the body, a checksum.
 *
 * <p>Little-endian, except the store id, which is bytes in their order. A reader refuses a file whose checksum fails,
 * whatever else it says; then another magic, version, store or number, an unknown critical bit, nonzero reserved bytes,
 * a length that is not that of the file, and a body that {@link ManifestCodec} refuses. Every later 0.x keeps header
 * and checksum. Page: {@code docs/format/manifest.md}; golden bytes: {@code golden/manifest/v0.3}.
 *
 * <pre>
 * offset  bytes  field          constraint
 * 0       8      magic          ALMAGMAN in ASCII
 * 8       2      major          u16, MAJOR
 * 10      2      minor          u16, MINOR
 * 12      4      reserved       0
 * 16      8      critical bits  features a reader must know; none so far
 * 24      8      optional bits  features a reader may ignore; none so far
 * 32      16     store id       as in FORMAT
 * 48      8      version        i64, as in the file's name; at least 1
 * 56      8      body length    i64, 0..BODY_BYTES_MAX
 * 64      n      body           message Manifest of metadata.proto
 * 64+n    4      crc32c         CRC-32C of the Place (store id, version, 0) and all bytes before
 * </pre>
 */
final class ManifestFormat {
    static final String MAGIC = "ALMAGMAN";
    static final int MAJOR = 0;
    static final int MINOR = 3;
    static final int MAGIC_OFFSET = 0;
    static final int MAJOR_OFFSET = 8;
    static final int MINOR_OFFSET = 10;
    static final int RESERVED_OFFSET = 12;
    static final int CRITICAL_BITS_OFFSET = 16;
    static final int OPTIONAL_BITS_OFFSET = 24;
    static final int STORE_ID_OFFSET = 32;
    static final int VERSION_OFFSET = 48;
    static final int BODY_LENGTH_OFFSET = 56;
    static final int BODY_OFFSET = 64;
    static final int CRC32C_BYTES = 4;

    /** The longest body; a bound on what a hostile file can make of the heap. */
    static final int BODY_BYTES_MAX = 1 << 28;

    /** The longest file. */
    static final int FILE_BYTES_MAX = BODY_OFFSET + BODY_BYTES_MAX + CRC32C_BYTES;

    private static final String SUBJECT = "manifest";

    private ManifestFormat() {}

    /**
     * Returns the bytes of a manifest's file, ready to be read.
     *
     * @param before a manifest that may have the same entries; null where there is none
     * @throws LimitExceededException if the body is longer than {@link #BODY_BYTES_MAX}
     */
    static ByteBuffer encode(Manifest manifest, @Nullable DecodedManifest before, StoreIdentity store) {
        FileBytes file = new FileBytes(ManifestCodec.bytesExpected(manifest));
        file.write(new byte[BODY_OFFSET], 0, BODY_OFFSET);
        ManifestCodec.encode(manifest, before, file);
        int length = file.size() - BODY_OFFSET;
        if (length > BODY_BYTES_MAX) {
            throw new LimitExceededException("manifest: bytes", "manifestBytesMax", length, BODY_BYTES_MAX);
        }
        file.write(new byte[CRC32C_BYTES], 0, CRC32C_BYTES);
        ByteBuffer bytes = file.toBuffer();
        bytes.put(MAGIC.getBytes(StandardCharsets.US_ASCII));
        bytes.putShort((short) MAJOR)
                .putShort((short) MINOR)
                .putInt(0)
                .putLong(0)
                .putLong(0);
        store.put(bytes);
        bytes.putLong(manifest.version()).putLong(length);
        assert bytes.position() == BODY_OFFSET : bytes;
        bytes.position(BODY_OFFSET + length);
        bytes.putInt(crc(bytes.slice(0, bytes.position()), store, manifest.version()));
        assert !bytes.hasRemaining() : bytes;
        return bytes.flip();
    }

    /** Bytes that are not copied again when they are complete: the documents of a store may be a tenth of the heap. */
    private static final class FileBytes extends ByteArrayOutputStream {
        FileBytes(long expected) {
            super((int) Math.min(expected + BODY_OFFSET + CRC32C_BYTES, FILE_BYTES_MAX));
        }

        ByteBuffer toBuffer() {
            return ByteBuffer.wrap(buf, 0, count).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /**
     * Reads all bytes of a manifest's file.
     *
     * @param version as in the file's name
     * @throws CorruptSectionException if they are not what was written under that name in that store
     * @throws UnsupportedFormatException if the format is unknown to this build
     */
    static DecodedManifest decode(ByteBuffer file, StoreIdentity store, long version, String name)
            throws CorruptSectionException {
        ByteBuffer bytes = file.slice().order(ByteOrder.LITTLE_ENDIAN);
        checkEnvelope(bytes, store, version, name);
        checkVersion(bytes, name);
        require(bytes.getInt(RESERVED_OFFSET) == 0, "reserved bytes are not 0", name, RESERVED_OFFSET);
        int length = bytes.limit() - BODY_OFFSET - CRC32C_BYTES;
        long claimed = bytes.getLong(BODY_LENGTH_OFFSET);
        require(claimed == length, "body of " + claimed + " bytes (expected " + length + ")", name, BODY_LENGTH_OFFSET);
        byte[] body = new byte[length];
        bytes.get(BODY_OFFSET, body);
        return ManifestCodec.decode(body, version, name);
    }

    private static void checkEnvelope(ByteBuffer bytes, StoreIdentity store, long version, String name)
            throws CorruptSectionException {
        int least = BODY_OFFSET + CRC32C_BYTES;
        require(bytes.limit() >= least, bytes.limit() + " bytes (at least " + least + ")", name, 0);
        StoreIdentity itsStore = StoreIdentity.get(bytes.slice(STORE_ID_OFFSET, StoreIdentity.BYTES));
        long itsVersion = bytes.getLong(VERSION_OFFSET);
        int crcOffset = bytes.limit() - CRC32C_BYTES;
        int expected = bytes.getInt(crcOffset);
        // Over the identity in the file itself, so that a whole file in the wrong place is called that, not damaged.
        int actual = crc(bytes.slice(0, crcOffset), itsStore, itsVersion);
        require(actual == expected, "crc32c " + hex(actual) + " (expected " + hex(expected) + ")", name, 0);
        ByteBuffer magic = ByteBuffer.wrap(MAGIC.getBytes(StandardCharsets.US_ASCII));
        require(bytes.slice(MAGIC_OFFSET, magic.limit()).equals(magic), "magic (expected " + MAGIC + ")", name, 0);
        require(itsStore.equals(store), "store " + itsStore + " (expected " + store + ")", name, STORE_ID_OFFSET);
        require(itsVersion == version, "version " + itsVersion + " (expected " + version + ")", name, VERSION_OFFSET);
    }

    private static void checkVersion(ByteBuffer bytes, String name) {
        int major = Short.toUnsignedInt(bytes.getShort(MAJOR_OFFSET));
        int minor = Short.toUnsignedInt(bytes.getShort(MINOR_OFFSET));
        String readable = MAJOR + "." + MINOR;
        if (major != MAJOR || minor != MINOR) {
            throw new UnsupportedFormatException(SUBJECT, major + "." + minor, readable, name);
        }
        long critical = bytes.getLong(CRITICAL_BITS_OFFSET);
        if (critical != 0) {
            String bits = " with critical bits 0x";
            throw new UnsupportedFormatException(
                    SUBJECT, readable + bits + Long.toHexString(critical), readable + bits + "0", name);
        }
    }

    private static int crc(ByteBuffer bytes, StoreIdentity store, long version) {
        return store.place(version, 0).crc32c(bytes);
    }

    private static void require(boolean holds, String problem, String name, long offset)
            throws CorruptSectionException {
        if (!holds) {
            throw new CorruptSectionException(SUBJECT + ": " + problem, name, offset);
        }
    }

    private static String hex(int value) {
        return "0x" + HexFormat.of().toHexDigits(value);
    }
}
