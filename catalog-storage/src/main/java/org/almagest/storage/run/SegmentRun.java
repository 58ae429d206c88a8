package org.almagest.storage.run;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.CorruptStoreException;
import org.almagest.index.posting.ValuePostings;
import org.almagest.index.spatial.CellCover;
import org.almagest.index.spatial.PackedTree;
import org.almagest.internal.batch.RowPlaces;
import org.almagest.internal.geo.Outline;
import org.almagest.internal.row.BatchSlots;
import org.almagest.internal.row.RowSelection;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.FieldNames.Origin;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.column.ColumnReader;
import org.almagest.storage.commit.Boxes;
import org.almagest.storage.manifest.DataFiles;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.SegmentKey;
import org.almagest.storage.segment.CommitTable;
import org.almagest.storage.segment.ExtentZones;
import org.almagest.storage.segment.PageCursor;
import org.almagest.storage.segment.PageFieldCursor;
import org.almagest.storage.segment.SegmentReader;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * A run on disk, opened when it is first read; what lies outside its bounds is answered without opening it.
 *
 * <p>Safe to share between threads.
 */
public final class SegmentRun implements Run {
    /** Segments with fewer rows are small: opening one again takes as long as looking into a few of them. */
    private static final int SMALL_ROWS = 1_024;

    private static final int SIDES = 4;

    private final SegmentEntry entry;
    private final SegmentFiles files;
    private final int last;
    private final int number;
    private volatile @Nullable Whole rows;
    private volatile @Nullable SegmentReader reader;
    private volatile @Nullable WeakReference<SegmentReader> letGo;
    private volatile @Nullable KeyLookup lateKeys;
    private volatile @Nullable CellCover cells;

    public SegmentRun(SegmentEntry entry, SegmentFiles files) {
        this.entry = entry;
        this.files = files;
        this.last = entry.bounds().rowCount() - 1;
        this.number = files.idle().number();
    }

    public SegmentEntry entry() {
        return entry;
    }

    /** Returns its number among the runs that were opened. */
    int number() {
        return number;
    }

    /** Returns what tells the segment from every other. */
    public SegmentKey key() {
        return new SegmentKey(entry.location().fileNumber(), entry.location().offset());
    }

    private SegmentReader reader() {
        SegmentReader open = reader;
        return open == null ? openedAgain() : open;
    }

    private SegmentReader openedAgain() {
        WeakReference<SegmentReader> before = letGo;
        SegmentReader open = before == null ? null : before.get();
        if (open == null) {
            open = files.open(entry);
        }
        reader = open;
        if (last < SMALL_ROWS) {
            files.opened(this);
        }
        return open;
    }

    /** Tells whether it is held open. */
    boolean isOpen() {
        return reader != null;
    }

    /**
     * Lets memory have what can be opened again when it is needed; who reads at the moment goes on.
     *
     * <p>Until memory is asked for it is found again: a merge by id of more segments than stay open comes back to each of
     * them soon.
     */
    void letGo() {
        SegmentReader open = reader;
        WeakReference<SegmentReader> before = letGo;
        if (open != null && (before == null || before.get() != open)) {
            letGo = new WeakReference<>(open);
        }
        reader = null;
        cells = null;
    }

    @Override
    public String name() {
        return DataFiles.segment(entry.location().fileNumber()) + " @ "
                + entry.location().offset();
    }

    @Override
    public CorruptStoreException unreadable(InternalError fault) {
        String file = DataFiles.segment(entry.location().fileNumber());
        String rule = "segment: cannot be read: " + fault.getMessage();
        return new CorruptStoreException(rule, file, entry.location().offset(), fault);
    }

    @Override
    public int rowCount() {
        return last + 1;
    }

    @Override
    public long idHigh(int ordinal) {
        if (ordinal == 0) {
            return entry.bounds().idMin().high();
        }
        return ordinal == last ? entry.bounds().idMax().high() : reader().idHigh(ordinal);
    }

    @Override
    public long idLow(int ordinal) {
        if (ordinal == 0) {
            return entry.bounds().idMin().low();
        }
        return ordinal == last ? entry.bounds().idMax().low() : reader().idLow(ordinal);
    }

    @Override
    public int lowerBound(long idHigh, long idLow) {
        DatapointId lowest = entry.bounds().idMin();
        if (DatapointId.compare(idHigh, idLow, lowest.high(), lowest.low()) <= 0) {
            return 0;
        }
        DatapointId highest = entry.bounds().idMax();
        if (DatapointId.compare(idHigh, idLow, highest.high(), highest.low()) > 0) {
            return last + 1;
        }
        return reader().lowerBound(idHigh, idLow);
    }

    @Override
    public long sequence(int ordinal) {
        SegmentReader open = reader();
        return open.commits().sequence(open.commitOrdinal(ordinal));
    }

    @Override
    public long ingestionMicros(int ordinal) {
        SegmentReader open = reader();
        return open.commits().ingestionMicros(open.commitOrdinal(ordinal));
    }

    @Override
    public long sequenceMin() {
        return entry.bounds().sequenceMin();
    }

    @Override
    public long sequenceMax() {
        return entry.bounds().sequenceMax();
    }

    @Override
    public long lastSequenceBefore(long micros) {
        SegmentEntry.Bounds bounds = entry.bounds();
        if (bounds.ingestionMicrosMax() < micros) {
            return bounds.sequenceMax();
        }
        long last = 0;
        CommitTable commits = bounds.ingestionMicrosMin() < micros ? reader().commits() : null;
        for (int i = 0; commits != null && i < commits.count(); i++) {
            if (commits.ingestionMicros(i) < micros) {
                last = Math.max(last, commits.sequence(i));
            }
        }
        return last;
    }

    @Override
    public BoxColumn boxes() {
        return new Boxes(reader().boxes());
    }

    @Override
    public int[] keyCandidates(long keyHash, DatasetSchema schema) {
        if (reader().isKeyed()) {
            return reader().keyCandidates(keyHash);
        }
        KeyLookup known = lateKeys;
        if (known == null) {
            known = KeyLookup.read(this, schema);
            lateKeys = known;
        }
        return known.ordinals(keyHash);
    }

    @Override
    public boolean isKeyed() {
        return reader().isKeyed();
    }

    @Override
    public long[] keyHashes() {
        return reader().keyHashesByRow();
    }

    @Override
    public boolean mayReach(long firstMillis, long lastMillis) {
        SegmentEntry.Extent extent = entry.extent();
        return extent == null || extent.minMillis() <= lastMillis && extent.maxMillis() >= firstMillis;
    }

    /** Returns a box around those of all rows; null where no row has a place. */
    public @Nullable BoundingBox box() {
        return entry.bounds().box();
    }

    /** Returns a millisecond before which no time extent of a row begins. */
    public long extentFirst() {
        SegmentEntry.Extent extent = entry.extent();
        return extent == null ? entry.bounds().idMin().timeMillis() : extent.minMillis();
    }

    /** Returns a millisecond after which no time extent of a row ends. */
    public long extentLast() {
        SegmentEntry.Extent extent = entry.extent();
        return extent == null ? entry.bounds().idMax().timeMillis() : extent.maxMillis();
    }

    @Override
    public boolean reachesNoFurther(long firstMillis, long lastMillis) {
        SegmentEntry.Extent extent = entry.extent();
        return extent != null && extent.minMillis() >= firstMillis && extent.maxMillis() <= lastMillis;
    }

    @Override
    public boolean mayMeet(List<BoundingBox> asked) {
        CellCover known = cells;
        if (known == null) {
            known = readCells();
            cells = known;
        }
        for (BoundingBox box : asked) {
            if (known.mayMeet(box)) {
                return true;
            }
        }
        return false;
    }

    /** Made when it is asked for, not when a store is opened. */
    private static final class NoCells {
        static final CellCover COVER = new CellCover.Builder().build();
    }

    CellCover readCells() {
        if (entry.cells().length() == 0) {
            return NoCells.COVER;
        }
        try {
            return CellCover.open(ByteBuffer.wrap(entry.cells().toArray()), "manifest");
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    /** What is told of time and place of a row; at {@code at} of the boxes are west, south, east and north, or NaN. */
    interface Places {
        void row(long millis, float[] boxes, int at);
    }

    /** Tells time and place of each row; what had to be opened for it is not kept. */
    void forEachPlace(Places into) {
        SegmentReader known = reader;
        SegmentReader open = known == null ? files.open(entry) : known;
        float[] boxes = new float[SIDES * rowCount()];
        if (entry.bounds().box() == null) {
            Arrays.fill(boxes, Float.NaN);
        } else {
            open.boxes().copy(0, rowCount(), boxes);
        }
        long first = entry.bounds().idMin().timeMillis();
        long last = entry.bounds().idMax().timeMillis();
        for (int row = 0; row < rowCount(); row++) {
            long millis = open.idHigh(row) >> Short.SIZE;
            if (millis < first || millis > last) {
                throw new CorruptStoreException(
                        "segment: ids are not in order",
                        DataFiles.segment(entry.location().fileNumber()),
                        entry.location().offset());
            }
            into.row(millis, boxes, SIDES * row);
        }
    }

    @Override
    public @Nullable ExtentColumn extents() {
        ExtentZones zones = reader().extents();
        return zones == null ? null : new Extents(zones);
    }

    @Override
    public @Nullable ColumnReader column(int fieldNumber) {
        return reader().column(fieldNumber);
    }

    @Override
    public @Nullable ValuePostings postings(int fieldNumber) {
        return reader().postings(fieldNumber);
    }

    @Override
    public @Nullable PackedTree tree() {
        return reader().tree();
    }

    private record Extents(ExtentZones zones) implements ExtentColumn {
        @Override
        public int zoneRows() {
            return ExtentZones.ROWS;
        }

        @Override
        public long minStart(int zone) {
            return zones.minStart(zone);
        }

        @Override
        public long maxEnd(int zone) {
            return zones.maxEnd(zone);
        }
    }

    @Override
    public RowCursor cursor() {
        return new Cursor(reader().cursor());
    }

    @Override
    public FieldCursor fields(DatasetSchema schema) {
        return new Fields(reader().fields(schema));
    }

    @Override
    public FieldCursor borrow(DatasetSchema schema) {
        FieldCursor known = files.idle().take(this, schema);
        return known == null ? fields(schema) : known;
    }

    @Override
    public FieldCursor reuse(FieldCursor spent, DatasetSchema schema) {
        boolean isSmall = spent instanceof Fields && !files.idle().isLarge(((Fields) spent).page.held());
        return isSmall ? new Fields(reader().fields(((Fields) spent).page)) : borrow(schema);
    }

    @Override
    public void giveBack(FieldCursor cursor, DatasetSchema schema) {
        long held = cursor instanceof Fields ? ((Fields) cursor).page.held() : 0;
        files.idle().put(this, schema, cursor, held);
    }

    @Override
    public Datapoint row(int ordinal, DatasetSchema schema, Origin origin) {
        Whole whole = rows;
        if (whole == null || whole.schema != schema) {
            whole = new Whole(schema, RowSelection.of(schema, null));
            rows = whole;
        }
        FieldCursor cursor = borrow(schema);
        cursor.seek(ordinal);
        Datapoint row = cursor.datapoint(new DatapointId(idHigh(ordinal), idLow(ordinal)), origin, whole.selection);
        giveBack(cursor, schema);
        return row;
    }

    /** Everything that rows of a schema have. */
    private record Whole(DatasetSchema schema, RowSelection selection) {}

    private record Fields(PageFieldCursor page) implements FieldCursor {
        @Override
        public void seek(int ordinal) {
            page.seek(ordinal);
        }

        @Override
        public void expect(int[] ordinals, int count) {
            page.expect(ordinals, count);
        }

        @Override
        public @Nullable Object value(String field) {
            return page.value(field);
        }

        @Override
        public @Nullable Geometry geometry() {
            return page.geometry();
        }

        @Override
        public int geometryFlags() {
            return page.geometryFlags();
        }

        @Override
        public boolean outline(Outline into) {
            return page.outline(into);
        }

        @Override
        public Datapoint datapoint(DatapointId id, Origin origin, RowSelection selection) {
            return page.datapoint(id, origin, selection);
        }

        @Override
        public void fill(RowPlaces places, BatchSlots slots, Runnable check) {
            page.fill(places, slots, check);
        }
    }

    private record Boxes(org.almagest.storage.segment.BoxColumn column) implements BoxColumn {
        @Override
        public float west(int ordinal) {
            return column.west(ordinal);
        }

        @Override
        public float south(int ordinal) {
            return column.south(ordinal);
        }

        @Override
        public float east(int ordinal) {
            return column.east(ordinal);
        }

        @Override
        public float north(int ordinal) {
            return column.north(ordinal);
        }

        @Override
        public void copy(int first, int count, float[] into) {
            column.copy(first, count, into);
        }
    }

    private record Cursor(PageCursor page) implements RowCursor {
        @Override
        public void seek(int ordinal) {
            page.seek(ordinal);
        }

        @Override
        public byte[] bytes() {
            return page.bytes();
        }

        @Override
        public int offset() {
            return page.bodyOffset();
        }

        @Override
        public int length() {
            return page.bodyLength();
        }

        @Override
        public long sequence() {
            return page.commitSequence();
        }

        @Override
        public long ingestionMicros() {
            return page.ingestionMicros();
        }
    }
}
