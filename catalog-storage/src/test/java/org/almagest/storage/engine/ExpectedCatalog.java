package org.almagest.storage.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.model.Datapoint;
import org.almagest.model.Json;
import org.almagest.query.Query;
import org.almagest.schema.Field;

/** What a catalog holds, as text that a test can compare: worked out in memory, or read from a catalog. */
final class ExpectedCatalog {
    private final Map<String, Content> datasets = new TreeMap<>();
    private int made;

    /** A dataset, which may be deleted. */
    private static final class Content {
        final List<String> fields = new ArrayList<>();
        final Map<String, Rows> collections = new TreeMap<>();
        boolean deleted;
    }

    /** A collection; {@code made} differs for two of the same name. */
    private static final class Rows {
        final int made;
        final BitSet numbers = new BitSet();
        String document = "";
        String retention = "";

        Rows(int made) {
            this.made = made;
        }
    }

    /** The numbers of the rows of one collection at one moment. */
    record Moment(int made, BitSet numbers) {}

    /** A catalog at one moment: everything as text, and the rows of each collection. */
    record State(String text, Map<String, Moment> rows) {}

    void createDataset(DatasetSpec spec) {
        Content content = new Content();
        spec.schema().fields().forEach(field -> content.fields.add(field.name()));
        datasets.put(spec.slug(), content);
    }

    void deleteDataset(String slug) {
        Objects.requireNonNull(datasets.get(slug)).deleted = true;
    }

    void restoreDataset(String slug) {
        Objects.requireNonNull(datasets.get(slug)).deleted = false;
    }

    void purgeDataset(String slug) {
        datasets.remove(slug);
    }

    void addField(String slug, String name) {
        Objects.requireNonNull(datasets.get(slug)).fields.add(name);
    }

    private Map<String, Rows> collections(String collection) {
        return Objects.requireNonNull(datasets.get(Workload.slugOf(collection))).collections;
    }

    private Rows rows(String collection) {
        return Objects.requireNonNull(collections(collection).get(collection));
    }

    void createCollection(String name) {
        collections(name).computeIfAbsent(name, missing -> new Rows(made++));
    }

    void deleteCollection(String name) {
        collections(name).remove(name);
    }

    void ingest(String collection, int from, int to) {
        rows(collection).numbers.set(from, to);
    }

    void replace(String collection, int... numbers) {
        BitSet live = rows(collection).numbers;
        for (int number : numbers) {
            int now = live.nextSetBit(WorkloadRows.firstVersion(number));
            boolean sameKey = now >= 0 && WorkloadRows.firstVersion(now) == WorkloadRows.firstVersion(number);
            if (!sameKey || now < number) {
                deleteKey(collection, number);
                live.set(number);
            }
        }
    }

    void deleteKey(String collection, int number) {
        int first = WorkloadRows.firstVersion(number);
        rows(collection).numbers.clear(first, first + WorkloadRows.versionsOfAKey());
    }

    void deleteNumbers(String collection, int from, int to) {
        rows(collection).numbers.clear(from, to);
    }

    void deleteIf(String collection, Predicate<Datapoint> condition) {
        IntFunction<Datapoint> maker = maker(collection);
        BitSet live = rows(collection).numbers;
        for (int number = live.nextSetBit(0); number >= 0; number = live.nextSetBit(number + 1)) {
            if (condition.test(maker.apply(number))) {
                live.clear(number);
            }
        }
    }

    void putDocument(String collection, String document) {
        rows(collection).document = document;
    }

    void putRetention(String collection, String retention) {
        rows(collection).retention = retention;
    }

    State state() {
        StringBuilder text = new StringBuilder();
        Map<String, Moment> moments = new HashMap<>();
        datasets.forEach((slug, content) -> {
            content.collections.forEach(
                    (name, rows) -> moments.put(name, new Moment(rows.made, (BitSet) rows.numbers.clone())));
            if (!content.deleted) {
                text.append(slug).append(content.fields).append('\n');
                content.collections.forEach(
                        (name, rows) -> text.append(line(name, rows.document + rows.retention, rows.numbers)));
            }
        });
        datasets.forEach((slug, content) -> text.append(content.deleted ? slug + " deleted\n" : ""));
        return new State(text.toString(), moments);
    }

    /** Reads everything in a catalog; says so in the text where two ways of asking differ. */
    static String read(Catalog catalog) {
        StringBuilder text = new StringBuilder();
        for (Dataset dataset : catalog.datasets()) {
            text.append(dataset.slug())
                    .append(dataset.schema().fields().stream().map(Field::name).toList())
                    .append('\n');
            for (Collection collection : dataset.collections()) {
                text.append(read(collection));
            }
        }
        catalog.deletedDatasets().forEach(dataset -> text.append(dataset.slug()).append(" deleted\n"));
        return text.toString();
    }

    private static String read(Collection collection) {
        Query all = Query.allTime().build();
        BitSet numbers = new BitSet();
        StringBuilder problems = new StringBuilder();
        boolean keyed = collection.dataset().schema().key().isPresent();
        List<Datapoint> rows = collection.query(all).toList();
        for (Datapoint row : rows) {
            int number = number(row);
            Datapoint expected = maker(collection.name()).apply(number);
            if (numbers.get(number)) {
                problems.append(" row ").append(number).append(" twice");
            }
            numbers.set(number);
            if (!row.values().equals(expected.values()) || !row.time().equals(expected.time())) {
                problems.append(" row ").append(number).append(" is ").append(row);
            }
            boolean found = keyed
                    ? collection.findByKey(WorkloadRows.key(number)).equals(Optional.of(row))
                    : number % 4 != 0 || collection.find(row.id().orElseThrow()).equals(Optional.of(row));
            if (!found) {
                problems.append(" row ").append(number).append(" not found");
            }
        }
        if (collection.info().count() != rows.size() || collection.count(all) != rows.size()) {
            problems.append(" counts ")
                    .append(collection.info().count())
                    .append(" and ")
                    .append(collection.count(all));
        }
        String document = collection.document().map(Json::text).orElse("");
        String retention = collection.retention().map(Object::toString).orElse("");
        return line(collection.name(), document + retention + problems, numbers);
    }

    /** Returns the numbers of the rows that a collection has, or had in a version. */
    static BitSet numbers(Collection collection, Query query) {
        BitSet numbers = new BitSet();
        collection.query(query).toList().forEach(row -> numbers.set(number(row)));
        return numbers;
    }

    private static int number(Datapoint row) {
        return Math.toIntExact((Long) row.value("n").orElseThrow());
    }

    private static IntFunction<Datapoint> maker(String collection) {
        return Workload.slugOf(collection).equals(Workload.KEYED_SLUG) ? WorkloadRows::keyed : WorkloadRows::row;
    }

    private static String line(String name, String more, BitSet numbers) {
        return "  " + name + " " + more + " " + numbers.cardinality() + " rows:" + ranges(numbers) + "\n";
    }

    private static String ranges(BitSet numbers) {
        List<int[]> ranges = new ArrayList<>();
        for (int from = numbers.nextSetBit(0); from >= 0; from = numbers.nextSetBit(numbers.nextClearBit(from))) {
            ranges.add(new int[] {from, numbers.nextClearBit(from) - 1});
        }
        return ranges.stream().map(range -> " " + range[0] + "-" + range[1]).collect(Collectors.joining());
    }
}
