package org.almagest.io.stac.collection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.almagest.Collection;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.error.DeadlineExceededException;
import org.almagest.error.LimitExceededException;
import org.almagest.io.JsonText;
import org.almagest.io.stac.names.PropertyNames;
import org.almagest.query.Query;
import org.almagest.runtime.Stopwatch;
import org.almagest.schema.Field;

/** What values the items of a collection have, of some well-known properties. */
final class Summaries {
    private static final Set<String> RANGES = Set.of(
            "gsd",
            "eo:cloud_cover",
            "eo:snow_cover",
            "view:off_nadir",
            "view:sun_azimuth",
            "view:sun_elevation",
            "sat:absolute_orbit");

    private static final Set<String> VALUES = Set.of(
            "platform",
            "constellation",
            "mission",
            "proj:epsg",
            "proj:code",
            "sat:orbit_state",
            "sat:relative_orbit",
            "sar:instrument_mode",
            "processing:level",
            "grid:code",
            "naip:state",
            "naip:year");

    private static final int VALUES_MAX = 32;
    private static final int TEXT_MAX = 1 << 13;
    private static final int AT_ONCE = 16;

    private Summaries() {}

    /**
     * Returns the summaries of a collection by name of the property, as JSON.
     *
     * @param end the nanoseconds at which to give up
     * @return empty where they were not found until then
     */
    static Optional<Map<String, String>> of(Collection collection, long end) {
        List<Aggregation> wanted = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Field field : collection.dataset().schema().fields()) {
            String name = PropertyNames.of(field);
            boolean usable = PropertyNames.isNamed(field) && PropertyNames.isOrdered(field) && field.isQueryable();
            if (usable && (RANGES.contains(name) || VALUES.contains(name))) {
                names.add(name);
                wanted.add(
                        RANGES.contains(name) ? Aggregation.range(field.name()) : Aggregation.distinct(field.name()));
            }
        }
        Map<String, String> summaries = new TreeMap<>();
        try {
            for (int from = 0; from < wanted.size(); from += AT_ONCE) {
                int to = Math.min(wanted.size(), from + AT_ONCE);
                List<Aggregate> answers = answers(collection, end, wanted.subList(from, to));
                for (int i = from; i < to; i++) {
                    String name = names.get(i);
                    text(answers.get(i - from))
                            .filter(text -> text.length() <= TEXT_MAX)
                            .ifPresent(text -> summaries.put(name, text));
                }
            }
        } catch (DeadlineExceededException e) {
            return Optional.empty();
        }
        return Optional.of(summaries);
    }

    /** Asks for all at once, and for halves where one of them has more values than the engine counts. */
    private static List<Aggregate> answers(Collection collection, long end, List<Aggregation> wanted) {
        long left = end - Stopwatch.nanos();
        if (left <= 0) {
            throw new DeadlineExceededException("summaries: the time for one collection is used up");
        }
        Query query = Query.allTime().timeout(Duration.ofNanos(left)).build();
        try {
            return collection.aggregate(query, wanted);
        } catch (LimitExceededException e) {
            if (wanted.size() == 1) {
                return List.of(Aggregate.Extremes.none());
            }
            int half = wanted.size() / 2;
            List<Aggregate> answers = new ArrayList<>(answers(collection, end, wanted.subList(0, half)));
            answers.addAll(answers(collection, end, wanted.subList(half, wanted.size())));
            return answers;
        }
    }

    private static Optional<String> text(Aggregate answer) {
        if (answer instanceof Aggregate.Extremes extremes) {
            return extremes.min().flatMap(min -> extremes.max().map(max -> range(min, max)));
        }
        if (answer instanceof Aggregate.Buckets buckets) {
            int count = buckets.buckets().size();
            return count == 0 || count > VALUES_MAX ? Optional.empty() : Optional.of(values(buckets));
        }
        return Optional.empty();
    }

    private static String range(Object min, Object max) {
        StringBuilder out = new StringBuilder("{\"minimum\":");
        JsonText.append(out, min);
        JsonText.append(out.append(",\"maximum\":"), max);
        return out.append('}').toString();
    }

    private static String values(Aggregate.Buckets buckets) {
        StringBuilder out = new StringBuilder("[");
        List<Object> values = new ArrayList<>();
        buckets.buckets().forEach(bucket -> values.add(bucket.value()));
        values.sort((left, right) -> compare(left, right));
        for (Object value : values) {
            JsonText.append(out.append(out.length() > 1 ? "," : ""), value);
        }
        return out.append(']').toString();
    }

    private static int compare(Object left, Object right) {
        if (left instanceof Number a && right instanceof Number b) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        }
        return left.toString().compareTo(right.toString());
    }
}
