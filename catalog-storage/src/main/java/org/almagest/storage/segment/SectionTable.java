package org.almagest.storage.segment;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.almagest.internal.format.SectionFrame;
import org.jspecify.annotations.Nullable;

/**
 * Which sections a segment has and where they lie: the end of the footer's body. Immutable.
 *
 * <p>Little-endian. A reader refuses a kind that this version does not have, a field number where the kind has none or
 * none where it has one, sections that do not follow each other in this order without overlap, and the lack of one
 * that every segment has.
 *
 * <pre>
 * offset  bytes  field         constraint
 * 0       4      kind          code of SectionKind; entries ascend by kind and field number
 * 4       4      field number  of the section's field; 0 for sections that belong to no field
 * 8       4      offset        in the segment
 * 12      4      length        with its frame
 * 16      4      crc32c        the last four bytes of the frame once more
 * </pre>
 */
final class SectionTable {
    static final int KIND_OFFSET = 0;
    static final int FIELD_NUMBER_OFFSET = 4;
    static final int OFFSET_OFFSET = 8;
    static final int LENGTH_OFFSET = 12;
    static final int CRC32C_OFFSET = 16;

    /** Bytes of one entry. */
    static final int ENTRY_BYTES = CRC32C_OFFSET + Integer.BYTES;

    /** The most sections of a segment. */
    static final int COUNT_MAX = 1 << 16;

    /** The field number of a section that belongs to no field. */
    static final int NO_FIELD = 0;

    private final List<Section> sections;

    /** Where one framed section lies, and its checksum once more. */
    record Section(SectionKind kind, int field, int offset, int length, int crc32c) {
        int end() {
            return offset + length;
        }

        /** Returns whether the section stands before another in a segment. */
        boolean isBefore(Section other) {
            int order = Integer.compare(kind.code(), other.kind.code());
            return order < 0 || order == 0 && field < other.field;
        }

        /** Returns what messages call the section. */
        String title() {
            return field == NO_FIELD ? kind.title() : kind.title() + " of field " + field;
        }
    }

    SectionTable(List<Section> sections) {
        this.sections = List.copyOf(sections);
    }

    /** Returns the sections in the order in which they lie. */
    List<Section> all() {
        return sections;
    }

    int count() {
        return sections.size();
    }

    /** Returns the section of a kind and a field, which may be {@link #NO_FIELD}; null where there is none. */
    @Nullable
    Section find(SectionKind kind, int field) {
        for (Section section : sections) {
            if (section.kind() == kind && section.field() == field) {
                return section;
            }
        }
        return null;
    }

    /** Appends the entries at the position of a footer. */
    void write(ByteBuffer to) {
        for (Section section : sections) {
            to.putInt(section.kind().code()).putInt(section.field());
            to.putInt(section.offset()).putInt(section.length()).putInt(section.crc32c());
        }
    }

    /** Reads {@code count} entries; null where one is of a kind that this version does not have. */
    static @Nullable SectionTable read(ByteBuffer body, int at, int count) {
        List<Section> sections = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int entry = at + i * ENTRY_BYTES;
            SectionKind kind = SectionKind.ofCode(body.getInt(entry + KIND_OFFSET));
            if (kind == null) {
                return null;
            }
            sections.add(new Section(
                    kind,
                    body.getInt(entry + FIELD_NUMBER_OFFSET),
                    body.getInt(entry + OFFSET_OFFSET),
                    body.getInt(entry + LENGTH_OFFSET),
                    body.getInt(entry + CRC32C_OFFSET)));
        }
        return new SectionTable(sections);
    }

    /** Returns what does not hold of sections that lie from {@code from} to {@code to}; empty when everything does. */
    String findProblem(int from, int to) {
        int end = from;
        Section before = null;
        Set<SectionKind> missing = EnumSet.noneOf(SectionKind.class);
        for (SectionKind kind : SectionKind.values()) {
            if (kind.isRequired()) {
                missing.add(kind);
            }
        }
        for (Section section : sections) {
            boolean named = section.kind().isPerField() ? section.field() > NO_FIELD : section.field() == NO_FIELD;
            if (!named || before != null && !before.isBefore(section)) {
                return section.title() + " out of order";
            }
            if (section.offset() != end + SegmentFormat.padding(end)
                    || section.length() < SectionFrame.OVERHEAD_BYTES
                    || section.length() > to - section.offset()) {
                return section.title() + " at " + section.offset() + " of " + section.length() + " bytes";
            }
            missing.remove(section.kind());
            end = section.end();
            before = section;
        }
        if (!missing.isEmpty()) {
            return "no " + missing.iterator().next().title();
        }
        return to == end + SegmentFormat.padding(end) ? "" : "sections end at " + end;
    }
}
