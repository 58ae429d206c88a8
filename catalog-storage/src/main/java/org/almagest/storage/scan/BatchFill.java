package org.almagest.storage.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.almagest.batch.RowBatch;
import org.almagest.internal.batch.BatchArrays;
import org.almagest.internal.batch.RowPlaces;
import org.almagest.internal.row.BatchSlots;
import org.almagest.internal.row.RowSelection;
import org.almagest.storage.run.Run;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * Fills a batch with rows that were found: first all are found, then their fields are read, column by column of a page.
 * For one thread.
 */
final class BatchFill implements BatchArrays.Source {
    private static final int FIRST_ROWS = 256;

    private final BatchArrays batch;
    private final BooleanSupplier closed;
    private final Runnable check;
    private final Map<RowSelection, BatchSlots> slots = new IdentityHashMap<>();
    private RowTest[] tests = new RowTest[FIRST_ROWS];
    private int[] ordinals = new int[FIRST_ROWS];
    private final List<RowTest> touched = new ArrayList<>();

    /**
     * Prepares a batch.
     *
     * @param closed tells whether the rows may not be read any more
     * @param check run again and again while rows are read; ends that by what it throws
     */
    BatchFill(BatchArrays.Shape shape, int rowsMax, BooleanSupplier closed, Runnable check) {
        this.batch = new BatchArrays(shape, rowsMax, this);
        this.closed = closed;
        this.check = check;
    }

    RowBatch batch() {
        return batch;
    }

    boolean isFull() {
        return batch.isFull();
    }

    void clear() {
        batch.clear();
    }

    /** Takes down a row that matches. */
    void add(RowTest test, int ordinal) {
        int row = add(test.run(), ordinal);
        if (row == tests.length) {
            tests = Arrays.copyOf(tests, 2 * row);
            ordinals = Arrays.copyOf(ordinals, 2 * row);
        }
        tests[row] = test;
        ordinals[row] = ordinal;
        RowPlaces rows = test.batchRows();
        if (rows.size() == 0) {
            touched.add(test);
        }
        rows.add(ordinal, row);
    }

    private int add(Run run, int ordinal) {
        try {
            return batch.add(run.idHigh(ordinal), run.idLow(ordinal));
        } catch (InternalError e) {
            throw run.unreadable(e);
        }
    }

    /** Reads the fields of the rows that were taken down, run by run: rows of several runs mostly alternate. */
    void read() {
        try {
            for (RowTest test : touched) {
                read(test);
            }
        } finally {
            touched.forEach(test -> test.batchRows().clear());
            touched.clear();
        }
    }

    private void read(RowTest test) {
        RowSelection selection = test.tests().selection();
        try {
            test.fill(slots.computeIfAbsent(selection, wanted -> BatchSlots.of(wanted, batch)), check);
        } catch (InternalError e) {
            throw test.run().unreadable(e);
        }
    }

    @Override
    public UUID collectionId(int row) {
        return tests[row].collectionId();
    }

    @Override
    public @Nullable Geometry geometry(int row) {
        if (closed.getAsBoolean()) {
            throw new IllegalStateException("query result: closed");
        }
        return tests[row].tests().selection().withGeometry() ? tests[row].geometry(ordinals[row]) : null;
    }
}
