package org.almagest.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A table of bytes, <i>offset · bytes · field · constraint</i>, as it stands in javadoc or on a page.
 *
 * <p>In javadoc and in a fenced block the first line is {@code offset bytes field constraint}; columns
 * are separated by two blanks or more, a line that begins with a blank goes on with the constraint
 * above it, and a line without text ends the table. On a page it may also be a Markdown table with the
 * same heads. A line {@code <!-- format: org.almagest.x.YFormat -->} above it names the class whose
 * constants it must agree with; in javadoc it is the class of the file.
 *
 * @param source file and line of the heads, for messages
 * @param owner full name of the class the table belongs to; empty when it names none
 */
public record FormatTable(String source, Optional<String> owner, List<Row> rows) {
    private static final List<String> HEADS = List.of("offset", "bytes", "field", "constraint");
    private static final String OWNER_MARK = "<!-- format:";

    public FormatTable {
        rows = List.copyOf(rows);
    }

    /** One line of a table, as written. */
    public record Row(String offset, String bytes, String field, String constraint) {
        /** Returns the field as the first part of a constant: {@code "entry count"} is {@code ENTRY_COUNT}. */
        public String constantName() {
            return field.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_").replaceAll("^_|_$", "");
        }
    }

    /** Returns the row of a field, by the name the table gives it. */
    public Optional<Row> row(String field) {
        return rows.stream().filter(row -> row.field().equals(field)).findFirst();
    }

    /** Returns the tables in the javadoc of a source file below {@code folder}. */
    public static List<FormatTable> inSource(Path folder, Path file) throws IOException {
        String name = folder.relativize(file)
                .toString()
                .replace(".java", "")
                .replace(file.getFileSystem().getSeparator(), ".");
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(line.replaceFirst("^\\s*\\* ?", "").replaceFirst("^</?pre>", ""));
        }
        return in(lines, file.toString(), Optional.of(name));
    }

    /** Returns the tables of a Markdown page. */
    public static List<FormatTable> inPage(Path page) throws IOException {
        return in(Files.readAllLines(page), page.toString(), Optional.empty());
    }

    private static List<FormatTable> in(List<String> lines, String source, Optional<String> fileOwner) {
        List<FormatTable> tables = new ArrayList<>();
        Optional<String> owner = fileOwner;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith(OWNER_MARK)) {
                owner = Optional.of(
                        line.substring(OWNER_MARK.length()).replace("-->", "").strip());
            } else if (cells(line).equals(HEADS)) {
                tables.add(new FormatTable(source + ":" + (i + 1), owner, rows(lines.subList(i + 1, lines.size()))));
                owner = fileOwner;
            }
        }
        return tables;
    }

    private static List<Row> rows(List<String> lines) {
        List<Row> rows = new ArrayList<>();
        for (String line : lines) {
            List<String> cells = cells(line);
            if (line.isBlank() || line.startsWith("```") || line.startsWith("</pre>") || line.startsWith("*")) {
                break;
            }
            if (line.startsWith("|-") || line.startsWith("| -") || line.startsWith("|:")) {
                continue;
            }
            if (line.startsWith(" ") && !rows.isEmpty()) {
                Row last = rows.remove(rows.size() - 1);
                String constraint = (last.constraint() + " " + line.strip()).strip();
                rows.add(new Row(last.offset(), last.bytes(), last.field(), constraint));
            } else if (cells.size() >= 3) {
                rows.add(new Row(cells.get(0), cells.get(1), cells.get(2), cells.size() > 3 ? cells.get(3) : ""));
            } else {
                rows.add(new Row("?", "?", line.strip(), "not a row: fewer than three columns"));
            }
        }
        return rows;
    }

    private static List<String> cells(String line) {
        String text = line.strip();
        if (!text.startsWith("|")) {
            return List.of(text.split(" {2,}|\t+", 4));
        }
        String inner = text.substring(1, text.endsWith("|") ? text.length() - 1 : text.length());
        List<String> cells = new ArrayList<>();
        for (String cell : inner.split("(?<!\\\\)\\|", 4)) {
            cells.add(cell.strip().replace("`", ""));
        }
        return cells;
    }
}
