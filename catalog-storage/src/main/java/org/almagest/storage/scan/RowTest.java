package org.almagest.storage.scan;

import java.time.Instant;
import java.util.UUID;
import org.almagest.geo.BoxAnswer;
import org.almagest.geo.Footprint;
import org.almagest.geo.PlaceTest;
import org.almagest.internal.batch.RowPlaces;
import org.almagest.internal.geo.Outline;
import org.almagest.internal.row.BatchSlots;
import org.almagest.internal.row.RowSelection;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.query.Truth;
import org.almagest.query.bound.BoundSort;
import org.almagest.query.bound.BoundTerm;
import org.almagest.query.bound.FieldValues;
import org.almagest.runtime.Deadline;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.plan.Candidates;
import org.almagest.storage.plan.Conditions;
import org.almagest.storage.plan.RowAccess;
import org.almagest.storage.plan.RowSpan;
import org.almagest.storage.plan.RunTrace;
import org.almagest.storage.plan.RunTrace.Part;
import org.almagest.storage.plan.Shortcut;
import org.almagest.storage.plan.TracedRows;
import org.almagest.storage.run.BoxColumn;
import org.almagest.storage.run.FieldCursor;
import org.almagest.storage.run.Run;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * Tests the rows of one run against a query, cheapest test first, and reads those that match; for one thread.
 *
 * <p>A row's body is fetched only when its box does not decide, when a field is tested, or when it is returned.
 */
final class RowTest implements FieldValues {
    private static final BoundTerm[] NO_TERMS = {};

    private final Run run;
    private final UUID collectionId;
    private final VisibleRows visible;
    private final SourceTests tests;
    private final @Nullable PlaceTest place;
    private final boolean boxDecides;
    private Conditions conditions;

    /** The condition on the extents of rows; null where there is none, or it is known to hold. */
    private @Nullable ExtentTest extent;

    private final @Nullable RunTrace trace;

    // Opened with the first candidate: a run that an answer does not reach costs nothing.
    private @Nullable BoxColumn boxes;
    private @Nullable FieldCursor fields;
    private @Nullable RowAccess access;
    private BoundTerm[] rowTerms = NO_TERMS;
    private boolean testsColumns;
    private int row = -1;
    private boolean fetched;
    private boolean resting;
    private @Nullable RowPlaces batchRows;
    private @Nullable RowOrigin origin;
    private final Outline outline;
    private final int[] ahead;

    /**
     * Prepares to test rows.
     *
     * @param collectionId of the collection that the run belongs to
     * @param trace takes down what is done; null where nobody asks
     */
    RowTest(Run run, UUID collectionId, VisibleRows visible, SourceTests tests, @Nullable RunTrace trace) {
        this.run = run;
        this.collectionId = collectionId;
        this.visible = visible;
        this.tests = tests;
        this.place = tests.query().place();
        this.boxDecides = tests.may(Shortcut.BOX_DECIDES);
        this.conditions = tests.conditions();
        this.extent = tests.extent();
        this.trace = trace;
        this.outline = tests.outline();
        this.ahead = tests.ahead();
    }

    @Nullable
    RunTrace trace() {
        return trace;
    }

    Run run() {
        return run;
    }

    UUID collectionId() {
        return collectionId;
    }

    VisibleRows visible() {
        return visible;
    }

    SourceTests tests() {
        return tests;
    }

    /** Takes it that every row of the span meets the condition on extents. */
    void ignoreExtents() {
        conditions = tests.withoutExtents();
        extent = null;
    }

    /** Chooses how the rows of a span are looked at; to be called before the first test. */
    Candidates candidates(RowSpan span, Deadline deadline) {
        RowAccess chosen = RowAccess.of(run, span, conditions, deadline);
        access = chosen;
        if (chosen.decidesExtents()) {
            extent = null;
        }
        testsColumns = chosen.testsColumns();
        rowTerms = chosen.rowTerms().toArray(NO_TERMS);
        boxes = run.boxes();
        if (trace != null) {
            trace.access(chosen.name());
            return new TracedRows(chosen.candidates(), trace);
        }
        return chosen.candidates();
    }

    /** Tells whether every candidate matches, so that they need only be counted. */
    boolean matchesAllCandidates() {
        return access != null
                && access.decidesFields()
                && place == null
                && extent == null
                && visible.hidesNothing()
                && tests.may(Shortcut.STATISTICS);
    }

    /** Tells whether every visible row of the run that has its id in range matches. */
    boolean matchesAll() {
        return place == null && extent == null && conditions.terms().isEmpty();
    }

    boolean matches(int ordinal) {
        row = ordinal;
        fetched = false;
        if (trace != null) {
            trace.considered();
        }
        boolean matches = isVisible()
                && (!testsColumns || matchesColumns())
                && (extent == null || canMatchPlace() && extent.matches(this))
                && (place == null || matchesPlace(place))
                && (rowTerms.length == 0 || matchesFields());
        if (trace != null && matches) {
            trace.matched();
        }
        return matches;
    }

    /**
     * Asks memory for the rows that are tested next, as far as they are known; returns after how many candidates to ask
     * again.
     */
    int expect(Candidates rows) {
        if (place == null && rowTerms.length == 0) {
            return Integer.MAX_VALUE;
        }
        int[] next = ahead;
        int wanted = (int) Math.min(next.length, conditions.rowsWanted());
        if (wanted == 1) { // nothing to wait for together
            return Integer.MAX_VALUE;
        }
        int count = rows.peek(next, wanted);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            row = next[i];
            if ((!testsColumns || access == null || access.passesColumns(row)) && canMatchPlace()) {
                next[kept++] = row;
            }
        }
        if (kept > 1) {
            fetched = false;
            cursor().expect(next, kept);
        }
        return count == 0 ? Integer.MAX_VALUE : count;
    }

    private boolean isVisible() {
        boolean isVisible = visible.contains(row);
        if (trace != null && !isVisible) {
            trace.count(Part.HIDDEN);
        }
        return isVisible;
    }

    /** Tells whether the box of the row leaves it open that it matches, or there is no condition on the geometry. */
    private boolean canMatchPlace() {
        return place == null || answer(place) != BoxAnswer.NO;
    }

    private boolean matchesColumns() {
        assert access != null : "candidates come first";
        boolean matches = access.passesColumns(row);
        if (trace != null) {
            trace.count(Part.COLUMN_TEST);
        }
        return matches;
    }

    /** Returns what the box of the row says; without geometry nothing matches, a negation included. */
    private BoxAnswer answer(PlaceTest asked) {
        BoxColumn column = boxes;
        assert column != null : "candidates come first";
        float south = column.south(row);
        return Float.isNaN(south)
                ? BoxAnswer.NO
                : asked.decide(column.west(row), south, column.east(row), column.north(row));
    }

    private boolean matchesPlace(PlaceTest asked) {
        BoxAnswer answer = answer(asked);
        if (answer == BoxAnswer.YES && !boxDecides) {
            answer = BoxAnswer.UNSURE;
        }
        if (trace != null && answer != BoxAnswer.UNSURE) {
            trace.count(answer == BoxAnswer.YES ? Part.BOX_YES : Part.BOX_NO);
        }
        return answer == BoxAnswer.YES || answer == BoxAnswer.UNSURE && matchesGeometry(asked);
    }

    private boolean matchesGeometry(PlaceTest asked) {
        long began = trace == null ? 0 : RunTrace.now();
        BoxAnswer answer = fetched().outline(outline) ? asked.decide(outline) : BoxAnswer.UNSURE;
        boolean matches = answer == BoxAnswer.UNSURE ? matchesFootprint(asked) : answer == BoxAnswer.YES;
        if (trace != null) {
            trace.count(Part.GEOMETRY_TEST, began);
        }
        return matches;
    }

    private boolean matchesFootprint(PlaceTest asked) {
        Footprint footprint = footprint();
        return footprint != null && asked.matchesExactly(footprint);
    }

    /** Returns the footprint of the row that was tested last; null where it has no geometry. */
    @Nullable
    Footprint footprint() {
        FieldCursor read = fetched();
        Geometry geometry = read.geometry();
        return geometry == null ? null : tests.cutter().restore(geometry, read.geometryFlags());
    }

    private boolean matchesFields() {
        long began = trace == null ? 0 : RunTrace.now();
        boolean matches = true;
        for (int i = 0; matches && i < rowTerms.length; i++) {
            matches = rowTerms[i].test(this) == Truth.TRUE;
        }
        if (trace != null) {
            trace.count(Part.FIELD_TEST, began);
        }
        return matches;
    }

    /** Returns the row that was tested last. */
    Datapoint datapoint() {
        long began = trace == null ? 0 : RunTrace.now();
        Datapoint datapoint = fetched().datapoint(id(), origin(), tests.selection());
        if (trace != null) {
            trace.count(Part.ROW, began);
        }
        return datapoint;
    }

    private RowOrigin origin() {
        RowOrigin known = origin;
        if (known == null) {
            known = new RowOrigin(collectionId, tests.cutter());
            origin = known;
        }
        return known;
    }

    /** Returns the rows that are to be read into the batch at hand. */
    RowPlaces batchRows() {
        RowPlaces rows = batchRows;
        if (rows == null) {
            rows = new RowPlaces();
            batchRows = rows;
        }
        return rows;
    }

    /**
     * Reads {@link #batchRows}, all of which were tested before, into the batch.
     *
     * @param check run at least once per 256 rows; ends the reading by what it throws
     */
    void fill(BatchSlots slots, Runnable check) {
        RowPlaces rows = batchRows();
        FieldCursor cursor = cursor();
        fetched = false;
        cursor.fill(rows, slots, check);
        if (slots.batch().hasPlaces() && slots.selection().withGeometry()) {
            BoxColumn column = run.boxes();
            rows.window(0, rows.size(), 0);
            for (int i = 0; i < rows.count(); i++) {
                int at = rows.row(i);
                slots.batch()
                        .setBox(rows.place(i), column.west(at), column.south(at), column.east(at), column.north(at));
            }
        }
        if (resting) {
            rest();
        }
    }

    /** Returns the place of a row, which was tested before; null where it has none. */
    @Nullable
    Geometry geometry(int ordinal) {
        int before = row;
        row = ordinal;
        fetched = false;
        Geometry geometry = fetched().geometry();
        row = before;
        fetched = false;
        return geometry;
    }

    /** Lets go of what reading took, as long as no other row is asked for. */
    void rest() {
        resting = true;
        FieldCursor cursor = fields;
        if (cursor != null) {
            run.giveBack(cursor, tests.schema());
            fields = null;
            fetched = false;
        }
    }

    /** Gives up the cursor to a run of the same schema, which is read now; null where there is none of that schema. */
    @Nullable
    FieldCursor handOn(DatasetSchema schema) {
        FieldCursor cursor = fields;
        if (cursor == null) {
            return null;
        }
        fields = null;
        fetched = false;
        if (tests.schema() == schema) {
            return cursor;
        }
        run.giveBack(cursor, tests.schema());
        return null;
    }

    /** Returns another row, which was tested before. */
    Datapoint datapoint(int ordinal) {
        row = ordinal;
        fetched = false;
        return datapoint();
    }

    /** Returns the place of the row that was tested last in a sorted answer. */
    SortedRow sortedRow() {
        BoundSort sort = tests.sort();
        assert sort != null : "a query that sorts";
        return new SortedRow(sort.values(this), id(), this, row);
    }

    /** Returns the row that was tested last. */
    int ordinal() {
        return row;
    }

    DatapointId id() {
        try {
            return new DatapointId(run.idHigh(row), run.idLow(row));
        } catch (InternalError e) {
            throw run.unreadable(e);
        }
    }

    /** Returns the fields of the row. */
    private FieldCursor fetched() {
        FieldCursor cursor = cursor();
        if (!fetched) {
            cursor.seek(row);
            fetched = true;
        }
        return cursor;
    }

    private FieldCursor cursor() {
        FieldCursor cursor = fields;
        if (cursor == null) {
            cursor = tests.query().cursors().open(this);
            fields = cursor;
        }
        return cursor;
    }

    @Override
    public @Nullable Object value(String field) {
        return switch (field) {
            case DatasetSchema.TIME -> Instant.ofEpochMilli(id().timeMillis());
            case DatasetSchema.ID -> id().toUuid();
            case DatasetSchema.INGESTION_TIME -> RowSelection.instantOfMicros(run.ingestionMicros(row));
            case DatasetSchema.COLLECTION -> collectionId;
            default -> fetched().value(field);
        };
    }

    @Override
    public @Nullable Footprint footprint(String field) {
        if (field.equals(DatasetSchema.GEOMETRY)) {
            FieldCursor read = fetched();
            Geometry geometry = read.geometry();
            if (geometry != null) {
                return tests.cutter().restore(geometry, read.geometryFlags());
            }
        }
        return FieldValues.super.footprint(field);
    }
}
