package org.almagest.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
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
import org.almagest.error.AlreadyExistsException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.NotFoundException;
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
    public static final Set<Capability> CAPABILITIES = Set.of(Capability.QUARANTINE);

    private final ModelState state;
    private final CatalogOptions options;
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
        return new ModelCatalog(state, newOptions);
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
    public Dataset createDataset(DatasetSpec spec) {
        return locked(all -> {
            DatasetSchema schema = spec.schema().numbered();
            SchemaLimits.check(schema, options.limits());
            SchemaLimits.checkText("dataset: description length", spec.description(), options.limits());
            UUID id = spec.id().orElseGet(() -> ContentId.datasetId(all.namespace, spec.slug()));
            checkFree(all, spec.slug(), id);
            Limits.check(
                    "catalog: datasets",
                    "datasetsMax",
                    all.datasets.size() + 1L,
                    options.limits().datasetsMax());
            ModelState.DatasetRows created = new ModelState.DatasetRows(spec.slug(), id, spec.description(), schema);
            all.datasets.put(spec.slug(), created);
            all.commit(options.seams().clock());
            return new ModelDataset(this, created);
        });
    }

    private static void checkFree(ModelState all, String slug, UUID id) {
        if (all.datasets.containsKey(slug)) {
            throw new AlreadyExistsException("dataset \"" + slug + "\": already exists");
        }
        for (ModelState.DatasetRows dataset : all.datasets.values()) {
            if (dataset.id.equals(id)) {
                throw new AlreadyExistsException(
                        "dataset \"" + slug + "\": id " + id + " is the id of dataset \"" + dataset.slug + "\"");
            }
        }
    }

    @Override
    public Optional<Dataset> findDataset(String slug) {
        return locked(all -> Optional.ofNullable(all.datasets.get(slug)).map(rows -> new ModelDataset(this, rows)));
    }

    @Override
    public List<Dataset> datasets() {
        return locked(all -> {
            List<Dataset> datasets = new ArrayList<>();
            all.datasets.values().forEach(rows -> datasets.add(new ModelDataset(this, rows)));
            return datasets;
        });
    }

    @Override
    public QueryResult query(Query query, QueryScope scope) {
        return locked(all ->
                new ModelQuery(query, options).result(schemas(all, scope), collections(all, scope), all.version));
    }

    @Override
    public long count(Query query, QueryScope scope) {
        return locked(all -> new ModelQuery(query, options).count(schemas(all, scope), collections(all, scope)));
    }

    private static List<DatasetSchema> schemas(ModelState all, QueryScope scope) {
        List<DatasetSchema> schemas = new ArrayList<>();
        for (String slug : scope.isAll() ? all.datasets.keySet() : scope.slugs()) {
            schemas.add(dataset(all, slug).schema);
        }
        return schemas;
    }

    private static List<ModelState.CollectionRows> collections(ModelState all, QueryScope scope) {
        if (scope.isAll()) {
            return all.collections();
        }
        List<ModelState.CollectionRows> chosen = new ArrayList<>();
        for (String slug : scope.slugs()) {
            ModelState.DatasetRows dataset = dataset(all, slug);
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

    private static ModelState.DatasetRows dataset(ModelState all, String slug) {
        ModelState.DatasetRows found = all.datasets.get(slug);
        if (found == null) {
            throw new NotFoundException("No such dataset " + slug);
        }
        return found;
    }

    @Override
    public Optional<Instant> deleteDataset(String slug) {
        throw undeclared("dataset: delete", Capability.DELETE_DATASETS);
    }

    @Override
    public Dataset restoreDataset(String slug) {
        throw undeclared("dataset: restore", Capability.DELETE_DATASETS);
    }

    @Override
    public List<DeletedDataset> deletedDatasets() {
        return List.of();
    }

    @Override
    public VersionLease lease() {
        throw undeclared("catalog: lease", Capability.HISTORY);
    }

    @Override
    public long oldestVersion() {
        return version();
    }

    @Override
    public Optional<Maintenance> maintenance() {
        return Optional.empty();
    }

    @Override
    public void close() {
        synchronized (state) {
            closed = true;
        }
    }
}
