package org.almagest.storage.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.almagest.internal.format.SectionFrame;
import org.almagest.storage.segment.Segments.Written;

/**
 * The only segment of a file, whose bytes a test changes and whose checksums it then makes fit, as only somebody
 * hostile does.
 */
final class Resealed {
    private final byte[] bytes;
    private final ByteBuffer segment;
    private final SegmentFooter footer;
    private final SegmentRef original;

    // Where pages lie, whatever a changed directory says.
    private final int[] pageOffsets;

    Resealed(Written written) throws Exception {
        this.bytes = written.bytes().clone();
        this.segment = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.original = written.ref(0);
        this.footer = SegmentFooter.decode(segment, original, Segments.FILE);
        this.pageOffsets = new int[footer.pageCount()];
        for (int page = 0; page < pageOffsets.length; page++) {
            pageOffsets[page] = body(SectionKind.PAGE_DIRECTORY).getInt(page * PageDirectory.ROW_BYTES + Integer.BYTES);
        }
    }

    SegmentFooter footer() {
        return footer;
    }

    /** Returns the body of a section, for changes. */
    ByteBuffer body(SectionKind kind) {
        SectionTable.Section section = Objects.requireNonNull(footer.section(kind));
        return segment.slice(
                        section.offset() + SectionFrame.HEADER_BYTES, section.length() - SectionFrame.OVERHEAD_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns the body of the footer, for changes. */
    ByteBuffer footerBody() {
        return segment.slice(
                        footerOffset() + SectionFrame.HEADER_BYTES, footerFrameBytes() - SectionFrame.OVERHEAD_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns a page without its checksum, for changes. */
    ByteBuffer page(int page) {
        int from = pageOffset(page);
        int to = page + 1 == footer.pageCount()
                ? SegmentHeader.FRAME_BYTES + (int) footer.pageBytes()
                : pageOffset(page + 1);
        return segment.slice(from, to - from - Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int pageOffset(int page) {
        return pageOffsets[page];
    }

    private int footerOffset() {
        return footer.offset();
    }

    private int footerFrameBytes() {
        return SegmentFooter.frameBytes(footer.sections().count());
    }

    /** Makes the checksum of a page fit. */
    void sealPage(int page) {
        int from = pageOffset(page);
        ByteBuffer bytesOfPage = page(page);
        segment.putInt(from + bytesOfPage.limit(), Segments.IDENTITY.place(from).crc32c(bytesOfPage));
    }

    /** Makes all checksums from the sections up fit. */
    void seal() {
        int entry = SegmentFooter.SECTIONS_OFFSET;
        for (SectionTable.Section section : footer.sections().all()) {
            section.kind()
                    .frame()
                    .seal(segment.slice(section.offset(), section.length()), Segments.IDENTITY.place(section.offset()));
            footerBody().putInt(entry + SectionTable.CRC32C_OFFSET, segment.getInt(section.end() - Integer.BYTES));
            entry += SectionTable.ENTRY_BYTES;
        }
        sealFooter();
    }

    /** Makes the checksum of the footer alone fit. */
    void sealFooter() {
        SegmentFormat.FOOTER.seal(
                segment.slice(footerOffset(), footerFrameBytes()), Segments.IDENTITY.place(footerOffset()));
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, bytes.length);
    }

    SegmentRef ref() {
        return new SegmentRef(
                Segments.IDENTITY, original.offset(), original.length(), Hashes.sha256(ByteBuffer.wrap(bytes)));
    }
}
