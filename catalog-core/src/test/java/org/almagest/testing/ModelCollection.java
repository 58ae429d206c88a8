package org.almagest.testing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.NotFoundException;
import org.almagest.error.PreconditionFailedException;
import org.almagest.internal.row.RowBinder;
import org.almagest.model.BoundingBox;
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
import org.jspecify.annotations.Nullable;

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

    /** Returns what is stored, as long as neither the collection nor its dataset is deleted. */
    private ModelState.CollectionRows live(ModelState all) {
        ModelState.DatasetRows owner = all.datasets.get(collection.dataset.slug);
        if (owner != collection.dataset
                || owner.deletedAt != null
                || owner.collections.get(collection.name) != collection) {
            throw new NotFoundException("No such collection " + collection.name);
        }
        return collection;
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
        return catalog.locked(all -> live(all).rows.isEmpty()
                ? CollectionInfo.empty(collection.name)
                : CollectionInfo.of(
                        collection.name,
                        collection.rows.size(),
                        collection.rows.firstEntry().getValue().stored().time(),
                        collection.rows.lastEntry().getValue().stored().time(),
                        this::reach));
    }

    private CollectionInfo.Reach reach() {
        return catalog.locked(all -> {
            List<BoundingBox> boxes = new ArrayList<>();
            List<Instant> instants = new ArrayList<>();
            DatasetSchema schema = live(all).dataset.schema;
            for (ModelState.Row row : collection.rows.values()) {
                instants.add(row.stored().time());
                if (row.footprint() != null) {
                    boxes.add(row.footprint().indexBox());
                }
                schema.extent().ifPresent(extent -> {
                    row.stored().value(extent.startField()).ifPresent(start -> instants.add((Instant) start));
                    row.stored().value(extent.endField()).ifPresent(end -> instants.add((Instant) end));
                });
            }
            Collections.sort(instants);
            Instant last = instants.get(instants.size() - 1);
            Instant floored = last.truncatedTo(ChronoUnit.MILLIS);
            return new CollectionInfo.Reach(
                    around(boxes),
                    instants.get(0).truncatedTo(ChronoUnit.MILLIS),
                    floored.equals(last) ? last : floored.plusMillis(1));
        });
    }

    /** Tries each western side; the narrowest box that takes all the way east wins, of equal ones the westernmost. */
    private static @Nullable BoundingBox around(List<BoundingBox> boxes) {
        double west = 0;
        double width = 361;
        for (BoundingBox candidate : boxes) {
            double from = candidate.west();
            double needed = 0;
            for (BoundingBox box : boxes) {
                needed = Math.max(needed, (box.west() - from + 360) % 360 + box.widthDegrees());
            }
            if (needed < width || needed == width && from < west) {
                west = from;
                width = needed;
            }
        }
        if (boxes.isEmpty()) {
            return null;
        }
        double south = boxes.stream().mapToDouble(BoundingBox::south).min().orElseThrow();
        double north = boxes.stream().mapToDouble(BoundingBox::north).max().orElseThrow();
        double east = west + width > 180 ? west + width - 360 : west + width;
        return width >= 360 ? BoundingBox.of(-180, south, 180, north) : BoundingBox.of(west, south, east, north);
    }

    @Override
    public Optional<Json> document() {
        return catalog.locked(all -> Optional.ofNullable(live(all).document));
    }

    @Override
    public void putDocument(Json document) {
        catalog.locked(all -> put(all, document, live(all).documentVersion));
    }

    @Override
    public long putDocument(Json document, long expectedVersion) {
        return catalog.locked(all -> put(all, document, expectedVersion));
    }

    private long put(ModelState all, Json document, long expectedVersion) {
        checkDocument(catalog, collection.name, document);
        if (!document.equals(live(all).document)) {
            if (collection.documentVersion != expectedVersion) {
                throw new PreconditionFailedException("collection \"" + collection.name + "\": document version: "
                        + collection.documentVersion + " (expected " + expectedVersion + ")");
            }
            collection.document = document;
            collection.documentVersion++;
            catalog.commit(all);
        }
        return collection.documentVersion;
    }

    static void checkDocument(ModelCatalog catalog, String name, Json document) {
        String subject = "collection \"" + name + "\": document";
        if (!document.text().startsWith("{")) {
            throw new InvalidRequestException(subject, "not an object (expected one)");
        }
        Limits.check(
                subject + " bytes",
                "documentBytesMax",
                document.text().getBytes(StandardCharsets.UTF_8).length,
                catalog.options().limits().documentBytesMax());
    }

    @Override
    public long documentVersion() {
        return catalog.locked(all -> live(all).documentVersion);
    }

    @Override
    public long lastChange() {
        return catalog.locked(all -> live(all).changed());
    }

    @Override
    public IngestResult ingest(List<Datapoint> datapoints, IngestOptions options) {
        return catalog.locked(all -> new ModelIngest(catalog, live(all), options).ingest(all, datapoints));
    }

    @Override
    public long delete(List<DatapointId> ids) {
        return catalog.locked(all -> {
            checkCount("delete: ids", ids.size());
            for (DatapointId id : ids) {
                if (!live(all).rows.containsKey(id)) {
                    throw new NotFoundException("No such datapoint " + id);
                }
            }
            return delete(all, new LinkedHashSet<>(ids));
        });
    }

    @Override
    public long deleteByKeys(List<?> keys) {
        return catalog.locked(all -> {
            DatasetSchema schema = live(all).dataset.schema;
            checkKeyed(schema);
            checkCount("delete: keys", keys.size());
            keys.forEach(key -> keyOf(schema, key));
            Set<DatapointId> ids = new LinkedHashSet<>();
            for (Object key : keys) {
                ids.add(withKey(collection, key)
                        .orElseThrow(
                                () -> new NotFoundException("No such datapoint with key " + ModelIngest.keyText(key)))
                        .id());
            }
            return delete(all, ids);
        });
    }

    @Override
    public long delete(Query query) {
        return catalog.locked(all -> {
            live(all);
            ModelQuery.checkDelete(query);
            return delete(all, catalog.query(all, query).matching(collection));
        });
    }

    private long delete(ModelState all, Set<DatapointId> ids) {
        if (!ids.isEmpty()) {
            all.commit(catalog.options().seams().clock());
            ids.forEach(id -> collection.remove(id, all.version));
        }
        return ids.size();
    }

    private void checkCount(String subject, int count) {
        Limits.check(subject, "deleteIdsMax", count, catalog.options().limits().deleteIdsMax());
    }

    @Override
    public Optional<Retention> retention() {
        return catalog.locked(all -> Optional.ofNullable(live(all).retention));
    }

    @Override
    public void putRetention(Retention retention) {
        changeRetention(retention);
    }

    @Override
    public void clearRetention() {
        changeRetention(null);
    }

    private void changeRetention(@Nullable Retention retention) {
        catalog.locked(all -> {
            if (!Objects.equals(live(all).retention, retention)) {
                collection.retention = retention;
                catalog.commit(all);
            }
            return collection;
        });
    }

    @Override
    public QueryResult query(Query query) {
        return catalog.locked(
                all -> catalog.query(all, query).result(List.of(live(all).dataset.schema), List.of(collection)));
    }

    @Override
    public long count(Query query) {
        return catalog.locked(
                all -> catalog.query(all, query).count(List.of(live(all).dataset.schema), List.of(collection)));
    }

    @Override
    public List<Aggregate> aggregate(Query query, List<Aggregation> wanted) {
        return catalog.locked(all ->
                catalog.query(all, query).aggregate(wanted, List.of(live(all).dataset.schema), List.of(collection)));
    }

    @Override
    public Optional<Datapoint> find(DatapointId id) {
        return catalog.locked(all -> Optional.ofNullable(live(all).rows.get(id)).map(ModelState.Row::stored));
    }

    @Override
    public Optional<Datapoint> findByKey(Object key) {
        return catalog.locked(all -> withKey(live(all), key).map(ModelState.Row::stored));
    }

    private static void checkKeyed(DatasetSchema schema) {
        if (schema.key().isEmpty()) {
            throw new InvalidRequestException("key", "the dataset has no key field");
        }
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
