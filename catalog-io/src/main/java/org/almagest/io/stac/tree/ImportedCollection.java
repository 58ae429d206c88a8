package org.almagest.io.stac.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almagest.Collection;
import org.almagest.error.CatalogException;
import org.almagest.error.ConflictException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
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
    private int beginnings;
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
        if (!items.isEmpty() && beginnings != dataset.beginnings()) {
            flush();
        }
        Datapoint row = dataset.rows().row(item.item(), 1);
        AntimeridianRule needed =
                item.rule() != null ? item.rule() : dataset.rows().antimeridian();
        // One call reads all its geometries by one rule.
        if (needed != rule || rows.size() >= BATCH_ROWS) {
            int before = dataset.beginnings();
            flush();
            if (before != dataset.beginnings()) {
                row = dataset.rows().row(item.item(), 1);
            }
        }
        rule = needed;
        if (items.isEmpty()) {
            beginnings = dataset.beginnings();
        }
        rows.add(row);
        items.add(item);
    }

    /** Stores what is pending; what cannot be stored is rejected by itself, and the rest of its batch is stored. */
    void flush() {
        List<TreeItem> batch = List.copyOf(items);
        List<Datapoint> made = List.copyOf(rows);
        items.clear();
        rows.clear();
        if (beginnings == dataset.beginnings()) {
            store(batch, made);
        } else {
            makeAndStore(batch);
        }
    }

    private void makeAndStore(List<TreeItem> batch) {
        List<TreeItem> kept = new ArrayList<>();
        List<Datapoint> made = new ArrayList<>();
        for (TreeItem item : batch) {
            try {
                made.add(dataset.rows().row(item.item(), 1));
                kept.add(item);
            } catch (InvalidRequestException | LimitExceededException e) {
                reject(item, e);
            }
        }
        store(kept, made);
    }

    private void store(List<TreeItem> batch, List<Datapoint> made) {
        if (batch.isEmpty()) {
            return;
        }
        IngestOptions options =
                IngestOptions.of(IngestMode.REPLACE).with(OnInvalid.QUARANTINE).with(rule);
        IngestResult result;
        try {
            dataset.grow();
            result = collection.ingest(made, options);
        } catch (InvalidRequestException | LimitExceededException | ConflictException e) {
            dataset.beginAgain();
            if (batch.size() == 1) {
                reject(batch.get(0), e);
            } else {
                makeAndStore(batch.subList(0, batch.size() / 2));
                makeAndStore(batch.subList(batch.size() / 2, batch.size()));
            }
            return;
        }
        whole.stored(result, batch);
    }

    private void reject(TreeItem item, CatalogException failure) {
        whole.rejected(item.place(), item.place() + ": " + failure.getMessage());
    }
}
