package org.almagest.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every line {@code ./almagest …} on a page is a command that exists, with options that exist. */
@Tag("docs")
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern COMMAND = Pattern.compile("^\\s*(?:\\$ )?\\./almagest(?:\\s+(.*))?$");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+)");

    @Test
    void everyCommandOnAPageIsKnown() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path page : pages()) {
            String text = Files.readString(page).replaceAll("\\\\\\R\\s*", " ");
            text.lines()
                    .map(DocumentedCommandsTest::problem)
                    .filter(problem -> !problem.isEmpty())
                    .forEach(problem -> wrong.add(page + ": " + problem));
        }
        assertEquals("", String.join("\n", wrong));
    }

    @Test
    void anUnknownCommandOrOptionIsReported() {
        assertEquals(List.of("query", "a b", "--limit", "3"), words("query 'a b' --limit 3 | head # first"));
        assertTrue(problem("./almagest no-such-command").startsWith("./almagest no-such-command: "));
        assertTrue(problem("./almagest --no-such-option").startsWith("./almagest --no-such-option: "));
        assertEquals("", problem("./almagest --help"));
    }

    /** Returns what is wrong with a line; empty when nothing is or it is no command. */
    private static String problem(String line) {
        Matcher matcher = COMMAND.matcher(line);
        if (!matcher.matches()) {
            return "";
        }
        String arguments = matcher.group(1) == null ? "" : matcher.group(1);
        try {
            CliRun.commandLine().parseArgs(words(arguments).toArray(String[]::new));
            return "";
        } catch (CommandLine.ParameterException e) {
            return line.strip() + ": " + e.getMessage();
        }
    }

    /** Splits as a shell does, up to a comment or to what goes into another program or a file. */
    static List<String> words(String arguments) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(arguments);
        while (matcher.find()) {
            String bare = matcher.group(3);
            if (bare != null && bare.matches("[#|>&;<].*|2>.*")) {
                break;
            }
            words.add(bare != null ? bare : matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return words;
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> top = Files.list(ROOT)) {
            top.filter(path -> path.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        if (Files.isDirectory(ROOT.resolve("docs"))) {
            try (Stream<Path> walk = Files.walk(ROOT.resolve("docs"))) {
                walk.filter(path -> path.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }
}
