package org.almagest.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;

/** Groups of horizontal bars on a logarithmic axis, as SVG without anything from elsewhere. */
public final class BarChart {
    private static final Map<String, String> COLOURS = Map.of(
            "almagest", "#0b57a4",
            "almagest-5", "#5b9bd5",
            "almagest-keyed", "#9dc3e6",
            "sqlite", "#e69f00",
            "duckdb", "#b8a900",
            "lucene", "#009e73",
            "h2", "#cc79a7",
            "postgres", "#d55e00");
    private static final String OTHER = "#888888";
    private static final int WIDTH = 900;
    private static final int LEFT = 210;
    private static final int RIGHT = 100;
    private static final int BAR = 13;
    private static final int GAP = 12;
    private static final int TOP = 64;
    private static final int LEGEND_STEP = 110;

    private final String title;
    private final DoubleFunction<String> label;
    private final List<Group> groups = new ArrayList<>();

    /** One bar. */
    private record Bar(String engine, double value) {}

    /** The bars of a class of work. */
    private record Group(String name, List<Bar> bars) {}

    /** Begins a chart whose values {@code label} spells. */
    public BarChart(String title, DoubleFunction<String> label) {
        this.title = title;
        this.label = label;
    }

    /** Adds a bar to a group; groups and bars keep the order in which they come. */
    public void add(String group, String engine, double value) {
        if (groups.isEmpty() || !groups.get(groups.size() - 1).name.equals(group)) {
            groups.add(new Group(group, new ArrayList<>()));
        }
        groups.get(groups.size() - 1).bars.add(new Bar(engine, value));
    }

    /** Tells whether no bar was added. */
    public boolean isEmpty() {
        return groups.isEmpty();
    }

    /** Returns the picture. */
    public String svg() {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        int height = TOP;
        for (Group group : groups) {
            for (Bar bar : group.bars) {
                low = Math.min(low, bar.value);
                high = Math.max(high, bar.value);
            }
            height += group.bars.size() * BAR + GAP;
        }
        int first = (int) Math.floor(Math.log10(low) - 0.3);
        int last = (int) Math.ceil(Math.log10(high));
        Axis axis = new Axis(first, Math.max(last, first + 1));
        StringBuilder out = new StringBuilder();
        append(
                out,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\">",
                WIDTH,
                height + 24);
        append(out, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, height + 24);
        append(out, "<text x=\"12\" y=\"22\" font-size=\"15\" font-weight=\"bold\">%s</text>", title);
        legend(out);
        ticks(out, axis, height);
        int y = TOP;
        for (Group group : groups) {
            int middle = y + group.bars.size() * BAR / 2 + 4;
            append(
                    out,
                    "<text x=\"%d\" y=\"%d\" font-size=\"12\" text-anchor=\"end\">%s</text>",
                    LEFT - 8,
                    middle,
                    escaped(group.name));
            for (Bar bar : group.bars) {
                bar(out, bar, axis, y);
                y += BAR;
            }
            y += GAP;
        }
        return out.append("</svg>\n").toString();
    }

    private void bar(StringBuilder out, Bar bar, Axis axis, int y) {
        double end = axis.at(bar.value);
        String colour = COLOURS.getOrDefault(bar.engine, OTHER);
        append(
                out,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"><title>%s: %s</title></rect>",
                LEFT,
                y,
                end - LEFT,
                BAR - 2,
                colour,
                bar.engine,
                label.apply(bar.value));
        append(
                out,
                "<text x=\"%.1f\" y=\"%d\" font-size=\"10\">%s</text>",
                end + 4,
                y + BAR - 4,
                label.apply(bar.value));
    }

    private void legend(StringBuilder out) {
        List<String> engines = groups.stream()
                .flatMap(group -> group.bars.stream())
                .map(Bar::engine)
                .distinct()
                .toList();
        int x = LEFT;
        for (String engine : engines) {
            append(
                    out,
                    "<rect x=\"%d\" y=\"32\" width=\"11\" height=\"11\" fill=\"%s\"/>",
                    x,
                    COLOURS.getOrDefault(engine, OTHER));
            append(out, "<text x=\"%d\" y=\"42\" font-size=\"12\">%s</text>", x + 15, engine);
            x += LEGEND_STEP;
        }
    }

    private void ticks(StringBuilder out, Axis axis, int height) {
        for (int power = axis.first; power <= axis.last; power++) {
            double value = Math.pow(10, power);
            append(
                    out,
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#dddddd\"/>",
                    axis.at(value),
                    TOP - 6,
                    axis.at(value),
                    height);
            append(
                    out,
                    "<text x=\"%.1f\" y=\"%d\" font-size=\"10\" text-anchor=\"middle\" fill=\"#666666\">%s</text>",
                    axis.at(value),
                    height + 14,
                    label.apply(value));
        }
    }

    private static void append(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    /** A logarithmic axis between two powers of ten. */
    private record Axis(int first, int last) {
        double at(double value) {
            double share = (Math.log10(value) - first) / (last - first);
            return LEFT + share * (WIDTH - LEFT - RIGHT);
        }
    }
}
