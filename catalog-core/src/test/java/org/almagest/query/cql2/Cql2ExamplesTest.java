package org.almagest.query.cql2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.almagest.error.InvalidRequestException;
import org.almagest.query.Filter;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The examples of the CQL2 standard: each one is read, or refused because of a construct of the table below. */
class Cql2ExamplesTest {
    private static final int EXAMPLE_COUNT = 120;
    private static final int READ_COUNT = 48;

    /** What an example contains, and how it is refused therefore; the first entry that is found counts. */
    private static final Map<Pattern, String> UNSUPPORTED = unsupported(List.of(
            // Spatial functions: the geometry is asked for beside the filter.
            function("S_[A-Z]+"),
            // Temporal functions: instants are compared with = < <= > >=, BETWEEN and IN.
            function("T_[A-Z]+"),
            // Array functions: arrays do not compare.
            function("A_[A-Z]+"),
            // Folding of case and accents.
            function("CASEI|ACCENTI"),
            // Functions that a server may define.
            function("avg|Foo|Bar"),
            // Arithmetic.
            Map.entry("[<>=] \\(", "unexpected \"(\" (expected a value; arithmetic and arrays are not supported)"),
            Map.entry("balance-150.0|= - foo", "arithmetic is not supported: \"-\"")));

    private static Map.Entry<String, String> function(String names) {
        return Map.entry("\\b(" + names + ") ?\\(", "function \"%s\" is not supported");
    }

    private static Map<Pattern, String> unsupported(List<Map.Entry<String, String>> entries) {
        Map<Pattern, String> out = new LinkedHashMap<>();
        entries.forEach(entry -> out.put(Pattern.compile(entry.getKey(), Pattern.CASE_INSENSITIVE), entry.getValue()));
        return out;
    }

    @Test
    void everyExampleIsReadOrRefusedForAStatedReason() throws IOException {
        Map<String, String> examples = examples();
        assertEquals(EXAMPLE_COUNT, examples.size());
        int read = 0;
        for (Map.Entry<String, String> example : examples.entrySet()) {
            Optional<String> reason = reasonFor(example.getValue());
            if (reason.isPresent()) {
                InvalidRequestException refused = assertThrows(
                        InvalidRequestException.class, () -> Cql2Text.parse(example.getValue()), example.getKey());
                assertEquals(reason.get(), refused.problem(), example.getKey());
                assertTrue(refused.subject().contains("column "), refused.subject());
            } else {
                Filter filter = Cql2Text.parse(example.getValue());
                assertEquals(filter, Cql2Text.parse(Cql2Text.print(filter)), example.getKey());
                read++;
            }
        }
        assertEquals(READ_COUNT, read);
    }

    @Test
    void examplesThatSayTheSameAreReadTheSame() throws IOException {
        Map<String, String> examples = examples();
        int compared = 0;
        for (String name : examples.keySet()) {
            String plain = name.replace("-alt01", "");
            if (!plain.equals(name) && reasonFor(examples.get(name)).isEmpty()) {
                assertEquals(Cql2Text.parse(examples.get(plain)), Cql2Text.parse(examples.get(name)), name);
                compared++;
            }
        }
        assertEquals(6, compared);
    }

    private static Optional<String> reasonFor(String text) {
        return UNSUPPORTED.entrySet().stream()
                .map(entry -> {
                    var matcher = entry.getKey().matcher(text);
                    return matcher.find()
                            ? entry.getValue().formatted(matcher.groupCount() > 0 ? matcher.group(1) : "")
                            : "";
                })
                .filter(reason -> !reason.isEmpty())
                .findFirst();
    }

    private static Map<String, String> examples() throws IOException {
        String configured = System.getProperty("almagest.shared.data");
        Path root = configured != null ? Path.of(configured) : Path.of("..", "..", "shared", "data");
        Path folder = root.resolve("cql2").resolve("text");
        Assumptions.assumeTrue(Files.isDirectory(folder), () -> "no examples in " + folder);
        Map<String, String> examples = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                examples.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return examples;
    }
}
