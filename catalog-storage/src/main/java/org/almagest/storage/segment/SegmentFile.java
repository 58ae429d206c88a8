package org.almagest.storage.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.almagest.error.CorruptSectionException;
import org.almagest.index.column.CodeColumn;
import org.almagest.index.id.IdColumn;
import org.almagest.index.key.KeyIndex;
import org.almagest.index.posting.ValuePostings;
import org.almagest.index.spatial.PackedTree;
import org.almagest.internal.format.Place;
import org.almagest.internal.format.Presence;
import org.almagest.internal.format.SectionFrame;
import org.almagest.model.DatapointId;
import org.almagest.storage.column.ColumnReader;
import org.almagest.storage.fs.MappedBytes;
import org.jspecify.annotations.Nullable;

/** The mapped bytes of one segment whose header and footer hold. Safe to share between threads. */
final class SegmentFile {
    /** Most footers are shorter. */
    private static final int END_BYTES = 4 << 10;

    private final ByteBuffer bytes;
    private final Presence presence;
    private final MappedBytes mapped;
    private final SegmentRef ref;
    private final SegmentFooter footer;

    private SegmentFile(MappedBytes mapped, long mappedFrom, SegmentRef ref) throws CorruptSectionException {
        this.bytes = slice(mapped, mappedFrom, ref);
        this.presence = mapped.presence().from((int) (ref.offset() - mappedFrom));
        this.mapped = mapped;
        this.ref = ref;
        int length = bytes.limit();
        if (length > 0) {
            presence.need(0, Math.min(length, END_BYTES));
            presence.need(length - Math.min(length, END_BYTES), Math.min(length, END_BYTES));
        }
        SegmentHeader.check(bytes, ref, mapped.name());
        this.footer = SegmentFooter.decode(bytes, ref, mapped.name());
    }

    /** Checks header and footer; nothing else is read. */
    static SegmentFile open(MappedBytes mapped, long mappedFrom, SegmentRef ref) throws CorruptSectionException {
        try {
            return new SegmentFile(mapped, mappedFrom, ref);
        } catch (InternalError fault) {
            throw unreadable("segment", mapped, ref.offset(), fault);
        }
    }

    static ByteBuffer slice(MappedBytes mapped, long mappedFrom, SegmentRef ref) throws CorruptSectionException {
        long from = ref.offset() - mappedFrom;
        if (from < 0 || ref.length() < 0 || ref.length() > mapped.length() - from) {
            throw new CorruptSectionException(
                    "segment: " + ref.length() + " bytes (file ends at " + (mappedFrom + mapped.length()) + ")",
                    mapped.name(),
                    ref.offset());
        }
        return mapped.buffer().slice((int) from, (int) ref.length()).order(ByteOrder.LITTLE_ENDIAN);
    }

    String name() {
        return mapped.name();
    }

    SegmentRef ref() {
        return ref;
    }

    SegmentFooter footer() {
        return footer;
    }

    /** Returns all bytes, little-endian; the caller makes no use of position and limit. */
    ByteBuffer bytes() {
        return bytes;
    }

    int commitCount() {
        return footer.commitCount();
    }

    long fileOffset(int offset) {
        return ref.offset() + offset;
    }

    Place place(int offset) {
        return ref.identity().place(fileOffset(offset));
    }

    /** Copies bytes of the segment to the start of an array. */
    void read(int offset, byte[] target, int length) throws CorruptSectionException {
        try {
            bytes.get(offset, target, 0, length);
        } catch (InternalError fault) {
            throw unreadable("page", mapped, fileOffset(offset), fault);
        }
    }

    /** Returns the body of a section after checking all of its bytes. */
    ByteBuffer section(SectionKind kind) throws CorruptSectionException {
        return section(kind, SectionTable.NO_FIELD);
    }

    /** Returns the body of the section of a field after checking all of its bytes. */
    ByteBuffer section(SectionKind kind, int field) throws CorruptSectionException {
        SectionTable.Section section = footer.sections().find(kind, field);
        if (section == null) {
            throw new IllegalStateException("segment: no " + kind.title() + " [" + name() + " @ " + ref.offset() + "]");
        }
        ByteBuffer frame = bytes.slice(section.offset(), section.length()).order(ByteOrder.LITTLE_ENDIAN);
        try {
            presence.need(section.offset(), section.length());
            int crc32c = frame.getInt(section.length() - SectionFrame.TRAILER_BYTES);
            if (crc32c != section.crc32c()) {
                throw new CorruptSectionException(
                        section.title() + ": not the one that the footer names", name(), fileOffset(section.offset()));
            }
            return kind.frame().unwrap(frame, place(section.offset()), name());
        } catch (InternalError fault) {
            throw unreadable(section.title(), mapped, fileOffset(section.offset()), fault);
        }
    }

    /** Returns what is told which bytes of the body of a section are read here and there. */
    private Presence presence(SectionKind kind, int field) {
        SectionTable.Section section = footer.sections().find(kind, field);
        assert section != null : kind;
        return presence.from(section.offset() + SectionFrame.HEADER_BYTES);
    }

    private Presence presence(SectionKind kind) {
        return presence(kind, SectionTable.NO_FIELD);
    }

    /** Says that a page, or the first part of one, is going to be read. */
    void needPage(int offset, int length) {
        presence.need(offset, length);
    }

    /** Says that several pages are going to be read; see {@link Presence#needAll}. */
    void needPages(int[] parts, int count) {
        presence.needAll(parts, count);
    }

    IdColumn ids() throws CorruptSectionException {
        IdColumn column = IdColumn.open(section(SectionKind.ID_COLUMN), presence(SectionKind.ID_COLUMN), name());
        int last = footer.rowCount() - 1;
        if (column.count() != footer.rowCount()
                || !footer.minId().equals(new DatapointId(column.high(0), column.low(0)))
                || !footer.maxId().equals(new DatapointId(column.high(last), column.low(last)))) {
            throw corrupt(SectionKind.ID_COLUMN, "does not span what the footer says");
        }
        return column;
    }

    BoxColumn boxes() throws CorruptSectionException {
        return BoxColumn.open(
                section(SectionKind.BOX_COLUMN), presence(SectionKind.BOX_COLUMN), footer.rowCount(), name());
    }

    PageDirectory directory() throws CorruptSectionException {
        return PageDirectory.open(
                section(SectionKind.PAGE_DIRECTORY), presence(SectionKind.PAGE_DIRECTORY), footer, name());
    }

    CommitTable commits() throws CorruptSectionException {
        return CommitTable.open(section(SectionKind.COMMIT_TABLE), footer.commitCount(), name());
    }

    KeyIndex keys() throws CorruptSectionException {
        KeyIndex keys = KeyIndex.open(section(SectionKind.KEY_INDEX), presence(SectionKind.KEY_INDEX), name());
        checkRows(SectionKind.KEY_INDEX, keys.count());
        return keys;
    }

    ExtentZones extents() throws CorruptSectionException {
        return ExtentZones.open(section(SectionKind.EXTENT_ZONES), footer.rowCount(), name());
    }

    /** Returns the column of a field, which the segment has. */
    ColumnReader column(int field) throws CorruptSectionException {
        return ColumnReader.open(
                section(SectionKind.COLUMN, field), presence(SectionKind.COLUMN, field), footer.rowCount(), name());
    }

    /** Returns the ordinal of the commit of every row, plus 1; null where there is one commit. */
    @Nullable
    CodeColumn commitOrdinals() throws CorruptSectionException {
        if (footer.commitCount() == 1) {
            return null;
        }
        CodeColumn ordinals =
                CodeColumn.open(section(SectionKind.COMMIT_COLUMN), presence(SectionKind.COMMIT_COLUMN), name());
        checkRows(SectionKind.COMMIT_COLUMN, ordinals.rowCount());
        return ordinals;
    }

    PackedTree tree() throws CorruptSectionException {
        PackedTree tree =
                PackedTree.open(section(SectionKind.SPATIAL_TREE), presence(SectionKind.SPATIAL_TREE), name());
        checkRows(SectionKind.SPATIAL_TREE, tree.rowCount());
        return tree;
    }

    /** Returns the rows of each value of a field, which the segment has. */
    ValuePostings postings(int field) throws CorruptSectionException {
        ValuePostings postings = ValuePostings.open(section(SectionKind.VALUE_POSTINGS, field), name());
        checkRows(SectionKind.VALUE_POSTINGS, postings.rowCount());
        return postings;
    }

    private void checkRows(SectionKind kind, int rows) throws CorruptSectionException {
        if (rows != footer.rowCount()) {
            throw corrupt(kind, rows + " rows (expected " + footer.rowCount() + ")");
        }
    }

    /** Names where section {@code kind} begins in failures of those who read its body. */
    CorruptSectionException corrupt(SectionKind kind, String problem) {
        SectionTable.Section section = footer.section(kind);
        return new CorruptSectionException(
                kind.title() + ": " + problem, name(), fileOffset(section == null ? 0 : section.offset()));
    }

    /** Returns what a loop over {@link #bytes} or a column throws for a disk error under the mapping. */
    CorruptSectionException unreadable(InternalError fault) {
        return unreadable("segment", mapped, ref.offset(), fault);
    }

    /** A disk error under a mapping surfaces as this error at the instruction that touched the byte. */
    private static CorruptSectionException unreadable(
            String subject, MappedBytes mapped, long fileOffset, InternalError fault) {
        CorruptSectionException refusal =
                new CorruptSectionException(subject + ": cannot be read", mapped.name(), fileOffset);
        refusal.initCause(mapped.readFailure(fault));
        return refusal;
    }
}
