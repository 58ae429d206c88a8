package org.almagest.io.stac.aggregation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.aggregate.Bucket;
import org.almagest.aggregate.CalendarUnit;
import org.almagest.error.LimitExceededException;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.JsonBody;
import org.almagest.io.stac.exchange.ByteSink;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.Problems;
import org.almagest.io.stac.exchange.StacBody;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.names.Visible;
import org.almagest.io.stac.page.Caching;
import org.almagest.io.stac.page.Documents;
import org.almagest.io.stac.page.VersionPins;
import org.almagest.io.stac.page.WorkClock;
import org.almagest.io.stac.request.SearchDocument;
import org.almagest.io.stac.request.SearchParameters;
import org.almagest.io.stac.request.SearchRequest;
import org.almagest.io.stac.route.Call;
import org.almagest.io.stac.route.Handler;
import org.almagest.io.stac.route.Link;
import org.almagest.io.stac.search.BoundaryMillis;
import org.almagest.io.stac.search.SearchPlan;
import org.almagest.io.stac.search.SearchServices;
import org.almagest.query.Query;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/** Counts what a search finds, in all and by time, place, collection and value. */
public final class AggregateHandler implements Handler {
    /** The parameters of this handler beside those of a search. */
    private static final Set<String> OWN = Set.of(
            Wanted.AGGREGATIONS,
            Wanted.INTERVAL,
            Wanted.ZONE,
            AggregationName.CENTROID_GRID + Wanted.PRECISION,
            AggregationName.GEOMETRY_GRID + Wanted.PRECISION);

    private static final Set<String> FOREIGN = Set.of("limit", "token", "fields", "sortby");
    private static final int BODY_DEPTH_MAX = 1_000;
    private static final int BUCKETS_DEFAULT = 1_000;

    /** Units that are chosen from, with the days of each. */
    private static final Map<CalendarUnit, Double> UNITS = Map.of(
            CalendarUnit.HOUR, 1 / 24.0, CalendarUnit.DAY, 1.0, CalendarUnit.MONTH, 30.4, CalendarUnit.YEAR, 365.2);

    private final SearchServices services;

    /** Aggregates what these search. */
    public AggregateHandler(SearchServices services) {
        this.services = services;
    }

    /** What a request asks. */
    private record Asked(SearchRequest search, Wanted wanted) {}

    @Override
    public StacResponse handle(Call call) {
        Visible visible = services.index().visibleTo(call.caller());
        Optional<Place> collection =
                Optional.ofNullable(call.path().get("collectionId")).map(visible::require);
        String mediaType = call.represented(List.of(MediaType.JSON));
        Asked asked = call.request().method() == StacMethod.POST ? posted(call) : given(call);
        SearchRequest request = collection
                .map(place -> asked.search.within(List.of(place.stacId(), place.fullForm())))
                .orElse(asked.search);
        SearchPlan plan = SearchPlan.of(request, visible, services.catalog());
        ByteSink out = new ByteSink();
        out.ascii("{\"type\":\"AggregationCollection\",\"aggregations\":[");
        try (VersionPins.Use use = services.pins().newest()) {
            OptionalLong version = use.isPinned() ? OptionalLong.of(use.version()) : OptionalLong.empty();
            WorkClock work = new WorkClock(
                    services.bounds().queryMillisMax(), call.request().cancellation());
            work.run(() -> new Counting(plan, asked.wanted, version, work).answers())
                    .appendTo(out);
        } catch (LimitExceededException e) {
            throw new ProblemException(Problems.of(e, Wanted.AGGREGATIONS));
        }
        out.ascii("],\"links\":");
        Link.append(List.of(call.links().root(), call.links().self(call, mediaType)), out);
        byte[] bytes = out.put('}').toByteArray();
        return call.request().method() == StacMethod.POST
                ? StacResponse.of(200, mediaType, StacBody.of(bytes)).with("cache-control", Caching.NEVER)
                : Documents.answer(call.request(), mediaType, bytes, Caching.REVALIDATE);
    }

    private Asked given(Call call) {
        SearchRequest search = new SearchParameters(services.bounds(), services.limits()).read(call.parameters()::text);
        return new Asked(search, Wanted.of(call.parameters()::text));
    }

    private Asked posted(Call call) {
        call.contentType();
        JsonObject body = JsonBody.object(
                call.request().body(), services.bounds().searchBodyBytesMax(), "searchBodyBytesMax", BODY_DEPTH_MAX);
        for (String name : FOREIGN) {
            if (body.member(name) != null) {
                throw ProblemException.invalid("/" + name, "no member of an aggregation");
            }
        }
        SearchRequest search = new SearchDocument(services.bounds(), services.limits(), OWN).read(body);
        return new Asked(search, Wanted.of(name -> text(name, body.member(name))));
    }

    private static Optional<String> text(String name, @Nullable JsonValue value) {
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof JsonArray array && name.equals(Wanted.AGGREGATIONS)) {
            List<String> names = new ArrayList<>();
            array.elements().forEach(element -> names.add(plain(element)));
            return names.isEmpty() ? Optional.empty() : Optional.of(String.join(",", names));
        }
        return Optional.of(plain(value));
    }

    private static String plain(JsonValue value) {
        return value instanceof JsonString text ? text.value() : CanonicalJson.text(value);
    }

    /** The aggregations of a request, each with its answer. */
    private record Answers(List<AggregationName> names, List<Aggregate> answers) {
        void appendTo(ByteSink out) {
            for (int i = 0; i < names.size(); i++) {
                AggregationText.append(names.get(i), answers.get(i), i == 0 ? out : out.put(','));
            }
        }
    }

    /** The answer to one request while it is made; all that is asked for it is bounded by one clock. */
    private final class Counting {
        private final SearchPlan plan;
        private final Wanted wanted;
        private final OptionalLong version;
        private final WorkClock work;

        Counting(SearchPlan plan, Wanted wanted, OptionalLong version, WorkClock work) {
            this.plan = plan;
            this.wanted = wanted;
            this.version = version;
            this.work = work;
        }

        Answers answers() {
            Optional<Query> query = plan.isEmpty() ? Optional.empty() : Optional.of(query());
            CalendarUnit unit = wanted.unit().orElseGet(() -> chosen(query));
            List<AggregationName> names = wanted.names().stream()
                    .map(name -> AggregationName.of(name, wanted, unit, plan.properties()))
                    .toList();
            if (query.isEmpty()) {
                return new Answers(names, names.stream().map(this::nothing).toList());
            }
            List<Aggregation> engine =
                    names.stream().map(AggregationName::engine).toList();
            List<Aggregate> found = new ArrayList<>(services.catalog().aggregate(query.get(), engine, plan.scope()));
            int byCollection = wanted.names().indexOf(AggregationName.COLLECTIONS);
            if (byCollection >= 0) {
                found.set(byCollection, named((Aggregate.Buckets) found.get(byCollection)));
            }
            return new Answers(names, found);
        }

        private Aggregate nothing(AggregationName name) {
            return switch (name.form()) {
                case COUNT -> new Aggregate.Total(0);
                case LOWEST, HIGHEST -> Aggregate.Extremes.none();
                case BUCKETS -> new Aggregate.Buckets(List.of());
            };
        }

        private Query query() {
            Query.Builder query =
                    BoundaryMillis.of(plan, services.catalog(), version, work).apply(plan.query());
            version.ifPresent(query::version);
            return query.cancelledWhen(work).build();
        }

        /** The shortest unit that makes no more than a thousand buckets of what there is. */
        private CalendarUnit chosen(Optional<Query> query) {
            if (query.isEmpty() || !wanted.names().contains(AggregationName.TIMES)) {
                return CalendarUnit.DAY;
            }
            List<Aggregation> range = List.of(Aggregation.range(DatasetSchema.TIME));
            Aggregate.Extremes times = (Aggregate.Extremes) services.catalog()
                    .aggregate(query.get(), range, plan.scope())
                    .get(0);
            double days = times.min()
                    .flatMap(first -> times.max().map(last -> days((Instant) first, (Instant) last)))
                    .orElse(0.0);
            for (CalendarUnit unit : List.of(CalendarUnit.HOUR, CalendarUnit.DAY, CalendarUnit.MONTH)) {
                if (days / UNITS.getOrDefault(unit, 1.0) < BUCKETS_DEFAULT - 1) {
                    return unit;
                }
            }
            return CalendarUnit.YEAR;
        }

        private static double days(Instant first, Instant last) {
            return ChronoUnit.MINUTES.between(first, last) / (24.0 * 60);
        }

        /** Returns the counts by collection with the ids that clients know. */
        private Aggregate named(Aggregate.Buckets counted) {
            Map<Object, String> ids = new HashMap<>();
            plan.places().forEach(place -> ids.put(place.collectionId(), place.stacId()));
            List<Bucket> buckets = new ArrayList<>();
            for (Bucket bucket : counted.buckets()) {
                String id = ids.get(bucket.value());
                if (id != null) {
                    buckets.add(new Bucket(id, id, bucket.count()));
                }
            }
            return new Aggregate.Buckets(buckets);
        }
    }
}
