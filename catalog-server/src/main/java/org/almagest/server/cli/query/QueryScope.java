package org.almagest.server.cli.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.almagest.Catalog;
import org.almagest.Dataset;
import org.almagest.error.NotFoundException;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;

/** The collections that a query is asked of. */
final class QueryScope {
    private final Catalog catalog;
    private final boolean everything;
    private final Map<Dataset, List<String>> chosen = new LinkedHashMap<>();

    private QueryScope(Catalog catalog, boolean everything) {
        this.catalog = catalog;
        this.everything = everything;
    }

    /**
     * Returns the collections of these names in the datasets of these names.
     *
     * @param slugs names of datasets; none means all
     * @param collections names of collections; none means all; a dataset need not have each, but one must
     */
    static QueryScope of(Catalog catalog, List<String> slugs, List<String> collections) {
        int all = catalog.datasets().size();
        boolean everything = collections.isEmpty() && (slugs.isEmpty() || new HashSet<>(slugs).size() == all);
        QueryScope scope = new QueryScope(catalog, everything && all != 1);
        List<Dataset> datasets = slugs.isEmpty()
                ? catalog.datasets()
                : new LinkedHashSet<>(slugs).stream().map(catalog::dataset).toList();
        Set<String> unknown = new LinkedHashSet<>(collections);
        for (Dataset dataset : datasets) {
            List<String> names = new ArrayList<>();
            for (String name : new LinkedHashSet<>(collections)) {
                if (dataset.findCollection(name).isPresent()) {
                    names.add(name);
                    unknown.remove(name);
                }
            }
            if (collections.isEmpty() || !names.isEmpty()) {
                scope.chosen.put(dataset, names);
            }
        }
        if (!unknown.isEmpty()) {
            throw new NotFoundException(
                    "No such collection " + unknown.iterator().next());
        }
        return scope;
    }

    /** Returns the datapoints that match, in the order of the query. */
    QueryResult query(Query query) {
        if (everything) {
            return catalog.query(query);
        }
        List<QueryResult> parts = new ArrayList<>();
        try {
            chosen.forEach((dataset, names) ->
                    parts.add(names.isEmpty() ? dataset.query(query) : dataset.query(query, names)));
        } catch (RuntimeException e) {
            parts.forEach(QueryResult::close);
            throw e;
        }
        return parts.size() == 1 ? parts.get(0) : new MergedResult(query, parts);
    }

    /** Returns how many datapoints match. */
    long count(Query query) {
        if (everything && query.filter().isPresent()) {
            return countOneByOne(query);
        }
        long count = 0;
        for (Map.Entry<Dataset, List<String>> entry : chosen.entrySet()) {
            Dataset dataset = entry.getKey();
            count += entry.getValue().isEmpty() ? dataset.count(query) : dataset.count(query, entry.getValue());
        }
        return count;
    }

    /** A dataset alone refuses a filter on a field that only another one has; the catalog as a whole does not. */
    private long countOneByOne(Query query) {
        Query.Builder ids = query.interval().map(Query::during).orElseGet(Query::allTime);
        query.spatial().ifPresent(ids::spatial);
        query.filter().ifPresent(ids::where);
        long count = 0;
        try (QueryResult rows = catalog.query(ids.skipData().build())) {
            for (Object ignored : rows) {
                count++;
            }
        }
        return count;
    }

    /** Returns the fields that results can have, by name, in the order in which they are shown. */
    Map<String, Field> columns(Query query) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (Dataset dataset : chosen.keySet()) {
            DatasetSchema schema = dataset.schema();
            if (schema.isSpatial()) {
                fields.putIfAbsent(DatasetSchema.GEOMETRY, Field.geometry(DatasetSchema.GEOMETRY));
            }
            schema.fields().forEach(field -> fields.putIfAbsent(field.name(), field));
        }
        query.selection().ifPresent(selection -> fields.keySet().retainAll(selection));
        return fields;
    }
}
