package org.almagest.io.stac.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almagest.Catalog;
import org.almagest.Dataset;
import org.almagest.error.CatalogException;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.Problems;
import org.almagest.io.stac.names.ItemKeys;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.names.Visible;
import org.almagest.io.stac.request.CollectionTerms;
import org.almagest.io.stac.request.FilterRewrite;
import org.almagest.io.stac.request.FineTime;
import org.almagest.io.stac.request.SearchRequest;
import org.almagest.io.stac.request.StacProperties;
import org.almagest.model.TimeInterval;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.Query;
import org.almagest.query.QueryScope;
import org.almagest.query.TimeMatch;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;

/** A search as the engine is asked it. Immutable. */
public final class SearchPlan {
    private final SearchRequest request;
    private final List<Place> places;
    private final Map<String, DatasetSchema> schemas;
    private final Optional<QueryScope> scope;
    private final StacProperties properties;
    private final Optional<Filter> filter;

    private SearchPlan(SearchRequest request, List<Place> places, Map<String, DatasetSchema> schemas, Visible visible) {
        this.request = request;
        this.places = places;
        this.schemas = schemas;
        this.properties = new StacProperties(List.copyOf(schemas.values()));
        boolean nowhere =
                request.area().isPresent() && schemas.values().stream().noneMatch(DatasetSchema::isSpatial);
        this.scope = schemas.isEmpty() || nowhere ? Optional.empty() : scope(request, places, visible);
        this.filter = scope.isEmpty() ? Optional.empty() : filter();
    }

    /**
     * Returns the plan of a search over what a caller sees.
     *
     * <p>Cost: grows with the collections that are asked, and with the datasets they belong to.
     *
     * @throws ProblemException if the search names a property that none of them has
     */
    public static SearchPlan of(SearchRequest request, Visible visible, Catalog catalog) {
        List<Place> places = new ArrayList<>(request.collections()
                .map(ids -> ids.stream()
                        .map(visible::place)
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList())
                .orElseGet(visible::all));
        Map<String, DatasetSchema> schemas = new LinkedHashMap<>();
        for (Place place : places) {
            if (!schemas.containsKey(place.slug())) {
                Optional<Dataset> dataset = catalog.findDataset(place.slug());
                dataset.ifPresent(found -> schemas.put(place.slug(), found.schema()));
            }
        }
        places.removeIf(place -> !schemas.containsKey(place.slug())); // deleted since the look
        return new SearchPlan(request, places, schemas, visible);
    }

    private static Optional<QueryScope> scope(SearchRequest request, List<Place> places, Visible visible) {
        boolean everything = request.collections().isEmpty()
                && places.size() == visible.ids().all().size();
        return everything
                ? visible.scope()
                : visible.scope(places.stream().map(Place::stacId).toList());
    }

    /** Tells whether nothing can match, so that the engine need not be asked. */
    public boolean isEmpty() {
        return scope.isEmpty();
    }

    /**
     * Returns the collections that the engine is asked.
     *
     * @throws IllegalStateException if nothing can match
     */
    public QueryScope scope() {
        return scope.orElseThrow(() -> new IllegalStateException("search: nothing in scope"));
    }

    /** Returns the collections that are searched. */
    public List<Place> places() {
        return places;
    }

    /** Returns the schemas of their datasets. */
    public List<DatasetSchema> schemas() {
        return properties.schemas();
    }

    /** Returns the schema of the dataset that a collection is in. */
    public Optional<DatasetSchema> schema(Place place) {
        return Optional.ofNullable(schemas.get(place.slug()));
    }

    /** Returns what the names that clients use mean in this search. */
    public StacProperties properties() {
        return properties;
    }

    /**
     * Returns the conditions as a query, without order, limit, page and version.
     *
     * <p>The interval is compared at milliseconds; {@link BoundaryMillis} says what is missing then.
     */
    public Query.Builder query() {
        Query.Builder query = request.interval()
                .map(interval -> Query.during(interval).match(TimeMatch.EXTENT))
                .orElseGet(Query::allTime);
        request.area().ifPresent(query::spatial);
        filter.ifPresent(query::where);
        return query;
    }

    /** Returns the interval that is searched. */
    Optional<TimeInterval> interval() {
        return request.interval();
    }

    private Optional<Filter> filter() {
        List<Filter> terms = new ArrayList<>();
        request.filter().ifPresent(given -> {
            try {
                terms.add(new FilterRewrite(properties, new CollectionTerms(places)).of(given));
            } catch (CatalogException e) {
                throw new ProblemException(Problems.of(e, "filter"));
            }
        });
        request.ids().ifPresent(ids -> terms.add(oneOf(ids)));
        return terms.isEmpty() ? Optional.empty() : Optional.of(new Filter.And(terms));
    }

    /** A text that is no key of a dataset cannot match there. */
    private Filter oneOf(List<String> ids) {
        Set<Expression> keys = new LinkedHashSet<>();
        Set<Expression> own = new LinkedHashSet<>();
        Map<Optional<TypeKind>, ItemKeys> kinds = new LinkedHashMap<>();
        for (DatasetSchema schema : schemas.values()) {
            kinds.putIfAbsent(schema.key().map(Field::kind), ItemKeys.of(schema));
        }
        for (ItemKeys texts : kinds.values()) {
            for (String id : ids) {
                texts.key(id).ifPresent(key -> keys.add(Literal.of(key)));
                texts.datapointId(id).ifPresent(found -> own.add(Literal.of(found)));
            }
        }
        List<Filter> terms = new ArrayList<>();
        if (!keys.isEmpty()) {
            terms.add(new Filter.In(Property.KEY, List.copyOf(keys)));
        }
        if (!own.isEmpty()) {
            Filter unkeyed = new Filter.In(new Property(DatasetSchema.ID), List.copyOf(own));
            boolean mixed = kinds.size() > 1; // the id of the datapoint is no id of an item that has a key
            terms.add(mixed ? new Filter.And(List.of(new Filter.IsNull(Property.KEY), unkeyed)) : unkeyed);
        }
        return terms.size() == 1 ? terms.get(0) : new Filter.Or(terms);
    }

    /** Returns the query with its interval exact below the millisecond; see {@link FineTime#within}. */
    static Query.Builder exactly(Query.Builder query, TimeInterval interval, StacProperties properties) {
        return query.where(FineTime.within(interval.start(), interval.end(), properties));
    }
}
