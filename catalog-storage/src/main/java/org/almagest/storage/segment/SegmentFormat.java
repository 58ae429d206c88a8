package org.almagest.storage.segment;

import org.almagest.internal.format.SectionFrame;

/**
 * The parts of a segment, version 0.4: immutable, rows in the order of ids, and of commits where an id repeats.
 * {@code docs/format/segment.md} explains; golden bytes: {@code golden/segment/v0.4}.
 *
 * <p>Little-endian, except ids and the store id, which are big-endian. Sections are framed by {@link SectionFrame} with
 * checksums that know the segment's place; between them lie zeros up to the next multiple of {@link #ALIGNMENT}.
 * Offsets count from the first byte of the segment. A reader refuses another version of the header with a good
 * checksum as unsupported, and everything else that does not hold as corrupt.
 *
 * <pre>
 * part            begins                   found by
 * header          0                        -
 * pages           HEADER_BYTES             footer: page bytes; each by the page directory
 * page directory  ALIGNMENT                footer
 * id column       ALIGNMENT                footer
 * box column      ALIGNMENT                footer
 * commit table    ALIGNMENT                footer
 * key index       ALIGNMENT                footer; only when rows have keys
 * extent zones    ALIGNMENT                footer; only when rows have extents
 * commit column   ALIGNMENT                footer; only when there are several commits
 * tree of boxes   ALIGNMENT                footer; only in long segments with boxes
 * column          ALIGNMENT                footer; one for each of some fields
 * postings        ALIGNMENT                footer; one for each of some columns
 * footer          ALIGNMENT                the end: its length stands there
 * </pre>
 */
public final class SegmentFormat {
    /** Sections and segments begin at multiples of this, so that an id never straddles two cache lines. */
    public static final int ALIGNMENT = 16;

    /** The longest segment: what one mapping can hold. */
    public static final long BYTES_MAX = Integer.MAX_VALUE - ALIGNMENT + 1L;

    /** The most rows of a segment. */
    public static final int ROWS_MAX = 1 << 26;

    static final int MAJOR = 0;
    static final int MINOR = 4;
    static final int VERSION = MAJOR << Short.SIZE | MINOR;

    static final SectionFrame HEADER = new SectionFrame("segment header", 0x47534C41, VERSION);
    static final SectionFrame FOOTER = new SectionFrame("segment footer", 0x46534C41, 2);
    static final int END_MAGIC = 0x45534C41;

    private SegmentFormat() {}

    /** Returns how many zeros follow a part that ends at {@code position}. */
    static int padding(long position) {
        return (int) (-position & ALIGNMENT - 1);
    }

    /** Returns a version as text: {@code 0.4}. */
    static String versionText(int version) {
        return (version >>> Short.SIZE) + "." + (version & 0xffff);
    }
}
