package org.almagest.storage.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.format.SectionFrame;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.jspecify.annotations.Nullable;

/**
 * The last bytes of a segment: where its sections lie and what its rows span.
 *
 * <p>Little-endian, but for ids; in a {@link SectionFrame}. After the frame stand u32 its length and u32
 * {@link SegmentFormat#END_MAGIC}, so that it is found from the end. A reader refuses counts that the length of the
 * segment cannot hold, and sections that do not follow each other in order.
 *
 * <pre>
 * offset  bytes  field          constraint
 * 0       4      row count      1..ROWS_MAX
 * 4       4      page count     1..row count
 * 8       4      commit count   1..row count
 * 12      4      reserved       zero
 * 16      16     min id         of the first row
 * 32      16     max id         of the last row
 * 48      16     bounds         float32 west, south, east, north; all NaN when no row has a box
 * 64      8      min sequence   of the commits
 * 72      8      max sequence
 * 80      8      min ingestion  Unix microseconds
 * 88      8      max ingestion
 * 96      8      raw bytes      of all row bodies
 * 104     8      page bytes     stored, from the end of the header on
 * 112     72     sections       6 × (u32 offset, u32 length, u32 crc32c), as SectionKind; one that is absent: zeros
 * 184     8      min start      of the time extents, Unix milliseconds; without extent zones zero
 * 192     8      max end
 * 200     4      padding        zero
 * 204     8      length         of the segment
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
        Map<SectionKind, Section> sections,
        long length) {
    static final int ROW_COUNT_OFFSET = 0;
    static final int PAGE_COUNT_OFFSET = 4;
    static final int COMMIT_COUNT_OFFSET = 8;
    static final int RESERVED_OFFSET = 12;
    static final int MIN_ID_OFFSET = 16;
    static final int MAX_ID_OFFSET = 32;
    static final int BOUNDS_OFFSET = 48;
    static final int MIN_SEQUENCE_OFFSET = 64;
    static final int MAX_SEQUENCE_OFFSET = 72;
    static final int MIN_INGESTION_OFFSET = 80;
    static final int MAX_INGESTION_OFFSET = 88;
    static final int RAW_BYTES_OFFSET = 96;
    static final int PAGE_BYTES_OFFSET = 104;
    static final int SECTIONS_OFFSET = 112;
    static final int MIN_START_OFFSET = 184;
    static final int MAX_END_OFFSET = 192;
    static final int PADDING_OFFSET = 200;
    static final int LENGTH_OFFSET = 204;
    static final int BODY_BYTES = LENGTH_OFFSET + Long.BYTES;

    static final int FRAME_BYTES = BODY_BYTES + SectionFrame.OVERHEAD_BYTES;

    /** Bytes from the start of the footer to the end of the segment. */
    static final int TAIL_BYTES = FRAME_BYTES + 2 * Integer.BYTES;

    private static final int SECTION_BYTES = 3 * Integer.BYTES;
    private static final int FLOATS = 4;

    /** Where one framed section lies, and its checksum once more. */
    record Section(int offset, int length, int crc32c) {
        static final Section ABSENT = new Section(0, 0, 0);

        int end() {
            return offset + length;
        }
    }

    SegmentFooter {
        sections = Map.copyOf(sections);
    }

    Section section(SectionKind kind) {
        return sections.getOrDefault(kind, Section.ABSENT);
    }

    /** Returns whether the segment has a section. */
    boolean has(SectionKind kind) {
        return section(kind).length() > 0;
    }

    /** Returns what a manifest keeps of a segment that begins at {@code position}. */
    SegmentDescription describe(long position, Bytes sha256) {
        return new SegmentDescription(
                position, length, sha256, rowCount, minId, maxId, bounds, commits, extent, rawBytes);
    }

    /** Returns footer and tail of a segment that begins at {@code position}. */
    ByteBuffer encode(SegmentIdentity identity, long position) {
        ByteBuffer tail = ByteBuffer.allocate(TAIL_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        writeBody(tail.slice(SectionFrame.HEADER_BYTES, BODY_BYTES).order(ByteOrder.LITTLE_ENDIAN));
        long footerOffset = length - TAIL_BYTES;
        SegmentFormat.FOOTER.seal(tail.slice(0, FRAME_BYTES), identity.place(position + footerOffset));
        tail.putInt(FRAME_BYTES, FRAME_BYTES);
        tail.putInt(FRAME_BYTES + Integer.BYTES, SegmentFormat.END_MAGIC);
        return tail;
    }

    private void writeBody(ByteBuffer body) {
        body.putInt(rowCount).putInt(pageCount).putInt(commitCount).putInt(0);
        for (DatapointId id : new DatapointId[] {minId, maxId}) {
            body.putLong(Long.reverseBytes(id.high())).putLong(Long.reverseBytes(id.low()));
        }
        body.putFloat(bounds.west()).putFloat(bounds.south());
        body.putFloat(bounds.east()).putFloat(bounds.north());
        body.putLong(commits.minSequence()).putLong(commits.maxSequence());
        body.putLong(commits.minIngestionMicros()).putLong(commits.maxIngestionMicros());
        body.putLong(rawBytes).putLong(pageBytes);
        for (SectionKind kind : SectionKind.values()) {
            Section section = section(kind);
            body.putInt(section.offset()).putInt(section.length()).putInt(section.crc32c());
        }
        if (extent == null) {
            body.putLong(0).putLong(0);
        } else {
            body.putLong(extent.minStartMillis()).putLong(extent.maxEndMillis());
        }
        body.putInt(0).putLong(length);
        assert !body.hasRemaining() : body;
    }

    /** Reads and checks the footer at the end of a segment. */
    static SegmentFooter decode(ByteBuffer segment, SegmentRef ref, String file) throws CorruptSectionException {
        int footerOffset = segment.limit() - TAIL_BYTES;
        long fileOffset = ref.offset() + footerOffset;
        if (footerOffset < SegmentHeader.FRAME_BYTES) {
            throw new CorruptSectionException("segment: " + segment.limit() + " bytes", file, ref.offset());
        }
        if (segment.getInt(footerOffset + FRAME_BYTES) != FRAME_BYTES
                || segment.getInt(footerOffset + FRAME_BYTES + Integer.BYTES) != SegmentFormat.END_MAGIC) {
            throw new CorruptSectionException("segment footer: no end mark", file, fileOffset);
        }
        ByteBuffer frame = segment.slice(footerOffset, FRAME_BYTES);
        ByteBuffer body = SegmentFormat.FOOTER.unwrap(frame, ref.identity().place(fileOffset), file);
        if (body.limit() != BODY_BYTES || body.getInt(RESERVED_OFFSET) != 0 || body.getInt(PADDING_OFFSET) != 0) {
            throw new CorruptSectionException("segment footer: reserved bytes are not zero", file, fileOffset);
        }
        SegmentFooter footer = readBody(body);
        String problem = footer.findProblem(segment.limit());
        if (!problem.isEmpty()) {
            throw new CorruptSectionException("segment footer: " + problem, file, fileOffset);
        }
        return footer;
    }

    private static SegmentFooter readBody(ByteBuffer body) {
        Map<SectionKind, Section> sections = new EnumMap<>(SectionKind.class);
        for (SectionKind kind : SectionKind.values()) {
            int at = SECTIONS_OFFSET + kind.ordinal() * SECTION_BYTES;
            sections.put(
                    kind,
                    new Section(body.getInt(at), body.getInt(at + Integer.BYTES), body.getInt(at + 2 * Integer.BYTES)));
        }
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

    private static SegmentDescription.@Nullable ExtentRange readExtent(
            ByteBuffer body, Map<SectionKind, Section> sections) {
        long minStart = body.getLong(MIN_START_OFFSET);
        long maxEnd = body.getLong(MAX_END_OFFSET);
        // Times without a section are kept, so that they are refused and not overlooked.
        boolean present = !Section.ABSENT.equals(sections.get(SectionKind.EXTENT_ZONES));
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
            return pageCount + " pages and " + commitCount + " commits of " + rowCount + " rows";
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
        return findSectionProblem(segmentBytes - TAIL_BYTES);
    }

    private String findSectionProblem(int footerOffset) {
        if (pageBytes < 0 || pageBytes > footerOffset - SegmentHeader.FRAME_BYTES) {
            return "page bytes " + pageBytes;
        }
        int end = SegmentHeader.FRAME_BYTES + (int) pageBytes;
        for (SectionKind kind : SectionKind.values()) {
            Section section = section(kind);
            if (!kind.isRequired() && section.equals(Section.ABSENT)) {
                continue;
            }
            if (section.offset() != end + SegmentFormat.padding(end)
                    || section.length() < SectionFrame.OVERHEAD_BYTES
                    || section.length() > footerOffset - section.offset()) {
                return kind.title() + " at " + section.offset() + " of " + section.length() + " bytes";
            }
            end = section.end();
        }
        return footerOffset == end + SegmentFormat.padding(end) ? "" : "sections end at " + end;
    }
}
