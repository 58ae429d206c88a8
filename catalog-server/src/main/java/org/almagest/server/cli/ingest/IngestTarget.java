package org.almagest.server.cli.ingest;

import java.util.Objects;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.error.NotFoundException;
import org.almagest.io.schema.SchemaGrowth;
import org.almagest.model.Names;
import org.almagest.schema.DatasetSchema;
import org.almagest.server.cli.session.StoreAccess;
import org.jspecify.annotations.Nullable;

/** The collection that rows go to; created, and its schema grown, when the first rows that need it come. */
final class IngestTarget implements AutoCloseable {
    private static final String HINT = " (--create makes it)";

    private final Catalog catalog;
    private final String slug;
    private final String name;
    private @Nullable Dataset dataset;
    private @Nullable Collection collection;
    private @Nullable DatasetSchema schema;

    /** What happens where dataset or collection are absent. */
    enum Absent {
        CREATED,
        REFUSED
    }

    /** Opens the store; dataset and collection must be there unless they are created when absent. */
    IngestTarget(StoreAccess store, String slug, String name, Absent absent) {
        Names.checkSlug(slug);
        Names.checkCollectionName(name);
        this.slug = slug;
        this.name = name;
        this.catalog = absent == Absent.CREATED ? store.writeOrCreate() : store.write();
        try {
            find(absent);
        } catch (RuntimeException e) {
            catalog.close();
            throw e;
        }
    }

    private void find(Absent absent) {
        dataset = catalog.findDataset(slug).orElse(null);
        if (dataset != null) {
            schema = dataset.schema();
            collection = dataset.findCollection(name).orElse(null);
        }
        if (absent == Absent.REFUSED && dataset == null) {
            throw new NotFoundException("No such dataset " + slug + HINT);
        }
        if (absent == Absent.REFUSED && collection == null) {
            throw new NotFoundException("No such collection " + name + HINT);
        }
    }

    /** Returns the schema of the dataset; null where it is still to be created. */
    @Nullable
    DatasetSchema schema() {
        return schema;
    }

    /** Returns the collection, with a schema that rows of {@code needed} fit. */
    Collection collection(DatasetSchema needed) {
        if (dataset == null) {
            dataset = catalog.createDataset(DatasetSpec.of(slug, needed));
        } else if (!needed.equals(schema)) {
            DatasetSchema before = Objects.requireNonNull(schema);
            dataset.alter(now -> SchemaGrowth.grown(now, before, needed));
        }
        schema = needed;
        if (collection == null) {
            collection = dataset.getOrCreateCollection(name);
        }
        return collection;
    }

    @Override
    public void close() {
        catalog.close();
    }
}
