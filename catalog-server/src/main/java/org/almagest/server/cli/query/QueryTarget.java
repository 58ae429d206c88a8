package org.almagest.server.cli.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.almagest.Catalog;
import org.almagest.Dataset;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.error.NotFoundException;
import org.almagest.explain.Explanation;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.QueryScope;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;

/**
 * What a query is asked of.
 *
 * @param catalog the store
 * @param scope the collections
 * @param datasets the datasets of these
 */
record QueryTarget(Catalog catalog, QueryScope scope, List<Dataset> datasets) {
    /**
     * Returns the collections of these names in the datasets of these names.
     *
     * @param slugs names of datasets; none means all
     * @param collections names of collections; none means all; a dataset need not have each, but one must
     */
    static QueryTarget of(Catalog catalog, List<String> slugs, List<String> collections) {
        List<Dataset> datasets = slugs.isEmpty()
                ? catalog.datasets()
                : new LinkedHashSet<>(slugs).stream().map(catalog::dataset).toList();
        if (collections.isEmpty()) {
            return new QueryTarget(catalog, slugs.isEmpty() ? QueryScope.all() : QueryScope.datasets(slugs), datasets);
        }
        List<Dataset> having = new ArrayList<>();
        Set<String> unknown = new LinkedHashSet<>(collections);
        QueryScope scope = QueryScope.all();
        for (Dataset dataset : datasets) {
            List<String> names = new ArrayList<>(new LinkedHashSet<>(collections));
            names.removeIf(name -> dataset.findCollection(name).isEmpty());
            if (!names.isEmpty()) {
                names.forEach(unknown::remove);
                QueryScope some = QueryScope.collections(dataset.slug(), names);
                scope = having.isEmpty() ? some : scope.and(some);
                having.add(dataset);
            }
        }
        if (!unknown.isEmpty()) {
            throw new NotFoundException(
                    "No such collection " + unknown.iterator().next());
        }
        return new QueryTarget(catalog, scope, having);
    }

    /** Returns the datapoints that match, in the order of the query. */
    QueryResult query(Query query) {
        return catalog.query(query, scope);
    }

    /** Returns how many datapoints match. */
    long count(Query query) {
        return catalog.count(query, scope);
    }

    /** Runs a query and tells how it was answered. */
    Explanation explain(Query query) {
        return catalog.explain(query, scope);
    }

    /** Answers an aggregation and tells how. */
    Explanation explain(Query query, Aggregation wanted) {
        return catalog.explain(query, List.of(wanted), scope);
    }

    /** Returns the answer to one aggregation of the datapoints that match. */
    Aggregate aggregate(Query query, Aggregation wanted) {
        return catalog.aggregate(query, List.of(wanted), scope).get(0);
    }

    /** Tells whether one of the datasets declares a time extent. */
    boolean hasExtent() {
        return datasets.stream().anyMatch(dataset -> dataset.schema().extent().isPresent());
    }

    /** Returns the fields that results can have, by name, in the order in which they are shown. */
    Map<String, Field> columns(Query query) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (Dataset dataset : datasets) {
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
