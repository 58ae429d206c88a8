package org.almagest.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.almagest.batch.BatchColumn;
import org.almagest.batch.RowBatch;
import org.almagest.internal.row.RowSelection;
import org.almagest.model.Datapoint;
import org.almagest.query.QueryResult;

/** Turns batches back into datapoints, to compare them with those of the same answer read by rows. */
final class BatchRows {
    private BatchRows() {}

    /** Reads the answer in batches; leaves it open. */
    static List<Datapoint> read(QueryResult answer, int rowsMax) {
        List<Datapoint> rows = new ArrayList<>();
        for (RowBatch batch : answer.batches(rowsMax)) {
            if (batch.rowCount() < 1 || batch.rowCount() > rowsMax) {
                throw new AssertionError("batch of " + batch.rowCount() + " rows");
            }
            for (int row = 0; row < batch.rowCount(); row++) {
                rows.add(row(batch, row));
            }
            checkCounts(batch);
        }
        return rows;
    }

    private static Datapoint row(RowBatch batch, int row) {
        if (batch.timeMillis()[row] != batch.id(row).timeMillis()) {
            throw new AssertionError("time " + batch.timeMillis()[row] + " of id " + batch.id(row));
        }
        Datapoint.Builder made = Datapoint.builder()
                .time(Instant.ofEpochMilli(batch.timeMillis()[row]))
                .stored(batch.id(row), RowSelection.instantOfMicros(batch.ingestionMicros()[row]));
        for (BatchColumn column : batch.columns()) {
            made.set(column.field().name(), column.value(row).orElse(null));
        }
        if (batch.hasPlaces()) {
            made.geometry(batch.geometry(row).orElse(null));
        }
        return made.build();
    }

    private static void checkCounts(RowBatch batch) {
        for (BatchColumn column : batch.columns()) {
            int set = 0;
            for (int row = 0; row < batch.rowCount(); row++) {
                set += column.isSet(row) ? 1 : 0;
            }
            if (set != column.setCount()) {
                throw new AssertionError(column.field() + " is set in " + set + " rows, and in " + column.setCount());
            }
        }
    }

    /** Returns the boxes of an answer as text, one a row; nothing where there are no places. */
    static List<String> boxes(QueryResult answer, int rowsMax) {
        List<String> boxes = new ArrayList<>();
        for (RowBatch batch : answer.batches(rowsMax)) {
            for (int row = 0; batch.hasPlaces() && row < batch.rowCount(); row++) {
                boxes.add(batch.wests()[row] + " " + batch.souths()[row] + " " + batch.easts()[row] + " "
                        + batch.norths()[row]);
            }
        }
        return boxes;
    }
}
