package org.almagest.storage.engine;

import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.error.CatalogException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.StorageFailedException;
import org.almagest.explain.Explanation;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestResult;
import org.almagest.model.Limits;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.TimeMatch;
import org.almagest.query.bound.BoundSort;
import org.almagest.runtime.Deadline;
import org.almagest.runtime.Scheduler;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.aggregate.Aggregates;
import org.almagest.storage.commit.Change;
import org.almagest.storage.commit.Committer;
import org.almagest.storage.commit.StoreParts;
import org.almagest.storage.metadata.CatalogMetadata;
import org.almagest.storage.metadata.CollectionEntry;
import org.almagest.storage.metadata.DatasetEntry;
import org.almagest.storage.plan.QueryTrace;
import org.almagest.storage.plan.RunTrace;
import org.almagest.storage.plan.Shortcut;
import org.almagest.storage.run.CollectionRuns;
import org.almagest.storage.run.OpenFiles;
import org.almagest.storage.run.RunDirectory;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.scan.ManyCollections;
import org.almagest.storage.scan.ResultRows;
import org.almagest.storage.scan.RunMatches;
import org.almagest.storage.scan.Scan;
import org.almagest.storage.scan.ScanResult;
import org.almagest.storage.scan.ScanSource;
import org.jspecify.annotations.Nullable;

/** An open store: the visible snapshot, the way to change it, and the files behind it. Thread-safe. */
final class Engine {
    /** Lets go of what results hold that were dropped without being closed; begins a thread with the first query. */
    private static final class Abandoned {
        private static final Cleaner CLEANER = Cleaner.create();
    }

    private static final Duration UPKEEP_PERIOD = Duration.ofMinutes(1);
    private static final Duration UPKEEP_DELAY = Duration.ofSeconds(1);
    private static final int NANOS_PER_MICRO = 1_000;

    private final StoreParts parts;
    private final UUID namespace;
    private final OpenFiles files;
    private final @Nullable Committer committer;
    private final @Nullable Snapshot fixed;
    private final Runnable onClose;
    private final Totals totals;
    private final Versions versions;
    private final BindWorkers bindWorkers;
    private volatile ManyCollections many = new ManyCollections();
    private volatile Set<Shortcut> shortcuts = EnumSet.allOf(Shortcut.class);
    private Scheduler.@Nullable Worker upkeep;
    private boolean closed;

    /** The minute in which a store that is only read looked again at what is in memory. */
    private volatile long lookedAt;

    /**
     * What a query is asked of.
     *
     * @param datasets the datasets whose fields it may name
     * @param named the collections that are read; null for all of the one dataset, or of all datasets, which then need not
     *     be listed
     * @param metadata knows them
     */
    record Scope(List<DatasetEntry> datasets, @Nullable List<CollectionEntry> named, CatalogMetadata metadata) {
        List<CollectionEntry> collections() {
            if (named != null) {
                return named;
            }
            return datasets.size() == 1
                    ? metadata.collectionsOf(datasets.get(0).incarnation())
                    : metadata.collections();
        }

        /** Tells whether there are so many collections that it pays to know which of them to look into. */
        boolean isLarge() {
            return collectionCount() >= ManyCollections.COLLECTIONS_MIN;
        }

        /** Returns how many collections are read, and does not list them for that. */
        private int collectionCount() {
            if (named != null) {
                return named.size();
            }
            return datasets.size() == 1
                    ? metadata.collectionCountOf(datasets.get(0).incarnation())
                    : metadata.collectionCount();
        }

        /** Returns those of some runs that belong to the scope, as a query sees them. */
        List<ScanSource> of(List<RunDirectory.Chosen> chosen, Map<Long, DatasetSchema> schemas, long version) {
            Map<Long, CollectionEntry> asked = new HashMap<>();
            if (named != null) {
                for (CollectionEntry collection : named) {
                    asked.put(collection.incarnation(), collection);
                }
            }
            List<ScanSource> sources = new ArrayList<>(chosen.size());
            for (RunDirectory.Chosen each : chosen) {
                CollectionEntry collection = named != null
                        ? asked.get(each.collection())
                        : metadata.collection(each.collection()).orElse(null);
                DatasetSchema schema = collection == null ? null : schemas.get(collection.dataset());
                if (collection != null && schema != null) {
                    sources.add(new ScanSource(collection.id(), schema, each.runs(), version));
                }
            }
            return sources;
        }
    }

    /**
     * An engine.
     *
     * @param committer makes changes; null in a store that is only read
     * @param fixed what a store that is only read shows; null otherwise
     */
    record View(@Nullable Committer committer, @Nullable Snapshot fixed) {}

    Engine(StoreParts parts, UUID namespace, OpenFiles files, View view, Runnable onClose) {
        this.parts = parts;
        this.namespace = namespace;
        this.files = files;
        this.committer = view.committer();
        this.fixed = view.fixed();
        this.onClose = onClose;
        this.totals = new Totals(parts.storage(), parts.facts());
        this.versions = new Versions(
                files,
                new Supplier<>() {
                    @Override
                    public Snapshot get() {
                        return snapshot();
                    }
                },
                parts);
        this.bindWorkers = new BindWorkers(parts.scheduler());
        this.lookedAt = minute();
    }

    BindWorkers bindWorkers() {
        return bindWorkers;
    }

    Limits limits() {
        return parts.limits();
    }

    UUID namespace() {
        return namespace;
    }

    /** Returns what queries see now. */
    Snapshot snapshot() {
        files.checkOpen();
        if (committer != null) {
            return committer.visible();
        }
        assert fixed != null;
        lookAgainEachMinute();
        return fixed;
    }

    void checkWritable() {
        files.checkOpen();
        if (committer == null) {
            throw new InvalidRequestException("store", "opened read-only");
        }
    }

    <T> T commit(Change<T> change) {
        checkWritable();
        assert committer != null;
        return committer.commit(change);
    }

    /** Makes a change of datasets or collections, within the bound on all of them. */
    <T> T commit(MetadataEdit<T> edit) {
        return commit(new BoundedEdit<>(edit, parts.limits()));
    }

    /** Makes an ingest change, and counts it. */
    IngestResult ingest(IngestChange change, Instant began) {
        IngestResult result = commit(change);
        Instant ended = parts.clock().now();
        long micros = Duration.between(began, ended).toNanos() / NANOS_PER_MICRO;
        totals.ingested(result.counts().rows(), change.storedBytes(), micros);
        return result;
    }

    Instant now() {
        return parts.clock().now();
    }

    /** Answers from one snapshot while the files behind it stay open. */
    <T> T read(Function<Snapshot, T> reader) {
        OpenFiles.Pin pin = files.pin();
        try {
            return reader.apply(snapshot());
        } finally {
            pin.close();
        }
    }

    QueryResult query(Query query, Function<Snapshot, Scope> scopeOf) {
        Versions.Held held = versions.hold(query);
        try {
            Scope scope = scopeOf.apply(snapshot());
            QueryCheck.check(query, scope.datasets(), limits());
            BoundSort.checkToken(query);
            Scan.Bounds bounds = bounds(query);
            ResultRows rows = ResultRows.of(sources(held, scope, query, bounds), query, bounds);
            Duration ageMax = Duration.ofSeconds(limits().snapshotSecondsMax());
            Deadline age = Deadline.after(Optional.of(ageMax), parts.clock());
            ScanResult.Hold hold = new ScanResult.Hold(held::close, bounds.deadline(), age, limits());
            List<DatasetSchema> schemas = List.copyOf(schemas(held, scope).values());
            ScanResult result = new ScanResult(rows, query, held.version(), hold, schemas);
            Abandoned.CLEANER.register(result, held::close); // closing twice does nothing
            return result;
        } catch (RuntimeException | Error e) {
            held.close();
            throw e;
        }
    }

    /** Runs a query to its end and tells how. */
    Explanation explain(Query query, Function<Snapshot, Scope> scopeOf) {
        try (Versions.Held held = versions.hold(query)) {
            Scope scope = scopeOf.apply(snapshot());
            QueryCheck.check(query, scope.datasets(), limits());
            BoundSort.checkToken(query);
            QueryTrace trace = new QueryTrace();
            long began = RunTrace.now();
            ResultRows rows = ResultRows.of(sources(held, scope), query, bounds(query, trace));
            long planned = RunTrace.now();
            long limit = query.limit().orElse(Long.MAX_VALUE);
            for (long returned = 0; returned < limit && rows.advance(); returned++) {
                rows.datapoint();
                trace.returned();
            }
            long ended = RunTrace.now();
            return trace.toExplanation(QueryFacts.of(query, held.version(), limits()), planned - began, ended - began);
        }
    }

    /** Answers aggregations and tells how. */
    Explanation explain(Query query, List<Aggregation> wanted, Function<Snapshot, Scope> scopeOf) {
        try (Versions.Held held = versions.hold(query)) {
            Scope scope = scopeOf.apply(snapshot());
            QueryCheck.check(query, scope.datasets(), limits());
            QueryCheck.check(wanted, scope.datasets(), limits());
            QueryTrace trace = new QueryTrace();
            Query whole = QueryCheck.withoutPage(query);
            long began = RunTrace.now();
            Scan.Bounds bounds = bounds(query, trace);
            List<RunMatches> runs = RunMatches.of(sources(held, scope), whole, bounds);
            long planned = RunTrace.now();
            Aggregates.of(runs, wanted, bounds);
            long ended = RunTrace.now();
            List<Explanation.Fact> facts = new ArrayList<>(QueryFacts.of(whole, held.version(), limits()));
            facts.add(QueryFacts.of(wanted));
            return trace.toExplanation(facts, planned - began, ended - began);
        }
    }

    long count(Query query, Function<Snapshot, Scope> scopeOf) {
        try (Versions.Held held = versions.hold(query)) {
            Scope scope = scopeOf.apply(snapshot());
            QueryCheck.check(query, scope.datasets(), limits());
            Query whole = query.pageToken().isEmpty() ? query : QueryCheck.withoutPage(query);
            Scan.Bounds bounds = bounds(query);
            return Scan.count(sources(held, scope, whole, bounds), whole, bounds);
        }
    }

    List<Aggregate> aggregate(Query query, List<Aggregation> wanted, Function<Snapshot, Scope> scopeOf) {
        try (Versions.Held held = versions.hold(query)) {
            Scope scope = scopeOf.apply(snapshot());
            QueryCheck.check(query, scope.datasets(), limits());
            QueryCheck.check(wanted, scope.datasets(), limits());
            Scan.Bounds bounds = bounds(query);
            return Aggregates.of(sources(held, scope, query, bounds), QueryCheck.withoutPage(query), wanted, bounds);
        }
    }

    /**
     * Finds the rows of a delete by query, without holding up others meanwhile.
     *
     * @throws org.almagest.error.LimitExceededException if there are more than one call may delete
     */
    DeleteChange.Found find(Query query, Function<Snapshot, Scope> scopeOf) {
        try (Versions.Held held = versions.hold(query)) {
            Scope scope = scopeOf.apply(held.snapshot());
            QueryCheck.check(query, scope.datasets(), limits());
            Scan scan = Scan.of(sources(held, scope), query, bounds(query));
            List<DatapointId> ids = new ArrayList<>();
            while (scan.advance()) {
                ids.add(scan.id());
                Limits.check("delete: datapoints", "deleteIdsMax", ids.size(), limits().deleteIdsMax());
            }
            return new DeleteChange.Found(ids, held.version());
        }
    }

    /** Answers queries with these shortcuts alone from now on; answers stay the same. */
    void planWith(Set<Shortcut> chosen) {
        shortcuts = Set.copyOf(chosen);
    }

    /** Makes use of this from now on to leave out runs; answers stay the same. */
    void leaveOutBy(ManyCollections chosen) {
        many = chosen;
    }

    Versions versions() {
        return versions;
    }

    private Scan.Bounds bounds(Query query) {
        return bounds(query, null);
    }

    private Scan.Bounds bounds(Query query, @Nullable QueryTrace trace) {
        return new Scan.Bounds(limits(), deadline(query), shortcuts, trace);
    }

    /** Returns when to give up on a query; gives up at once where it was cancelled before it began. */
    Deadline deadline(Query query) {
        Deadline deadline = Deadline.after(query.timeout(), parts.clock()).orWhen(query.cancellation());
        deadline.check();
        return deadline;
    }

    /** Returns the schema of each dataset at the version that is asked. */
    private static Map<Long, DatasetSchema> schemas(Versions.Held held, Scope scope) {
        Map<Long, DatasetSchema> schemas = new LinkedHashMap<>();
        for (DatasetEntry dataset : scope.datasets()) {
            // Rows are read as they were written, also where a field is gone by now.
            held.snapshot()
                    .metadata()
                    .anyDataset(dataset.incarnation())
                    .ifPresent(then -> schemas.put(then.incarnation(), then.schema()));
        }
        return schemas;
    }

    /** Returns the runs that a query has to look into; an explanation looks at all, and tells why one is passed over. */
    private List<ScanSource> sources(Versions.Held held, Scope scope, Query query, Scan.Bounds bounds) {
        if (!shortcuts.contains(Shortcut.PRUNE) || !scope.isLarge()) {
            return sources(held, scope);
        }
        Map<Long, DatasetSchema> schemas = schemas(held, scope);
        List<RunDirectory.Chosen> chosen =
                many.chosen(held.snapshot(), snapshot(), query, span(query, schemas), bounds);
        return chosen == null ? sources(held, scope) : scope.of(chosen, schemas, held.version());
    }

    /** Returns when every match lies; null for any time. */
    private static RunDirectory.@Nullable Span span(Query query, Map<Long, DatasetSchema> schemas) {
        boolean byExtent = false;
        for (DatasetSchema schema : schemas.values()) {
            byExtent |= schema.extent().isPresent() && query.timeMatch() == TimeMatch.EXTENT;
        }
        TimeInterval interval = query.interval().orElse(null);
        if (interval == null) {
            return null;
        }
        return byExtent // as runs are asked, with both ends
                ? new RunDirectory.Span(
                        interval.start().toEpochMilli(), interval.end().toEpochMilli(), TimeMatch.EXTENT)
                : new RunDirectory.Span(interval.startMillis(), interval.endMillis() - 1, TimeMatch.INSTANT);
    }

    private static List<ScanSource> sources(Versions.Held held, Scope scope) {
        Map<Long, DatasetSchema> schemas = schemas(held, scope);
        List<ScanSource> sources = new ArrayList<>();
        for (CollectionEntry collection : scope.collections()) {
            CollectionRuns runs = held.snapshot().runs(collection.incarnation());
            DatasetSchema schema = schemas.get(collection.dataset());
            if (schema != null && !runs.isEmpty()) {
                sources.add(new ScanSource(collection.id(), schema, runs.all(), held.version()));
            }
        }
        return sources;
    }

    void flush() {
        checkWritable();
        assert committer != null;
        committer.flush();
    }

    void compact() {
        checkWritable();
        assert committer != null;
        committer.compact();
    }

    Map<String, Long> statistics() {
        return read(snapshot -> {
            Map<String, Long> all = Statistics.of(snapshot, parts);
            all.putAll(totals.toMap());
            return all;
        });
    }

    /**
     * Ends what has had its time, now and about once a minute from now on. What is to be compacted waits a second, because
     * whoever opened the store has something to ask.
     *
     * @param once what else is to be done after that
     */
    void keepUp(@Nullable Runnable once) {
        if (hasWhatExpires()) {
            expireQuietly(); // what has had its time is not shown after opening, however long the store was closed
        }
        upkeep = parts.scheduler().worker("almagest-upkeep");
        Runnable task = new Runnable() {
            @Override
            public void run() {
                expireQuietly();
                tend();
            }
        };
        Scheduler.Worker worker = upkeep;
        Runnable first = new Runnable() {
            @Override
            public void run() {
                tend();
                if (once != null) {
                    once.run();
                }
                parts.scheduler().repeat(worker, UPKEEP_PERIOD, task);
            }
        };
        try {
            parts.scheduler().later(worker, UPKEEP_DELAY, first);
        } catch (OutOfMemoryError e) {
            throw new StorageFailedException("store: open: no thread could be started: " + e.getMessage(), e);
        }
    }

    private boolean hasWhatExpires() {
        CatalogMetadata metadata = snapshot().metadata();
        if (metadata.deletedDatasets().iterator().hasNext()) {
            return true;
        }
        for (CollectionEntry collection : metadata.collections()) {
            if (collection.retention().isPresent()) {
                return true;
            }
        }
        return false;
    }

    private void expireQuietly() {
        try {
            new Expiry(this).run();
        } catch (CatalogException | IllegalStateException e) {
            System.getLogger(Engine.class.getName()).log(Level.WARNING, "retention: not applied: " + e.getMessage());
        }
    }

    /** Does what {@link #tend} does for a writer without a thread: readers are many, and mostly soon gone. */
    private void lookAgainEachMinute() {
        long minute = minute();
        if (minute != lookedAt) {
            lookedAt = minute;
            parts.storage().lookAgain();
        }
    }

    private long minute() {
        return parts.clock().now().getEpochSecond() / UPKEEP_PERIOD.toSeconds();
    }

    private void tend() {
        parts.storage().lookAgain();
        if (committer != null) {
            committer.tend(); // also where a clock is wrong, and nothing may expire
        }
    }

    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (upkeep != null) {
            upkeep.close();
        }
        bindWorkers.close();
        try {
            if (committer != null) {
                committer.close();
                totals.write();
            }
        } finally {
            versions.close();
            files.close();
            onClose.run();
        }
    }
}
