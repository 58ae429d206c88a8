package org.almagest.storage.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.internal.format.SectionFrame;

/**
 * The first bytes of a segment: whose it is and where it lies.
 *
 * <p>Little-endian, but for the store id; in a {@link SectionFrame} whose version is the segment's, major in the upper
 * 16 bits. That frame stays the same in every version, so that any build can tell a newer segment from a broken one.
 *
 * <pre>
 * offset  bytes  field        constraint
 * 0       16     store id     as in FORMAT
 * 16      8      file number  of the data file
 * 24      8      position     of the segment in the file
 * 32      8      collection   incarnation number
 * 40      4      reserved     zero
 * </pre>
 */
final class SegmentHeader {
    static final int STORE_ID_OFFSET = 0;
    static final int FILE_NUMBER_OFFSET = 16;
    static final int POSITION_OFFSET = 24;
    static final int COLLECTION_OFFSET = 32;
    static final int RESERVED_OFFSET = 40;
    static final int BODY_BYTES = RESERVED_OFFSET + Integer.BYTES;

    /** Bytes of the frame: pages begin here. */
    static final int FRAME_BYTES = BODY_BYTES + SectionFrame.OVERHEAD_BYTES;

    private SegmentHeader() {}

    /** Returns the framed header of a segment at {@code position}. */
    static ByteBuffer encode(SegmentIdentity identity, long position) {
        return SegmentFormat.HEADER.wrap(body(identity, position), identity.place(position));
    }

    private static ByteBuffer body(SegmentIdentity identity, long position) {
        ByteBuffer body = ByteBuffer.allocate(BODY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        body.putLong(STORE_ID_OFFSET, Long.reverseBytes(identity.storeIdHigh()));
        body.putLong(STORE_ID_OFFSET + Long.BYTES, Long.reverseBytes(identity.storeIdLow()));
        body.putLong(FILE_NUMBER_OFFSET, identity.fileNumber());
        body.putLong(POSITION_OFFSET, position);
        body.putLong(COLLECTION_OFFSET, identity.collection());
        return body;
    }

    /**
     * Checks that a segment begins with the header that {@code ref} asks for.
     *
     * @throws UnsupportedFormatException if it is whole and of another version
     */
    static void check(ByteBuffer segment, SegmentRef ref, String file) throws CorruptSectionException {
        if (segment.limit() < FRAME_BYTES) {
            throw new CorruptSectionException(
                    "segment: " + segment.limit() + " bytes (at least " + FRAME_BYTES + ")", file, ref.offset());
        }
        checkVersion(segment, ref, file);
        ByteBuffer expected = body(ref.identity(), ref.offset());
        ByteBuffer frame = segment.slice(0, FRAME_BYTES);
        ByteBuffer body = SegmentFormat.HEADER.unwrap(frame, ref.identity().place(ref.offset()), file);
        int difference = body.mismatch(expected);
        if (difference >= 0) {
            throw new CorruptSectionException(
                    "segment header: byte " + difference + " is not that of the segment asked for", file, ref.offset());
        }
    }

    private static void checkVersion(ByteBuffer segment, SegmentRef ref, String file) throws CorruptSectionException {
        int version = SectionFrame.versionAt(segment, 0);
        if (version == SegmentFormat.VERSION) {
            return;
        }
        SectionFrame found = new SectionFrame("segment header", SegmentFormat.HEADER.magic(), version);
        long frameBytes = SectionFrame.frameBytesAt(segment, 0);
        if (frameBytes < SectionFrame.OVERHEAD_BYTES || frameBytes > segment.limit()) {
            throw new CorruptSectionException("segment header: " + frameBytes + " bytes", file, ref.offset());
        }
        found.unwrap(segment.slice(0, (int) frameBytes), ref.identity().place(ref.offset()), file);
        throw new UnsupportedFormatException(
                "segment",
                SegmentFormat.versionText(version),
                SegmentFormat.versionText(SegmentFormat.VERSION),
                file + " @ " + ref.offset());
    }
}
