package org.almagest.io.parquet;

import org.almagest.model.Datapoint;
import org.almagest.model.Json;

/**
 * How the assets of items are written: as JSON text, or as structs of the union of all assets, which must be seen before
 * the first item is written. One thread.
 */
public final class Assets {
    private final AssetShape shape = new AssetShape();

    /** Begins with no assets seen; as long as it stays so, they are written as JSON text. */
    public Assets() {}

    /** Notes the assets of a row, in a first pass over the rows. */
    public void see(Datapoint row) {
        row.value(AssetColumn.NAME).ifPresent(assets -> shape.add(AssetColumn.parse((Json) assets)));
    }

    /** Tells whether structs hold what was seen: objects, in no more than 2,000 columns together. */
    public boolean areStructs() {
        return shape.kind() == AssetShape.Kind.STRUCT && shape.columns() <= AssetShape.COLUMNS_MAX;
    }

    AssetShape shape() {
        return shape;
    }
}
