package org.almagest.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.almagest.Capability;
import org.almagest.CatalogOptions;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.aggregate.AggregationScope;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.internal.batch.BatchArrays;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.Limits;
import org.almagest.model.TimeInterval;
import org.almagest.query.CoordinateSystem;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.SortOrder;
import org.almagest.query.TimeMatch;
import org.almagest.query.Truth;
import org.almagest.query.bound.BoundSort;
import org.almagest.query.bound.FilterScope;
import org.almagest.runtime.Deadline;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;

/** One query of a {@link ModelCatalog}: looks at every row. */
final class ModelQuery {
    private final Query query;
    private final CatalogOptions options;
    private final long version;
    private final @Nullable Map<ModelState.CollectionRows, ModelState.View> leased;

    /**
     * Prepares a query.
     *
     * @param leased what the version had, where a lease keeps it
     */
    ModelQuery(
            Query query,
            CatalogOptions options,
            long version,
            @Nullable Map<ModelState.CollectionRows, ModelState.View> leased) {
        this.query = query;
        this.options = options;
        this.version = version;
        this.leased = leased;
    }

    private ModelState.View view(ModelState.CollectionRows collection) {
        DatasetSchema schema = collection.dataset.schema;
        return leased == null
                ? new ModelState.View(collection.at(version), schema)
                : leased.getOrDefault(collection, new ModelState.View(new TreeMap<>(), schema));
    }

    QueryResult result(List<DatasetSchema> schemas, List<ModelState.CollectionRows> scope) {
        Deadline deadline = deadline();
        PlainPlace place = check(schemas);
        BoundSort.checkToken(query);
        long limit = query.limit().orElse(Long.MAX_VALUE - 1);
        PlainOrder order = new PlainOrder(query);
        List<Found> found = new ArrayList<>();
        for (ModelState.CollectionRows collection : scope) {
            ModelState.View view = view(collection);
            long taken = 0;
            for (ModelState.Row row : inIdOrder(view.rows()).values()) {
                deadline.check();
                PlainOrder.Place at = order.of(row.stored(), view.schema());
                if (isAfterToken(order, at) && matches(row, view.schema(), place)) {
                    found.add(new Found(collection, row, at));
                    taken++;
                    if (taken > limit && query.sort().isEmpty()) {
                        break; // one more than the page shows that there is a next one
                    }
                }
            }
        }
        found.sort(Comparator.comparing(Found::place, order));
        int rows = (int) Math.min(limit, found.size());
        List<ModelResult.Shown> page = found.subList(0, rows).stream()
                .map(one -> new ModelResult.Shown(projected(one), one.row().footprint()))
                .toList();
        PageToken next = 0 < rows && rows < found.size()
                ? order.token(found.get(rows - 1).place())
                : null;
        List<DatasetSchema> shown = new ArrayList<>(schemas);
        scope.forEach(collection -> shown.add(view(collection).schema()));
        BatchArrays.Shape shape = new BatchArrays.Shape(shown, query.selection().orElse(null), options.limits());
        return new ModelResult(page, next, version, deadline, shape);
    }

    private Deadline deadline() {
        Deadline deadline =
                Deadline.after(query.timeout(), options.seams().clock()).orWhen(query.cancellation());
        deadline.check();
        return deadline;
    }

    private record Found(ModelState.CollectionRows collection, ModelState.Row row, PlainOrder.Place place) {}

    private boolean isAfterToken(PlainOrder order, PlainOrder.Place place) {
        return query.pageToken()
                .map(token -> order.compare(place, order.of(token)) > 0)
                .orElse(true);
    }

    /** Returns rows by id; without those before the page where they come in this order. */
    private NavigableMap<DatapointId, ModelState.Row> inIdOrder(NavigableMap<DatapointId, ModelState.Row> rows) {
        NavigableMap<DatapointId, ModelState.Row> inOrder =
                query.order() == SortOrder.DESCENDING ? rows.descendingMap() : rows;
        return query.pageToken()
                .filter(token -> query.sort().isEmpty())
                .map(token -> inOrder.tailMap(token.after(), false))
                .orElse(inOrder);
    }

    long count(List<DatasetSchema> schemas, List<ModelState.CollectionRows> scope) {
        Deadline deadline = deadline();
        PlainPlace place = check(schemas);
        long count = 0;
        for (ModelState.CollectionRows collection : scope) {
            ModelState.View view = view(collection);
            for (ModelState.Row row : view.rows().values()) {
                deadline.check();
                count += matches(row, view.schema(), place) ? 1 : 0;
            }
        }
        return count;
    }

    List<Aggregate> aggregate(
            List<Aggregation> wanted, List<DatasetSchema> schemas, List<ModelState.CollectionRows> scope) {
        Deadline deadline = deadline();
        PlainPlace place = check(schemas);
        AggregationScope.check(wanted, schemas, options.limits());
        List<PlainAggregates.Matched> matched = new ArrayList<>();
        for (ModelState.CollectionRows collection : scope) {
            ModelState.View view = view(collection);
            view.rows().values().stream()
                    .peek(row -> deadline.check())
                    .filter(row -> matches(row, view.schema(), place))
                    .forEach(row -> matched.add(new PlainAggregates.Matched(row, view.schema())));
        }
        PlainAggregates aggregates = new PlainAggregates(matched, options.limits());
        List<Aggregate> answers =
                wanted.stream().map(one -> one.accept(aggregates)).toList();
        deadline.check();
        return answers;
    }

    /** Returns the ids of the rows that match, for deletion. */
    Set<DatapointId> matching(ModelState.CollectionRows collection) {
        DatasetSchema schema = collection.dataset.schema;
        PlainPlace place = check(List.of(schema));
        Deadline deadline = deadline();
        Set<DatapointId> ids = new LinkedHashSet<>();
        for (ModelState.Row row : collection.rows.values()) {
            deadline.check();
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

    private boolean matches(ModelState.Row row, DatasetSchema schema, @Nullable PlainPlace place) {
        boolean inTime = query.interval()
                .map(interval -> query.timeMatch() == TimeMatch.EXTENT
                        ? meets(interval, row.stored(), schema)
                        : contains(interval, row.stored()))
                .orElse(true);
        boolean inPlace = place == null || row.footprint() != null && place.matches(row.footprint());
        return inTime
                && inPlace
                && query.filter()
                                .map(filter -> new PlainFilter(schema, row.stored(), row.footprint()).test(filter))
                                .orElse(Truth.TRUE)
                        == Truth.TRUE;
    }

    private static boolean contains(TimeInterval interval, Datapoint row) {
        return interval.containsMillis(row.time().toEpochMilli());
    }

    private static boolean meets(TimeInterval interval, Datapoint row, DatasetSchema schema) {
        Optional<Instant> start = schema.extent()
                .flatMap(extent -> row.value(extent.startField()))
                .map(Instant.class::cast);
        Optional<Instant> end =
                schema.extent().flatMap(extent -> row.value(extent.endField())).map(Instant.class::cast);
        if (start.isEmpty() && end.isEmpty()) {
            return contains(interval, row);
        }
        Instant one = start.orElse(row.time());
        Instant other = end.orElse(row.time());
        return one.isBefore(other) ? interval.meets(one, other) : interval.meets(other, one);
    }

    private Datapoint projected(Found found) {
        return query.selection()
                .map(selection -> found.collection().projected(found.row(), selection))
                .orElse(found.row().stored());
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
        BoundSort.check(query.sort(), schemas, limits);
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
