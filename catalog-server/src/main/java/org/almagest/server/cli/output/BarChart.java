package org.almagest.server.cli.output;

import java.util.ArrayList;
import java.util.List;

/**
 * Prints counts, one a line, on a terminal with a bar beside each.
 *
 * <p>The highest count has the longest bar, and each that is not 0 has at least the shortest. Where the terminal shows
 * Unicode, bars are of eighths of a character.
 */
public final class BarChart {
    private static final int KEY_COLUMNS_MAX = 40;
    private static final int BAR_COLUMNS_MAX = 60;
    private static final int BAR_COLUMNS_MIN = 5;
    private static final String GAP = "  ";
    private static final String EIGHTHS = "▏▎▍▌▋▊▉█";
    private static final String ASCII = "#";
    private static final String ELLIPSIS = "…";
    private static final String ASCII_ELLIPSIS = "~";

    private final Console console;
    private final String levels;
    private final String ellipsis;
    private final List<String> keys = new ArrayList<>();
    private final List<Long> counts = new ArrayList<>();

    /** Begins a chart; bars are of {@code #}, and a key that is cut ends in {@code ~}, unless the terminal shows UTF-8. */
    public BarChart(Console console, Boolean showsUtf8) {
        this.console = console;
        this.levels = showsUtf8 ? EIGHTHS : ASCII;
        this.ellipsis = showsUtf8 ? ELLIPSIS : ASCII_ELLIPSIS;
    }

    /** Adds a line. */
    public void bar(String key, long count) {
        String clean = TablePrinter.printable(key);
        boolean isLong = clean.codePointCount(0, clean.length()) > KEY_COLUMNS_MAX;
        keys.add(isLong ? clean.substring(0, clean.offsetByCodePoints(0, KEY_COLUMNS_MAX - 1)) + ellipsis : clean);
        counts.add(count);
    }

    /**
     * Prints all lines under a heading.
     *
     * @param heading what the keys are
     */
    public void print(String heading) {
        String countHeading = "count";
        int keyColumns = width(heading);
        long most = 1;
        for (int i = 0; i < keys.size(); i++) {
            keyColumns = Math.max(keyColumns, width(keys.get(i)));
            most = Math.max(most, counts.get(i));
        }
        int countColumns = Math.max(countHeading.length(), Long.toString(most).length());
        int left = console.terminal().columns() - keyColumns - countColumns - 2 * GAP.length();
        boolean hasBars = console.terminal().shows(Terminal.Stream.RESULTS) && left >= BAR_COLUMNS_MIN;
        int barColumns = Math.min(left, BAR_COLUMNS_MAX);
        console.print(padded(heading, keyColumns) + GAP + blanks(countColumns - countHeading.length()) + countHeading);
        for (int i = 0; i < keys.size(); i++) {
            String count = counts.get(i).toString();
            String line = padded(keys.get(i), keyColumns) + GAP + blanks(countColumns - count.length()) + count;
            String bar = hasBars ? bar(counts.get(i) / (double) most, barColumns) : "";
            console.print(bar.isEmpty() ? line : line + GAP + bar);
        }
        console.flush();
    }

    /** Returns the bar of a part of the highest count. */
    private String bar(double part, int columns) {
        int steps = levels.length();
        long filled = Math.round(part * columns * steps);
        if (part == 0) {
            return "";
        }
        long shown = Math.max(1, filled);
        String full = levels.substring(steps - 1).repeat((int) (shown / steps));
        int rest = (int) (shown % steps);
        return rest == 0 ? full : full + levels.charAt(rest - 1);
    }

    private static String padded(String text, int columns) {
        return text + blanks(columns - width(text));
    }

    private static String blanks(int count) {
        return " ".repeat(Math.max(0, count));
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
