package org.almagest.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.almagest.Capability;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestOptions;
import org.almagest.model.Json;
import org.almagest.model.OnInvalid;
import org.almagest.model.Retention;
import org.almagest.query.Query;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;

/** Draws scripts: everything that happens to a catalog in one round. */
final class RandomScript {
    private static final List<String> SLUGS = List.of("a.first", "b.second");
    private static final List<String> NAMES = List.of("x", "y", "\u00e9");
    private static final int ROWS_REMEMBERED = 60;
    private static final Instant START = Instant.parse("2025-06-01T12:00:00Z");

    /** No row's time is near such an age while a script runs, so that it does not matter when exactly it is applied. */
    private static final List<Retention> RETENTIONS = List.of(
            Retention.ofTime(Duration.ofDays(100)),
            Retention.ofTime(Duration.ofDays(160)),
            Retention.ofTime(Duration.ofDays(3_000)),
            Retention.ofIngestionTime(Duration.ofHours(60)),
            Retention.ofIngestionTime(Duration.ofHours(252)));

    private final SplittableRandom random;
    private final RandomContent content;
    private final Set<Capability> can;
    private final SteppedClock clock = new SteppedClock(START);
    private final ScriptSession plan;
    private final Map<String, List<Datapoint>> remembered = new HashMap<>();
    private final List<ScriptOperation> script = new ArrayList<>();
    private @Nullable ScriptOperation next;

    private RandomScript(SplittableRandom random, Set<Capability> can, Duration historyRetention) {
        this.random = random;
        this.content = new RandomContent(random);
        this.can = can;
        CatalogOptions options = CatalogOptions.defaults().with(clock).withHistoryRetention(historyRetention);
        this.plan = new ScriptSession(new ModelCatalog(options), options, new ModelReopening(options));
    }

    /**
     * Returns a script that uses what is declared.
     *
     * <p>Each step is tried on a model while it is drawn, so that most steps meet datasets, fields and rows that exist.
     */
    static List<ScriptOperation> draw(
            SplittableRandom random, int steps, Set<Capability> can, Duration historyRetention) {
        RandomScript drawn = new RandomScript(random, can, historyRetention);
        for (String slug : SLUGS) {
            drawn.add(new ScriptOperation.CreateDataset(drawn.content.spec(slug)));
            drawn.add(new ScriptOperation.CreateCollection(slug, NAMES.get(0)));
            drawn.add(new ScriptOperation.CreateCollection(slug, NAMES.get(1)));
        }
        while (drawn.script.size() < steps) {
            drawn.add(drawn.step());
        }
        drawn.add(new ScriptOperation.ReadHeld());
        drawn.add(new ScriptOperation.Infos());
        drawn.add(new ScriptOperation.Ask(new ScriptOperation.Scope(null, List.of()), ScriptOperation.EVERYTHING, 0));
        drawn.plan.close();
        return drawn.script;
    }

    private void add(ScriptOperation operation) {
        clock.advance(operation.pause());
        if (operation.onlyReads()) {
            plan.pass();
        } else {
            plan.outcome(operation);
        }
        script.add(operation);
        if (operation instanceof ScriptOperation.CreateDataset || operation instanceof ScriptDeletion.RemoveField) {
            remembered.clear(); // what was drawn for another schema
        }
    }

    private ScriptOperation step() {
        ScriptOperation planned = next;
        if (planned != null) {
            next = null;
            return planned;
        }
        String slug = content.one(SLUGS);
        Optional<Dataset> dataset = plan.catalog().findDataset(slug);
        if (dataset.isEmpty()) {
            return content.oneIn(4) ? lookUp(slug) : comeBack(slug);
        }
        if (dataset.get().collections().isEmpty() && !content.oneIn(4)) {
            return new ScriptOperation.CreateCollection(slug, content.one(NAMES.subList(0, 2)));
        }
        return switch (random.nextInt(20)) {
            case 0 -> names(slug);
            case 1, 2 -> lookUp(slug);
            case 3, 4 -> upkeep();
            case 5 -> content.oneIn(3) ? new ScriptOperation.ReadHeld() : hold(slug);
            case 6, 7, 8, 9, 10, 11 -> ingest(slug);
            case 12, 13 -> can.contains(Capability.DELETE) ? delete(slug) : ask(slug);
            case 14 -> can.contains(Capability.DELETE_DATASETS) && content.oneIn(3) ? deleteMore(slug) : ask(slug);
            case 15 -> can.contains(Capability.RETENTION) && content.oneIn(2) ? expire(slug) : ask(slug);
            case 16, 17 -> can.contains(Capability.HISTORY) ? history(slug) : ask(slug);
            default -> ask(slug);
        };
    }

    /** Returns a step that may bring a dataset back. */
    private ScriptOperation comeBack(String slug) {
        boolean deleted = plan.catalog().deletedDatasets().stream()
                .anyMatch(dataset -> dataset.slug().equals(slug));
        if (deleted) {
            return switch (random.nextInt(6)) {
                case 0 -> new ScriptUpkeep.Expire(content.one(List.of(3, 6)));
                case 1 -> new ScriptOperation.CreateDataset(content.spec(slug));
                default -> new ScriptDeletion.RestoreDataset(slug);
            };
        }
        return content.oneIn(10)
                ? new ScriptDeletion.RestoreDataset(slug)
                : new ScriptOperation.CreateDataset(content.spec(slug));
    }

    private DatasetSchema schema(String slug) {
        return plan.catalog()
                .findDataset(slug)
                .map(Dataset::schema)
                .orElseGet(() -> DatasetSchema.temporal().build());
    }

    /** Returns a collection of the dataset, nearly always one that exists. */
    private String name(String slug) {
        List<String> names = plan.catalog()
                .findDataset(slug)
                .map(dataset ->
                        dataset.collections().stream().map(Collection::name).toList())
                .orElse(List.of());
        return content.one(names.isEmpty() || content.oneIn(30) ? NAMES : names);
    }

    private ScriptOperation names(String slug) {
        return switch (random.nextInt(4)) {
            case 0 -> new ScriptOperation.CreateCollection(slug, content.one(NAMES));
            case 1, 2 -> new ScriptOperation.AddField(slug, content.field());
            default ->
                new ScriptOperation.PutDocument(slug, name(slug), Json.parse("{\"n\":" + random.nextInt(3) + "}"));
        };
    }

    private ScriptOperation lookUp(String slug) {
        return switch (random.nextInt(4)) {
            case 0 -> new ScriptOperation.Infos();
            case 1 -> new ScriptOperation.FindNth(slug, random.nextInt(1_000));
            case 2 ->
                schema(slug).key().isEmpty() && !content.oneIn(10)
                        ? new ScriptOperation.FindNth(slug, random.nextInt(1_000))
                        : new ScriptOperation.FindKey(slug, key(slug));
            default -> new ScriptOperation.Latest(slug, random.nextInt(5), content.time());
        };
    }

    private ScriptOperation upkeep() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> new ScriptUpkeep.Flush();
            case 2, 3 -> new ScriptUpkeep.Compact();
            case 4 -> new ScriptUpkeep.Reopen();
            default -> new ScriptUpkeep.Crash(random.nextInt(1_000_000));
        };
    }

    private ScriptOperation hold(String slug) {
        ScriptOperation.Scope scope = scope(slug);
        return new ScriptOperation.Hold(scope, query(scope));
    }

    private ScriptOperation ask(String slug) {
        ScriptOperation.Scope scope = scope(slug);
        if (can.contains(Capability.AGGREGATION) && content.oneIn(3)) {
            return new ScriptAggregate(scope, query(scope), new RandomAggregates(content, schemas(scope)).several());
        }
        return new ScriptOperation.Ask(scope, query(scope), pageRows());
    }

    private long pageRows() {
        return content.one(List.of(0L, 0L, 0L, 2L, 7L, 100L));
    }

    private Object key(String slug) {
        return content.key(schema(slug)
                .key()
                .map(field -> field.typeText().equals("string"))
                .orElse(false));
    }

    private ScriptOperation ingest(String slug) {
        DatasetSchema schema = schema(slug);
        List<Datapoint> rows = rows(slug, schema);
        boolean keyed = schema.key().isPresent();
        boolean replaces = can.contains(Capability.REPLACE) && !content.oneIn(4) && (keyed || content.oneIn(50));
        IngestMode mode = content.oneIn(8) ? IngestMode.REFUSE_EXISTING : IngestMode.SKIP_EXISTING;
        IngestOptions options = IngestOptions.of(replaces ? IngestMode.REPLACE : mode);
        if (can.contains(Capability.QUARANTINE) && content.oneIn(3)) {
            options = options.with(OnInvalid.QUARANTINE);
        }
        return replaces
                ? new ScriptReplace(slug, name(slug), options, rows, expectations(rows.size()))
                : new ScriptOperation.Ingest(slug, name(slug), options, rows);
    }

    private List<Datapoint> rows(String slug, DatasetSchema schema) {
        List<Datapoint> before = remembered.computeIfAbsent(slug, ignored -> new ArrayList<>());
        List<Datapoint> rows = new ArrayList<>();
        for (int i = content.one(List.of(1, 1, 2, 5, 20, 60)); i > 0; i--) {
            if (before.isEmpty() || random.nextInt(3) > 0) {
                Datapoint row = content.row(schema);
                rows.add(row);
                if (before.size() < ROWS_REMEMBERED) {
                    before.add(row);
                } else {
                    before.set(random.nextInt(ROWS_REMEMBERED), row);
                }
            } else {
                rows.add(content.one(before));
            }
        }
        return rows;
    }

    private List<ScriptReplace.Expectation> expectations(int count) {
        List<ScriptReplace.Expectation> expectations = new ArrayList<>();
        boolean any = content.oneIn(4);
        for (int i = 0; i < count; i++) {
            expectations.add(
                    !any || content.oneIn(2)
                            ? ScriptReplace.Expectation.NONE
                            : content.oneIn(12)
                                    ? ScriptReplace.Expectation.OF_THE_FIRST_ROW
                                    : ScriptReplace.Expectation.OF_ITS_KEY);
        }
        return expectations;
    }

    private ScriptOperation delete(String slug) {
        DatasetSchema schema = schema(slug);
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> new ScriptDeletion.DeleteNth(slug, name(slug), places());
            case 3, 4 ->
                schema.key().isEmpty() && !content.oneIn(20)
                        ? new ScriptDeletion.DeleteNth(slug, name(slug), places())
                        : new ScriptDeletion.DeleteKeys(slug, name(slug), places());
            case 5, 6, 7 ->
                new ScriptDeletion.DeleteMatching(
                        slug, name(slug), new RandomQueries(content, List.of(schema)).conditions(can));
            default -> emptyAndChange(slug, schema);
        };
    }

    /** Returns a step that empties a dataset, nearly always followed by one that removes a field. */
    private ScriptOperation emptyAndChange(String slug, DatasetSchema schema) {
        List<String> names = schema.fields().stream().map(Field::name).toList();
        if (!names.isEmpty() && !content.oneIn(8)) {
            next = new ScriptDeletion.RemoveField(slug, content.one(names));
        }
        return content.oneIn(10) && next != null ? next : new ScriptDeletion.Empty(slug);
    }

    /** Returns places in thousandths; -1 stands for what is not there. */
    private List<Integer> places() {
        List<Integer> places = new ArrayList<>();
        int first = random.nextInt(1_000);
        for (int i = content.one(List.of(1, 1, 1, 2, 10)); i > 0; i--) {
            places.add(content.oneIn(2) ? random.nextInt(1_000) : Math.min(999, first + 5 * i));
        }
        if (content.oneIn(12)) {
            places.set(random.nextInt(places.size()), -1);
        }
        return places;
    }

    private ScriptOperation deleteMore(String slug) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> new ScriptDeletion.DeleteCollection(slug, name(slug));
            case 2 -> new ScriptDeletion.DeleteDataset(slug);
            default -> new ScriptOperation.CreateCollection(slug, content.one(NAMES));
        };
    }

    private ScriptOperation expire(String slug) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> new ScriptUpkeep.KeepFor(slug, name(slug), content.one(RETENTIONS));
            case 2 -> new ScriptUpkeep.KeepFor(slug, name(slug), null);
            default -> new ScriptUpkeep.Expire(content.one(List.of(1, 1, 3, 6)));
        };
    }

    private ScriptOperation history(String slug) {
        ScriptOperation.Scope scope = scope(slug);
        Query query = query(scope);
        int steps = random.nextInt(40);
        if (plan.versionBefore(steps).isPresent() && content.oneIn(2)) {
            return new ScriptHistory.AskEarlier(steps, scope, query, pageRows());
        }
        if (plan.leased(0).isEmpty() || content.oneIn(5)) {
            return new ScriptHistory.Lease();
        }
        return content.oneIn(12)
                ? new ScriptHistory.EndLeases()
                : new ScriptHistory.AskLeased(random.nextInt(100), scope, query, pageRows());
    }

    private ScriptOperation.Scope scope(String slug) {
        return switch (random.nextInt(6)) {
            case 0 -> new ScriptOperation.Scope(null, List.of());
            case 1, 2 -> new ScriptOperation.Scope(slug, List.of());
            case 3 -> new ScriptOperation.Scope(slug, List.of(name(slug), name(slug), name(slug)));
            default -> new ScriptOperation.Scope(slug, List.of(name(slug)));
        };
    }

    private Query query(ScriptOperation.Scope scope) {
        return new RandomQueries(content, schemas(scope)).query(can);
    }

    /** Returns the schemas of a scope; rarely those of all datasets. */
    private List<DatasetSchema> schemas(ScriptOperation.Scope scope) {
        String slug = scope.slug();
        return slug == null || content.oneIn(20)
                ? SLUGS.stream().map(this::schema).toList()
                : List.of(schema(slug));
    }
}
