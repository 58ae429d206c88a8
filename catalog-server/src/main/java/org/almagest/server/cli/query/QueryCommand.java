package org.almagest.server.cli.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.almagest.Catalog;
import org.almagest.aggregate.Aggregation;
import org.almagest.explain.Explanation;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.TimeMatch;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.almagest.server.cli.output.Console;
import org.almagest.server.cli.output.JsonObjectText;
import org.almagest.server.cli.rows.RowFormat;
import org.almagest.server.cli.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code almagest query}. */
@Command(
        name = "query",
        description = {
            "Prints the datapoints that match, by ascending id, which is ascending time.",
            "",
            "Without a dataset: all datasets of the store. Time must be stated. --sort, --desc",
            "and --latest change the order.",
            ""
        },
        footer = {
            "",
            "Times: 2025-04-01, 2025-04-01T10:15, 2025-04-01T10:15:30.123+02:00, or Unix",
            "seconds; UTC where no zone is given. A single time is its millisecond.",
            "Filters: CQL2, as text or as JSON. = <> < <= > >=, IN, BETWEEN, LIKE, IS NULL,",
            "AND, OR, NOT, parentheses; + - * / %% div ^; text in single quotes, CASEI(name),",
            "ACCENTI(name); TIMESTAMP('2025-04-01T00:00:00Z'), DATE('2025-04-01');",
            "S_INTERSECTS(geometry, POINT(7.4 46.9)) and other S_, T_DURING, T_AFTER and other",
            "T_, A_CONTAINS(tags, ('a', 'b')) and other A_. Where a field is unset, neither a",
            "comparison nor its negation holds. More in docs/filters.md.",
            "",
            "Examples:",
            "  almagest query my.granules --time 2025-04-01/2025-05-01 \\",
            "      --bbox 5.9,45.8,10.5,47.8",
            "  almagest query my.granules --all-time --bbox 170,-20,-170,-10 --count",
            "  almagest query my.granules --datetime 2025-04-01/.. \\",
            "      --where 'cloud_cover < 20' --select name --limit 5",
            "  almagest query my.granules --latest 10 --select name",
            "  almagest query my.granules --all-time --histogram month:Europe/Berlin",
            "  almagest query my.granules --all-time --geohash 2",
            "  almagest query my.granules my.composites --time 2025-04-01/2025-04-02 \\",
            "      --extent --sort -cloud_cover,name --limit 20",
            "  almagest query my.granules --all-time --intersects @switzerland.geojson \\",
            "      --format geojson > found.json"
        })
public final class QueryCommand implements Callable<Integer> {
    private static final long TABLE_ROWS = 100;

    private final Session session;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "SLUG", description = "Names of datasets.")
    private List<String> slugs = new ArrayList<>();

    @Option(
            names = "--collection",
            paramLabel = "NAME",
            description = "Ask this collection only; give it again for several.")
    private List<String> collections = new ArrayList<>();

    @Mixin
    private TimeOptions time = new TimeOptions();

    @Mixin
    private AreaOptions area = new AreaOptions();

    @Option(names = "--where", paramLabel = "CQL2", description = "Condition on the fields, as CQL2 text or JSON.")
    private @Nullable String where;

    @Option(
            names = "--select",
            split = ",",
            paramLabel = "FIELD",
            description = "Print these fields only, beside time, id and ingestion_time.")
    private List<String> selected = new ArrayList<>();

    @Option(names = "--skip-data", description = "Print time, id and ingestion_time only.")
    private boolean skipsFields;

    @Mixin
    private OrderOptions order = new OrderOptions();

    @Option(
            names = "--version",
            paramLabel = "N",
            description = "Ask this version of the store instead of the newest, while it is kept.")
    private @Nullable Long version;

    @Option(names = "--count", description = "Print how many match; limit and token do not matter.")
    private boolean counts;

    @Mixin
    private AggregateOptions aggregates = new AggregateOptions();

    @Option(
            names = "--explain",
            description = "Run the query, count or aggregation and print how it was answered; with --json as one"
                    + " document.")
    private boolean explains;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "table (default), ndjson (with --json), geojson, csv, parquet, or json for one array; counts"
                    + " by time, place or value are one array with --json.")
    private @Nullable RowFormat format;

    public QueryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Query query = query();
        Aggregation wanted = aggregates.aggregation().orElse(null);
        if (wanted != null && counts) {
            throw new ParameterException(
                    spec.commandLine(), "--histogram, --geohash, --distinct, --range and --count go one at a time");
        }
        if (skipsFields && !selected.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--select and --skip-data go one at a time");
        }
        if (format != null && (counts || explains)) {
            throw new ParameterException(spec.commandLine(), "--format goes without --count and --explain");
        }
        if (wanted != null && time.latest().isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--latest goes without --histogram, --geohash, --distinct and --range");
        }
        try (Catalog catalog = session.store().read()) {
            QueryTarget target = QueryTarget.of(catalog, slugs, collections);
            if (query.timeMatch() == TimeMatch.EXTENT && !target.hasExtent()) {
                session.console().say("no dataset in scope declares an extent; --extent changes nothing");
            }
            if (explains) {
                Aggregation asked = counts ? Aggregation.count() : wanted;
                print(asked == null ? target.explain(query) : target.explain(query, asked));
            } else if (wanted != null) {
                new AggregateText(session, format).print(wanted, target.aggregate(query, wanted));
            } else if (counts) {
                printCount(target.count(query));
            } else {
                print(target, query);
            }
        }
        return 0;
    }

    private void print(Explanation explanation) {
        session.console()
                .print(
                        session.wantsJson()
                                ? explanation.toJson().text()
                                : explanation.toText().stripTrailing());
    }

    private void printCount(long count) {
        session.console()
                .print(
                        session.wantsJson()
                                ? new JsonObjectText().put("count", count).toString()
                                : String.format(Locale.ROOT, "%d", count));
    }

    private void print(QueryTarget target, Query query) throws IOException {
        Console console = session.console();
        RowFormat used = format != null ? format : session.wantsJson() ? RowFormat.NDJSON : RowFormat.TABLE;
        boolean cutsByItself = used == RowFormat.TABLE && query.limit().isEmpty();
        Query.Builder shown = query.toBuilder();
        if (cutsByItself) {
            shown.limit(TABLE_ROWS);
        }
        if (used == RowFormat.TABLE && query.selection().isEmpty()) {
            shown.select(tableFields(target.columns(query)));
        }
        Query asked = shown.build();
        try (QueryResult rows = target.query(asked)) {
            long count = used.print(console, target.columns(asked), rows);
            if (count == 0) {
                console.say("no datapoints match");
            }
            rows.nextToken()
                    .ifPresent(token -> console.say(
                            (cutsByItself ? "the first " + TABLE_ROWS + "; --limit N for another number; " : "")
                                    + "more follow: --after " + token));
        }
    }

    /** Returns the fields that fit a cell, and says which do not. */
    private List<String> tableFields(Map<String, Field> fields) {
        List<String> shown = new ArrayList<>();
        List<String> left = new ArrayList<>();
        fields.forEach((name, field) -> (isLong(field) ? left : shown).add(name));
        if (!left.isEmpty()) {
            session.console().say("left out of the table, see --select: " + String.join(", ", left));
        }
        return shown;
    }

    private static boolean isLong(Field field) {
        return field.kind() == TypeKind.JSON || field.kind() == TypeKind.BYTES;
    }

    private Query query() {
        if (time.latest().isPresent() && (order.areGiven() || counts)) {
            throw new ParameterException(
                    spec.commandLine(), "--latest goes without --sort, --desc, --limit and --count");
        }
        Query.Builder query = time.begin();
        order.apply(query);
        area.filter().ifPresent(query::spatial);
        if (where != null) {
            query.where(ConditionText.parse(where));
        }
        if (skipsFields) {
            query.skipData();
        } else if (!selected.isEmpty()) {
            query.select(selected.stream().map(String::strip).toList());
        }
        if (version != null) {
            query.version(version);
        }
        return query.build();
    }
}
