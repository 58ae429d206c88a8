package org.almagest.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes a page, its charts and a JSON document about one run. */
public final class Report {
    private static final double BYTES_PER_GIBIBYTE = 1L << 30;

    private final Circumstances run;
    private final List<EngineFigures> engines;
    private final List<Goal> goals;

    /** Begins a report. */
    public Report(Circumstances run, List<EngineFigures> engines) {
        this.run = run;
        this.engines = List.copyOf(engines);
        this.goals = GoalTable.of(engines, run.rows());
    }

    /** Returns the table of goals for a terminal. */
    public String goalLines() {
        StringBuilder out = new StringBuilder();
        goals.forEach(goal -> out.append(goal).append(System.lineSeparator()));
        return out.toString();
    }

    /** Writes {@code NAME.md}, {@code NAME.json} and charts into a folder. */
    public void write(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        StringBuilder page = new StringBuilder();
        head(page);
        goals(page);
        BarChart times = times();
        if (!times.isEmpty()) {
            Files.writeString(folder.resolve(name + "-times.svg"), times.svg());
            page.append("\n## Time of a question\n\n![Median time of a question by class and engine](")
                    .append(name)
                    .append("-times.svg)\n");
            questions(page);
        }
        load(page, folder, name);
        memory(page);
        Files.writeString(folder.resolve(name + ".md"), page);
        Files.writeString(folder.resolve(name + ".json"), JsonReport.of(run, engines, goals));
    }

    private void head(StringBuilder out) {
        append(out, "# Comparison at %,d rows%n", run.rows());
        append(
                out,
                "%s, commit `%s`, %s, %d cores, %.0f GiB, JDK %s, %s.",
                run.date(),
                run.commit(),
                run.processor(),
                run.cores(),
                run.memoryBytes() / BYTES_PER_GIBIBYTE,
                run.jdk(),
                run.heap());
        append(
                out,
                "%nMade by `Compare %s`; [README.md](README.md) says how to run it and how to read it.",
                run.command());
        List<QueryFigures> asked = engines.stream()
                .flatMap(engine -> engine.queries().values().stream())
                .toList();
        if (!asked.isEmpty()) {
            boolean right = asked.stream().allMatch(QueryFigures::right);
            append(
                    out,
                    right
                            ? "%nAll answers of all engines have the number of rows and the digest that brute force gives."
                            : "%n**Some answers are wrong.**");
        }
    }

    private void goals(StringBuilder out) {
        append(
                out,
                "%n## Goals%n%n| class | best of those asked | its figure | ours | ratio | must | goal | reached |");
        append(out, "| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |");
        for (Goal goal : goals) {
            String reached = goal.reached();
            append(
                    out,
                    "| %s | %s | %s | %s | %s | %s | %s | %s |",
                    goal.what(),
                    goal.against(),
                    goal.theirs(),
                    goal.ours(),
                    goal.ratioText(),
                    goal.must(),
                    goal.goal(),
                    reached.equals("no") ? "**no**" : reached);
        }
    }

    private List<String> kinds() {
        TreeSet<String> kinds = new TreeSet<>();
        engines.forEach(engine -> kinds.addAll(engine.queries().keySet()));
        return List.copyOf(kinds);
    }

    private BarChart times() {
        BarChart chart = new BarChart("Median time of a question (logarithmic; shorter is better)", Numbers::micros);
        for (String kind : kinds()) {
            for (EngineFigures engine : engines) {
                QueryFigures figures = engine.queries().get(kind);
                if (figures != null) {
                    chart.add(kind, engine.engine(), figures.p50Micros());
                }
            }
        }
        return chart;
    }

    private void questions(StringBuilder out) {
        append(out, "%nMedian, in brackets the 99th percentile; rows returned in a second of answering below.%n");
        table(
                out,
                (kind, figures) ->
                        Numbers.micros(figures.p50Micros()) + " (" + Numbers.micros(figures.p99Micros()) + ")");
        append(out, "");
        table(out, (kind, figures) -> kind.equals("f") ? "-" : Numbers.rowsPerSecond(figures.rowsPerSecond()));
        append(out, "%nMedian over the questions of the fastest time of each, which a busy machine changes least:%n");
        table(out, (kind, figures) -> Numbers.micros(figures.undisturbedMicros()));
        append(out, "%nCores that other processes kept busy meanwhile:%n");
        table(out, (kind, figures) -> String.format(Locale.ROOT, "%.2f", figures.foreignCores()));
    }

    private interface Cell {
        String of(String kind, QueryFigures figures);
    }

    private void table(StringBuilder out, Cell cell) {
        List<String> head = new ArrayList<>(List.of("class"));
        engines.forEach(engine -> head.add(engine.version() + suffix(engine)));
        row(out, head);
        out.append("| --- |").append(" ---: |".repeat(engines.size())).append('\n');
        for (String kind : kinds()) {
            List<String> cells = new ArrayList<>(List.of(kind));
            for (EngineFigures engine : engines) {
                @Nullable QueryFigures figures = engine.queries().get(kind);
                String wrong = figures == null || figures.right() ? "" : " **wrong: " + figures.wrong() + "**";
                cells.add(figures == null ? "-" : cell.of(kind, figures) + wrong);
            }
            row(out, cells);
        }
    }

    private static String suffix(EngineFigures engine) {
        int dash = engine.engine().indexOf('-');
        return dash < 0 ? "" : " " + engine.engine().substring(dash + 1);
    }

    private static void row(StringBuilder out, List<String> cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private void load(StringBuilder out, Path folder, String name) throws IOException {
        BarChart rates =
                new BarChart("Durable ingest, rows a second (logarithmic; longer is better)", Numbers::significant);
        for (EngineFigures engine : engines) {
            LoadFigures load = engine.load();
            if (load != null && load.ofThisRun()) {
                rates.add("10,000-row commits", engine.engine(), load.rowsPerSecond());
            }
        }
        for (EngineFigures engine : engines) {
            Double again = engine.numbers().get("reingest_rows_per_s");
            if (again != null) {
                rates.add("the same rows again", engine.engine(), again);
            }
        }
        append(out, "%n## Ingest and size%n");
        if (!rates.isEmpty()) {
            Files.writeString(folder.resolve(name + "-ingest.svg"), rates.svg());
            append(out, "![Rows a second by engine](%s-ingest.svg)%n", name);
        }
        append(
                out,
                "| engine | rows/s | commit p50 | commit max | afterwards | best form, not counted | processor time per row | bytes per row | cores of others |");
        append(out, "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (EngineFigures engine : engines) {
            LoadFigures load = engine.load();
            if (load != null) {
                append(
                        out,
                        "| %s | %,.0f | %.0f ms | %.0f ms | %.1f s | %.1f s | %.1f µs | %.0f | %.2f |",
                        engine.version() + suffix(engine) + (load.ofThisRun() ? "" : " (of an earlier run)"),
                        load.rowsPerSecond(),
                        load.commitP50Millis(),
                        load.commitMaxMillis(),
                        load.finishSeconds(),
                        load.settleSeconds(),
                        load.cpuMicrosPerRow(),
                        load.bytesPerRow(),
                        load.foreignCores());
            }
        }
    }

    private void memory(StringBuilder out) {
        append(out, "%n## Other figures%n%n| engine | figure | value |%n| --- | --- | ---: |");
        for (EngineFigures engine : engines) {
            engine.numbers()
                    .forEach((name, value) -> append(
                            out,
                            "| %s | %s | %s |",
                            engine.version() + suffix(engine),
                            name,
                            Numbers.significant(value)));
        }
    }

    private static void append(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
