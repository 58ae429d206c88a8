package org.almagest.storage.segment;

import java.time.Instant;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.batch.RowPlaces;
import org.almagest.internal.geo.Outline;
import org.almagest.internal.row.BatchSlots;
import org.almagest.internal.row.RowSelection;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.FieldNames.Origin;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.page.PageFields;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * Reads fields of rows of one segment, without putting their bodies together. One thread; each query has its own.
 *
 * <p>Before the first {@link #seek}, and after one that failed, there is no row to ask about.
 */
public final class PageFieldCursor {
    private final SegmentPages pages;
    private final PageFields fields;
    private final SegmentPages.Position position;
    // Neighbours mostly come from one commit, whose time they share.
    private long lastMicros;
    private Instant lastInstant = Instant.EPOCH;
    private @Nullable PagesAhead ahead;

    PageFieldCursor(SegmentPages pages, CommitTable commits, DatasetSchema schema) {
        this(pages, commits, new PageFields(schema));
    }

    private PageFieldCursor(SegmentPages pages, CommitTable commits, PageFields fields) {
        this.pages = pages;
        this.fields = fields;
        this.position = new SegmentPages.Position(pages, commits, fields::open);
    }

    /** Returns a cursor over another segment with what this one read with, which is of no use after that. */
    PageFieldCursor over(SegmentPages pages, CommitTable commits) {
        return new PageFieldCursor(pages, commits, fields);
    }

    /**
     * Moves to a row; cheap within the page of the row before.
     *
     * @throws org.almagest.error.CorruptStoreException if its page does not hold what it must
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public void seek(int row) {
        position.seek(row);
    }

    /**
     * Asks memory for what {@link #seek} and the reading of some rows are going to need; see {@link PagesAhead}. Fails for
     * no row.
     */
    public void expect(int[] rows, int count) {
        try {
            PagesAhead known = ahead;
            if (known == null) {
                known = new PagesAhead(pages);
                ahead = known;
            }
            known.touch(rows, count);
        } catch (RuntimeException | InternalError e) {
            // Some of these rows may never be read; the reading of one that cannot be tells.
        }
    }

    /** Returns about how many bytes are held of pages so far. */
    public long held() {
        return fields.held();
    }

    /** Returns the value of a field; null where it is unset or not in the schema. */
    public @Nullable Object value(String field) {
        try {
            return fields.value(field, position.rowInPage());
        } catch (CorruptSectionException | RuntimeException | InternalError e) {
            throw position.refused(e);
        }
    }

    /** Returns the flags of the geometry. */
    public int geometryFlags() {
        try {
            return fields.geometryFlags(position.rowInPage());
        } catch (CorruptSectionException | RuntimeException | InternalError e) {
            throw position.refused(e);
        }
    }

    /** Returns the place of the row; null where it has none. */
    public @Nullable Geometry geometry() {
        try {
            return fields.geometry(position.rowInPage());
        } catch (CorruptSectionException | RuntimeException | InternalError e) {
            throw position.refused(e);
        }
    }

    /** Fills in the place of the row, a point or a polygon at most cut at the antimeridian; else returns false. */
    public boolean outline(Outline into) {
        try {
            return fields.outline(position.rowInPage(), into);
        } catch (CorruptSectionException | RuntimeException | InternalError e) {
            throw position.refused(e);
        }
    }

    /**
     * Reads fields and ingestion times of rows into a batch, page by page.
     *
     * @param check run before each page; ends the reading by what it throws
     */
    public void fill(RowPlaces rows, BatchSlots slots, Runnable check) {
        long[] micros = slots.batch().ingestionMicros();
        for (int first = 0, end; first < rows.size(); first = end) {
            check.run();
            position.seek(rows.ordinal(first));
            end = first + 1;
            while (end < rows.size() && position.holds(rows.ordinal(end))) {
                end++;
            }
            rows.window(first, end, position.pageFirstRow());
            try {
                for (int i = 0; i < rows.count(); i++) {
                    micros[rows.place(i)] = position.ingestionMicros(fields.commit(rows.row(i)));
                }
                fields.fill(rows, slots);
            } catch (CorruptSectionException | RuntimeException | InternalError e) {
                throw position.refused(e);
            }
        }
    }

    /** Returns the row with the fields of a selection. */
    public Datapoint datapoint(DatapointId id, @Nullable Origin origin, RowSelection selection) {
        try {
            long micros = position.ingestionMicros(fields.commit(position.rowInPage()));
            if (micros != lastMicros) {
                lastInstant = RowSelection.instantOfMicros(micros);
                lastMicros = micros;
            }
            return fields.datapoint(id, lastInstant, origin, selection, position.rowInPage());
        } catch (CorruptSectionException | RuntimeException | InternalError e) {
            throw position.refused(e);
        }
    }
}
