package org.almagest.io.stac.tree;

import org.almagest.Dataset;
import org.almagest.io.schema.SchemaGrowth;
import org.almagest.io.stac.StacRows;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;

/** A dataset that items are read into: its schema grows with them. One thread. */
final class ImportedDataset {
    private final Dataset dataset;
    private final Limits limits;
    private StacRows rows;
    private DatasetSchema stored;
    private int beginnings;

    ImportedDataset(Dataset dataset, Limits limits) {
        this.dataset = dataset;
        this.limits = limits;
        this.stored = dataset.schema();
        this.rows = StacRows.growing(stored, limits);
    }

    Dataset dataset() {
        return dataset;
    }

    StacRows rows() {
        return rows;
    }

    /** Forgets what rows so far need, as it cannot be had; they are to be made again. */
    void beginAgain() {
        stored = dataset.schema();
        rows = StacRows.growing(stored, limits);
        beginnings++;
    }

    /** Returns a number that is another one once rows are to be made again. */
    int beginnings() {
        return beginnings;
    }

    /** Gives the dataset the fields that the rows so far need. */
    void grow() {
        DatasetSchema needed = rows.schema();
        if (!needed.equals(stored)) {
            DatasetSchema before = stored;
            dataset.alter(now -> SchemaGrowth.grown(now, before, needed));
            stored = needed;
        }
    }
}
