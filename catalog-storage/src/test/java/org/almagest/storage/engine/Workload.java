package org.almagest.storage.engine;

import static org.almagest.query.FieldOperand.field;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestMode;
import org.almagest.model.Json;
import org.almagest.model.Retention;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.testing.SteppedClock;

/**
 * What a test does with a store, step by step. A step is one atomic change, upkeep, or a close with an open after it.
 *
 * <p>Changes can be repeated: all of them again, on a store that has some or all, leave what they leave the first time.
 * {@link #state} tells what a catalog holds after the first n changes, worked out without the engine.
 */
final class Workload {
    static final String SLUG = "crash.test";

    /** The dataset of collections whose names begin with K. */
    static final String KEYED_SLUG = "crash.keyed";

    /** The dataset of collections whose names begin with G. */
    static final String GOING_SLUG = "crash.going";

    /** At the time of the tests all rows are younger; at {@link #OLDER} those of the first months are not. */
    static final Retention RETENTION = Retention.ofTime(Duration.ofDays(2_300));

    private static final Instant OLDER = SmallStore.NOW.plus(Duration.ofDays(200));
    private static final Duration PAST_RESTORING = Duration.ofDays(8);

    enum Kind {
        CHANGE,
        UPKEEP,
        REOPEN
    }

    /** A catalog and the clock that it goes by. */
    record Opened(Catalog catalog, SteppedClock clock) {}

    /** One step. */
    record Step(Kind kind, String name, Consumer<Opened> action) {
        void run(Catalog catalog, SteppedClock clock) {
            action.accept(new Opened(catalog, clock));
        }
    }

    private final Duration history;
    private final List<Step> steps = new ArrayList<>();
    private final List<ExpectedCatalog.State> states = new ArrayList<>();
    private final ExpectedCatalog expected = new ExpectedCatalog();

    private Workload(Duration history) {
        this.history = history;
        states.add(expected.state());
    }

    /** An empty collection A, in a store that keeps no history. */
    static Workload beginning() {
        return beginning(Duration.ZERO);
    }

    /** An empty collection A, in a store that keeps history for so long. */
    static Workload beginning(Duration history) {
        return new Workload(history)
                .dataset(DatasetSpec.temporal(SLUG).field(Field.int64("n")).field(Field.string("text")))
                .collection("A");
    }

    private Workload dataset(DatasetSpec.Builder builder) {
        DatasetSpec spec = builder.build();
        return change(
                "create " + spec.slug(),
                opened -> {
                    if (isDeleted(opened, spec.slug())) {
                        opened.catalog().restoreDataset(spec.slug());
                    } else if (opened.catalog().findDataset(spec.slug()).isEmpty()) {
                        opened.catalog().createDataset(spec);
                    }
                },
                state -> state.createDataset(spec));
    }

    /** A dataset with a key and versions, and its collection K. */
    Workload keyed() {
        return dataset(DatasetSpec.temporal(KEYED_SLUG)
                        .field(Field.int64("n"))
                        .field(Field.string("text"))
                        .field(Field.string("key"))
                        .field(Field.int32("version"))
                        .key("key")
                        .version("version"))
                .collection("K");
    }

    /** A dataset that is going to be deleted, and its collection G. */
    Workload going() {
        return dataset(DatasetSpec.temporal(GOING_SLUG).field(Field.int64("n")).field(Field.string("text")))
                .collection("G");
    }

    Workload collection(String name) {
        return change(
                "create " + name,
                opened -> dataset(opened.catalog(), name).ifPresent(dataset -> dataset.getOrCreateCollection(name)),
                state -> state.createCollection(name));
    }

    Workload deleteCollection(String name) {
        return change(
                "delete collection " + name,
                opened -> find(opened, name).ifPresent(found -> found.dataset().deleteCollection(name)),
                state -> state.deleteCollection(name));
    }

    /** Rows with these numbers; those that are there already are skipped. */
    Workload ingest(String name, int from, int to) {
        return change(
                "ingest " + name + " " + from + "-" + to,
                opened -> collection(opened.catalog(), name).ingest(WorkloadRows.rows(from, to)),
                state -> state.ingest(name, from, to));
    }

    /** Keyed rows with these numbers, one after the other. */
    Workload replace(String name, int... numbers) {
        List<Datapoint> rows =
                IntStream.of(numbers).mapToObj(WorkloadRows::keyed).toList();
        return change(
                "replace " + name + " " + numbers.length,
                opened -> collection(opened.catalog(), name).ingest(rows, IngestMode.REPLACE),
                state -> state.replace(name, numbers));
    }

    /** Deletes rows by their ids. */
    Workload deleteIds(String name, int from, int to) {
        return change(
                "delete ids " + name + " " + from + "-" + to,
                opened -> {
                    List<DatapointId> ids = idsOf(collection(opened.catalog(), name), from, to);
                    collection(opened.catalog(), name).delete(ids);
                },
                state -> state.deleteNumbers(name, from, to));
    }

    private static List<DatapointId> idsOf(Collection collection, int from, int to) {
        Set<Long> wanted = new HashSet<>();
        IntStream.range(from, to).forEach(number -> wanted.add((long) number));
        return collection.query(Query.allTime().build()).toList().stream()
                .filter(row -> wanted.contains(row.value("n").orElseThrow()))
                .map(row -> row.id().orElseThrow())
                .toList();
    }

    /** Deletes the rows that have the keys of these numbers. */
    Workload deleteKeys(String name, int... numbers) {
        List<String> keys = IntStream.of(numbers).mapToObj(WorkloadRows::key).toList();
        return change(
                "delete keys " + name + " " + keys,
                opened -> {
                    Collection collection = collection(opened.catalog(), name);
                    collection.deleteByKeys(keys.stream()
                            .filter(key -> collection.findByKey(key).isPresent())
                            .toList());
                },
                state -> IntStream.of(numbers).forEach(number -> state.deleteKey(name, number)));
    }

    /** Deletes the rows from so many seconds after {@link WorkloadRows#START} to so many, exclusive. */
    Workload deleteSpan(String name, long from, long to) {
        TimeInterval span = TimeInterval.of(WorkloadRows.START.plusSeconds(from), WorkloadRows.START.plusSeconds(to));
        return change(
                "delete span " + name + " " + span,
                opened -> collection(opened.catalog(), name)
                        .delete(Query.during(span).build()),
                state -> state.deleteIf(
                        name, row -> span.containsMillis(row.time().toEpochMilli())));
    }

    /** Deletes rows by a condition on their numbers. */
    Workload deleteWhere(String name, int from, int to) {
        return change(
                "delete where " + name + " " + from + "-" + to,
                opened -> collection(opened.catalog(), name)
                        .delete(Query.allTime()
                                .where(field("n").between(from, to - 1))
                                .build()),
                state -> state.deleteNumbers(name, from, to));
    }

    Workload alter(String newField) {
        return change(
                "alter",
                opened -> {
                    Dataset dataset = opened.catalog().dataset(SLUG);
                    DatasetSchema schema = dataset.schema();
                    if (schema.field(newField).isEmpty()) {
                        dataset.alter(
                                schema.toBuilder().field(Field.string(newField)).build());
                    }
                },
                state -> state.addField(SLUG, newField));
    }

    Workload document(String name, String document) {
        return change(
                "document",
                opened -> collection(opened.catalog(), name).putDocument(Json.parse(document)),
                state -> state.putDocument(name, document));
    }

    Workload retain(String name) {
        return change(
                "retain " + name,
                opened -> collection(opened.catalog(), name).putRetention(RETENTION),
                state -> state.putRetention(name, RETENTION.toString()));
    }

    Workload endRetention(String name) {
        return change(
                "end retention " + name,
                opened -> collection(opened.catalog(), name).clearRetention(),
                state -> state.putRetention(name, ""));
    }

    /** Lets so much time pass that a collection with retention loses rows. */
    Workload grow(String name) {
        Instant cutoff = OLDER.minus(RETENTION.age());
        return change(
                "expire " + name,
                opened -> {
                    Instant now = opened.clock().now();
                    opened.clock().set(now.isBefore(OLDER) ? OLDER : now);
                    opened.catalog().maintenance().orElseThrow().expire();
                },
                state -> state.deleteIf(name, row -> row.time().isBefore(cutoff)));
    }

    Workload deleteDataset(String slug) {
        return change(
                "delete " + slug,
                opened -> {
                    if (opened.catalog().findDataset(slug).isPresent()) {
                        opened.catalog().deleteDataset(slug);
                    }
                },
                state -> state.deleteDataset(slug));
    }

    Workload restoreDataset(String slug) {
        return change(
                "restore " + slug,
                opened -> {
                    if (isDeleted(opened, slug)) {
                        opened.catalog().restoreDataset(slug);
                    }
                },
                state -> state.restoreDataset(slug));
    }

    /** Lets so much time pass that a deleted dataset is gone. */
    Workload purge(String slug) {
        return change(
                "purge " + slug,
                opened -> {
                    if (isDeleted(opened, slug)) {
                        opened.clock().advance(PAST_RESTORING);
                    }
                    opened.catalog().maintenance().orElseThrow().expire();
                },
                state -> state.purgeDataset(slug));
    }

    private static boolean isDeleted(Opened opened, String slug) {
        return opened.catalog().deletedDatasets().stream()
                .anyMatch(dataset -> dataset.slug().equals(slug));
    }

    Workload flush() {
        return upkeep(
                "flush", opened -> opened.catalog().maintenance().orElseThrow().flush());
    }

    Workload compact() {
        return upkeep(
                "compact",
                opened -> opened.catalog().maintenance().orElseThrow().compact());
    }

    private Workload upkeep(String name, Consumer<Opened> action) {
        steps.add(new Step(Kind.UPKEEP, name, action));
        return this;
    }

    Workload reopen() {
        steps.add(new Step(Kind.REOPEN, "reopen", opened -> opened.catalog().close()));
        return this;
    }

    private Workload change(String name, Consumer<Opened> action, Consumer<ExpectedCatalog> effect) {
        effect.accept(expected);
        steps.add(new Step(Kind.CHANGE, name, action));
        states.add(expected.state());
        return this;
    }

    /** Returns for how long stores of this workload keep history. */
    Duration history() {
        return history;
    }

    List<Step> steps() {
        return steps;
    }

    /** Returns how many changes there are. */
    int changeCount() {
        return states.size() - 1;
    }

    /** Returns what a catalog holds after the first n changes. */
    String state(int changes) {
        return states.get(changes).text();
    }

    /** Returns which rows there are after the first n changes. */
    ExpectedCatalog.State rows(int changes) {
        return states.get(changes);
    }

    /** Makes all changes, those before included, as a client does that does not know what has arrived. */
    void repeatAll(Catalog catalog, SteppedClock clock) {
        for (Step step : steps) {
            if (step.kind() == Kind.CHANGE) {
                step.run(catalog, clock);
            }
        }
    }

    /** Makes all changes of a workload that does not go by the clock. */
    void repeatAll(Catalog catalog) {
        repeatAll(catalog, SmallStore.clock());
    }

    static String slugOf(String collection) {
        return switch (collection.charAt(0)) {
            case 'K' -> KEYED_SLUG;
            case 'G' -> GOING_SLUG;
            default -> SLUG;
        };
    }

    private static Optional<Dataset> dataset(Catalog catalog, String collection) {
        return catalog.findDataset(slugOf(collection));
    }

    private static Optional<Collection> find(Opened opened, String name) {
        return dataset(opened.catalog(), name).flatMap(dataset -> dataset.findCollection(name));
    }

    static Collection collection(Catalog catalog, String name) {
        return Objects.requireNonNull(catalog.dataset(slugOf(name)).collection(name));
    }
}
