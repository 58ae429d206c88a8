package org.almagest.server.cli.query;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.aggregate.Bucket;
import org.almagest.error.InvalidRequestException;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.ShortestDecimal;
import org.almagest.server.cli.output.BarChart;
import org.almagest.server.cli.output.Console;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.rows.RowFormat;
import org.almagest.server.cli.session.Session;
import org.jspecify.annotations.Nullable;

/** Prints an aggregate: bars for people, JSON or CSV for programs. */
final class AggregateText {
    private static final long WHOLE_DOUBLES_MAX = 1L << 53;

    private final Session session;
    private final Console console;
    private final RowFormat format;

    /** Prints to the console of a session, in the form given, else as the session wants it. */
    AggregateText(Session session, @Nullable RowFormat given) {
        this.session = session;
        this.console = session.console();
        this.format = given != null ? given : session.wantsJson() ? RowFormat.JSON : RowFormat.TABLE;
        if (format == RowFormat.GEOJSON || format == RowFormat.PARQUET) {
            String name = format.name().toLowerCase(Locale.ROOT);
            throw new InvalidRequestException("query: format", name + " (counts have table, json, ndjson and csv)");
        }
    }

    void print(Aggregation wanted, Aggregate answer) {
        if (answer instanceof Aggregate.Extremes extremes) {
            printExtremes(extremes);
        } else if (answer instanceof Aggregate.Buckets buckets) {
            printBuckets(heading(wanted), buckets.buckets());
        }
    }

    private static String heading(Aggregation wanted) {
        if (wanted instanceof Aggregation.Histogram histogram) {
            return histogram.unit().text();
        }
        return wanted instanceof Aggregation.Distinct distinct ? distinct.field() : "cell";
    }

    private void printBuckets(String heading, List<Bucket> buckets) {
        switch (format) {
            case TABLE -> {
                if (buckets.isEmpty()) {
                    console.say("no datapoints match");
                } else {
                    BarChart chart = new BarChart(console, session.speaksUtf8());
                    buckets.forEach(bucket -> chart.bar(bucket.key(), bucket.count()));
                    chart.print(heading);
                }
            }
            case CSV -> {
                console.print("key,count");
                buckets.forEach(bucket -> console.print(csvCell(bucket.key()) + "," + bucket.count()));
            }
            case NDJSON -> buckets.forEach(bucket -> console.print(json(bucket)));
            default -> {
                console.print("[" + (buckets.isEmpty() ? "]" : ""));
                for (int i = 0; i < buckets.size(); i++) {
                    console.print(json(buckets.get(i)) + (i + 1 < buckets.size() ? "," : "]"));
                }
            }
        }
    }

    private static String json(Bucket bucket) {
        return new JsonObjectText()
                .put("key", bucket.key())
                .put("count", bucket.count())
                .toString();
    }

    private static String csvCell(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private void printExtremes(Aggregate.Extremes extremes) {
        switch (format) {
            case TABLE -> {
                if (extremes.min().isEmpty()) {
                    console.say("no datapoint that matches has a value");
                } else {
                    console.print("min  " + text(extremes.min()));
                    console.print("max  " + text(extremes.max()));
                }
            }
            case CSV -> {
                console.print("min,max");
                console.print(csvCell(text(extremes.min())) + "," + csvCell(text(extremes.max())));
            }
            default ->
                console.print(new JsonObjectText()
                        .putRaw("min", json(extremes.min()))
                        .putRaw("max", json(extremes.max()))
                        .toString());
        }
    }

    private static String text(Optional<Object> value) {
        return value.map(set -> Bucket.ofValue(set, 1).key()).orElse("");
    }

    /** Returns a number as such where JSON readers do not change it, all else as text; null where unset. */
    private static String json(Optional<Object> value) {
        if (value.isEmpty()) {
            return "null";
        }
        Object set = value.get();
        boolean whole = set instanceof Long number && Math.abs(number) <= WHOLE_DOUBLES_MAX;
        if (whole || set instanceof Boolean) {
            return set.toString();
        } else if (set instanceof Double number && Double.isFinite(number)) {
            return ShortestDecimal.of(number);
        }
        StringBuilder out = new StringBuilder();
        CanonicalJson.appendQuoted(out, text(value));
        return out.toString();
    }
}
