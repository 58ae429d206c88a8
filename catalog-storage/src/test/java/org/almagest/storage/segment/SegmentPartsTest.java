package org.almagest.storage.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of parts and of sections, in the format's page and in its class, name what there is. */
class SegmentPartsTest {
    private static final Path PAGE = Path.of("..", "docs", "format", "segment.md");
    private static final Path CLASS = Path.of("src/main/java/org/almagest/storage/segment/SegmentFormat.java");

    private static List<String> titles() {
        List<String> titles = new ArrayList<>();
        for (SectionKind kind : SectionKind.values()) {
            titles.add(kind.title());
        }
        return titles;
    }

    /** Returns the first group of each line of a file that a pattern finds. */
    private static List<String> found(Path file, String pattern) throws IOException {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(Files.readString(file));
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static List<String> between(String first, String second, List<String> middle) {
        List<String> all = new ArrayList<>(List.of(first, second));
        all.addAll(middle);
        all.add("footer");
        return all;
    }

    @Test
    void theClassNamesAllParts() throws IOException {
        assertEquals(
                between("header", "pages", titles()),
                found(CLASS, "^ \\* ([a-z ]+?) {2,}(?:0|HEADER_BYTES|ALIGNMENT) "));
    }

    @Test
    void thePageNamesAllParts() throws IOException {
        List<String> parts = found(PAGE, "^\\| ([a-z ]+) \\| (?:0|64|next multiple of 16(?: each)?) \\| ");
        parts.replaceAll(part -> part.equals("columns") ? "column" : part);
        assertEquals(between("header", "pages", titles()), parts);
    }

    @Test
    void thePageNamesAllSections() throws IOException {
        List<String> expected = new ArrayList<>();
        for (SectionKind kind : SectionKind.values()) {
            expected.add(kind.code() + " | " + kind.title());
        }
        assertEquals(expected, found(PAGE, "^\\| ([0-9]+ \\| [a-z ]*[a-z]) \\| (?!.*\\|.*\\|)"));
    }
}
