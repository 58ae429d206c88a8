package org.almagest.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.Maintenance;
import org.almagest.VersionLease;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.error.AlreadyExistsException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.NotFoundException;
import org.almagest.explain.Explanation;
import org.almagest.internal.row.ContentId;
import org.almagest.model.DeletedDataset;
import org.almagest.model.Limits;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.QueryScope;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.SchemaLimits;

/**
 * A catalog that is obviously right and nothing else: sorted maps in memory, one lock, every row looked at.
 *
 * <p>What other implementations answer is compared with what this one answers.
 */
public final class ModelCatalog implements Catalog {
    /** What a model can do beyond the basics. */
    public static final Set<Capability> CAPABILITIES = Set.of(
            Capability.QUARANTINE,
            Capability.REPLACE,
            Capability.DELETE,
            Capability.DELETE_DATASETS,
            Capability.RETENTION,
            Capability.HISTORY,
            Capability.EXTENT,
            Capability.SORT,
            Capability.AGGREGATION);

    private static final Duration LEASE = Duration.ofMinutes(10);

    private final ModelState state;
    private final CatalogOptions options;
    private final List<Lease> leases = new ArrayList<>();
    private boolean closed;

    /** Creates an empty catalog. */
    public ModelCatalog(CatalogOptions options) {
        this(new ModelState(options.namespace()), options);
    }

    private ModelCatalog(ModelState state, CatalogOptions options) {
        this.state = state;
        this.options = options;
    }

    /** Returns a catalog of the same content, open again; later changes show in both. */
    public ModelCatalog reopened(CatalogOptions newOptions) {
        ModelCatalog again = new ModelCatalog(state, newOptions);
        again.locked(all -> new ModelExpiry(all, newOptions).atOpen());
        return again;
    }

    /** Runs work that has the whole catalog to itself. */
    <T> T locked(Function<ModelState, T> work) {
        synchronized (state) {
            if (closed) {
                throw new IllegalStateException("catalog: closed");
            }
            return work.apply(state);
        }
    }

    CatalogOptions options() {
        return options;
    }

    Instant now() {
        return options.seams().clock().now();
    }

    /** Ends a change of definitions and returns its time. */
    Instant commit(ModelState all) {
        Instant time = all.commit(options.seams().clock());
        all.definitions = all.version;
        return time;
    }

    static InvalidRequestException undeclared(String subject, Capability capability) {
        return new InvalidRequestException(subject, capability + " (not a capability of this catalog)");
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.copyOf(CAPABILITIES);
    }

    @Override
    public long version() {
        return locked(all -> all.version);
    }

    @Override
    public long definitionsVersion() {
        return locked(all -> all.definitions);
    }

    @Override
    public Dataset createDataset(DatasetSpec spec) {
        return locked(all -> {
            DatasetSchema schema = spec.schema().numbered();
            SchemaLimits.check(schema, options.limits());
            SchemaLimits.checkText("dataset: description length", spec.description(), options.limits());
            UUID id = spec.id().orElseGet(() -> ContentId.datasetId(all.namespace, spec.slug()));
            new ModelExpiry(all, options).purge(spec.slug());
            checkFree(all, spec.slug(), id);
            Limits.check(
                    "catalog: datasets",
                    "datasetsMax",
                    all.datasets.size() + 1L,
                    options.limits().datasetsMax());
            ModelState.DatasetRows created = new ModelState.DatasetRows(spec.slug(), id, spec.description(), schema);
            all.datasets.put(spec.slug(), created);
            commit(all);
            return new ModelDataset(this, created);
        });
    }

    private static void checkFree(ModelState all, String slug, UUID id) {
        ModelState.DatasetRows same = all.datasets.get(slug);
        if (same != null) {
            throw new AlreadyExistsException("dataset \"" + slug + "\": already exists"
                    + (same.deletedAt == null
                            ? ""
                            : ", deleted (it can be restored until " + same.restorableUntil() + ")"));
        }
        String clash = "dataset \"" + slug + "\": id " + id + " is the id of ";
        for (ModelState.DatasetRows dataset : all.datasets.values()) {
            if (dataset.id.equals(id)) {
                throw new AlreadyExistsException(clash + "dataset \"" + dataset.slug + "\"");
            }
            for (ModelState.CollectionRows collection : dataset.collections.values()) {
                if (collection.id.equals(id)) {
                    throw new AlreadyExistsException(clash + "collection \"" + collection.name + "\"");
                }
            }
        }
    }

    @Override
    public Optional<Dataset> findDataset(String slug) {
        return locked(all -> all.liveDatasets().stream()
                .filter(dataset -> dataset.slug.equals(slug))
                .map(dataset -> (Dataset) new ModelDataset(this, dataset))
                .findFirst());
    }

    @Override
    public List<Dataset> datasets() {
        return locked(all -> {
            List<Dataset> datasets = new ArrayList<>();
            all.liveDatasets().forEach(rows -> datasets.add(new ModelDataset(this, rows)));
            return datasets;
        });
    }

    @Override
    public QueryResult query(Query query, QueryScope scope) {
        return locked(all -> query(all, query).result(schemas(all, scope), collections(all, scope)));
    }

    @Override
    public long count(Query query, QueryScope scope) {
        return locked(all -> query(all, query).count(schemas(all, scope), collections(all, scope)));
    }

    @Override
    public Explanation explain(Query query, QueryScope scope) {
        try (QueryResult result = query(query, scope)) {
            long rows = result.toList().size();
            return new Explanation(
                    List.of(), List.of(new Explanation.Count("rows_returned", rows)), List.of(), List.of(), 0);
        }
    }

    @Override
    public Explanation explain(Query query, List<Aggregation> wanted, QueryScope scope) {
        long answers = aggregate(query, wanted, scope).size();
        return new Explanation(
                List.of(), List.of(new Explanation.Count("answered_by_rows", answers)), List.of(), List.of(), 0);
    }

    @Override
    public List<Aggregate> aggregate(Query query, List<Aggregation> wanted, QueryScope scope) {
        return locked(all -> query(all, query).aggregate(wanted, schemas(all, scope), collections(all, scope)));
    }

    /** Prepares a query of the version that it names, if that is kept. */
    ModelQuery query(ModelState all, Query query) {
        long version = query.version().orElse(all.version);
        if (version > all.version) {
            throw new InvalidRequestException("query: version", version + " (at most " + all.version + ")");
        }
        for (Lease lease : leases) {
            if (lease.version == version && lease.isHeld(now())) {
                return new ModelQuery(query, options, version, lease.content);
            }
        }
        long oldest = all.oldest(options.historyRetention(), now());
        if (version < oldest && query.pageToken().isEmpty()) {
            throw new NotFoundException("version " + version + ": no longer kept (oldest " + oldest + ")");
        }
        return new ModelQuery(query, options, version < oldest ? all.version : version, null);
    }

    private static List<DatasetSchema> schemas(ModelState all, QueryScope scope) {
        List<DatasetSchema> schemas = new ArrayList<>();
        for (String slug : scope.slugs()) {
            schemas.add(all.dataset(slug).schema);
        }
        if (scope.isAll()) {
            all.liveDatasets().forEach(dataset -> schemas.add(dataset.schema));
        }
        return schemas;
    }

    private static List<ModelState.CollectionRows> collections(ModelState all, QueryScope scope) {
        if (scope.isAll()) {
            return all.collections();
        }
        List<ModelState.CollectionRows> chosen = new ArrayList<>();
        for (String slug : scope.slugs()) {
            ModelState.DatasetRows dataset = all.dataset(slug);
            Set<String> names = scope.collectionsOf(slug);
            for (String name : names.isEmpty() ? dataset.collections.keySet() : names) {
                ModelState.CollectionRows found = dataset.collections.get(name);
                if (found == null) {
                    throw new NotFoundException("No such collection " + name);
                }
                chosen.add(found);
            }
        }
        return chosen;
    }

    @Override
    public Optional<Instant> deleteDataset(String slug) {
        return locked(all -> {
            ModelState.DatasetRows dataset = all.dataset(slug);
            Instant time = commit(all);
            if (dataset.isEmpty()) {
                all.datasets.remove(slug);
                return Optional.empty();
            }
            dataset.deletedAt = time;
            return Optional.of(dataset.restorableUntil());
        });
    }

    private List<ModelState.DatasetRows> restorable(ModelState all) {
        return all.datasets.values().stream()
                .filter(dataset -> dataset.deletedAt != null && now().isBefore(dataset.restorableUntil()))
                .toList();
    }

    @Override
    public Dataset restoreDataset(String slug) {
        return locked(all -> {
            ModelState.DatasetRows found = restorable(all).stream()
                    .filter(dataset -> dataset.slug.equals(slug))
                    .findFirst()
                    .orElseThrow(() -> new NotFoundException("No such deleted dataset " + slug));
            found.deletedAt = null;
            commit(all);
            return new ModelDataset(this, found);
        });
    }

    @Override
    public List<DeletedDataset> deletedDatasets() {
        return locked(all -> restorable(all).stream()
                .map(dataset -> new DeletedDataset(
                        dataset.slug, dataset.id, Objects.requireNonNull(dataset.deletedAt), dataset.restorableUntil()))
                .toList());
    }

    @Override
    public VersionLease lease() {
        return locked(all -> {
            leases.removeIf(lease -> !lease.isHeld(now()));
            Limits.check(
                    "catalog: leases",
                    "leasesMax",
                    leases.size() + 1L,
                    options.limits().leasesMax());
            Lease lease = new Lease(all.version, now().plus(LEASE), all.copy());
            leases.add(lease);
            return lease;
        });
    }

    @Override
    public long oldestVersion() {
        return locked(all -> all.oldest(options.historyRetention(), now()));
    }

    @Override
    public Optional<Maintenance> maintenance() {
        return Optional.of(new ModelMaintenance());
    }

    /** A version that is kept until it is let go of, or its time is over. */
    private static final class Lease implements VersionLease {
        private final long version;
        private final Instant until;
        private final Map<ModelState.CollectionRows, ModelState.View> content;
        private volatile boolean ended;

        Lease(long version, Instant until, Map<ModelState.CollectionRows, ModelState.View> content) {
            this.version = version;
            this.until = until;
            this.content = content;
        }

        boolean isHeld(Instant now) {
            return !ended && now.isBefore(until);
        }

        @Override
        public long version() {
            return version;
        }

        @Override
        public void close() {
            ended = true;
        }
    }

    /** There is no disk; time passes all the same. */
    private final class ModelMaintenance implements Maintenance {
        @Override
        public void flush() {}

        @Override
        public void compact() {}

        @Override
        public long expire() {
            return locked(all -> new ModelExpiry(all, options).expire());
        }

        @Override
        public Map<String, Long> statistics() {
            return Map.of();
        }
    }

    @Override
    public void close() {
        synchronized (state) {
            closed = true;
        }
    }
}
