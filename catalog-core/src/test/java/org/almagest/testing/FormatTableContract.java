package org.almagest.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A table of bytes agrees with itself and with the constants of its class. Each module runs this over
 * its own sources with a subclass named {@code FormatTableTest}.
 *
 * <p>Checked: a row begins where the one above it ends, as far as both are sums; {@code X_OFFSET} and
 * {@code X_BYTES} equal the row whose field is {@code x}; every {@code X_OFFSET} of a class with a
 * table has such a row.
 */
public abstract class FormatTableContract {
    private static final Path SOURCES = Path.of("src", "main", "java");

    /** Returns pages to check beside the sources; none unless overridden. */
    protected List<Path> pages() throws IOException {
        return List.of();
    }

    @Test
    void everyRowBeginsWhereTheOneAboveItEnds() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (FormatTable table : tables()) {
            wrong.addAll(gaps(table));
        }
        assertNone(wrong);
    }

    @Test
    void tablesSayWhatTheConstantsSay() throws Exception {
        Map<String, List<FormatTable>> byOwner = tables().stream()
                .filter(table -> table.owner().isPresent())
                .collect(Collectors.groupingBy(table -> table.owner().orElseThrow()));
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, List<FormatTable>> entry : byOwner.entrySet()) {
            wrong.addAll(compare(entry.getValue(), constants(Class.forName(entry.getKey()))));
        }
        assertNone(wrong);
    }

    @Test
    void theCheckItselfFindsADifference() {
        List<FormatTable.Row> rows = List.of(
                new FormatTable.Row("0", "4", "magic", ""),
                new FormatTable.Row("4", "16n", "entries", ""),
                new FormatTable.Row("4 + 15n", "4", "entry crc", ""));
        FormatTable table = new FormatTable("here", Optional.of("X"), rows);
        assertEquals(List.of("here: entry crc: offset 4 + 15n (expected 4 + 16n)"), gaps(table));
        assertEquals(
                List.of("here: magic: MAGIC_BYTES is 8 (the table says 4)", "X: LOST_OFFSET: no row of that field"),
                compare(
                        List.of(table),
                        new TreeMap<>(Map.of("MAGIC_BYTES", 8L, "LOST_OFFSET", 0L, "MAGIC_OFFSET", 0L))));
    }

    private List<FormatTable> tables() throws IOException {
        List<FormatTable> tables = new ArrayList<>();
        if (Files.isDirectory(SOURCES)) {
            for (Path file : filesBelow(SOURCES, ".java")) {
                tables.addAll(FormatTable.inSource(SOURCES, file));
            }
        }
        for (Path page : pages()) {
            tables.addAll(FormatTable.inPage(page));
        }
        return tables;
    }

    /** Returns the files below a folder whose name ends so, in path order. */
    protected static List<Path> filesBelow(Path folder, String ending) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(path -> path.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> gaps(FormatTable table) {
        List<String> wrong = new ArrayList<>();
        Optional<ByteCount> end = Optional.empty();
        for (FormatTable.Row row : table.rows()) {
            Optional<ByteCount> offset = ByteCount.parse(row.offset());
            if (row.offset().equals("?")) {
                wrong.add(table.source() + ": " + row.field() + ": " + row.constraint());
            } else if (end.isPresent() && offset.isPresent() && !offset.equals(end)) {
                wrong.add(table.source() + ": " + row.field() + ": offset " + row.offset() + " (expected "
                        + end.orElseThrow() + ")");
            }
            Optional<ByteCount> bytes = ByteCount.parse(row.bytes());
            end = offset.flatMap(start -> bytes.map(start::plus));
        }
        return wrong;
    }

    private static List<String> compare(List<FormatTable> tables, Map<String, Long> constants) {
        Map<String, Long> unmatched = new TreeMap<>(constants);
        unmatched.keySet().removeIf(name -> !name.endsWith("_OFFSET"));
        List<String> wrong = new ArrayList<>();
        for (FormatTable table : tables) {
            for (FormatTable.Row row : table.rows()) {
                String where = table.source() + ": " + row.field();
                unmatched.remove(row.constantName() + "_OFFSET");
                difference(where, row.offset(), row.constantName() + "_OFFSET", constants)
                        .ifPresent(wrong::add);
                difference(where, row.bytes(), row.constantName() + "_BYTES", constants)
                        .ifPresent(wrong::add);
            }
        }
        String owner = tables.get(0).owner().orElseThrow();
        unmatched.keySet().forEach(name -> wrong.add(owner + ": " + name + ": no row of that field"));
        return wrong;
    }

    private static Optional<String> difference(String where, String cell, String name, Map<String, Long> constants) {
        Optional<Long> written = ByteCount.parse(cell).flatMap(ByteCount::number);
        Long actual = constants.get(name);
        if (actual == null || written.isEmpty() || written.orElseThrow().equals(actual)) {
            return Optional.empty();
        }
        return Optional.of(where + ": " + name + " is " + actual + " (the table says " + cell + ")");
    }

    private static Map<String, Long> constants(Class<?> owner) throws IllegalAccessException {
        Map<String, Long> constants = new TreeMap<>();
        for (Field field : owner.getDeclaredFields()) {
            boolean number = field.getType() == int.class || field.getType() == long.class;
            if (number && Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers())) {
                field.setAccessible(true);
                constants.put(field.getName(), ((Number) field.get(null)).longValue());
            }
        }
        return constants;
    }

    private static void assertNone(List<String> wrong) {
        if (!wrong.isEmpty()) {
            fail("tables of bytes:\n" + String.join("\n", wrong));
        }
    }
}
