package org.almagest.storage.engine;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.NotFoundException;
import org.almagest.error.PreconditionFailedException;
import org.almagest.internal.row.RowBinder;
import org.almagest.model.CollectionInfo;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestOptions;
import org.almagest.model.IngestResult;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.model.Retention;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.TimeMatch;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.metadata.CollectionEntry;
import org.almagest.storage.metadata.DatasetEntry;
import org.almagest.storage.metadata.MetadataChange;
import org.almagest.storage.run.CollectionRuns;
import org.almagest.storage.run.LiveRows;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.scan.CollectionReach;
import org.jspecify.annotations.Nullable;

/** A collection of an embedded catalog; knows its incarnation, and looks everything else up. */
final class EmbeddedCollection implements Collection {
    private final Engine engine;
    private final EmbeddedDataset dataset;
    private final long incarnation;
    private final String name;
    private final UUID id;

    EmbeddedCollection(Engine engine, EmbeddedDataset dataset, CollectionEntry entry) {
        this.engine = engine;
        this.dataset = dataset;
        this.incarnation = entry.incarnation();
        this.name = entry.name();
        this.id = entry.id();
    }

    private CollectionEntry entry(Snapshot snapshot) {
        return snapshot.metadata()
                .collection(incarnation)
                .orElseThrow(() -> new NotFoundException("No such collection " + name));
    }

    private DatasetEntry datasetEntry(Snapshot snapshot) {
        return snapshot.metadata().dataset(entry(snapshot).dataset()).orElseThrow();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public Dataset dataset() {
        return dataset;
    }

    @Override
    public CollectionInfo info() {
        return engine.read(snapshot -> {
            CollectionRuns runs = snapshot.runs(entry(snapshot).incarnation());
            return runs.info(name, new CollectionReach(datasetEntry(snapshot).schema(), runs.all()));
        });
    }

    @Override
    public Optional<Json> document() {
        CollectionEntry entry = entry(engine.snapshot());
        return entry.hasDocument() ? Optional.of(Json.parse(entry.document())) : Optional.empty();
    }

    @Override
    public void putDocument(Json document) {
        put(document, OptionalLong.empty());
    }

    @Override
    public long documentVersion() {
        return entry(engine.snapshot()).documentVersion();
    }

    @Override
    public long putDocument(Json document, long expectedVersion) {
        return put(document, OptionalLong.of(expectedVersion));
    }

    private long put(Json document, OptionalLong expected) {
        checkDocument(name, document, engine.limits());
        return engine.commit(new MetadataEdit<>(
                        before -> {
                            CollectionEntry entry = entry(before);
                            if (entry.document().equals(document.text())) {
                                return null;
                            }
                            long version = entry.documentVersion();
                            if (version != expected.orElse(version)) {
                                throw new PreconditionFailedException("collection \"" + name + "\": document version: "
                                        + version + " (expected " + expected.getAsLong() + ")");
                            }
                            return new MetadataChange.DocumentPut(incarnation, document.text(), version + 1);
                        },
                        after -> after.collection(incarnation).orElseThrow().documentVersion())
                .atMost(new MetadataChange.DocumentPut(incarnation, document.text(), Long.MAX_VALUE)));
    }

    /** Refuses what is no document of a collection. */
    static void checkDocument(String name, Json document, Limits limits) {
        if (!document.text().startsWith("{")) {
            throw new InvalidRequestException("collection \"" + name + "\": document", "not an object (expected one)");
        }
        Limits.check(
                "collection \"" + name + "\": document bytes",
                "documentBytesMax",
                document.text().getBytes(StandardCharsets.UTF_8).length,
                limits.documentBytesMax());
    }

    @Override
    public long lastChange() {
        Snapshot snapshot = engine.snapshot();
        return snapshot.lastChange(entry(snapshot).incarnation());
    }

    @Override
    public IngestResult ingest(List<Datapoint> datapoints, IngestOptions options) {
        engine.checkWritable();
        Instant began = engine.now();
        Target target = dataset.target(incarnation, name);
        IngestBatch batch = IngestBatch.bind(datapoints, target, options, engine);
        engine.read(snapshot -> {
            batch.prepare(new LiveRows(snapshot.runs(incarnation).all()));
            return batch;
        });
        return engine.ingest(new IngestChange(target, name, batch, options.mode()), began);
    }

    private Engine.Scope scope(Snapshot snapshot) {
        return new Engine.Scope(List.of(datasetEntry(snapshot)), List.of(entry(snapshot)), snapshot.metadata());
    }

    @Override
    public long delete(List<DatapointId> ids) {
        checkDeletes("delete: ids", ids.size());
        List<DatapointId> distinct = new ArrayList<>(new LinkedHashSet<>(ids));
        return delete(new DeleteChange.Ids(distinct));
    }

    @Override
    public long deleteByKeys(List<?> keys) {
        checkDeletes("delete: keys", keys.size());
        DatasetSchema schema = engine.read(this::datasetEntry).schema();
        List<byte[]> encoded = new ArrayList<>();
        keys.forEach(key -> encoded.add(RowBinder.encodeKey(schema, key)));
        return delete(new DeleteChange.Keys(encoded, keys));
    }

    private void checkDeletes(String subject, int count) {
        engine.checkWritable();
        Limits.check(subject, "deleteIdsMax", count, engine.limits().deleteIdsMax());
    }

    private long delete(DeleteChange.Selection selection) {
        return engine.commit(new DeleteChange(incarnation, name, selection));
    }

    @Override
    public long delete(Query query) {
        engine.checkWritable();
        QueryCheck.checkDelete(query);
        engine.deadline(query);
        boolean byTimeAlone =
                query.spatial().isEmpty() && query.filter().isEmpty() && query.timeMatch() == TimeMatch.INSTANT;
        return byTimeAlone ? deleteSpan(query.interval().orElse(null)) : delete(engine.find(query, this::scope));
    }

    private long deleteSpan(@Nullable TimeInterval interval) {
        long start = DatapointId.TIME_MILLIS_MIN;
        long end = DatapointId.TIME_MILLIS_MAX + 1;
        if (interval != null) {
            start = Math.max(start, interval.startMillis());
            end = Math.min(end, interval.endMillis());
        }
        return delete(new DeleteChange.Span(start, Math.max(start, end), Long.MAX_VALUE));
    }

    @Override
    public Optional<Retention> retention() {
        return entry(engine.snapshot()).retention();
    }

    @Override
    public void putRetention(Retention retention) {
        changeRetention(Optional.of(retention));
    }

    @Override
    public void clearRetention() {
        changeRetention(Optional.empty());
    }

    private void changeRetention(Optional<Retention> retention) {
        engine.commit(new MetadataEdit<>(
                before -> entry(before).retention().equals(retention)
                        ? null
                        : new MetadataChange.RetentionPut(incarnation, retention),
                after -> true));
    }

    @Override
    public QueryResult query(Query query) {
        return engine.query(query, this::scope);
    }

    @Override
    public long count(Query query) {
        return engine.count(query, this::scope);
    }

    @Override
    public List<Aggregate> aggregate(Query query, List<Aggregation> wanted) {
        return engine.aggregate(query, wanted, this::scope);
    }

    @Override
    public Optional<Datapoint> find(DatapointId datapointId) {
        return engine.read(snapshot -> Lookups.find(snapshot, looked(snapshot), datapointId));
    }

    @Override
    public Optional<Datapoint> findByKey(Object key) {
        return engine.read(snapshot -> {
            Lookups.In in = looked(snapshot);
            return Lookups.findByKey(snapshot, in, RowBinder.encodeKey(in.schema(), key));
        });
    }

    private Lookups.In looked(Snapshot snapshot) {
        return new Lookups.In(entry(snapshot), datasetEntry(snapshot).schema(), engine.limits());
    }
}
