package org.almagest.io.stac.aggregation;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.almagest.aggregate.CalendarUnit;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.io.stac.exchange.ProblemException;

/**
 * What a request wants aggregated, and how.
 *
 * @param names the names of the aggregations, each once, in order
 * @param unit how long the buckets of {@code datetime_frequency} are; empty where that is chosen by what there is
 * @param zone whose calendar these buckets follow
 * @param precisions characters of the cells of grids, by the name of the grid
 */
record Wanted(List<String> names, Optional<CalendarUnit> unit, ZoneId zone, Map<String, Integer> precisions) {
    /** Where no aggregation is named. */
    static final List<String> DEFAULT = List.of(AggregationName.TOTAL_COUNT);

    static final String AGGREGATIONS = "aggregations";
    static final String INTERVAL = "datetime_frequency_interval";
    static final String ZONE = "datetime_frequency_timezone";
    static final String PRECISION = "_precision";

    private static final int NAMES_MAX = 16;
    private static final int PRECISION_DEFAULT = 3;
    private static final int PRECISION_MAX = 12;

    /**
     * Reads it from parameters, or the members of a body as text.
     *
     * @param values the value of a parameter, if it was given
     * @throws ProblemException if one is wrong; names it
     */
    static Wanted of(Function<String, Optional<String>> values) {
        Map<String, Integer> precisions = new LinkedHashMap<>();
        for (String grid : List.of(AggregationName.CENTROID_GRID, AggregationName.GEOMETRY_GRID)) {
            String name = grid + PRECISION;
            precisions.put(
                    grid, values.apply(name).map(text -> precision(name, text)).orElse(PRECISION_DEFAULT));
        }
        return new Wanted(
                values.apply(AGGREGATIONS).map(Wanted::names).orElse(DEFAULT),
                values.apply(INTERVAL).map(Wanted::unit),
                values.apply(ZONE).map(Wanted::zone).orElse(ZoneOffset.UTC),
                precisions);
    }

    private static List<String> names(String text) {
        List<String> names = List.of(text.split(",", -1)).stream().distinct().toList();
        if (names.size() > NAMES_MAX || names.contains("")) {
            throw ProblemException.invalid(
                    AGGREGATIONS, names.size() + " names (expected 1 to " + NAMES_MAX + ", by comma)");
        }
        return names;
    }

    private static CalendarUnit unit(String text) {
        try {
            return CalendarUnit.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    INTERVAL,
                    Quoted.text(text) + " (expected second, minute, hour, day, week, month, quarter or year)");
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw ProblemException.invalid(ZONE, Quoted.text(text) + " (expected a time zone, such as Europe/Berlin)");
        }
    }

    private static int precision(String name, String text) {
        boolean digits = text.length() <= 2 && !text.isEmpty() && text.chars().allMatch(Character::isDigit);
        int value = digits ? Integer.parseInt(text) : 0;
        if (value < 1 || value > PRECISION_MAX) {
            throw ProblemException.invalid(name, Quoted.text(text) + " (expected 1 to " + PRECISION_MAX + ")");
        }
        return value;
    }

    /** Returns the refusal of a name that means nothing. */
    static ProblemException unknown(String name, InvalidRequestException cause) {
        return ProblemException.invalid(
                AGGREGATIONS, Quoted.text(name) + ": no such aggregation (" + cause.getMessage() + ")");
    }
}
