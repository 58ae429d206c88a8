package org.almagest.storage.scan;

import java.util.List;
import java.util.UUID;
import org.almagest.error.CorruptStoreException;
import org.almagest.geo.Footprint;
import org.almagest.index.posting.ValuePostings;
import org.almagest.model.DatapointId;
import org.almagest.query.Query;
import org.almagest.query.SortOrder;
import org.almagest.query.bound.FieldValues;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.column.ColumnReader;
import org.almagest.storage.plan.RowSpan;
import org.almagest.storage.plan.RunTrace;
import org.almagest.storage.plan.Shortcut;
import org.almagest.storage.run.BoxColumn;
import org.almagest.storage.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one run that match a query, one after the other by ascending id; for one thread.
 *
 * <p>Where nothing but ids and version choose rows, {@link #isEveryVisibleRow} says so, and they can be counted without
 * looking at each.
 */
public final class RunMatches implements FieldValues {
    private final Run run;
    private final RowSpan span;
    private final SourceTests tests;
    private final VisibleRows visible;
    private final RowTest test;
    private final RunScan scan;
    private @Nullable BoxColumn boxes;
    private boolean begun;

    private RunMatches(RunScan scan) {
        this.scan = scan;
        this.run = scan.run();
        this.span = scan.span();
        this.test = scan.test();
        this.tests = test.tests();
        this.visible = test.visible();
    }

    /** Returns the runs that can have matching rows; limit, page token and order of the query must not be stated. */
    public static List<RunMatches> of(List<ScanSource> sources, Query query, Scan.Bounds bounds) {
        return Scan.scans(sources, query, new Scan.Course(SortOrder.ASCENDING, null), bounds).stream()
                .map(RunMatches::new)
                .toList();
    }

    /** Returns what takes down how the rows are read; null where nobody asks. */
    public @Nullable RunTrace trace() {
        return test.trace();
    }

    /** Returns the schema that the rows are read with. */
    public DatasetSchema schema() {
        return tests.schema();
    }

    /** Returns the id of the collection of the rows. */
    public UUID collectionId() {
        return test.collectionId();
    }

    /** Returns the ordinal of the first row that time leaves. */
    public int first() {
        return span.first();
    }

    /** Returns the ordinal after the last row that time leaves; above {@link #first}. */
    public int end() {
        return span.end();
    }

    /** Tells whether every row from {@link #first} to {@link #end} matches that is visible. */
    public boolean isEveryVisibleRow() {
        return test.matchesAll();
    }

    /** Tells whether something may be made use of that never changes an answer. */
    public boolean mayUse(Shortcut shortcut) {
        return tests.may(shortcut);
    }

    /** Tells whether every row from {@link #first} to {@link #end} is visible; false where that is not known. */
    public boolean hidesNothing() {
        return visible.hidesNothing();
    }

    /** Tells whether the range is the whole run. */
    public boolean isWholeRun() {
        return span.first() == 0 && span.end() == run.rowCount();
    }

    /** Returns the values of a field of this name as ordered codes; null where they are only in the rows. */
    public @Nullable ColumnReader column(String name) {
        Field field = fieldWithColumn(name);
        ColumnReader column = field == null ? null : run.column(field.number());
        return column == null || field == null || column.kind() != field.kind() ? null : column;
    }

    /** Returns the rows of each code of a field's column; null where there are none. */
    public @Nullable ValuePostings postings(String name) {
        Field field = mayUse(Shortcut.POSTINGS) ? fieldWithColumn(name) : null;
        return field == null ? null : run.postings(field.number());
    }

    private @Nullable Field fieldWithColumn(String name) {
        return mayUse(Shortcut.COLUMNS)
                ? tests.schema().field(name).filter(field -> !field.isArray()).orElse(null)
                : null;
    }

    /** Returns how many rows of a part of the range are visible, {@code end} exclusive. */
    public long visibleRows(int first, int end) {
        return visible.count(first, end, scan.deadline());
    }

    /** Tells whether a row is visible. */
    public boolean isVisible(int ordinal) {
        return visible.contains(ordinal);
    }

    /** Returns the time of a row, in Unix milliseconds. */
    public long timeMillis(int ordinal) {
        return run.idHigh(ordinal) >> Short.SIZE;
    }

    /** Returns the id of a row. */
    public DatapointId id(int ordinal) {
        return new DatapointId(run.idHigh(ordinal), run.idLow(ordinal));
    }

    /** Checks the time that the query may take; call it at least once per thousand rows. */
    public void checkDeadline() {
        scan.deadline().check();
    }

    /** Returns the failure that stands for what the JVM throws when the rows cannot be read. */
    public CorruptStoreException unreadable(InternalError fault) {
        return run.unreadable(fault);
    }

    /** Moves to the next row that matches; false where none is left. */
    public boolean advance() {
        if (begun && !scan.step()) {
            return false;
        }
        begun = true;
        return scan.settle();
    }

    /** Returns the ordinal of the current row. */
    public int ordinal() {
        return test.ordinal();
    }

    /** Returns the index boxes of the rows. */
    public BoxColumn boxes() {
        BoxColumn column = boxes;
        if (column == null) {
            column = run.boxes();
            boxes = column;
        }
        return column;
    }

    /** Returns the footprint of the current row; null where it has no geometry. */
    public @Nullable Footprint footprint() {
        return test.footprint();
    }

    @Override
    public @Nullable Object value(String field) {
        return test.value(field);
    }
}
