package org.almagest.server.cli.query;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.almagest.aggregate.Aggregation;
import org.almagest.aggregate.CalendarUnit;
import org.almagest.aggregate.GridRule;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that ask for counts by time, place or value instead of datapoints. */
final class AggregateOptions {
    private static final String UTC = "UTC";

    @ArgGroup(multiplicity = "0..1")
    private @Nullable Wanted wanted;

    /** One aggregation. */
    private static final class Wanted {
        @Option(
                names = "--histogram",
                paramLabel = "UNIT[:ZONE]",
                description = "Print how many match in each second, minute, hour, day, week, month, quarter or year, by"
                        + " UTC or the clock of a zone: day:Europe/Berlin.")
        private @Nullable String histogram;

        @Option(
                names = "--geohash",
                paramLabel = "N[:intersecting]",
                description = "Print how many have their centroid in each geohash cell of N characters, or meet it.")
        private @Nullable String geohash;

        @Option(names = "--distinct", paramLabel = "FIELD", description = "Print how many have each value of a field.")
        private @Nullable String distinct;

        @Option(
                names = "--range",
                paramLabel = "FIELD",
                description = "Print the lowest and the highest value of a field.")
        private @Nullable String range;
    }

    /** Returns what is wanted; empty where datapoints are. */
    Optional<Aggregation> aggregation() {
        Wanted given = wanted;
        if (given == null) {
            return Optional.empty();
        } else if (given.histogram != null) {
            return Optional.of(histogram(given.histogram));
        } else if (given.geohash != null) {
            return Optional.of(grid(given.geohash));
        } else if (given.distinct != null) {
            return Optional.of(Aggregation.distinct(given.distinct.strip()));
        }
        return Optional.of(Aggregation.range(String.valueOf(given.range).strip()));
    }

    private static Aggregation histogram(String text) {
        int colon = text.indexOf(':');
        String unit = colon < 0 ? text : text.substring(0, colon);
        return Aggregation.histogram(unit(unit.strip()), zone(colon < 0 ? UTC : text.substring(colon + 1)));
    }

    private static CalendarUnit unit(String text) {
        return Arrays.stream(CalendarUnit.values())
                .filter(unit -> unit.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidRequestException(
                        "histogram: unit " + Quoted.text(text),
                        "unknown (expected "
                                + Arrays.stream(CalendarUnit.values())
                                        .map(CalendarUnit::text)
                                        .collect(Collectors.joining(", "))
                                + ")"));
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text.strip());
        } catch (DateTimeException e) {
            throw new InvalidRequestException(
                    "histogram: zone " + Quoted.text(text),
                    "unknown (expected a name such as Europe/Berlin, or +02:00)",
                    e);
        }
    }

    private static Aggregation grid(String text) {
        int colon = text.indexOf(':');
        String rule = colon < 0 ? "centroid" : text.substring(colon + 1).strip();
        if (!rule.equals("centroid") && !rule.equals("intersecting")) {
            throw new InvalidRequestException(
                    "geohash: rule " + Quoted.text(rule), "unknown (expected centroid or intersecting)");
        }
        String precision = colon < 0 ? text : text.substring(0, colon);
        try {
            return Aggregation.geohashGrid(
                    Integer.parseInt(precision.strip()),
                    rule.equals("centroid") ? GridRule.CENTROID : GridRule.INTERSECTING);
        } catch (NumberFormatException e) {
            throw new InvalidRequestException(
                    "geohash: precision " + Quoted.text(precision), "not a number (expected 1 to 12)", e);
        }
    }
}
