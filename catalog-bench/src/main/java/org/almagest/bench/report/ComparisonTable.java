package org.almagest.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The figures of a comparison as plain text, a line for each class of questions. */
public final class ComparisonTable {
    private static final String OURS = "almagest";
    private static final int COLUMN = 22;

    private ComparisonTable() {}

    /** Returns the tables; the first engine is compared with the best of the others that answered rightly. */
    public static String text(List<EngineFigures> engines, long rows) {
        StringBuilder out = new StringBuilder();
        out.append(String.format(Locale.ROOT, "%n%,d rows; p50 (p99) in microseconds, ! = wrong answers%n", rows));
        List<String> head = new ArrayList<>(List.of("class"));
        engines.forEach(engine -> head.add(engine.engine()));
        head.add("ratio to best asked");
        head.add("of fastest times");
        line(out, head);
        TreeSet<String> kinds = new TreeSet<>();
        engines.forEach(engine -> kinds.addAll(engine.queries().keySet()));
        for (String kind : kinds) {
            List<String> cells = new ArrayList<>(List.of(kind));
            engines.forEach(engine -> cells.add(cell(engine.queries().get(kind))));
            cells.add(ratio(engines, kind, QueryFigures::p50Micros));
            cells.add(ratio(engines, kind, QueryFigures::undisturbedMicros));
            line(out, cells);
        }
        for (EngineFigures engine : engines) {
            out.append(engine.version())
                    .append(": ")
                    .append(engine.load())
                    .append(' ')
                    .append(engine.numbers());
            out.append(System.lineSeparator());
        }
        return out.toString();
    }

    private static String cell(@Nullable QueryFigures figures) {
        if (figures == null) {
            return "-";
        }
        String times = String.format(Locale.ROOT, "%,.1f (%,.1f)", figures.p50Micros(), figures.p99Micros());
        return figures.right() ? times : times + " !" + figures.wrong();
    }

    private static String ratio(List<EngineFigures> engines, String kind, ToDoubleFunction<QueryFigures> of) {
        QueryFigures ours = engines.get(0).queries().get(kind);
        double best = engines.stream()
                .filter(engine -> !engine.engine().startsWith(OURS))
                .map(engine -> engine.queries().get(kind))
                .filter(theirs -> theirs != null && theirs.right())
                .mapToDouble(of)
                .min()
                .orElse(Double.NaN);
        return ours == null || Double.isNaN(best) ? "-" : Numbers.significant(of.applyAsDouble(ours) / best);
    }

    private static void line(StringBuilder out, List<String> cells) {
        for (String cell : cells) {
            out.append(cell).append(" ".repeat(Math.max(1, COLUMN - cell.length())));
        }
        out.append(System.lineSeparator());
    }
}
