package org.almagest.storage.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.model.Datapoint;
import org.almagest.model.Json;
import org.almagest.query.Query;
import org.almagest.schema.Field;

/** What a catalog holds, as text that a test can compare: worked out in memory, or read from a catalog. */
final class ExpectedCatalog {
    private final List<String> fields = new ArrayList<>();
    private final Map<String, BitSet> rows = new TreeMap<>();
    private final Map<String, String> documents = new TreeMap<>();

    void createDataset() {
        fields.addAll(List.of("n", "text"));
    }

    void addField(String name) {
        fields.add(name);
    }

    void createCollection(String name) {
        rows.put(name, new BitSet());
    }

    void ingest(String collection, int from, int to) {
        rows.get(collection).set(from, to);
    }

    void putDocument(String collection, String document) {
        documents.put(collection, document);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        if (!fields.isEmpty()) {
            text.append(Workload.SLUG).append(fields).append('\n');
        }
        rows.forEach((name, numbers) -> text.append(line(
                name, documents.getOrDefault(name, ""), numbers.stream().boxed().toList())));
        return text.toString();
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
        return text.toString();
    }

    private static String read(Collection collection) {
        Query all = Query.allTime().build();
        List<Integer> numbers = new ArrayList<>();
        String problems = "";
        for (Datapoint row : collection.query(all).toList()) {
            int number = Math.toIntExact((Long) row.value("n").orElseThrow());
            numbers.add(number);
            if (!row.values().equals(Workload.row(number).values())
                    || !row.time().equals(Workload.row(number).time())) {
                problems += " row " + number + " is " + row;
            }
        }
        if (collection.info().count() != numbers.size() || collection.count(all) != numbers.size()) {
            problems += " counts " + collection.info().count() + " and " + collection.count(all);
        }
        numbers.sort(null);
        String document = collection.document().map(Json::text).orElse("");
        return line(collection.name(), document + problems, numbers);
    }

    private static String line(String name, String document, List<Integer> numbers) {
        return "  " + name + " " + document + " " + numbers.size() + " rows:" + ranges(numbers) + "\n";
    }

    private static String ranges(List<Integer> numbers) {
        List<int[]> ranges = new ArrayList<>();
        for (int number : numbers) {
            if (!ranges.isEmpty() && ranges.get(ranges.size() - 1)[1] == number - 1) {
                ranges.get(ranges.size() - 1)[1] = number;
            } else {
                ranges.add(new int[] {number, number});
            }
        }
        return ranges.stream().map(range -> " " + range[0] + "-" + range[1]).collect(Collectors.joining());
    }
}
