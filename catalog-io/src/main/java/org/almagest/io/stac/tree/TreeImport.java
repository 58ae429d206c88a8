package org.almagest.io.stac.tree;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.almagest.Catalog;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.io.stac.StacCollection;
import org.almagest.io.stac.StacRows;
import org.almagest.io.stac.names.CollectionIds;
import org.almagest.io.stac.names.Place;
import org.almagest.model.IngestCounts;
import org.almagest.model.IngestResult;
import org.almagest.model.Limits;
import org.almagest.model.Names;
import org.almagest.model.RejectedRow;
import org.jspecify.annotations.Nullable;

/**
 * Stores what {@link StacTree} finds: a collection where it is, else in the dataset {@code stac.} and its id, an item by
 * its key, so that one that is there already is replaced where it differs.
 *
 * <p>Items are stored in batches; closing stores the last ones. One thread.
 */
public final class TreeImport implements TreeVisitor, AutoCloseable {
    private static final int PENDING_ROWS_MAX = 10_000;
    private static final long PENDING_BYTES_MAX = 32L << 20;

    private final Catalog catalog;
    private final Settings settings;
    private final CollectionIds known;
    private final Map<String, ImportedDataset> datasets = new LinkedHashMap<>();
    private final Map<String, ImportedCollection> collections = new LinkedHashMap<>();
    private IngestCounts counts = IngestCounts.NONE;
    private long documents;
    private long pendingRows;
    private long pendingBytes;

    /**
     * How an import is done.
     *
     * @param dataset the dataset of all collections that are not there yet; null for one each
     * @param collection the collection of items that name none and are linked from none; null to reject them
     * @param limits bounds of lines, values and geometries
     * @param rejections told the place and the reason of each item that is not stored
     * @param parquet reads a file of stac-geoparquet and hands its items to the import
     */
    public record Settings(
            @Nullable String dataset,
            @Nullable String collection,
            Limits limits,
            BiConsumer<String, String> rejections,
            BiConsumer<Path, TreeImport> parquet) {}

    /** Begins an import into a catalog, which stays open. */
    public TreeImport(Catalog catalog, Settings settings) {
        this.catalog = catalog;
        this.settings = settings;
        this.known = CollectionIds.of(catalog);
    }

    /** Reads a file, a folder or a static catalog. */
    public void read(Path start) {
        StacTree.walk(start, settings.limits(), this);
    }

    /** Stores what is pending and returns what was done so far. */
    public TreeReport report() {
        flush();
        return new TreeReport(documents, counts);
    }

    @Override
    public void collection(StacCollection found) {
        collectionOf(found.id()).putDocument(found.document());
        documents++;
    }

    @Override
    public void item(TreeItem item) {
        try {
            String id = item.collection()
                    .or(() -> Optional.ofNullable(settings.collection()))
                    .orElseThrow(() -> new InvalidRequestException(
                            "field \"collection\"", "unset (name a collection for such items)"));
            collectionOf(id).add(item);
        } catch (InvalidRequestException e) {
            rejected(item.place(), e.within(item.place()).getMessage());
            return;
        } catch (LimitExceededException e) {
            rejected(item.place(), e.within(item.place()).getMessage());
            return;
        }
        pendingRows++;
        pendingBytes += item.bytes();
        if (pendingRows >= PENDING_ROWS_MAX || pendingBytes >= PENDING_BYTES_MAX) {
            flush();
        }
    }

    @Override
    public void parquet(Path file) {
        settings.parquet().accept(file, this);
    }

    @Override
    public void rejected(String place, @Nullable String reason) {
        counts = counts.plus(IngestCounts.of(0, 0, 1));
        settings.rejections().accept(place, String.valueOf(reason));
    }

    private void flush() {
        for (ImportedCollection collection : collections.values()) {
            collection.flush();
        }
        pendingRows = 0;
        pendingBytes = 0;
    }

    /** Counts a batch, and names what the store refused of it. */
    void stored(IngestResult result, List<TreeItem> items) {
        counts = counts.plus(result.counts());
        for (RejectedRow row : result.rejected()) {
            String place = items.get(row.row()).place();
            String field =
                    row.field().map(name -> "field " + Quoted.text(name) + ": ").orElse("");
            settings.rejections().accept(place, place + ": " + field + row.reason());
        }
    }

    private ImportedCollection collectionOf(String id) {
        ImportedCollection collection = collections.get(id);
        if (collection == null) {
            Place place = known.place(id).orElse(null);
            String slug = place != null
                    ? place.slug()
                    : settings.dataset() != null ? settings.dataset() : StacCollection.slug(id);
            String name = place != null ? place.name() : id;
            Names.checkCollectionName(name);
            collection = new ImportedCollection(this, datasetOf(slug), name);
            collections.put(id, collection);
        }
        return collection;
    }

    private ImportedDataset datasetOf(String slug) {
        ImportedDataset imported = datasets.get(slug);
        if (imported == null) {
            Dataset dataset = catalog.findDataset(slug)
                    .orElseGet(() -> catalog.createDataset(DatasetSpec.of(slug, StacCollection.schema())));
            if (!StacRows.takes(dataset.schema())) {
                throw new InvalidRequestException(
                        "dataset " + slug, "takes no items (expected the fields of STAC items, with their key)");
            }
            imported = new ImportedDataset(dataset, settings.limits());
            datasets.put(slug, imported);
        }
        return imported;
    }

    @Override
    public void close() {
        flush();
    }
}
