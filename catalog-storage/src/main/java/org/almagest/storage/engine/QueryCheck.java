package org.almagest.storage.engine;

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
        List<DatasetSchema> schemas =
                datasets.stream().map(DatasetEntry::schema).toList();
        checkCapabilities(query);
        if (query.limit().isPresent()) {
            Limits.check("query: limit", "queryLimitMax", query.limit().getAsLong(), limits.queryLimitMax());
        }
        query.selection().ifPresent(selection -> checkSelection(selection, schemas, limits));
        BoundSort.check(query.sort(), schemas, limits);
        query.filter().ifPresent(filter -> FilterScope.check(filter, schemas, limits));
        if (query.spatial().isPresent() && schemas.stream().noneMatch(DatasetSchema::isSpatial)) {
            throw new InvalidRequestException("query: spatial", "no dataset in scope is spatio-temporal");
        }
    }

    static void check(List<Aggregation> wanted, List<DatasetEntry> datasets, Limits limits) {
        AggregationScope.check(
                wanted, datasets.stream().map(DatasetEntry::schema).toList(), limits);
    }

    private static void checkCapabilities(Query query) {
        boolean spherical = query.spatial()
                .filter(spatial -> spatial.coordinates() == CoordinateSystem.SPHERICAL)
                .isPresent();
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
