package org.almagest.server.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Prints rows as a table that fits the terminal.
 *
 * <p>Widths come from the first rows; a cell that is wider is cut and ends in an ellipsis. Where even that does not fit,
 * the last columns are left out and a message says so. A short table leaves out columns without any value. Control
 * characters in cells are replaced, so that data cannot command the terminal.
 */
public final class TablePrinter implements AutoCloseable {
    private static final int MEASURED_ROWS = 1_000;
    private static final int CUT_COLUMNS_MIN = 8;
    private static final int SHOWN_COLUMNS_MIN = 3;
    private static final int TERMINAL_CELL_COLUMNS_MAX = 40;
    private static final int CELL_COLUMNS_MAX = 80;
    private static final String GAP = "  ";

    private final Console console;
    private List<Column> columns;
    private int[] sources;
    private final List<List<String>> measured = new ArrayList<>();
    private int[] widths = new int[0];
    private int shownColumns;

    /** To which side the cells of a column lean. */
    public enum Align {
        /** Text. */
        LEFT,
        /** Numbers. */
        RIGHT
    }

    /**
     * One column.
     *
     * @param header the name above it
     * @param align the side the cells lean to
     */
    public record Column(String header, Align align) {
        /** Returns a column of text. */
        public static Column text(String header) {
            return new Column(header, Align.LEFT);
        }

        /** Returns a column of numbers. */
        public static Column number(String header) {
            return new Column(header, Align.RIGHT);
        }
    }

    /** Begins a table. */
    public TablePrinter(Console console, List<Column> columns) {
        this.console = console;
        this.columns = List.copyOf(columns);
        this.sources = IntStream.range(0, columns.size()).toArray();
    }

    /** Adds a row: one cell per column. */
    public void row(List<String> cells) {
        List<String> clean = cells.stream()
                .map(cell -> cut(printable(cell), CELL_COLUMNS_MAX))
                .toList();
        if (widths.length > 0) {
            printRow(clean);
            return;
        }
        measured.add(clean);
        if (measured.size() == MEASURED_ROWS) {
            begin();
        }
    }

    /** Adds a row: one cell per column. */
    public void row(String... cells) {
        row(List.of(cells));
    }

    /** Prints what is left; nothing at all where there was no row. */
    @Override
    public void close() {
        if (widths.length == 0 && !measured.isEmpty()) {
            dropEmptyColumns();
            begin();
        }
        console.flush();
    }

    private void dropEmptyColumns() {
        sources = IntStream.range(0, columns.size())
                .filter(i -> measured.stream().anyMatch(row -> !row.get(i).isEmpty()))
                .toArray();
        columns = Arrays.stream(sources).mapToObj(columns::get).toList();
    }

    private void begin() {
        widths = new int[sources.length];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = width(columns.get(i).header());
            for (List<String> row : measured) {
                widths[i] = Math.max(widths[i], width(row.get(sources[i])));
            }
        }
        shownColumns = widths.length;
        if (isTerminal()) {
            fit(console.terminal().columns());
        }
        printLine(columns.stream().map(Column::header).toList());
        measured.forEach(this::printRow);
        measured.clear();
    }

    private boolean isTerminal() {
        return console.terminal().shows(Terminal.Stream.RESULTS);
    }

    /** Leaves out columns from the right, but three; then narrows the widest again and again. */
    private void fit(int available) {
        Arrays.setAll(widths, i -> Math.min(widths[i], TERMINAL_CELL_COLUMNS_MAX));
        while (total() > available && shownColumns > SHOWN_COLUMNS_MIN) {
            shownColumns--;
        }
        while (total() > available) {
            int widest = 0;
            for (int i = 1; i < shownColumns; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= CUT_COLUMNS_MIN) {
                break;
            }
            widths[widest]--;
        }
        if (shownColumns < columns.size()) {
            List<String> hidden = columns.subList(shownColumns, columns.size()).stream()
                    .map(Column::header)
                    .toList();
            console.say("columns that do not fit: " + String.join(", ", hidden));
        }
    }

    private int total() {
        int total = GAP.length() * (shownColumns - 1);
        for (int i = 0; i < shownColumns; i++) {
            total += widths[i];
        }
        return total;
    }

    private void printRow(List<String> cells) {
        printLine(Arrays.stream(sources).mapToObj(cells::get).toList());
    }

    private void printLine(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < shownColumns; i++) {
            String cell = isTerminal() ? cut(cells.get(i), widths[i]) : cells.get(i);
            String blanks = " ".repeat(Math.max(0, widths[i] - width(cell)));
            boolean right = columns.get(i).align() == Align.RIGHT;
            line.append(i == 0 ? "" : GAP).append(right ? blanks + cell : cell + blanks);
        }
        console.print(line.toString().stripTrailing());
    }

    private static String cut(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Returns text in which each control or format character is a blank. */
    public static String printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnprintable(text.charAt(i))) {
                StringBuilder clean = new StringBuilder(text);
                for (int k = i; k < clean.length(); k++) {
                    clean.setCharAt(k, isUnprintable(clean.charAt(k)) ? ' ' : clean.charAt(k));
                }
                return clean.toString();
            }
        }
        return text;
    }

    private static boolean isUnprintable(char c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
