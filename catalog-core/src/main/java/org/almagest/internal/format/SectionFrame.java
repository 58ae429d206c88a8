package org.almagest.internal.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.almagest.error.CorruptSectionException;

/**
 * The frame around one section of a file: what it is, how long it is, and a checksum that knows its place.
 *
 * <p>Little-endian. A reader refuses another magic, another version, a length that is not that of the bytes it was
 * given, and a checksum that does not fit bytes and {@link Place}. Golden bytes: {@code SectionFrameTest}.
 *
 * <pre>
 * offset  bytes  field    constraint
 * 0       4      magic    tells the kind of section
 * 4       4      version  of the body
 * 8       8      length   i64, bytes of the body: 0..BODY_BYTES_MAX
 * 16      n      body
 * 16+n    4      crc32c   of all bytes before it, mixed with the place of the frame
 * </pre>
 *
 * @param name what messages call the section: {@code id column}
 */
public record SectionFrame(String name, int magic, int version) {
    /** Bytes before the body. */
    public static final int HEADER_BYTES = 16;

    /** Bytes after the body. */
    public static final int TRAILER_BYTES = Integer.BYTES;

    /** Bytes of a frame with an empty body. */
    public static final int OVERHEAD_BYTES = HEADER_BYTES + TRAILER_BYTES;

    /** The longest body. */
    public static final int BODY_BYTES_MAX = Integer.MAX_VALUE - OVERHEAD_BYTES;

    private static final int VERSION_OFFSET = 4;
    private static final int LENGTH_OFFSET = 8;

    /** Returns a new buffer with the frame around the remaining bytes of {@code body}, ready to be read. */
    public ByteBuffer wrap(ByteBuffer body, Place place) {
        ByteBuffer section = ByteBuffer.allocate(Math.addExact(OVERHEAD_BYTES, body.remaining()))
                .order(ByteOrder.LITTLE_ENDIAN);
        section.put(HEADER_BYTES, body, body.position(), body.remaining());
        seal(section, place);
        return section;
    }

    /**
     * Writes the frame around a body that already lies in its place: all remaining bytes of {@code section}, except
     * the first {@link #HEADER_BYTES} and the last {@link #TRAILER_BYTES}. Position and limit stay.
     */
    public void seal(ByteBuffer section, Place place) {
        assert section.remaining() >= OVERHEAD_BYTES : section;
        ByteBuffer frame = section.slice().order(ByteOrder.LITTLE_ENDIAN);
        int crcOffset = frame.limit() - TRAILER_BYTES;
        frame.putInt(0, magic);
        frame.putInt(VERSION_OFFSET, version);
        frame.putLong(LENGTH_OFFSET, crcOffset - HEADER_BYTES);
        frame.putInt(crcOffset, place.crc32c(frame.slice(0, crcOffset)));
    }

    /**
     * Returns the body of the frame that fills the remaining bytes of {@code section}: a little-endian view, from 0.
     *
     * @param file named in a failure, together with the offset of {@code place}
     * @throws CorruptSectionException if the frame is not exactly one of this kind, whole and in its place
     */
    public ByteBuffer unwrap(ByteBuffer section, Place place, String file) throws CorruptSectionException {
        ByteBuffer frame = section.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (frame.limit() < OVERHEAD_BYTES) {
            throw corrupt(frame.limit() + " bytes (at least " + OVERHEAD_BYTES + ")", place, file);
        }
        checkHeader(frame, place, file);
        int crcOffset = frame.limit() - TRAILER_BYTES;
        int expected = frame.getInt(crcOffset);
        int actual = place.crc32c(frame.slice(0, crcOffset));
        if (actual != expected) {
            throw corrupt("crc32c " + hex(actual) + " (expected " + hex(expected) + ")", place, file);
        }
        return frame.slice(HEADER_BYTES, crcOffset - HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns the version that the frame at {@code offset} claims, before anything is checked. */
    public static int versionAt(ByteBuffer bytes, int offset) {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(offset + VERSION_OFFSET);
    }

    /** Returns how long the frame at {@code offset} claims to be, before anything is checked; overflow is negative. */
    public static long frameBytesAt(ByteBuffer bytes, int offset) {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong(offset + LENGTH_OFFSET) + OVERHEAD_BYTES;
    }

    private void checkHeader(ByteBuffer frame, Place place, String file) throws CorruptSectionException {
        if (frame.getInt(0) != magic) {
            throw corrupt("magic " + hex(frame.getInt(0)) + " (expected " + hex(magic) + ")", place, file);
        }
        if (frame.getInt(VERSION_OFFSET) != version) {
            throw corrupt("version " + frame.getInt(VERSION_OFFSET) + " (expected " + version + ")", place, file);
        }
        long length = frame.getLong(LENGTH_OFFSET);
        int expected = frame.limit() - OVERHEAD_BYTES;
        if (length != expected) {
            throw corrupt("length " + length + " (expected " + expected + ")", place, file);
        }
    }

    private CorruptSectionException corrupt(String problem, Place place, String file) {
        return new CorruptSectionException(name + ": " + problem, file, place.offset());
    }

    private static String hex(int value) {
        return "0x" + HexFormat.of().toHexDigits(value);
    }
}
