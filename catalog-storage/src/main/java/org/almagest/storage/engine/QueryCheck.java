package org.almagest.storage.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.almagest.aggregate.Aggregation;
import org.almagest.aggregate.AggregationScope;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.index.spherical.Spherical;
import org.almagest.model.Limits;
import org.almagest.query.CoordinateSystem;
import org.almagest.query.Query;
import org.almagest.query.SortOrder;
import org.almagest.query.bound.BoundSort;
import org.almagest.query.bound.FilterScope;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.metadata.DatasetEntry;

/** Refuses queries that are wrong in themselves, or that this engine cannot answer. */
final class QueryCheck {
    private static final Set<String> GENERATED =
            Set.of(DatasetSchema.TIME, DatasetSchema.ID, DatasetSchema.INGESTION_TIME);

    private QueryCheck() {}

    static void check(Query query, List<DatasetEntry> datasets, Limits limits) {
        // Every query comes here, so nothing that the first of a process would pay for: no streams, no lambdas.
        List<DatasetSchema> schemas = schemas(datasets);
        checkCapabilities(query);
        if (query.limit().isPresent()) {
            Limits.check("query: limit", "queryLimitMax", query.limit().getAsLong(), limits.queryLimitMax());
        }
        if (query.selection().isPresent()) {
            checkSelection(query.selection().get(), schemas, limits);
        }
        BoundSort.check(query.sort(), schemas, limits);
        if (query.filter().isPresent()) {
            FilterScope.check(query.filter().get(), schemas, limits);
        }
        if (query.spatial().isPresent() && !anyIsSpatial(schemas)) {
            throw new InvalidRequestException("query: spatial", "no dataset in scope is spatio-temporal");
        }
    }

    static void check(List<Aggregation> wanted, List<DatasetEntry> datasets, Limits limits) {
        AggregationScope.check(wanted, schemas(datasets), limits);
    }

    private static List<DatasetSchema> schemas(List<DatasetEntry> datasets) {
        List<DatasetSchema> schemas = new ArrayList<>(datasets.size());
        for (DatasetEntry dataset : datasets) {
            schemas.add(dataset.schema());
        }
        return schemas;
    }

    private static boolean anyIsSpatial(List<DatasetSchema> schemas) {
        for (DatasetSchema schema : schemas) {
            if (schema.isSpatial()) {
                return true;
            }
        }
        return false;
    }

    private static void checkCapabilities(Query query) {
        boolean spherical =
                query.spatial().isPresent() && query.spatial().get().coordinates() == CoordinateSystem.SPHERICAL;
        if (spherical && !Spherical.isAvailable()) {
            throw Spherical.missing().within("query: spatial");
        }
    }

    /** Refuses parts of a query that mean nothing to a delete. */
    static void checkDelete(Query query) {
        refuse("limit", query.limit().isPresent());
        refuse("page token", query.pageToken().isPresent());
        refuse("sort", !query.sort().isEmpty());
        refuse("order", query.order() == SortOrder.DESCENDING);
        refuse("select", query.selection().isPresent());
        refuse("version", query.version().isPresent());
    }

    private static void refuse(String part, boolean given) {
        if (given) {
            throw new InvalidRequestException("delete: " + part, "given (expected a query without one)");
        }
    }

    private static void checkSelection(Set<String> selection, List<DatasetSchema> schemas, Limits limits) {
        Limits.check("query: select", "selectFieldsMax", selection.size(), limits.selectFieldsMax());
        for (String field : selection) {
            boolean known = GENERATED.contains(field)
                    || schemas.stream()
                            .anyMatch(schema -> schema.field(field).isPresent()
                                    || (schema.isSpatial() && field.equals(DatasetSchema.GEOMETRY)));
            if (!known) {
                throw new InvalidRequestException(
                        "query: select: field " + Quoted.text(field), "no dataset in scope has it");
            }
        }
    }

    /** Returns the query without its page, as a count or an aggregation needs it. */
    static Query withoutPage(Query query) {
        Query.Builder whole = query.interval().map(Query::during).orElseGet(Query::allTime);
        whole.match(query.timeMatch());
        query.spatial().ifPresent(whole::spatial);
        query.filter().ifPresent(whole::where);
        query.timeout().ifPresent(whole::timeout);
        query.cancellation().ifPresent(whole::cancelledWhen);
        return whole.build();
    }
}
