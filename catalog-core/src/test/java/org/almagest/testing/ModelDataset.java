package org.almagest.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.error.AlreadyExistsException;
import org.almagest.error.ConflictException;
import org.almagest.error.NotFoundException;
import org.almagest.error.Quoted;
import org.almagest.internal.row.ContentId;
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
import org.almagest.schema.SchemaEvolution.Content;
import org.almagest.schema.SchemaLimits;
import org.jspecify.annotations.Nullable;

/** A dataset of a {@link ModelCatalog}. */
final class ModelDataset implements Dataset {
    private final ModelCatalog catalog;
    private final ModelState.DatasetRows dataset;

    ModelDataset(ModelCatalog catalog, ModelState.DatasetRows dataset) {
        this.catalog = catalog;
        this.dataset = dataset;
    }

    /** Returns what is stored, as long as the dataset is not deleted. */
    private ModelState.DatasetRows live(ModelState all) {
        if (all.dataset(dataset.slug) != dataset) {
            throw new NotFoundException("No such dataset " + dataset.slug); // another one has this slug by now
        }
        return dataset;
    }

    @Override
    public String slug() {
        return dataset.slug;
    }

    @Override
    public UUID id() {
        return dataset.id;
    }

    @Override
    public DatasetSchema schema() {
        return catalog.locked(all -> live(all).schema);
    }

    @Override
    public String description() {
        return catalog.locked(all -> live(all).description);
    }

    @Override
    public DatasetSchema alter(UnaryOperator<DatasetSchema> change) {
        while (true) {
            DatasetSchema read = schema();
            DatasetSchema proposed = change.apply(read);
            Optional<DatasetSchema> altered = catalog.locked(
                    all -> live(all).schema.equals(read) ? Optional.of(replaceBy(proposed)) : Optional.empty());
            if (altered.isPresent()) {
                return altered.get();
            }
        }
    }

    @Override
    public DatasetSchema alter(DatasetSchema proposed) {
        return catalog.locked(all -> {
            SchemaEvolution.checkNotOvertaken(live(all).schema, proposed);
            return replaceBy(proposed);
        });
    }

    private DatasetSchema replaceBy(DatasetSchema proposed) {
        return catalog.locked(all -> {
            SchemaLimits.check(proposed, catalog.options().limits());
            DatasetSchema next = SchemaEvolution.evolve(
                    live(all).schema, proposed, dataset.isEmpty() ? Content.EMPTY : Content.HAS_DATAPOINTS);
            next.key()
                    .ifPresent(key ->
                            dataset.collections.values().forEach(collection -> checkKeys(collection, key.name())));
            if (!next.equals(dataset.schema)) {
                if (takesFields(dataset.schema, next)) {
                    dataset.collections.values().forEach(ModelState.CollectionRows::forget);
                }
                dataset.schema = next;
                catalog.commit(all);
            }
            return next;
        });
    }

    private static boolean takesFields(DatasetSchema before, DatasetSchema after) {
        return before.fields().stream()
                .anyMatch(field -> after.field(field.name())
                        .filter(now -> now.number() == field.number())
                        .isEmpty());
    }

    private static void checkKeys(ModelState.CollectionRows collection, String key) {
        String subject = "schema: key " + Quoted.text(key) + ": ";
        String place = " [collection " + Quoted.text(collection.name) + "]";
        Map<Object, DatapointId> seen = new HashMap<>();
        for (ModelState.Row row : collection.rows.values()) {
            Object value = row.stored().values().get(key);
            if (value == null) {
                throw new ConflictException(subject + "unset in datapoint " + row.id() + " (expected a value)" + place);
            }
            DatapointId other = seen.putIfAbsent(value, row.id());
            if (other != null) {
                throw new ConflictException(subject + ModelIngest.keyText(value) + " is live under ids " + other
                        + " and " + row.id() + " (expected one datapoint per key)" + place);
            }
        }
    }

    @Override
    public Collection createCollection(String name) {
        return create(name, null);
    }

    @Override
    public Collection createCollection(String name, Json document) {
        ModelCollection.checkDocument(catalog, name, document);
        return create(name, document);
    }

    private Collection create(String name, @Nullable Json document) {
        return catalog.locked(all -> {
            Names.checkCollectionName(name);
            if (live(all).collections.containsKey(name)) {
                throw new AlreadyExistsException(
                        "collection \"" + name + "\": already exists in dataset \"" + dataset.slug + "\"");
            }
            Limits.check(
                    "catalog: collections",
                    "collectionsMax",
                    all.collectionCount() + 1,
                    catalog.options().limits().collectionsMax());
            UUID id = ContentId.collectionId(dataset.id, name);
            ModelState.CollectionRows created = new ModelState.CollectionRows(dataset, name, id);
            created.document = document;
            created.documentVersion = document == null ? 0 : 1;
            dataset.collections.put(name, created);
            catalog.commit(all);
            return new ModelCollection(catalog, this, dataset.collections.get(name));
        });
    }

    @Override
    public Collection getOrCreateCollection(String name) {
        return catalog.locked(all -> findCollection(name).orElseGet(() -> createCollection(name)));
    }

    @Override
    public Optional<Collection> findCollection(String name) {
        return catalog.locked(all -> Optional.ofNullable(live(all).collections.get(name))
                .map(rows -> new ModelCollection(catalog, this, rows)));
    }

    @Override
    public List<Collection> collections() {
        return catalog.locked(all -> {
            List<Collection> collections = new ArrayList<>();
            live(all).collections.values().forEach(rows -> collections.add(new ModelCollection(catalog, this, rows)));
            return collections;
        });
    }

    private List<ModelState.CollectionRows> named(ModelState all, List<String> names) {
        List<ModelState.CollectionRows> chosen = new ArrayList<>();
        for (String name : new LinkedHashSet<>(names)) {
            ModelState.CollectionRows rows = live(all).collections.get(name);
            if (rows == null) {
                throw new NotFoundException("No such collection " + name);
            }
            chosen.add(rows);
        }
        return chosen;
    }

    private List<ModelState.CollectionRows> everything(ModelState all) {
        return List.copyOf(live(all).collections.values());
    }

    @Override
    public void deleteCollection(String name) {
        catalog.locked(all -> {
            if (live(all).collections.remove(name) == null) {
                throw new NotFoundException("No such collection " + name);
            }
            return catalog.commit(all);
        });
    }

    @Override
    public void deleteEmptyCollection(String name) {
        catalog.locked(all -> {
            ModelState.CollectionRows found = live(all).collections.get(name);
            if (found != null && !found.rows.isEmpty()) {
                throw new ConflictException(
                        "collection \"" + name + "\": " + found.rows.size() + " datapoints (expected none)");
            }
            deleteCollection(name);
            return found;
        });
    }

    @Override
    public QueryResult query(Query query) {
        return catalog.locked(all -> catalog.query(all, query).result(schemas(all), everything(all)));
    }

    @Override
    public QueryResult query(Query query, List<String> collectionNames) {
        return catalog.locked(all -> catalog.query(all, query).result(schemas(all), named(all, collectionNames)));
    }

    @Override
    public long count(Query query) {
        return catalog.locked(all -> catalog.query(all, query).count(schemas(all), everything(all)));
    }

    @Override
    public long count(Query query, List<String> collectionNames) {
        return catalog.locked(all -> catalog.query(all, query).count(schemas(all), named(all, collectionNames)));
    }

    @Override
    public List<Aggregate> aggregate(Query query, List<Aggregation> wanted) {
        return catalog.locked(all -> catalog.query(all, query).aggregate(wanted, schemas(all), everything(all)));
    }

    @Override
    public List<Aggregate> aggregate(Query query, List<Aggregation> wanted, List<String> collectionNames) {
        return catalog.locked(
                all -> catalog.query(all, query).aggregate(wanted, schemas(all), named(all, collectionNames)));
    }

    private List<DatasetSchema> schemas(ModelState all) {
        return List.of(live(all).schema);
    }

    @Override
    public Optional<Datapoint> find(DatapointId id) {
        return catalog.locked(all -> everything(all).stream()
                .filter(rows -> rows.rows.containsKey(id))
                .map(rows -> rows.rows.get(id).stored())
                .findFirst());
    }

    @Override
    public List<Datapoint> findByKey(Object key) {
        return catalog.locked(all -> {
            List<ModelState.Row> found = new ArrayList<>();
            everything(all).forEach(rows -> ModelCollection.withKey(rows, key).ifPresent(found::add));
            found.sort(Comparator.comparing(ModelState.Row::id));
            if (everything(all).isEmpty()) {
                ModelCollection.keyOf(dataset.schema, key);
            }
            return found.stream().map(ModelState.Row::stored).toList();
        });
    }

    /** Returns the name of the key field, for messages. */
    static String keyName(DatasetSchema schema) {
        return schema.key().map(Field::name).orElse("");
    }
}
