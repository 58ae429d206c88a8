package org.almagest.storage.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.Maintenance;
import org.almagest.VersionLease;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.error.AlreadyExistsException;
import org.almagest.error.NotFoundException;
import org.almagest.explain.Explanation;
import org.almagest.index.spherical.Spherical;
import org.almagest.internal.row.ContentId;
import org.almagest.model.DeletedDataset;
import org.almagest.model.Limits;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.QueryScope;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.SchemaLimits;
import org.almagest.storage.metadata.CatalogMetadata;
import org.almagest.storage.metadata.CollectionEntry;
import org.almagest.storage.metadata.DatasetEntry;
import org.almagest.storage.metadata.MetadataChange;
import org.almagest.storage.plan.Shortcut;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.scan.ManyCollections;

/** A catalog in a folder of this machine. */
public final class EmbeddedCatalog implements Catalog, Maintenance {
    private final Engine engine;

    EmbeddedCatalog(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Set<Capability> capabilities() {
        // By a list: an array of them would have the class loaded when this one is verified, at every opening.
        Set<Capability> capabilities = EnumSet.copyOf(List.of(
                Capability.DURABLE,
                Capability.QUARANTINE,
                Capability.REPLACE,
                Capability.DELETE,
                Capability.DELETE_DATASETS,
                Capability.RETENTION,
                Capability.HISTORY,
                Capability.EXTENT,
                Capability.SORT,
                Capability.AGGREGATION));
        if (Spherical.isAvailable()) {
            capabilities.add(Capability.SPHERICAL);
        }
        return capabilities;
    }

    @Override
    public long version() {
        return engine.snapshot().version();
    }

    @Override
    public long definitionsVersion() {
        return engine.snapshot().changes().definitions();
    }

    @Override
    public Dataset createDataset(DatasetSpec spec) {
        DatasetSchema schema = spec.schema().numbered();
        UUID id = spec.id().orElseGet(() -> ContentId.datasetId(engine.namespace(), spec.slug()));
        Limits limits = engine.limits();
        SchemaLimits.check(schema, limits);
        SchemaLimits.checkText("dataset: description length", spec.description(), limits);
        new Expiry(engine).purge(spec.slug());
        DatasetEntry created = engine.commit(new MetadataEdit<>(
                        before -> {
                            checkFree(before, spec.slug(), id);
                            long incarnation = before.metadata().nextIncarnation();
                            return new MetadataChange.DatasetCreated(new DatasetEntry(
                                    incarnation, spec.slug(), id, spec.description(), schema, 1, OptionalLong.empty()));
                        },
                        after -> after.dataset(spec.slug()).orElseThrow())
                .atMost(new MetadataChange.DatasetCreated(new DatasetEntry(
                        Long.MAX_VALUE, spec.slug(), id, spec.description(), schema, 1, OptionalLong.empty()))));
        return new EmbeddedDataset(engine, created);
    }

    private void checkFree(Snapshot before, String slug, UUID id) {
        Optional<DatasetEntry> same = before.metadata().reserved(slug);
        if (same.isPresent()) {
            throw new AlreadyExistsException("dataset \"" + slug + "\": already exists"
                    + (same.get().isDeleted()
                            ? ", deleted (it can be restored until " + Expiry.restorableUntil(same.get()) + ")"
                            : ""));
        }
        if (before.metadata().incarnationOf(id).isPresent()) {
            throw new AlreadyExistsException(
                    "dataset \"" + slug + "\": id " + id + " is the id of " + owner(before.metadata(), id));
        }
        long count = before.metadata().datasetCount() + 1L;
        Limits.check("catalog: datasets", "datasetsMax", count, engine.limits().datasetsMax());
    }

    private static String owner(CatalogMetadata metadata, UUID id) {
        long incarnation = metadata.incarnationOf(id).orElseThrow();
        return metadata.anyDataset(incarnation)
                .map(dataset -> "dataset \"" + dataset.slug() + "\"")
                .orElseGet(() -> "collection \""
                        + metadata.anyCollection(incarnation).orElseThrow().name() + "\"");
    }

    @Override
    public Optional<Dataset> findDataset(String slug) {
        Optional<DatasetEntry> entry = engine.snapshot().metadata().dataset(slug);
        return entry.isEmpty() ? Optional.empty() : Optional.of(new EmbeddedDataset(engine, entry.orElseThrow()));
    }

    @Override
    public List<Dataset> datasets() {
        List<Dataset> all = new ArrayList<>();
        for (DatasetEntry entry : engine.snapshot().metadata().datasets()) {
            all.add(new EmbeddedDataset(engine, entry));
        }
        all.sort(Comparator.comparing(Dataset::slug));
        return all;
    }

    @Override
    public QueryResult query(Query query, QueryScope scope) {
        return engine.query(query, snapshot -> resolve(snapshot, scope));
    }

    @Override
    public long count(Query query, QueryScope scope) {
        return engine.count(query, snapshot -> resolve(snapshot, scope));
    }

    @Override
    public Explanation explain(Query query, QueryScope scope) {
        return engine.explain(query, snapshot -> resolve(snapshot, scope));
    }

    @Override
    public Explanation explain(Query query, List<Aggregation> wanted, QueryScope scope) {
        return engine.explain(query, wanted, snapshot -> resolve(snapshot, scope));
    }

    /** Answers queries with these shortcuts alone from now on; answers stay the same. */
    void planWith(Set<Shortcut> shortcuts) {
        engine.planWith(shortcuts);
    }

    /** Makes use of this from now on to leave out runs; answers stay the same. */
    void leaveOutBy(ManyCollections chosen) {
        engine.leaveOutBy(chosen);
    }

    @Override
    public List<Aggregate> aggregate(Query query, List<Aggregation> wanted, QueryScope scope) {
        return engine.aggregate(query, wanted, snapshot -> resolve(snapshot, scope));
    }

    private static Engine.Scope resolve(Snapshot snapshot, QueryScope scope) {
        CatalogMetadata metadata = snapshot.metadata();
        if (scope.isAll()) {
            return new Engine.Scope(metadata.datasets(), null, metadata);
        }
        List<DatasetEntry> datasets = new ArrayList<>();
        List<CollectionEntry> collections = new ArrayList<>();
        for (String slug : scope.slugs()) {
            DatasetEntry dataset =
                    metadata.dataset(slug).orElseThrow(() -> new NotFoundException("No such dataset " + slug));
            datasets.add(dataset);
            Set<String> names = scope.collectionsOf(slug);
            if (names.isEmpty() && scope.slugs().size() == 1) {
                return new Engine.Scope(datasets, null, metadata);
            }
            if (names.isEmpty()) {
                collections.addAll(metadata.collectionsOf(dataset.incarnation()));
            }
            for (String name : names) {
                collections.add(metadata.collection(dataset.incarnation(), name)
                        .orElseThrow(() -> new NotFoundException("No such collection " + name)));
            }
        }
        return new Engine.Scope(datasets, collections, metadata);
    }

    @Override
    public Optional<Instant> deleteDataset(String slug) {
        return engine.commit(new MetadataEdit<>(
                (before, stamp) -> {
                    DatasetEntry dataset = before.metadata()
                            .dataset(slug)
                            .orElseThrow(() -> new NotFoundException("No such dataset " + slug));
                    boolean empty = before.metadata().collectionsOf(dataset.incarnation()).stream()
                            .allMatch(collection ->
                                    before.runs(collection.incarnation()).liveCount() == 0);
                    return empty
                            ? new MetadataChange.DatasetPurged(dataset.incarnation())
                            : new MetadataChange.DatasetDeleted(dataset.incarnation(), stamp.ingestionMicros());
                },
                after -> after.reserved(slug).map(Expiry::restorableUntil)));
    }

    @Override
    public Dataset restoreDataset(String slug) {
        Instant now = engine.now();
        DatasetEntry restored = engine.commit(new MetadataEdit<>(
                before -> {
                    DatasetEntry dataset = before.metadata()
                            .reserved(slug)
                            .filter(found -> found.isDeleted() && !Expiry.isOver(found, now))
                            .orElseThrow(() -> new NotFoundException("No such deleted dataset " + slug));
                    return new MetadataChange.DatasetRestored(dataset.incarnation());
                },
                after -> after.dataset(slug).orElseThrow()));
        return new EmbeddedDataset(engine, restored);
    }

    @Override
    public List<DeletedDataset> deletedDatasets() {
        Instant now = engine.now();
        List<DeletedDataset> deleted = new ArrayList<>();
        for (DatasetEntry dataset : engine.snapshot().metadata().deletedDatasets()) {
            if (!Expiry.isOver(dataset, now)) {
                deleted.add(new DeletedDataset(
                        dataset.slug(), dataset.id(), Expiry.deletedAt(dataset), Expiry.restorableUntil(dataset)));
            }
        }
        deleted.sort(Comparator.comparing(DeletedDataset::slug));
        return deleted;
    }

    @Override
    public VersionLease lease() {
        return engine.versions().lease();
    }

    @Override
    public long oldestVersion() {
        return engine.versions().oldest();
    }

    @Override
    public Optional<Maintenance> maintenance() {
        return Optional.of(this);
    }

    @Override
    public void flush() {
        engine.flush();
    }

    @Override
    public void compact() {
        engine.compact();
    }

    @Override
    public long expire() {
        engine.checkWritable();
        return new Expiry(engine).run();
    }

    @Override
    public Map<String, Long> statistics() {
        return engine.statistics();
    }

    @Override
    public void close() {
        engine.close();
    }
}
