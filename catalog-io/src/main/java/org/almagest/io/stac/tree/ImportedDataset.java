package org.almagest.io.stac.tree;

import org.almagest.Dataset;
import org.almagest.io.schema.SchemaGrowth;
import org.almagest.io.stac.StacRows;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;

/** A dataset that items are read into: its schema grows with them. One thread. */
final class ImportedDataset {
    private final Dataset dataset;
    private final StacRows rows;
    private DatasetSchema stored;

    ImportedDataset(Dataset dataset, Limits limits) {
        this.dataset = dataset;
        this.stored = dataset.schema();
        this.rows = StacRows.growing(stored, limits);
    }

    Dataset dataset() {
        return dataset;
    }

    StacRows rows() {
        return rows;
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
