package org.almagest.storage.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almagest.error.CorruptSectionException;
import org.almagest.index.column.CodeColumn;
import org.almagest.index.column.CodeColumnBuilder;
import org.almagest.index.id.IdColumn;
import org.almagest.index.key.KeyIndexBuilder;
import org.almagest.index.spatial.CellCover;
import org.almagest.internal.format.SectionFrame;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.column.BuiltColumn;
import org.almagest.storage.column.ColumnReader;
import org.almagest.storage.column.ColumnSet;
import org.almagest.storage.column.ColumnWriter;
import org.almagest.storage.encoding.PageFormat;
import org.almagest.storage.fs.AppendFile;
import org.jspecify.annotations.Nullable;

/**
 * Appends one segment to a data file, row by row in the order of ids, and of commits where an id repeats. One thread.
 *
 * <p>Pages are written as they fill; ids, boxes and key hashes wait in memory, 32 to 45 bytes per row, until {@link
 * #finish}. After an {@link IOException} file and writer are of no more use. Several segments follow each other in one
 * file, each by its own writer. Nothing is forced.
 */
public final class SegmentWriter {
    /** Fewer rows than these have no columns: reading them costs less than what columns take up. */
    static final int COLUMN_ROWS_MIN = 64;

    private static final DatasetSchema NO_FIELDS = DatasetSchema.temporal().build();
    private static final int SECTIONS_PER_FIELD = 2;
    private static final int COLUMN_FIXED_BYTES = 64;

    private final SegmentIdentity identity;
    private final SegmentOutput output;
    private final PageWriter pages;
    private final SectionBuffer ids = new SectionBuffer(ByteOrder.BIG_ENDIAN);
    private final SectionBuffer boxes = new SectionBuffer(ByteOrder.LITTLE_ENDIAN);
    private final CommitTableBuilder commits = new CommitTableBuilder();
    private final KeyIndexBuilder keys = new KeyIndexBuilder();
    private final ExtentZones.Builder extents = new ExtentZones.Builder();
    private final List<SectionTable.Section> sections = new ArrayList<>();
    private final CodeColumnBuilder commitOrdinals = new CodeColumnBuilder();
    private final @Nullable ColumnSet columns;

    private int rowCount;
    private long rawBytes;
    private DatapointId minId = new DatapointId(0, 0);
    private long lastHigh;
    private long lastLow;
    private long lastSequence;
    private Box bounds = Box.NONE;
    private final CellCover.Builder cells = new CellCover.Builder();
    private boolean finished;
    private int pagesLookedAt;
    private boolean full;

    private SegmentWriter(AppendFile file, SegmentIdentity identity, @Nullable DatasetSchema schema) {
        this.identity = identity;
        this.columns = schema == null ? null : ColumnSet.of(schema);
        this.output = new SegmentOutput(file);
        this.pages = new PageWriter(output, identity, schema == null ? NO_FIELDS : schema, columns);
    }

    /** Begins a segment of rows whose bodies mean nothing, so that none of their fields is stored apart. */
    public static SegmentWriter begin(AppendFile file, SegmentIdentity identity) throws IOException {
        return open(file, identity, null);
    }

    /**
     * Begins a segment at the end of {@code file}, which is the start of the file or the end of another segment.
     *
     * @param identity with the number the file is going to have
     * @param schema what the bodies of the rows are made of; its fields are numbered
     */
    public static SegmentWriter begin(AppendFile file, SegmentIdentity identity, DatasetSchema schema)
            throws IOException {
        return open(file, identity, schema);
    }

    private static SegmentWriter open(AppendFile file, SegmentIdentity identity, @Nullable DatasetSchema schema)
            throws IOException {
        if (SegmentFormat.padding(file.length()) != 0) {
            throw new IllegalStateException("segment: begins at " + file.length() + " of " + file.name());
        }
        SegmentWriter writer = new SegmentWriter(file, identity, schema);
        writer.output.append(SegmentHeader.encode(identity, writer.output.start()));
        return writer;
    }

    /**
     * Appends a row; {@code row} may be filled anew afterwards.
     *
     * @throws IllegalArgumentException if id and commit are not above those of the row before, the box is none, a commit
     *     has two times, or some rows have a key or an extent and others not
     */
    public void add(SegmentRow row) throws IOException {
        checkOpen();
        Box box = row.toBox();
        checkRow(row, box);
        int commit = commits.ordinalOf(row);
        pages.add(commit, row);
        commitOrdinals.add(commit + 1);
        ids.room(IdColumn.ROW_BYTES).putLong(row.idHigh).putLong(row.idLow);
        boxes.room(BoxColumn.ROW_BYTES)
                .putFloat(box.west())
                .putFloat(box.south())
                .putFloat(box.east())
                .putFloat(box.north());
        if (row.keyed) {
            keys.add(row.keyHash);
        }
        if (row.extended) {
            extents.add(row.startMillis, row.endMillis);
        }
        if (rowCount == 0) {
            minId = new DatapointId(row.idHigh, row.idLow);
        }
        lastHigh = row.idHigh;
        lastLow = row.idLow;
        lastSequence = row.commitSequence;
        bounds = bounds.union(box);
        cells.add(box.west(), box.south(), box.east(), box.north());
        rawBytes += row.bodyLength;
        rowCount++;
    }

    private void checkRow(SegmentRow row, Box box) {
        int order = rowCount == 0 ? -1 : DatapointId.compare(lastHigh, lastLow, row.idHigh, row.idLow);
        if (order > 0 || order == 0 && row.commitSequence <= lastSequence) {
            throw new IllegalArgumentException("segment: id " + new DatapointId(row.idHigh, row.idLow) + " of commit "
                    + row.commitSequence + " after " + new DatapointId(lastHigh, lastLow) + " of commit "
                    + lastSequence);
        }
        if (!box.isValid()) {
            throw new IllegalArgumentException("segment: " + box);
        }
        if (row.keyed ? keys.count() != rowCount : keys.count() > 0) {
            throw new IllegalArgumentException("segment: row " + rowCount + " differs from the others in having a key");
        }
        if (row.extended ? extents.count() != rowCount : extents.count() > 0) {
            throw new IllegalArgumentException(
                    "segment: row " + rowCount + " differs from the others in having an extent");
        }
        if (rowCount == SegmentFormat.ROWS_MAX || row.bodyLength > PageFormat.BODY_BYTES_MAX) {
            throw new IllegalArgumentException("segment: row " + rowCount + " of " + row.bodyLength + " bytes");
        }
    }

    /** Returns the {@link CellCover} of the rows as bytes; none when no row has a box. */
    public Bytes cells() {
        if (!bounds.isPresent()) {
            return Bytes.of();
        }
        CellCover cover = cells.build();
        ByteBuffer bytes = ByteBuffer.allocate(cover.bodyBytes());
        cover.write(bytes);
        return Bytes.of(bytes.array());
    }

    /** Returns how many rows were added. */
    public int rowCount() {
        return rowCount;
    }

    /** Tells whether the segment would have so many bytes if it were finished now; looks anew after each page. */
    public boolean isFull(long bytesMax) {
        if (pages.pageCount() != pagesLookedAt) {
            pagesLookedAt = pages.pageCount();
            full = bytesSoFar() >= bytesMax;
        }
        return full;
    }

    /** Returns about how many bytes the segment would have if it were finished now; never less than it will have. */
    public long bytesSoFar() {
        long keyBytes = keys.count() == 0 ? 0 : keys.bodyBytes() + SectionFrame.OVERHEAD_BYTES;
        return output.position()
                + pages.pendingBytes()
                + 2 * Integer.BYTES
                + pages.directory().frameBytes()
                + ids.frameBytes()
                + boxes.frameBytes()
                + commits.section().frameBytes()
                + keyBytes
                + extents.frameBytes()
                + commitOrdinalBytes()
                + columnBytes();
    }

    private long commitOrdinalBytes() {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(commits.count());
        int blocks = rowCount / CodeColumn.BLOCK_ROWS + 1;
        return (long) COLUMN_FIXED_BYTES * (blocks + 1) + (long) rowCount * bits / Byte.SIZE;
    }

    /** Returns how many bytes columns, the footer and all padding have at most. */
    private long columnBytes() {
        int fields = columns == null ? 0 : columns.columns().size();
        int sectionCount = SectionKind.values().length + fields * SECTIONS_PER_FIELD;
        return (columns == null ? 0 : columns.bytesSoFar())
                + (long) fields * IndexSections.postingsBytesMax(rowCount)
                + (long) rowCount * 2 * IndexSections.TREE_ENTRY_BYTES_MAX
                + SegmentFooter.tailBytes(sectionCount)
                + (long) sectionCount * (SegmentFormat.ALIGNMENT + SectionFrame.OVERHEAD_BYTES)
                + SegmentFormat.ALIGNMENT;
    }

    /**
     * Writes what remains and returns what the manifest must know. Nothing can be added any more.
     *
     * @throws IllegalStateException if no row was added, or the segment is longer than {@link SegmentFormat#BYTES_MAX}
     */
    public SegmentDescription finish() throws IOException {
        checkOpen();
        if (rowCount == 0) {
            throw new IllegalStateException("segment: 0 rows (at least 1)");
        }
        finished = true;
        pages.flush();
        long pageBytes = output.position() - SegmentHeader.FRAME_BYTES;
        if (bytesSoFar() > SegmentFormat.BYTES_MAX) {
            throw new IllegalStateException(
                    "segment: " + bytesSoFar() + " bytes (at most " + SegmentFormat.BYTES_MAX + ")");
        }
        append(SectionKind.PAGE_DIRECTORY, pages.directory());
        append(SectionKind.ID_COLUMN, ids);
        append(SectionKind.BOX_COLUMN, boxes);
        append(SectionKind.COMMIT_TABLE, commits.section());
        if (keys.count() > 0) {
            SectionBuffer keySection = new SectionBuffer(ByteOrder.LITTLE_ENDIAN);
            keys.write(keySection.room(keys.bodyBytes()));
            append(SectionKind.KEY_INDEX, keySection);
        }
        if (extents.count() > 0) {
            append(SectionKind.EXTENT_ZONES, extents.finish());
        }
        if (commits.count() > 1) {
            SectionBuffer ordinals = new SectionBuffer(ByteOrder.LITTLE_ENDIAN);
            commitOrdinals.write(ordinals.room(commitOrdinals.bodyBytes()));
            append(SectionKind.COMMIT_COLUMN, ordinals);
        }
        if (bounds.isPresent()) {
            append(SectionKind.SPATIAL_TREE, SectionTable.NO_FIELD, IndexSections.tree(boxes.body()));
        }
        appendColumns();
        output.align();
        return describe(appendFooter(pageBytes));
    }

    private void appendColumns() throws IOException {
        if (columns == null || rowCount < COLUMN_ROWS_MIN) {
            return;
        }
        Map<Integer, SectionBuffer> postings = new TreeMap<>();
        for (ColumnWriter column : columns.columns()) {
            BuiltColumn built = column.build();
            if (built != null) {
                SectionBuffer section = new SectionBuffer(ByteOrder.LITTLE_ENDIAN);
                built.write(section.room(built.bodyBytes()));
                SectionBuffer rowsOfValues = IndexSections.postings(reopen(section));
                if (rowsOfValues != null) {
                    postings.put(column.fieldNumber(), rowsOfValues);
                }
                append(SectionKind.COLUMN, column.fieldNumber(), section);
            }
        }
        for (Map.Entry<Integer, SectionBuffer> entry : postings.entrySet()) {
            append(SectionKind.VALUE_POSTINGS, entry.getKey(), entry.getValue());
        }
    }

    private ColumnReader reopen(SectionBuffer section) {
        try {
            return ColumnReader.open(section.body(), rowCount, "column");
        } catch (CorruptSectionException e) {
            throw new IllegalStateException("segment: column cannot be read back", e);
        }
    }

    private void append(SectionKind kind, SectionBuffer buffer) throws IOException {
        append(kind, SectionTable.NO_FIELD, buffer);
    }

    private void append(SectionKind kind, int field, @Nullable SectionBuffer buffer) throws IOException {
        if (buffer == null) {
            return;
        }
        output.align();
        long position = output.position();
        ByteBuffer framed = buffer.seal(kind.frame(), identity.place(output.start() + position));
        int length = framed.remaining();
        int crc32c = framed.order(ByteOrder.LITTLE_ENDIAN).getInt(length - SectionFrame.TRAILER_BYTES);
        output.append(framed);
        sections.add(new SectionTable.Section(kind, field, (int) position, length, crc32c));
    }

    private SegmentFooter appendFooter(long pageBytes) throws IOException {
        SegmentFooter footer = new SegmentFooter(
                rowCount,
                pages.pageCount(),
                commits.count(),
                minId,
                new DatapointId(lastHigh, lastLow),
                bounds,
                commits.range(),
                extents.range(),
                rawBytes,
                pageBytes,
                new SectionTable(sections),
                output.position() + SegmentFooter.tailBytes(sections.size()));
        output.append(footer.encode(identity, output.start()));
        output.flush();
        return footer;
    }

    private SegmentDescription describe(SegmentFooter footer) {
        assert footer.length() == output.position() : output.position();
        return footer.describe(output.start(), output.sha256());
    }

    private void checkOpen() {
        if (finished) {
            throw new IllegalStateException("segment: finished");
        }
    }
}
