package org.almagest.storage.segment;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.index.column.CodeColumn;
import org.almagest.index.id.IdColumn;
import org.almagest.index.key.KeyIndex;
import org.almagest.index.posting.ValuePostings;
import org.almagest.index.spatial.PackedTree;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.column.ColumnReader;
import org.almagest.storage.fs.MappedBytes;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one segment, numbered from 0 in the order of ids, and of commits where an id repeats. Safe to share between threads; cursors are not.
 *
 * <p>Opening reads header and footer. Every section is checked in full at its first use, every page as well; what does not hold is refused with {@link CorruptStoreException}, never answered around.
 *
 * <p>The mapping belongs to whoever made it and must outlive all readers. Closing a reader drops its own references, so
 * that on JDK 17 the bytes can be collected.
 */
public final class SegmentReader implements AutoCloseable {
    private final String name;
    private final SegmentFooter footer;
    private final SegmentRef ref;
    private volatile @Nullable SegmentFile file;
    private volatile @Nullable IdColumn ids;
    private volatile @Nullable BoxColumn boxes;
    private volatile @Nullable SegmentPages pages;
    private volatile @Nullable CommitTable commits;
    private volatile @Nullable KeyIndex keys;
    private volatile @Nullable ExtentZones extents;
    private volatile @Nullable CodeColumn commitOrdinals;
    private volatile @Nullable PackedTree tree;
    private final Map<Integer, ColumnReader> columns = new ConcurrentHashMap<>();
    private final Map<Integer, ValuePostings> postings = new ConcurrentHashMap<>();

    private SegmentReader(SegmentFile file) {
        this.file = file;
        this.name = file.name();
        this.footer = file.footer();
        this.ref = file.ref();
    }

    /**
     * Opens a segment.
     *
     * @param mapped the data file, or a part of it that holds the segment
     * @param mappedFrom where in the file the mapped bytes begin
     * @throws CorruptStoreException if header or footer are not those of {@code ref}
     * @throws UnsupportedFormatException if the segment is whole and of another version
     */
    public static SegmentReader open(MappedBytes mapped, long mappedFrom, SegmentRef ref) {
        try {
            return new SegmentReader(SegmentFile.open(mapped, mappedFrom, ref));
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    /** Returns what the footer says, with the SHA-256 of the reference, to compare with the manifest. */
    public SegmentDescription description() {
        return footer.describe(ref.offset(), ref.sha256());
    }

    /** Returns the reference that the segment was opened by. */
    public SegmentRef ref() {
        return ref;
    }

    /** Returns how many rows there are, at least 1. */
    public int rowCount() {
        return footer.rowCount();
    }

    /** Returns whether rows have keys, so that {@link #keyCandidates} can be asked. */
    public boolean isKeyed() {
        return keys != null || footer.has(SectionKind.KEY_INDEX);
    }

    /** Returns the ids, for loops that read many. */
    public IdColumn ids() {
        IdColumn open = ids;
        return open != null ? open : openIds();
    }

    /** Returns the boxes, for loops that read many. */
    public BoxColumn boxes() {
        BoxColumn open = boxes;
        return open != null ? open : openBoxes();
    }

    /** Returns the high half of the id of a row. */
    public long idHigh(int row) {
        return ids().high(row);
    }

    /** Returns the low half of the id of a row. */
    public long idLow(int row) {
        return ids().low(row);
    }

    /** Returns the first row whose id is not less, or {@link #rowCount} when all are. */
    public int lowerBound(long high, long low) {
        return ids().lowerBound(high, low);
    }

    /** Returns a new cursor over the rows' bodies and commits; it needs no closing. */
    public PageCursor cursor() {
        return new PageCursor(pages(), commits());
    }

    /** Returns a new cursor over the fields of rows, and their commits; it needs no closing. */
    public PageFieldCursor fields(DatasetSchema schema) {
        return new PageFieldCursor(pages(), commits(), schema);
    }

    /** Returns a cursor as {@link #fields(DatasetSchema)} does, for the schema of one that nobody uses any more. */
    public PageFieldCursor fields(PageFieldCursor spent) {
        return spent.over(pages(), commits());
    }

    /**
     * Returns the rows whose key may be the one with this hash, ascending; the caller compares keys before it counts.
     *
     * @throws IllegalStateException if rows have no keys
     */
    public int[] keyCandidates(long hash) {
        try {
            return keys().candidates(hash);
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    /**
     * Returns the key hash of every row, in row order; a new array, filled from all entries of the key index.
     *
     * @throws IllegalStateException if rows have no keys
     */
    public long[] keyHashesByRow() {
        try {
            return keys().hashesByRow();
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    /**
     * Checks every byte and returns what does not hold; empty when all does. See {@link SegmentVerifier#verify} for a
     * segment that does not open.
     */
    public List<Finding> verify() {
        return new SegmentVerifier(file()).findings();
    }

    /** Drops what this reader holds of the mapping; cursors and columns handed out stay as valid as the mapping. */
    @Override
    public void close() {
        file = null;
        ids = null;
        boxes = null;
        pages = null;
        commits = null;
        keys = null;
        extents = null;
        commitOrdinals = null;
        tree = null;
        columns.clear();
        postings.clear();
    }

    // Two threads may open the same section at once: both check it and either result serves.

    private IdColumn openIds() {
        try {
            IdColumn opened = file().ids();
            ids = opened;
            return opened;
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    private BoxColumn openBoxes() {
        try {
            BoxColumn opened = file().boxes();
            boxes = opened;
            return opened;
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    private SegmentPages pages() {
        SegmentPages opened = pages;
        if (opened != null) {
            return opened;
        }
        try {
            opened = new SegmentPages(file(), file().directory());
            pages = opened;
            return opened;
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    /** Returns the commits that made the rows, in no order. */
    public CommitTable commits() {
        CommitTable opened = commits;
        if (opened != null) {
            return opened;
        }
        try {
            opened = file().commits();
            commits = opened;
            return opened;
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    /** Returns the time extents of the rows, or null when they have none. */
    public @Nullable ExtentZones extents() {
        ExtentZones opened = extents;
        if (opened != null || !footer.has(SectionKind.EXTENT_ZONES)) {
            return opened;
        }
        try {
            opened = file().extents();
            extents = opened;
            return opened;
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    /** Returns which rows may meet a box; null where there are too few rows, or none with a box. */
    public @Nullable PackedTree tree() {
        PackedTree opened = tree;
        if (opened != null || !footer.has(SectionKind.SPATIAL_TREE)) {
            return opened;
        }
        try {
            opened = file().tree();
            tree = opened;
            return opened;
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    /** Returns the rows of each code of the {@link #column} of a field; null where it has many values, or few rows. */
    public @Nullable ValuePostings postings(int fieldNumber) {
        ValuePostings opened = postings.get(fieldNumber);
        if (opened != null || footer.sections().find(SectionKind.VALUE_POSTINGS, fieldNumber) == null) {
            return opened;
        }
        try {
            opened = file().postings(fieldNumber);
            postings.put(fieldNumber, opened);
            return opened;
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    /** Returns the values of a field apart from the rows; null where the segment does not have them so. */
    public @Nullable ColumnReader column(int fieldNumber) {
        ColumnReader opened = columns.get(fieldNumber);
        if (opened != null || footer.sections().find(SectionKind.COLUMN, fieldNumber) == null) {
            return opened;
        }
        try {
            opened = file().column(fieldNumber);
            columns.put(fieldNumber, opened);
            return opened;
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    /**
     * Returns the bytes of the column of a field, to compare; all of them are checked again.
     *
     * @throws IllegalStateException if there is none
     */
    public ByteBuffer columnBody(int fieldNumber) {
        try {
            return file().section(SectionKind.COLUMN, fieldNumber);
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    /** Returns which entry of {@link #commits} made a row. */
    public int commitOrdinal(int row) {
        CodeColumn opened = commitOrdinals;
        if (opened == null) {
            opened = openCommitOrdinals();
        }
        int ordinal = opened == null ? 0 : (int) opened.code(row) - 1;
        if (ordinal < 0 || ordinal >= footer.commitCount()) {
            throw file().corrupt(SectionKind.COMMIT_COLUMN, "row " + row + ": commit " + ordinal)
                    .toCorruptStore();
        }
        return ordinal;
    }

    private @Nullable CodeColumn openCommitOrdinals() {
        try {
            CodeColumn opened = file().commitOrdinals();
            commitOrdinals = opened;
            return opened;
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    private KeyIndex keys() throws CorruptSectionException {
        KeyIndex opened = keys;
        if (opened == null) {
            if (!isKeyed()) {
                throw new IllegalStateException("segment: rows have no keys [" + name + " @ " + ref.offset() + "]");
            }
            opened = file().keys();
            keys = opened;
        }
        return opened;
    }

    private SegmentFile file() {
        SegmentFile open = file;
        if (open == null) {
            throw new IllegalStateException("segment: closed [" + name + " @ " + ref.offset() + "]");
        }
        return open;
    }
}
