package org.almagest.io.stac.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almagest.Collection;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestOptions;
import org.almagest.model.IngestResult;
import org.almagest.model.Json;
import org.almagest.model.OnInvalid;

/** A collection that items are read into, batch by batch. One thread. */
final class ImportedCollection {
    private static final int BATCH_ROWS = 2_000;

    private final TreeImport whole;
    private final ImportedDataset dataset;
    private final Collection collection;
    private final List<Datapoint> rows = new ArrayList<>();
    private final List<TreeItem> items = new ArrayList<>();
    private AntimeridianRule rule = AntimeridianRule.SHORT_WAY;

    ImportedCollection(TreeImport whole, ImportedDataset dataset, String name) {
        this.whole = whole;
        this.dataset = dataset;
        this.collection = dataset.dataset().getOrCreateCollection(name);
    }

    void putDocument(Json document) {
        if (!collection.document().equals(Optional.of(document))) {
            collection.putDocument(document);
        }
    }

    void add(TreeItem item) {
        Datapoint row = dataset.rows().row(item.item(), 1);
        AntimeridianRule needed =
                item.rule() != null ? item.rule() : dataset.rows().antimeridian();
        // One call reads all its geometries by one rule.
        if (needed != rule || rows.size() >= BATCH_ROWS) {
            flush();
        }
        rule = needed;
        rows.add(row);
        items.add(item);
    }

    void flush() {
        if (rows.isEmpty()) {
            return;
        }
        dataset.grow();
        IngestOptions options =
                IngestOptions.of(IngestMode.REPLACE).with(OnInvalid.QUARANTINE).with(rule);
        IngestResult result = collection.ingest(List.copyOf(rows), options);
        whole.stored(result, items);
        rows.clear();
        items.clear();
    }
}
