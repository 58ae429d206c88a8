package org.almagest.storage.scan;

import java.time.Instant;
import org.almagest.geo.BoxAnswer;
import org.almagest.geo.PreparedFilter;
import org.almagest.internal.row.RowSelection;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.query.bound.BoundFilter;
import org.almagest.query.bound.BoundSort;
import org.almagest.query.bound.FieldValues;
import org.almagest.query.Truth;
import org.almagest.runtime.Deadline;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.plan.RowAccess;
import org.almagest.storage.plan.RowSpan;
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
    private int row = -1;
    private boolean fetched;

    RowTest(Run run, VisibleRows visible, DatasetSchema schema, QueryTests tests) {
        this.run = run;
        this.visible = visible;
        this.tests = tests;
        this.boxes = run.boxes();
        this.filter = tests.filter().map(f -> BoundFilter.bind(f, schema)).orElse(null);
        this.extent = tests.extent(schema);
        this.sort = tests.sort().isEmpty() ? null : BoundSort.bind(tests.sort(), schema);
        this.selection = RowSelection.of(schema, tests.selection());
        this.fields = run.fields(schema);
    }

    /** Chooses how the rows of a span are looked at. */
    RowAccess access(RowSpan span, Deadline deadline) {
        return RowAccess.of(run, span, tests.asked(extent != null), deadline);
    }

    boolean matches(int ordinal) {
        row = ordinal;
        fetched = false;
        return visible.contains(ordinal)
                && (extent == null || canMatchPlace() && extent.matches(this))
                && matchesPlace()
                && (filter == null || filter.test(this) == Truth.TRUE);
    }

    /** Tells whether the box of the row leaves it open that it matches, or there is no condition on the geometry. */
    private boolean canMatchPlace() {
        PreparedFilter place = tests.place();
        float south = place == null ? 0 : boxes.south(row);
        return place == null
                || !Float.isNaN(south)
                        && place.decide(boxes.west(row), south, boxes.east(row), boxes.north(row)) != BoxAnswer.NO;
    }

    private boolean matchesPlace() {
        PreparedFilter place = tests.place();
        if (place == null) {
            return true;
        }
        float south = boxes.south(row);
        if (Float.isNaN(south)) {
            return false; // without geometry nothing matches, a negation included
        }
        return switch (place.decide(boxes.west(row), south, boxes.east(row), boxes.north(row))) {
            case NO -> false;
            case YES -> true;
            case UNSURE -> matchesGeometry(place);
        };
    }

    private boolean matchesGeometry(PreparedFilter place) {
        fetch();
        Geometry geometry = fields.geometry();
        return geometry != null && place.matchesExactly(tests.cutter().restore(geometry, fields.geometryFlags()));
    }

    /** Returns the row that was tested last. */
    Datapoint datapoint() {
        fetch();
        return fields.datapoint(id(), selection);
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
