package org.almagest.testing.rules;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The size budgets of main code. Each module runs them over its own sources with an empty subclass
 * named {@code SizeBudgetTest}. An exception is a line {@code <subject>: <size>} in {@code
 * src/test/resources/size-exceptions.txt}, as the failure prints it; it may shrink, never grow, and
 * goes when it is no longer needed.
 */
public abstract class SizeBudgetContract {
    private static final int FILE_LINES_MAX = 600;
    private static final int METHOD_LINES_MAX = 60;
    private static final int PARAMETERS_MAX = 5;
    private static final int PACKAGE_FILES_MAX = 30;

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Path EXCEPTIONS = Path.of("src", "test", "resources", "size-exceptions.txt");
    private static final List<String> BANNED_ENDINGS =
            List.of("Manager", "Helper", "Util", "Utils", "Impl", "Data", "Base");

    @Test
    void sizesStayWithinTheirBudgets() throws IOException {
        Map<String, Integer> excess = new TreeMap<>();
        for (SourceFile file : SourceFile.under(SOURCES)) {
            measure(file, excess);
        }
        filesPerPackage().forEach((name, count) -> keepExcess(excess, name + " files", count, PACKAGE_FILES_MAX));
        assertNone(compare(excess, exceptions()));
    }

    @Test
    void noTypeNameEndsInABannedWord() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (SourceFile file : SourceFile.under(SOURCES)) {
            file.typeNames().stream()
                    .filter(name -> BANNED_ENDINGS.stream().anyMatch(name::endsWith) || name.startsWith("Base"))
                    .forEach(name -> wrong.add(file.path() + ": " + name));
        }
        assertNone(wrong);
    }

    @Test
    void noImportIsAWildcard() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (SourceFile file : SourceFile.under(SOURCES)) {
            file.imports().stream()
                    .filter(name -> name.endsWith(".*"))
                    .forEach(name -> wrong.add(file.path() + ": " + name));
        }
        assertNone(wrong);
    }

    @Test
    void nothingIsLeftForLater() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (SourceFile file : SourceFile.under(SOURCES)) {
            file.linesWith("TODO", "FIXME", "UnsupportedOperationException()").forEach(wrong::add);
        }
        for (SourceFile file : SourceFile.under(Path.of("src", "test", "java"))) {
            // Joined here so that this file does not find itself.
            file.linesWith("@Dis" + "abled", "Thread." + "sleep(").forEach(wrong::add);
        }
        assertNone(wrong);
    }

    private static void measure(SourceFile file, Map<String, Integer> excess) {
        keepExcess(excess, file.path() + " lines", file.nonBlankLines(), FILE_LINES_MAX);
        for (SourceFile.Method method : file.methods()) {
            String subject = file.path() + " " + method.name();
            keepExcess(excess, subject + " lines", method.lines(), METHOD_LINES_MAX);
            keepExcess(excess, subject + " parameters", method.parameters(), PARAMETERS_MAX);
        }
    }

    private static void keepExcess(Map<String, Integer> excess, String subject, int size, int max) {
        if (size > max) {
            excess.merge(subject, size, Math::max);
        }
    }

    private static Map<String, Integer> filesPerPackage() throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        for (SourceFile file : SourceFile.under(SOURCES)) {
            Path folder = Path.of(file.path()).getParent();
            counts.merge(folder == null ? "" : SourceFile.slashed(folder), 1, Integer::sum);
        }
        return counts;
    }

    private static List<String> compare(Map<String, Integer> excess, Map<String, Integer> exceptions) {
        List<String> wrong = new ArrayList<>();
        excess.forEach((subject, size) -> {
            int permitted = exceptions.getOrDefault(subject, 0);
            if (size > permitted) {
                wrong.add(subject + ": " + size + " (over budget)");
            } else if (size < permitted) {
                wrong.add(subject + ": " + size + " (the exception says " + permitted + ": lower it)");
            }
        });
        exceptions.keySet().stream()
                .filter(subject -> !excess.containsKey(subject))
                .forEach(subject -> wrong.add(subject + ": within its budget now (drop the exception)"));
        return wrong;
    }

    private static Map<String, Integer> exceptions() throws IOException {
        if (!Files.exists(EXCEPTIONS)) {
            return Map.of();
        }
        try (Stream<String> lines = Files.lines(EXCEPTIONS)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(": "))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> Integer.parseInt(parts[1].strip())));
        }
    }

    private static void assertNone(Collection<String> wrong) {
        if (!wrong.isEmpty()) {
            fail("see CONTRIBUTING.md, size budgets:\n" + String.join("\n", wrong));
        }
    }
}
