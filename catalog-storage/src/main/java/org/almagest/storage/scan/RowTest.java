package org.almagest.storage.scan;

import java.time.Instant;
import org.almagest.geo.BoxAnswer;
import org.almagest.geo.PlaceTest;
import org.almagest.internal.row.RowSelection;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.query.Truth;
import org.almagest.query.bound.BoundFilter;
import org.almagest.query.bound.BoundSort;
import org.almagest.query.bound.FieldValues;
import org.almagest.runtime.Deadline;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.plan.Candidates;
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
    private final Run run;
    private final VisibleRows visible;
    private final BoxColumn boxes;
    private final QueryTests tests;
    private final @Nullable BoundFilter filter;
    private final @Nullable ExtentTest extent;
    private final @Nullable BoundSort sort;
    private final RowSelection selection;
    private final FieldCursor fields;
    private final @Nullable RunTrace trace;
    private int row = -1;
    private boolean fetched;

    /**
     * Prepares to test rows.
     *
     * @param trace takes down what is done; null where nobody asks
     */
    RowTest(Run run, VisibleRows visible, DatasetSchema schema, QueryTests tests, @Nullable RunTrace trace) {
        this.run = run;
        this.visible = visible;
        this.tests = tests;
        this.boxes = run.boxes();
        this.filter = tests.filter().map(f -> BoundFilter.bind(f, schema)).orElse(null);
        this.extent = tests.extent(schema);
        this.sort = tests.sort().isEmpty() ? null : BoundSort.bind(tests.sort(), schema);
        this.selection = RowSelection.of(schema, tests.selection());
        this.fields = run.fields(schema);
        this.trace = trace;
    }

    /** Chooses how the rows of a span are looked at. */
    Candidates candidates(RowSpan span, Deadline deadline) {
        RowAccess access = RowAccess.of(run, span, tests.asked(extent != null), deadline);
        if (trace != null) {
            trace.access(access.name());
            return new TracedRows(access.candidates(), trace);
        }
        return access.candidates();
    }

    boolean matches(int ordinal) {
        row = ordinal;
        fetched = false;
        if (trace != null) {
            trace.considered();
        }
        boolean matches = isVisible()
                && (extent == null || canMatchPlace() && extent.matches(this))
                && matchesPlace()
                && (filter == null || matchesFields(filter));
        if (trace != null && matches) {
            trace.matched();
        }
        return matches;
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
        PlaceTest place = tests.place();
        return place == null || answer(place) != BoxAnswer.NO;
    }

    /** Returns what the box of the row says; without geometry nothing matches, a negation included. */
    private BoxAnswer answer(PlaceTest place) {
        float south = boxes.south(row);
        return Float.isNaN(south)
                ? BoxAnswer.NO
                : place.decide(boxes.west(row), south, boxes.east(row), boxes.north(row));
    }

    private boolean matchesPlace() {
        PlaceTest place = tests.place();
        if (place == null) {
            return true;
        }
        BoxAnswer answer = answer(place);
        if (answer == BoxAnswer.YES && !tests.shortcuts().contains(Shortcut.BOX_DECIDES)) {
            answer = BoxAnswer.UNSURE;
        }
        if (trace != null && answer != BoxAnswer.UNSURE) {
            trace.count(answer == BoxAnswer.YES ? Part.BOX_YES : Part.BOX_NO);
        }
        return answer == BoxAnswer.YES || answer == BoxAnswer.UNSURE && matchesGeometry(place);
    }

    private boolean matchesGeometry(PlaceTest place) {
        long began = trace == null ? 0 : RunTrace.now();
        fetch();
        Geometry geometry = fields.geometry();
        boolean matches =
                geometry != null && place.matchesExactly(tests.cutter().restore(geometry, fields.geometryFlags()));
        if (trace != null) {
            trace.count(Part.GEOMETRY_TEST, began);
        }
        return matches;
    }

    private boolean matchesFields(BoundFilter condition) {
        if (trace == null) {
            return condition.test(this) == Truth.TRUE;
        }
        long began = RunTrace.now();
        boolean matches = condition.test(this) == Truth.TRUE;
        trace.count(Part.FIELD_TEST, began);
        return matches;
    }

    /** Returns the row that was tested last. */
    Datapoint datapoint() {
        long began = trace == null ? 0 : RunTrace.now();
        fetch();
        Datapoint datapoint = fields.datapoint(id(), selection);
        if (trace != null) {
            trace.count(Part.ROW, began);
        }
        return datapoint;
    }

    /** Returns another row, which was tested before. */
    Datapoint datapoint(int ordinal) {
        row = ordinal;
        fetched = false;
        return datapoint();
    }

    /** Returns the place of the row that was tested last in a sorted answer. */
    SortedRow sortedRow() {
        assert sort != null : "a query that sorts";
        return new SortedRow(sort.values(this), id(), this, row);
    }

    DatapointId id() {
        return new DatapointId(run.idHigh(row), run.idLow(row));
    }

    private void fetch() {
        if (!fetched) {
            fields.seek(row);
            fetched = true;
        }
    }

    @Override
    public @Nullable Object value(String field) {
        switch (field) {
            case DatasetSchema.TIME:
                return Instant.ofEpochMilli(id().timeMillis());
            case DatasetSchema.ID:
                return id().toUuid();
            case DatasetSchema.INGESTION_TIME:
                fetch();
                return RowSelection.instantOfMicros(fields.ingestionMicros());
            default:
                fetch();
                return fields.value(field);
        }
    }
}
