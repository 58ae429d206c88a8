package org.almagest.query.cql2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.almagest.error.InvalidRequestException;
import org.almagest.query.Filter;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The examples of the CQL2 standard: each one is read in both forms, or refused because of a function of a server. */
class Cql2ExamplesTest {
    private static final int TEXT_COUNT = 120;
    private static final int JSON_COUNT = 109;

    /** The examples that are refused, with the message for the text and the one for the JSON. */
    private static final Map<String, String[]> REFUSED = Map.of(
            "clause6_01",
            messages("column 1: function \"avg\" is not known", "/op: function \"avg\" is not known"),
            "clause6_02b",
            messages("column 1: function \"avg\" is not known", "/args/0/op: function \"avg\" is not known"),
            "clause7_18",
            messages("column 15: function \"Buffer\" is not known", "/args/1/op: function \"Buffer\" is not known"),
            "example68",
            messages("column 1: function \"Foo\" is not known", "/args/0/op: function \"Foo\" is not known"),
            "example69",
            messages("column 10: function \"Bar\" is not known", "/args/1/op: function \"Bar\" is not known"));

    private static String[] messages(String text, String json) {
        return new String[] {"filter: " + text, "filter: " + json};
    }

    @Test
    void everyTextIsReadOrRefusedForAStatedReason() throws IOException {
        Map<String, String> examples = examples("text");
        assertEquals(TEXT_COUNT, examples.size());
        check(examples, Cql2Text::parse, 0);
    }

    @Test
    void everyJsonIsReadOrRefusedForAStatedReason() throws IOException {
        Map<String, String> examples = examples("json");
        assertEquals(JSON_COUNT, examples.size());
        check(examples, Cql2Json::parse, 1);
    }

    private static void check(Map<String, String> examples, Function<String, Filter> parser, int form) {
        int refused = 0;
        for (Map.Entry<String, String> example : examples.entrySet()) {
            String name = example.getKey();
            if (REFUSED.containsKey(name)) {
                InvalidRequestException refusal =
                        assertThrows(InvalidRequestException.class, () -> parser.apply(example.getValue()), name);
                assertEquals(REFUSED.get(name)[form], refusal.getMessage(), name);
                refused++;
            } else {
                Filter filter = parser.apply(example.getValue());
                assertEquals(filter, Cql2Text.parse(Cql2Text.print(filter)), name);
                assertEquals(filter, Cql2Json.parse(Cql2Json.print(filter)), name);
            }
        }
        assertEquals(REFUSED.size(), refused);
    }

    @Test
    void bothFormsOfAnExampleAreEqual() throws IOException {
        Map<String, String> texts = examples("text");
        Map<String, String> trees = examples("json");
        int compared = 0;
        for (Map.Entry<String, String> text : texts.entrySet()) {
            String plain = text.getKey().replaceAll("-alt\\d+$", "");
            if (!REFUSED.containsKey(plain)) {
                Filter filter = Cql2Text.parse(text.getValue());
                assertEquals(Cql2Json.parse(trees.get(plain)), filter, text.getKey());
                assertEquals(Cql2Json.print(Cql2Json.parse(trees.get(plain))), Cql2Json.print(filter), text.getKey());
                compared++;
            }
        }
        assertEquals(TEXT_COUNT - REFUSED.size(), compared);
    }

    private static Map<String, String> examples(String form) throws IOException {
        String configured = System.getProperty("almagest.shared.data");
        Path root = configured != null ? Path.of(configured) : Path.of("..", "..", "shared", "data");
        Path folder = root.resolve("cql2").resolve(form);
        Assumptions.assumeTrue(Files.isDirectory(folder), () -> "no examples in " + folder);
        Map<String, String> examples = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                examples.put(name.substring(0, name.indexOf('.')), Files.readString(file));
            }
        }
        return examples;
    }
}
