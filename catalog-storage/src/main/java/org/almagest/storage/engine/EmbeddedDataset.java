package org.almagest.storage.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.almagest.Capability;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.error.AlreadyExistsException;
import org.almagest.error.ConflictException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.NotFoundException;
import org.almagest.internal.row.ContentId;
import org.almagest.internal.row.RowBinder;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.model.Names;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.SchemaEvolution;
import org.almagest.schema.SchemaLimits;
import org.almagest.storage.metadata.CollectionEntry;
import org.almagest.storage.metadata.DatasetEntry;
import org.almagest.storage.metadata.MetadataChange;
import org.almagest.storage.run.Snapshot;
import org.jspecify.annotations.Nullable;

/** A dataset of an embedded catalog; knows its incarnation, and looks everything else up. */
final class EmbeddedDataset implements Dataset {
    private final Engine engine;
    private final long incarnation;
    private final String slug;
    private final UUID id;

    EmbeddedDataset(Engine engine, DatasetEntry entry) {
        this.engine = engine;
        this.incarnation = entry.incarnation();
        this.slug = entry.slug();
        this.id = entry.id();
    }

    private DatasetEntry entry(Snapshot snapshot) {
        return snapshot.metadata()
                .dataset(incarnation)
                .orElseThrow(() -> new NotFoundException("No such dataset " + slug));
    }

    @Override
    public String slug() {
        return slug;
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public DatasetSchema schema() {
        return entry(engine.snapshot()).schema();
    }

    @Override
    public String description() {
        return entry(engine.snapshot()).description();
    }

    @Override
    public DatasetSchema alter(DatasetSchema proposed) {
        return commitSchema(proposed, before -> {
            SchemaEvolution.checkNotOvertaken(entry(before).schema(), proposed);
            return decideAlter(before, proposed);
        });
    }

    @Override
    public DatasetSchema alter(UnaryOperator<DatasetSchema> change) {
        while (true) {
            DatasetEntry read = entry(engine.snapshot());
            DatasetSchema proposed = change.apply(read.schema());
            AtomicBoolean overtaken = new AtomicBoolean(); // decided in the thread of the log
            DatasetSchema altered = commitSchema(proposed, before -> {
                overtaken.set(entry(before).schemaVersion() != read.schemaVersion());
                return overtaken.get() ? null : decideAlter(before, proposed);
            });
            if (!overtaken.get()) {
                return altered;
            }
        }
    }

    private DatasetSchema commitSchema(DatasetSchema proposed, Function<Snapshot, @Nullable MetadataChange> decide) {
        SchemaLimits.check(proposed, engine.limits());
        return engine.commit(new MetadataEdit<>(
                        decide,
                        after -> after.dataset(incarnation).orElseThrow().schema())
                .atMost(new MetadataChange.DatasetAltered(incarnation, proposed.numbered(), Integer.MAX_VALUE)));
    }

    private @Nullable MetadataChange decideAlter(Snapshot before, DatasetSchema proposed) {
        DatasetEntry entry = entry(before);
        boolean empty = before.metadata().collectionsOf(incarnation).stream()
                .allMatch(collection -> before.runs(collection.incarnation()).liveCount() == 0);
        DatasetSchema next = SchemaEvolution.evolve(
                entry.schema(),
                proposed,
                empty ? SchemaEvolution.Content.EMPTY : SchemaEvolution.Content.HAS_DATAPOINTS);
        if (!empty && !keyName(entry.schema()).equals(keyName(next))) {
            if (entry.schema().key().isPresent()) {
                throw new ConflictException("schema: key: changed while datapoints exist (expected an empty dataset)");
            }
            for (CollectionEntry collection : before.metadata().collectionsOf(incarnation)) {
                KeyDeclaration.check(
                        next,
                        collection.name(),
                        before.runs(collection.incarnation()).all());
            }
        }
        return next.equals(entry.schema())
                ? null
                : new MetadataChange.DatasetAltered(incarnation, next, entry.schemaVersion() + 1);
    }

    private static Optional<String> keyName(DatasetSchema schema) {
        return schema.key().map(Field::name);
    }

    @Override
    public Collection createCollection(String name) {
        return create(name, null, Existing.REFUSED);
    }

    @Override
    public Collection createCollection(String name, Json document) {
        EmbeddedCollection.checkDocument(name, document, engine.limits());
        return create(name, document, Existing.REFUSED);
    }

    @Override
    public Collection getOrCreateCollection(String name) {
        Optional<Collection> found = findCollection(name);
        return found.isPresent() ? found.get() : create(name, null, Existing.RETURNED);
    }

    private enum Existing {
        REFUSED,
        RETURNED
    }

    private Collection create(String name, @Nullable Json document, Existing existing) {
        Names.checkCollectionName(name);
        UUID collectionId = ContentId.collectionId(id, name);
        LongFunction<CollectionEntry> entry = number -> {
            CollectionEntry bare = CollectionEntry.of(number, incarnation, name, collectionId);
            return document == null ? bare : bare.documented(document.text(), 1);
        };
        MetadataEdit<CollectionEntry> edit = new MetadataEdit<>(
                before -> decideCreate(before, entry.apply(before.metadata().nextIncarnation()), existing),
                after -> after.collection(incarnation, name).orElseThrow());
        MetadataChange longest = new MetadataChange.CollectionCreated(entry.apply(Long.MAX_VALUE));
        return new EmbeddedCollection(engine, this, engine.commit(document == null ? edit : edit.atMost(longest)));
    }

    private @Nullable MetadataChange decideCreate(Snapshot before, CollectionEntry created, Existing existing) {
        entry(before);
        if (before.metadata().collection(incarnation, created.name()).isPresent()) {
            if (existing == Existing.RETURNED) {
                return null;
            }
            throw new AlreadyExistsException(
                    "collection \"" + created.name() + "\": already exists in dataset \"" + slug + "\"");
        }
        if (before.metadata().incarnationOf(created.id()).isPresent()) {
            throw new AlreadyExistsException(
                    "collection \"" + created.name() + "\": id " + created.id() + " is the id of a dataset");
        }
        Limits.check(
                "catalog: collections",
                "collectionsMax",
                before.metadata().collectionCount() + 1L,
                engine.limits().collectionsMax());
        return new MetadataChange.CollectionCreated(created);
    }

    @Override
    public Optional<Collection> findCollection(String name) {
        Snapshot snapshot = engine.snapshot();
        entry(snapshot);
        return snapshot.metadata()
                .collection(incarnation, name)
                .map(entry -> new EmbeddedCollection(engine, this, entry));
    }

    @Override
    public List<Collection> collections() {
        Snapshot snapshot = engine.snapshot();
        entry(snapshot);
        List<Collection> all = new ArrayList<>();
        for (CollectionEntry entry : snapshot.metadata().collectionsOf(incarnation)) {
            all.add(new EmbeddedCollection(engine, this, entry));
        }
        all.sort(Comparator.comparing(
                collection -> collection.name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
        return all;
    }

    @Override
    public void deleteCollection(String name) {
        engine.commit(new MetadataEdit<>(
                before -> {
                    entry(before);
                    CollectionEntry collection = before.metadata()
                            .collection(incarnation, name)
                            .orElseThrow(() -> new NotFoundException("No such collection " + name));
                    return new MetadataChange.CollectionPurged(collection.incarnation());
                },
                after -> true));
    }

    @Override
    public void deleteEmptyCollection(String name) {
        engine.commit(new MetadataEdit<>(
                before -> {
                    entry(before);
                    long collection = before.metadata()
                            .collection(incarnation, name)
                            .orElseThrow(() -> new NotFoundException("No such collection " + name))
                            .incarnation();
                    long datapoints = before.runs(collection).liveCount();
                    if (datapoints > 0) {
                        throw new ConflictException(
                                "collection \"" + name + "\": " + datapoints + " datapoints (expected none)");
                    }
                    return new MetadataChange.CollectionPurged(collection);
                },
                after -> true));
    }

    private Engine.Scope all(Snapshot snapshot) {
        return new Engine.Scope(List.of(entry(snapshot)), null, snapshot.metadata());
    }

    private Engine.Scope named(Snapshot snapshot, List<String> names) {
        Map<String, CollectionEntry> chosen = new LinkedHashMap<>();
        for (String name : names) {
            chosen.put(
                    name,
                    snapshot.metadata()
                            .collection(incarnation, name)
                            .orElseThrow(() -> new NotFoundException("No such collection " + name)));
        }
        return new Engine.Scope(List.of(entry(snapshot)), List.copyOf(chosen.values()), snapshot.metadata());
    }

    @Override
    public QueryResult query(Query query) {
        return engine.query(query, this::all);
    }

    @Override
    public QueryResult query(Query query, List<String> collectionNames) {
        return engine.query(query, snapshot -> named(snapshot, collectionNames));
    }

    @Override
    public long count(Query query) {
        return engine.count(query, this::all);
    }

    @Override
    public long count(Query query, List<String> collectionNames) {
        return engine.count(query, snapshot -> named(snapshot, collectionNames));
    }

    @Override
    public List<Aggregate> aggregate(Query query, List<Aggregation> wanted) {
        return engine.aggregate(query, wanted, this::all);
    }

    @Override
    public List<Aggregate> aggregate(Query query, List<Aggregation> wanted, List<String> collectionNames) {
        return engine.aggregate(query, wanted, snapshot -> named(snapshot, collectionNames));
    }

    @Override
    public Optional<Datapoint> find(DatapointId datapointId) {
        return engine.read(snapshot -> {
            DatasetSchema schema = entry(snapshot).schema();
            for (CollectionEntry collection : snapshot.metadata().collectionsOf(incarnation)) {
                Optional<Datapoint> found = Lookups.find(snapshot, in(collection, schema), datapointId);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        });
    }

    @Override
    public List<Datapoint> findByKey(Object key) {
        return engine.read(snapshot -> {
            DatasetSchema schema = entry(snapshot).schema();
            byte[] encoded = RowBinder.encodeKey(schema, key);
            List<Datapoint> found = new ArrayList<>();
            for (CollectionEntry collection : all(snapshot).collections()) {
                Lookups.findByKey(snapshot, in(collection, schema), encoded).ifPresent(found::add);
            }
            found.sort((left, right) ->
                    left.id().orElseThrow().compareTo(right.id().orElseThrow()));
            return found;
        });
    }

    private Lookups.In in(CollectionEntry collection, DatasetSchema schema) {
        return new Lookups.In(collection, schema, engine.limits());
    }

    /** Returns a collection as an ingest call finds it. */
    Target target(long collection, String name) {
        Snapshot snapshot = engine.snapshot();
        CollectionEntry entry = snapshot.metadata()
                .collection(collection)
                .orElseThrow(() -> new NotFoundException("No such collection " + name));
        DatasetEntry dataset = entry(snapshot);
        return new Target(collection, entry.id(), dataset.schema(), dataset.schemaVersion());
    }

    /** Refuses what no dataset like this can do. */
    static InvalidRequestException unsupported(String subject, Capability capability) {
        return new InvalidRequestException(subject, capability + " (not a capability of this catalog)");
    }
}
