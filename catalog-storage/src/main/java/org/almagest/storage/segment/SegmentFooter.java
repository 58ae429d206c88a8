package org.almagest.storage.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.format.SectionFrame;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.almagest.storage.segment.SectionTable.Section;
import org.jspecify.annotations.Nullable;

/**
 * The last bytes of a segment: where its sections lie and what its rows span.
 *
 * <p>Little-endian, but for ids; in a {@link SectionFrame}. After the frame stand u32 its length and u32
 * {@link SegmentFormat#END_MAGIC}, so that it is found from the end. A reader refuses counts that the length of the
 * segment cannot hold, and a {@link SectionTable} that does not hold.
 *
 * <pre>
 * offset     bytes  field          constraint
 * 0          4      row count      1..ROWS_MAX
 * 4          4      page count     1..row count
 * 8          4      commit count   1..row count
 * 12         4      section count  n, at most COUNT_MAX
 * 16         16     min id         of the first row
 * 32         16     max id         of the last row
 * 48         16     bounds         float32 west, south, east, north; all NaN when no row has a box
 * 64         8      min sequence   of the commits
 * 72         8      max sequence
 * 80         8      min ingestion  Unix microseconds
 * 88         8      max ingestion
 * 96         8      raw bytes      of all row bodies
 * 104        8      page bytes     stored, from the end of the header on
 * 112        8      min start      of the time extents, Unix milliseconds; without extent zones zero
 * 120        8      max end
 * 128        8      length         of the segment
 * 136        20n    sections       entries of SectionTable
 * 136 + 20n  p      padding        zeros, 0 to 12, so that the segment ends at a multiple of ALIGNMENT
 * </pre>
 */
record SegmentFooter(
        int rowCount,
        int pageCount,
        int commitCount,
        DatapointId minId,
        DatapointId maxId,
        Box bounds,
        SegmentDescription.CommitRange commits,
        SegmentDescription.@Nullable ExtentRange extent,
        long rawBytes,
        long pageBytes,
        SectionTable sections,
        long length) {
    static final int ROW_COUNT_OFFSET = 0;
    static final int PAGE_COUNT_OFFSET = 4;
    static final int COMMIT_COUNT_OFFSET = 8;
    static final int SECTION_COUNT_OFFSET = 12;
    static final int MIN_ID_OFFSET = 16;
    static final int MAX_ID_OFFSET = 32;
    static final int BOUNDS_OFFSET = 48;
    static final int MIN_SEQUENCE_OFFSET = 64;
    static final int MAX_SEQUENCE_OFFSET = 72;
    static final int MIN_INGESTION_OFFSET = 80;
    static final int MAX_INGESTION_OFFSET = 88;
    static final int RAW_BYTES_OFFSET = 96;
    static final int PAGE_BYTES_OFFSET = 104;
    static final int MIN_START_OFFSET = 112;
    static final int MAX_END_OFFSET = 120;
    static final int LENGTH_OFFSET = 128;
    static final int SECTIONS_OFFSET = 136;

    /** Bytes after the frame: its length and the end mark. */
    static final int END_BYTES = 2 * Integer.BYTES;

    private static final int FLOATS = 4;

    /** Returns how many bytes the frame of a footer with so many sections has; with its end a multiple of ALIGNMENT. */
    static int frameBytes(int sectionCount) {
        int bytes = SECTIONS_OFFSET + sectionCount * SectionTable.ENTRY_BYTES + SectionFrame.OVERHEAD_BYTES;
        return bytes + SegmentFormat.padding(bytes + END_BYTES);
    }

    /** Returns how many bytes a footer with so many sections has, from its start to the end of the segment. */
    static int tailBytes(int sectionCount) {
        return frameBytes(sectionCount) + END_BYTES;
    }

    /** Returns where in the segment the footer begins. */
    int offset() {
        return (int) length - tailBytes(sections.count());
    }

    /** Returns where a section that belongs to no field lies; null where there is none. */
    @Nullable
    Section section(SectionKind kind) {
        return sections.find(kind, SectionTable.NO_FIELD);
    }

    /** Returns whether the segment has a section. */
    boolean has(SectionKind kind) {
        return section(kind) != null;
    }

    /** Returns what a manifest keeps of a segment that begins at {@code position}. */
    SegmentDescription describe(long position, Bytes sha256) {
        return new SegmentDescription(
                position, length, sha256, rowCount, minId, maxId, bounds, commits, extent, rawBytes);
    }

    /** Returns footer and end mark of a segment that begins at {@code position}. */
    ByteBuffer encode(SegmentIdentity identity, long position) {
        int frameBytes = frameBytes(sections.count());
        ByteBuffer tail = ByteBuffer.allocate(frameBytes + END_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        writeBody(tail.slice(SectionFrame.HEADER_BYTES, frameBytes - SectionFrame.OVERHEAD_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN));
        SegmentFormat.FOOTER.seal(tail.slice(0, frameBytes), identity.place(position + offset()));
        tail.putInt(frameBytes, frameBytes);
        tail.putInt(frameBytes + Integer.BYTES, SegmentFormat.END_MAGIC);
        return tail;
    }

    private void writeBody(ByteBuffer body) {
        body.putInt(rowCount).putInt(pageCount).putInt(commitCount).putInt(sections.count());
        for (DatapointId id : new DatapointId[] {minId, maxId}) {
            body.putLong(Long.reverseBytes(id.high())).putLong(Long.reverseBytes(id.low()));
        }
        body.putFloat(bounds.west()).putFloat(bounds.south());
        body.putFloat(bounds.east()).putFloat(bounds.north());
        body.putLong(commits.minSequence()).putLong(commits.maxSequence());
        body.putLong(commits.minIngestionMicros()).putLong(commits.maxIngestionMicros());
        body.putLong(rawBytes).putLong(pageBytes);
        body.putLong(extent == null ? 0 : extent.minStartMillis());
        body.putLong(extent == null ? 0 : extent.maxEndMillis());
        body.putLong(length);
        assert body.position() == SECTIONS_OFFSET : body;
        sections.write(body);
        assert body.remaining() < SegmentFormat.ALIGNMENT : body;
    }

    /** Reads and checks the footer at the end of a segment. */
    static SegmentFooter decode(ByteBuffer segment, SegmentRef ref, String file) throws CorruptSectionException {
        ByteBuffer frame = findFrame(segment, ref, file);
        int footerOffset = segment.limit() - END_BYTES - frame.limit();
        long fileOffset = ref.offset() + footerOffset;
        ByteBuffer body = SegmentFormat.FOOTER.unwrap(frame, ref.identity().place(fileOffset), file);
        int sectionCount = body.getInt(SECTION_COUNT_OFFSET);
        if (sectionCount < 0 || sectionCount > SectionTable.COUNT_MAX || frameBytes(sectionCount) != frame.limit()) {
            throw new CorruptSectionException(
                    "segment footer: " + sectionCount + " sections in " + frame.limit() + " bytes", file, fileOffset);
        }
        for (int at = SECTIONS_OFFSET + sectionCount * SectionTable.ENTRY_BYTES; at < body.limit(); at++) {
            if (body.get(at) != 0) {
                throw new CorruptSectionException("segment footer: padding is not zero", file, fileOffset);
            }
        }
        SectionTable sections = SectionTable.read(body, SECTIONS_OFFSET, sectionCount);
        if (sections == null) {
            throw new CorruptSectionException(
                    "segment footer: section of a kind that this version does not have", file, fileOffset);
        }
        SegmentFooter footer = readBody(body, sections);
        String problem = footer.findProblem(segment.limit());
        if (!problem.isEmpty()) {
            throw new CorruptSectionException("segment footer: " + problem, file, fileOffset);
        }
        return footer;
    }

    private static ByteBuffer findFrame(ByteBuffer segment, SegmentRef ref, String file)
            throws CorruptSectionException {
        int frameEnd = segment.limit() - END_BYTES;
        if (frameEnd < SegmentHeader.FRAME_BYTES + frameBytes(0)) {
            throw new CorruptSectionException("segment: " + segment.limit() + " bytes", file, ref.offset());
        }
        int frameBytes = segment.getInt(frameEnd);
        if (segment.getInt(frameEnd + Integer.BYTES) != SegmentFormat.END_MAGIC
                || frameBytes < frameBytes(0)
                || frameBytes > frameEnd - SegmentHeader.FRAME_BYTES) {
            throw new CorruptSectionException("segment footer: no end mark", file, ref.offset() + frameEnd);
        }
        return segment.slice(frameEnd - frameBytes, frameBytes);
    }

    private static SegmentFooter readBody(ByteBuffer body, SectionTable sections) {
        return new SegmentFooter(
                body.getInt(ROW_COUNT_OFFSET),
                body.getInt(PAGE_COUNT_OFFSET),
                body.getInt(COMMIT_COUNT_OFFSET),
                readId(body, MIN_ID_OFFSET),
                readId(body, MAX_ID_OFFSET),
                readBox(body, BOUNDS_OFFSET),
                new SegmentDescription.CommitRange(
                        body.getLong(MIN_SEQUENCE_OFFSET),
                        body.getLong(MAX_SEQUENCE_OFFSET),
                        body.getLong(MIN_INGESTION_OFFSET),
                        body.getLong(MAX_INGESTION_OFFSET)),
                readExtent(body, sections),
                body.getLong(RAW_BYTES_OFFSET),
                body.getLong(PAGE_BYTES_OFFSET),
                sections,
                body.getLong(LENGTH_OFFSET));
    }

    private static SegmentDescription.@Nullable ExtentRange readExtent(ByteBuffer body, SectionTable sections) {
        long minStart = body.getLong(MIN_START_OFFSET);
        long maxEnd = body.getLong(MAX_END_OFFSET);
        // Times without a section are kept, so that they are refused and not overlooked.
        boolean present = sections.find(SectionKind.EXTENT_ZONES, SectionTable.NO_FIELD) != null;
        return present || minStart != 0 || maxEnd != 0 ? new SegmentDescription.ExtentRange(minStart, maxEnd) : null;
    }

    private static DatapointId readId(ByteBuffer body, int at) {
        return new DatapointId(Long.reverseBytes(body.getLong(at)), Long.reverseBytes(body.getLong(at + Long.BYTES)));
    }

    private static Box readBox(ByteBuffer body, int at) {
        float[] sides = new float[FLOATS];
        for (int i = 0; i < FLOATS; i++) {
            sides[i] = body.getFloat(at + i * Float.BYTES);
        }
        return new Box(sides[0], sides[1], sides[2], sides[3]);
    }

    private String findProblem(int segmentBytes) {
        if (length != segmentBytes) {
            return "length " + length + " (expected " + segmentBytes + ")";
        }
        if (rowCount < 1 || rowCount > SegmentFormat.ROWS_MAX) {
            return "row count " + rowCount + " (1 to " + SegmentFormat.ROWS_MAX + ")";
        }
        if (pageCount < 1 || pageCount > rowCount || commitCount < 1 || commitCount > rowCount) {
            return pageCount + " pages and " + commitCount + " commits (1 to " + rowCount
                    + " of each, as there are rows)";
        }
        if (minId.compareTo(maxId) > 0 || rowCount == 1 && !minId.equals(maxId)) {
            return "ids " + minId + " to " + maxId + " of " + rowCount + " rows";
        }
        if (commits.minSequence() > commits.maxSequence()
                || commits.minIngestionMicros() > commits.maxIngestionMicros()) {
            return "commits out of order";
        }
        if (!bounds.isValid() || rawBytes < 0) {
            return "bounds " + bounds + ", raw bytes " + rawBytes;
        }
        if (extent != null && !has(SectionKind.EXTENT_ZONES)) {
            return extent + " without extent zones";
        }
        if (has(SectionKind.COMMIT_COLUMN) != commitCount > 1) {
            return commitCount + " commits " + (commitCount > 1 ? "without" : "with") + " a commit column";
        }
        if (pageBytes < 0 || pageBytes > offset() - SegmentHeader.FRAME_BYTES) {
            return "page bytes " + pageBytes + " (0 to " + (offset() - SegmentHeader.FRAME_BYTES) + ")";
        }
        return sections.findProblem(SegmentHeader.FRAME_BYTES + (int) pageBytes, offset());
    }
}
