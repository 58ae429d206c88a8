package org.almagest.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.almagest.Capability;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.error.InvalidRequestException;
import org.almagest.internal.row.RowBinder;
import org.almagest.model.Bytes;
import org.almagest.model.CollectionInfo;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestOptions;
import org.almagest.model.IngestResult;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.model.Retention;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.schema.DatasetSchema;

/** A collection of a {@link ModelCatalog}. */
final class ModelCollection implements Collection {
    private final ModelCatalog catalog;
    private final ModelDataset dataset;
    private final ModelState.CollectionRows collection;

    ModelCollection(ModelCatalog catalog, ModelDataset dataset, ModelState.CollectionRows collection) {
        this.catalog = catalog;
        this.dataset = dataset;
        this.collection = collection;
    }

    @Override
    public String name() {
        return collection.name;
    }

    @Override
    public UUID id() {
        return collection.id;
    }

    @Override
    public Dataset dataset() {
        return dataset;
    }

    @Override
    public CollectionInfo info() {
        return catalog.locked(all -> collection.rows.isEmpty()
                ? CollectionInfo.empty(collection.name)
                : CollectionInfo.of(
                        collection.name,
                        collection.rows.size(),
                        collection.rows.firstEntry().getValue().stored().time(),
                        collection.rows.lastEntry().getValue().stored().time()));
    }

    @Override
    public Optional<Json> document() {
        return catalog.locked(all -> Optional.ofNullable(collection.document));
    }

    @Override
    public void putDocument(Json document) {
        catalog.locked(all -> {
            String subject = "collection \"" + collection.name + "\": document";
            if (!document.text().startsWith("{")) {
                throw new InvalidRequestException(subject, "not an object (expected one)");
            }
            Limits.check(
                    subject + " bytes",
                    "documentBytesMax",
                    document.text().getBytes(StandardCharsets.UTF_8).length,
                    catalog.options().limits().documentBytesMax());
            if (!document.equals(collection.document)) {
                collection.document = document;
                all.commit(catalog.options().seams().clock());
            }
            return document;
        });
    }

    @Override
    public IngestResult ingest(List<Datapoint> datapoints, IngestOptions options) {
        return catalog.locked(all -> new ModelIngest(catalog, collection, options).ingest(all, datapoints));
    }

    @Override
    public long delete(List<DatapointId> ids) {
        throw ModelCatalog.undeclared("collection: delete", Capability.DELETE);
    }

    @Override
    public long deleteByKeys(List<?> keys) {
        throw ModelCatalog.undeclared("collection: delete", Capability.DELETE);
    }

    @Override
    public long delete(Query query) {
        throw ModelCatalog.undeclared("collection: delete", Capability.DELETE);
    }

    @Override
    public Optional<Retention> retention() {
        return Optional.empty();
    }

    @Override
    public void putRetention(Retention retention) {
        throw ModelCatalog.undeclared("collection: retention", Capability.RETENTION);
    }

    @Override
    public void clearRetention() {
        throw ModelCatalog.undeclared("collection: retention", Capability.RETENTION);
    }

    @Override
    public QueryResult query(Query query) {
        return catalog.locked(all -> new ModelQuery(query, catalog.options())
                .result(List.of(collection.dataset.schema), List.of(collection), all.version));
    }

    @Override
    public long count(Query query) {
        return catalog.locked(all -> new ModelQuery(query, catalog.options())
                .count(List.of(collection.dataset.schema), List.of(collection)));
    }

    @Override
    public Optional<Datapoint> find(DatapointId id) {
        return catalog.locked(
                all -> Optional.ofNullable(collection.rows.get(id)).map(ModelState.Row::stored));
    }

    @Override
    public Optional<Datapoint> findByKey(Object key) {
        return catalog.locked(all -> withKey(collection, key).map(ModelState.Row::stored));
    }

    /** Returns the key in the one form in which equal keys are equal. */
    static Bytes keyOf(DatasetSchema schema, Object key) {
        return Bytes.of(RowBinder.encodeKey(schema, key));
    }

    static Optional<ModelState.Row> withKey(ModelState.CollectionRows collection, Object key) {
        DatasetSchema schema = collection.dataset.schema;
        Bytes wanted = keyOf(schema, key);
        return collection.rows.values().stream()
                .filter(row -> keyOf(schema, row.key(schema).orElseThrow()).equals(wanted))
                .findFirst();
    }
}
