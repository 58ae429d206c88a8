package org.almagest.io.stac.collection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.almagest.error.CancelledException;
import org.almagest.error.CatalogException;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.Problems;
import org.almagest.io.stac.exchange.StacLimits;
import org.almagest.io.stac.item.FieldPaths;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.request.BoxText;
import org.almagest.io.stac.request.CollectionTerms;
import org.almagest.io.stac.request.FilterRewrite;
import org.almagest.io.stac.request.LimitText;
import org.almagest.io.stac.request.SearchParameters;
import org.almagest.io.stac.request.SearchRequest;
import org.almagest.io.stac.request.SortTerm;
import org.almagest.io.stac.request.StacProperties;
import org.almagest.io.stac.route.Parameters;
import org.almagest.model.BoundingBox;
import org.almagest.model.Limits;
import org.almagest.query.SortKey;
import org.almagest.query.bound.BoundFilter;
import org.almagest.query.bound.BoundSort;
import org.jspecify.annotations.Nullable;

/** Which collections a request asks for, in which order, with which members, and how many at a time. Immutable. */
final class CollectionSearch {
    private static final JsonLimits OWN = JsonLimits.of(Long.MAX_VALUE, 10_000);
    private static final StacProperties PROPERTIES = new StacProperties(List.of(CollectionFields.SCHEMA));

    private final SearchRequest request;
    private final Optional<FreeText> words;
    private final Optional<BoundingBox> box;
    private final List<SortKey> sort;
    private final Predicate<CollectionView> filter;
    private final FieldPaths kept;
    private final long limit;

    private CollectionSearch(Parameters parameters, StacLimits limits) {
        request = new SearchParameters(limits, Limits.defaults()).read(parameters::text);
        words = parameters.read("q", FreeText::parse);
        box = parameters.read("bbox", BoxText::parse);
        sort = keys(request.sort());
        filter = filter(request);
        kept = FieldPaths.of(request.fields().include(), request.fields().exclude());
        limit = limit(parameters, limits.collectionsDefault(), limits);
    }

    /**
     * Reads a search.
     *
     * @throws ProblemException if a parameter is wrong; names it
     */
    static CollectionSearch of(Parameters parameters, StacLimits limits) {
        return new CollectionSearch(parameters, limits);
    }

    /** Returns the limit of a page; more than a page may have is answered with as many as it may have. */
    static long limit(Parameters parameters, long unlessGiven, StacLimits limits) {
        return parameters
                .read("limit", text -> Math.min(LimitText.parse(text, limits.limitMax()), limits.collectionsMax()))
                .orElse(unlessGiven);
    }

    private static List<SortKey> keys(List<SortTerm> terms) {
        List<SortKey> keys = new ArrayList<>();
        try {
            for (SortTerm term : terms) {
                String name = term.property().equals(StacProperties.DATETIME) ? "start_datetime" : term.property();
                keys.add(new SortKey(PROPERTIES.property(name).name(), term.order()));
            }
            BoundSort.check(keys, List.of(CollectionFields.SCHEMA), Limits.defaults());
        } catch (CatalogException e) {
            throw new ProblemException(Problems.of(e, "sortby"));
        }
        return keys;
    }

    private static Predicate<CollectionView> filter(SearchRequest request) {
        if (request.filter().isEmpty()) {
            return view -> true;
        }
        try {
            FilterRewrite rewrite = new FilterRewrite(PROPERTIES, new CollectionTerms(List.of()));
            BoundFilter bound = BoundFilter.bind(rewrite.of(request.filter().get()), CollectionFields.SCHEMA);
            return view -> bound.matches(new CollectionFields(view));
        } catch (CatalogException e) {
            throw new ProblemException(Problems.of(e, "filter"));
        }
    }

    long limit() {
        return limit;
    }

    /** Tells whether they come in another order than by id. */
    boolean isSorted() {
        return !sort.isEmpty();
    }

    private boolean isAll() {
        return box.isEmpty()
                && words.isEmpty()
                && request.interval().isEmpty()
                && request.filter().isEmpty()
                && sort.isEmpty();
    }

    /**
     * Returns those of the collections that are asked for, in the order that is asked for, else by id.
     *
     * <p>Nothing is looked at where all are asked for; else one after the other, none of which is held.
     *
     * @param look looks at a collection; empty where it has gone
     * @param over tells when to give up
     */
    List<Place> in(List<Place> all, Function<Place, Optional<CollectionView>> look, BooleanSupplier over) {
        if (isAll()) {
            return all;
        }
        List<Row> rows = new ArrayList<>();
        BoundSort values = BoundSort.bind(sort, CollectionFields.SCHEMA);
        for (Place place : all) {
            if (over.getAsBoolean()) {
                throw new CancelledException("collections: given up after " + rows.size());
            }
            look.apply(place)
                    .filter(this::matches)
                    .ifPresent(view -> rows.add(new Row(place, values.values(new CollectionFields(view)))));
        }
        Comparator<@Nullable Object[]> order = BoundSort.order(sort);
        if (isSorted()) {
            rows.sort((left, right) -> order.compare(left.values, right.values)); // stable: then by id
        }
        return rows.stream().map(Row::place).toList();
    }

    private boolean matches(CollectionView view) {
        boolean placed = box.isEmpty()
                || view.extent().around().filter(box.get()::intersects).isPresent();
        boolean timed = request.interval()
                .map(interval -> CollectionFields.meets(view, interval.start(), interval.end()))
                .orElse(true);
        return placed && timed && words.map(text -> text.matches(view)).orElse(true) && filter.test(view);
    }

    @SuppressWarnings("ArrayRecordComponent") // only held while sorting, never compared
    private record Row(Place place, @Nullable Object[] values) {}

    /** Appends a collection with the members that are wanted. */
    void append(CollectionView view, CollectionText text, ByteSink out) {
        if (kept.isAll()) {
            text.append(view, out);
            return;
        }
        ByteSink whole = new ByteSink();
        text.append(view, whole);
        JsonValue cut = kept.cut(JsonReader.read(whole.toString(), OWN));
        out.utf8(cut == null ? "{}" : CanonicalJson.text(cut));
    }
}
