package org.almagest.storage.tombstone;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.internal.format.Place;
import org.almagest.internal.format.SectionFrame;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.StoreIdentity;

/**
 * One generation of tombstones, version 0.1: all dead rows of one segment, deletion by deletion.
 *
 * <p>Little-endian, but for the store id; in a {@link SectionFrame} whose version is that of the generation, major in
 * the upper 16 bits. The frame stays the same in every version. A data file holds 1 to n generations back to back. A
 * reader refuses one of another store, place, segment or row count, deletions that do not follow each other or share a
 * row, bitmaps that are not valid, and any count that does not fit. Page: {@code docs/format/tombstones.md}; golden
 * bytes: {@code golden/tombstones/v0.1}.
 *
 * <pre>
 * offset  bytes  field           constraint
 * 0       16     store id        as in FORMAT
 * 16      8      file number     of this file
 * 24      8      position        of the generation in the file
 * 32      8      collection      incarnation of the collection of the segment
 * 40      8      segment file    number of the data file that holds the segment
 * 48      8      segment offset  of the segment in that file
 * 56      4      row count       of the segment
 * 60      4      dead count      1..row count
 * 64      4      deletion count  1..dead count
 * 68      4      reserved        zero
 * 72      d      deletions       by ascending sequence, each as {@link DeletionFormat} says; nothing follows
 * </pre>
 */
final class TombstoneFormat {
    static final int STORE_ID_OFFSET = 0;
    static final int FILE_NUMBER_OFFSET = 16;
    static final int POSITION_OFFSET = 24;
    static final int COLLECTION_OFFSET = 32;
    static final int SEGMENT_FILE_OFFSET = 40;
    static final int SEGMENT_OFFSET_OFFSET = 48;
    static final int ROW_COUNT_OFFSET = 56;
    static final int DEAD_COUNT_OFFSET = 60;
    static final int DELETION_COUNT_OFFSET = 64;
    static final int RESERVED_OFFSET = 68;
    static final int DELETIONS_OFFSET = 72;

    static final int MAJOR = 0;
    static final int MINOR = 1;
    static final int VERSION = MAJOR << Short.SIZE | MINOR;

    /** The longest generation; a bound on what a hostile manifest can make of the heap. */
    static final int FRAME_BYTES_MAX = 1 << 30;

    static final SectionFrame FRAME = new SectionFrame("tombstones", 0x42544C41, VERSION);

    private TombstoneFormat() {}

    /** Returns the bytes that every generation of a segment at a place begins with, up to the row count. */
    static ByteBuffer identity(StoreIdentity store, SegmentEntry segment, long fileNumber, long position) {
        ByteBuffer bytes = ByteBuffer.allocate(DEAD_COUNT_OFFSET).order(ByteOrder.LITTLE_ENDIAN);
        store.put(bytes);
        bytes.putLong(fileNumber).putLong(position).putLong(segment.collection());
        bytes.putLong(segment.location().fileNumber())
                .putLong(segment.location().offset())
                .putInt(segment.bounds().rowCount());
        assert !bytes.hasRemaining() : bytes;
        return bytes.flip();
    }

    /**
     * Returns the body of a framed generation.
     *
     * @throws UnsupportedFormatException if it is whole and of another version
     */
    static ByteBuffer unwrap(ByteBuffer frame, Place place, String file) throws CorruptSectionException {
        int version = frame.limit() < SectionFrame.OVERHEAD_BYTES ? VERSION : SectionFrame.versionAt(frame, 0);
        if (version != VERSION) {
            new SectionFrame(FRAME.name(), FRAME.magic(), version).unwrap(frame, place, file);
            throw new UnsupportedFormatException(
                    FRAME.name(), versionText(version), versionText(VERSION), file + " @ " + place.offset());
        }
        return FRAME.unwrap(frame, place, file);
    }

    private static String versionText(int version) {
        return (version >>> Short.SIZE) + "." + (version & 0xffff);
    }
}
