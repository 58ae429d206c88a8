package org.almagest.testing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import org.almagest.Capability;
import org.almagest.CatalogOptions;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.Limits;
import org.almagest.query.CoordinateSystem;
import org.almagest.query.FilterScope;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.SortOrder;
import org.almagest.query.TimeMatch;
import org.almagest.query.Truth;
import org.almagest.runtime.Deadline;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;

/** One query of a {@link ModelCatalog}: looks at every row. */
final class ModelQuery {
    private final Query query;
    private final CatalogOptions options;
    private final long version;

    ModelQuery(Query query, CatalogOptions options, long version) {
        this.query = query;
        this.options = options;
        this.version = version;
    }

    QueryResult result(List<DatasetSchema> schemas, List<ModelState.CollectionRows> scope) {
        Deadline deadline = Deadline.after(query.timeout(), options.seams().clock());
        PlainPlace place = check(schemas);
        long limit = query.limit().orElse(Long.MAX_VALUE - 1);
        List<ModelState.Row> found = new ArrayList<>();
        for (ModelState.CollectionRows collection : scope) {
            long taken = 0;
            for (ModelState.Row row : afterToken(collection.at(version)).values()) {
                if (matches(row, collection.dataset.schema, place)) {
                    found.add(row);
                    taken++;
                    if (taken > limit) {
                        break; // one more than the page shows that there is a next one
                    }
                }
            }
        }
        Comparator<ModelState.Row> order = Comparator.comparing(ModelState.Row::id);
        found.sort(isDescending() ? order.reversed() : order);
        int rows = (int) Math.min(limit, found.size());
        List<Datapoint> page =
                found.subList(0, rows).stream().map(this::projected).toList();
        return new ModelResult(page, rows < found.size(), version, deadline);
    }

    long count(List<DatasetSchema> schemas, List<ModelState.CollectionRows> scope) {
        PlainPlace place = check(schemas);
        long count = 0;
        for (ModelState.CollectionRows collection : scope) {
            for (ModelState.Row row : collection.at(version).values()) {
                count += matches(row, collection.dataset.schema, place) ? 1 : 0;
            }
        }
        return count;
    }

    /** Returns the ids of the rows that match, for deletion. */
    Set<DatapointId> matching(ModelState.CollectionRows collection) {
        DatasetSchema schema = collection.dataset.schema;
        PlainPlace place = check(List.of(schema));
        Set<DatapointId> ids = new LinkedHashSet<>();
        for (ModelState.Row row : collection.rows.values()) {
            if (matches(row, schema, place)) {
                ids.add(row.id());
            }
        }
        return ids;
    }

    /** Refuses what says how an answer looks, and not which rows match. */
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

    private boolean isDescending() {
        return query.order() == SortOrder.DESCENDING;
    }

    private NavigableMap<DatapointId, ModelState.Row> afterToken(NavigableMap<DatapointId, ModelState.Row> rows) {
        NavigableMap<DatapointId, ModelState.Row> inOrder = isDescending() ? rows.descendingMap() : rows;
        return query.pageToken()
                .map(token -> inOrder.tailMap(token.after(), false))
                .orElse(inOrder);
    }

    private boolean matches(ModelState.Row row, DatasetSchema schema, @Nullable PlainPlace place) {
        long millis = row.stored().time().toEpochMilli();
        boolean inTime = query.interval()
                .map(interval -> interval.containsMillis(millis))
                .orElse(true);
        boolean inPlace = place == null || row.footprint() != null && place.matches(row.footprint());
        return inTime
                && inPlace
                && query.filter()
                                .map(filter -> new PlainFilter(schema, row.stored()).test(filter))
                                .orElse(Truth.TRUE)
                        == Truth.TRUE;
    }

    private Datapoint projected(ModelState.Row row) {
        if (query.selection().isEmpty()) {
            return row.stored();
        }
        Set<String> selection = query.selection().get();
        Datapoint.Builder projected = Datapoint.at(row.stored().time())
                .stored(row.id(), row.stored().ingestionTime().orElseThrow());
        row.stored().values().forEach((name, value) -> projected.set(name, selection.contains(name) ? value : null));
        if (selection.contains(DatasetSchema.GEOMETRY)) {
            projected.geometry(row.stored().geometry().orElse(null));
        }
        return projected.build();
    }

    /** Refuses what makes no sense in this scope; returns the spatial filter, if there is one. */
    private @Nullable PlainPlace check(List<DatasetSchema> schemas) {
        checkDeclared();
        Limits limits = options.limits();
        query.limit().ifPresent(rows -> Limits.check("query: limit", "queryLimitMax", rows, limits.queryLimitMax()));
        query.selection().ifPresent(fields -> {
            Limits.check("query: select", "selectFieldsMax", fields.size(), limits.selectFieldsMax());
            checkSelected(fields, schemas);
        });
        query.filter().ifPresent(filter -> FilterScope.check(filter, schemas, limits));
        if (query.spatial().isEmpty()) {
            return null;
        }
        if (schemas.stream().noneMatch(DatasetSchema::isSpatial)) {
            throw new InvalidRequestException("query: spatial", "no dataset in scope is spatio-temporal");
        }
        return PlainPlace.of(query.spatial().get(), limits);
    }

    private void checkDeclared() {
        if (!query.sort().isEmpty()) {
            throw ModelCatalog.undeclared("query: sort", Capability.SORT);
        }
        if (query.timeMatch() == TimeMatch.EXTENT) {
            throw ModelCatalog.undeclared("query: time match", Capability.EXTENT);
        }
        if (query.spatial()
                .filter(condition -> condition.coordinates() == CoordinateSystem.SPHERICAL)
                .isPresent()) {
            throw ModelCatalog.undeclared("query: spatial", Capability.SPHERICAL);
        }
    }

    private static void checkSelected(Set<String> selection, List<DatasetSchema> schemas) {
        Set<String> known = new HashSet<>(Set.of(DatasetSchema.TIME, DatasetSchema.ID, DatasetSchema.INGESTION_TIME));
        for (DatasetSchema schema : schemas) {
            schema.fields().stream().map(Field::name).forEach(known::add);
            if (schema.isSpatial()) {
                known.add(DatasetSchema.GEOMETRY);
            }
        }
        for (String name : selection) {
            if (!known.contains(name)) {
                throw new InvalidRequestException(
                        "query: select: field " + Quoted.text(name), "no dataset in scope has it");
            }
        }
    }
}
