package org.almagest.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.almagest.testing.FormatTable.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatTableParserTest {
    @TempDir
    Path folder;

    @Test
    void readsATableInJavadoc() throws IOException {
        Path file = Files.createDirectories(folder.resolve("org")).resolve("X.java");
        Files.writeString(file, """
                /**
                 * <pre>
                 * offset  bytes  field        constraint
                 * 0       4      entry count  0..COUNT_MAX; one entry per data block,
                 *                             in block order
                 * 4       16n    entries      nothing follows
                 * </pre>
                 */
                """);
        FormatTable table = FormatTable.inSource(folder, file).get(0);
        assertEquals(Optional.of("org.X"), table.owner());
        assertEquals(
                List.of(
                        new Row("0", "4", "entry count", "0..COUNT_MAX; one entry per data block, in block order"),
                        new Row("4", "16n", "entries", "nothing follows")),
                table.rows());
        assertEquals("ENTRY_COUNT", table.rows().get(0).constantName());
    }

    @Test
    void readsATableOnAPage() throws IOException {
        Path page = folder.resolve("x.md");
        Files.writeString(page, """
                <!-- format: org.almagest.X -->

                | offset | bytes | field | constraint |
                | --- | --- | --- | --- |
                | 0 | 4 | `magic` | 1 or 2 |

                text
                """);
        FormatTable table = FormatTable.inPage(page).get(0);
        assertEquals(Optional.of("org.almagest.X"), table.owner());
        assertEquals(List.of(new Row("0", "4", "magic", "1 or 2")), table.rows());
    }

    @Test
    void addsCounts() {
        assertEquals(
                ByteCount.parse("4+16n"),
                ByteCount.parse("4").flatMap(four -> ByteCount.parse("16 * n").map(four::plus)));
        assertEquals(Optional.empty(), ByteCount.parse("1..10"));
        assertEquals(Optional.of(-8L), ByteCount.parse("-8").flatMap(ByteCount::number));
        assertEquals(Optional.empty(), ByteCount.parse("8n").flatMap(ByteCount::number));
    }
}
