package org.almagest.storage.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.model.Datapoint;
import org.almagest.model.Json;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;

/**
 * What a test does with a store, step by step. A step is one atomic change, a flush, or a close with an open after it.
 *
 * <p>Changes can be repeated: on a store that has them already they do nothing. {@link #state} tells what a catalog
 * holds after the first n changes, worked out without the engine.
 */
final class Workload {
    static final String SLUG = "crash.test";

    private static final Instant START = Instant.parse("2019-12-31T22:00:00Z");
    private static final Map<Integer, Datapoint> ROWS = new ConcurrentHashMap<>();

    enum Kind {
        CHANGE,
        FLUSH,
        REOPEN
    }

    /** One step; {@code change} is null for what is not a change. */
    record Step(Kind kind, String name, Consumer<Catalog> change) {}

    private final List<Step> steps = new ArrayList<>();
    private final List<String> states = new ArrayList<>();
    private final ExpectedCatalog expected = new ExpectedCatalog();

    private Workload() {
        states.add(expected.text());
    }

    /** Touches every path of the engine: duplicates, several years and collections, flushes, large calls, reopens. */
    static Workload full() {
        Workload work = beginning()
                .ingest("A", 0, 8)
                .ingest("A", 4, 16)
                .alter("note")
                .document("A", "{\"n\":1}")
                .ingest("A", 16, 30)
                .flush()
                .ingest("A", 30, 40)
                .collection("B")
                .ingest("B", 0, 12)
                .ingest("A", 40, 140) // a large call, with a collection and rows before it that only the log has
                .ingest("A", 140, 150)
                .reopen()
                .ingest("A", 145, 160);
        for (int i = 0; i < 8; i++) { // fills the log, so that flushes come by themselves
            work.ingest(i % 2 == 0 ? "A" : "B", 160 + i * 20, 180 + i * 20);
        }
        return work.document("A", "{\"n\":2}")
                .ingest("B", 400, 480)
                .ingest("B", 480, 490)
                .flush()
                .flush()
                .reopen()
                .reopen()
                .ingest("A", 500, 510)
                .ingest("B", 500, 510);
    }

    /** The least that has a flush and a reopen. */
    static Workload brief() {
        return beginning()
                .ingest("A", 0, 8)
                .flush()
                .ingest("A", 4, 16)
                .reopen()
                .ingest("A", 16, 24)
                .ingest("A", 24, 124)
                .ingest("A", 124, 130);
    }

    /** An empty collection A. */
    static Workload beginning() {
        return new Workload()
                .change("create dataset", Workload::createDataset, ExpectedCatalog::createDataset)
                .collection("A");
    }

    private static void createDataset(Catalog catalog) {
        if (catalog.findDataset(SLUG).isEmpty()) {
            catalog.createDataset(DatasetSpec.temporal(SLUG)
                    .field(Field.int64("n"))
                    .field(Field.string("text"))
                    .build());
        }
    }

    Workload collection(String name) {
        return change(
                "create " + name,
                catalog -> catalog.dataset(SLUG).getOrCreateCollection(name),
                state -> state.createCollection(name));
    }

    /** Rows with these numbers; those that are there already are skipped. */
    Workload ingest(String collection, int from, int to) {
        return change(
                "ingest " + collection + " " + from + "-" + to,
                catalog -> collection(catalog, collection).ingest(rows(from, to)),
                state -> state.ingest(collection, from, to));
    }

    Workload alter(String field) {
        return change(
                "alter",
                catalog -> {
                    DatasetSchema schema = catalog.dataset(SLUG).schema();
                    if (schema.field(field).isEmpty()) {
                        catalog.dataset(SLUG)
                                .alter(schema.toBuilder()
                                        .field(Field.string(field))
                                        .build());
                    }
                },
                state -> state.addField(field));
    }

    Workload document(String collection, String document) {
        return change(
                "document",
                catalog -> collection(catalog, collection).putDocument(Json.parse(document)),
                state -> state.putDocument(collection, document));
    }

    Workload flush() {
        steps.add(new Step(
                Kind.FLUSH,
                "flush",
                catalog -> catalog.maintenance().orElseThrow().flush()));
        return this;
    }

    Workload reopen() {
        steps.add(new Step(Kind.REOPEN, "reopen", Catalog::close));
        return this;
    }

    private Workload change(String name, Consumer<Catalog> change, Consumer<ExpectedCatalog> effect) {
        effect.accept(expected);
        steps.add(new Step(Kind.CHANGE, name, change));
        states.add(expected.text());
        return this;
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
        return states.get(changes);
    }

    /** Makes all changes, those before included, as a client does that does not know what has arrived. */
    void repeatAll(Catalog catalog) {
        for (Step step : steps) {
            if (step.kind() == Kind.CHANGE) {
                step.change().accept(catalog);
            }
        }
    }

    static Collection collection(Catalog catalog, String name) {
        return catalog.dataset(SLUG).collection(name);
    }

    static List<Datapoint> rows(int from, int to) {
        return IntStream.range(from, to).mapToObj(Workload::row).toList();
    }

    /** The row with a number: times of several years, text that does not compress. */
    static Datapoint row(int n) {
        return ROWS.computeIfAbsent(n, Workload::makeRow);
    }

    private static Datapoint makeRow(int n) {
        SplittableRandom random = new SplittableRandom(n);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            text.append(Long.toHexString(random.nextLong()));
        }
        Instant time = START.plusSeconds((n % 5) * 3_600L).plusSeconds(n % 11 == 0 ? 40_000_000L + n : n);
        return Datapoint.at(time)
                .set("n", (long) n)
                .set("text", text.toString())
                .build();
    }
}
