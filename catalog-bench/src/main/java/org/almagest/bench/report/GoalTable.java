package org.almagest.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.almagest.bench.report.Goal.Bound;
import org.almagest.bench.report.Goal.Side;
import org.jspecify.annotations.Nullable;

/** Compares figures with the goals that the engine was built for, each a ratio within one run. */
public final class GoalTable {
    private static final String OURS = "almagest";
    private static final long TEN_MILLION = 10_000_000;

    private final List<EngineFigures> engines;
    private final List<Goal> goals = new ArrayList<>();

    private GoalTable(List<EngineFigures> engines) {
        this.engines = engines;
    }

    /** Returns a line for each goal that the figures say something about. */
    public static List<Goal> of(List<EngineFigures> engines, long rows) {
        GoalTable table = new GoalTable(engines);
        boolean large = rows >= TEN_MILLION;
        table.question("a1", "a1 one day, whole globe", 0.40, 0.25);
        table.question("a30", "a30 thirty days", 0.40, 0.25);
        table.question("b", "b 30 days × 2°×2° box", large ? 0.25 : 0.60, large ? 0.10 : 0.40);
        table.question("c", "c 1 year × country polygon", 0.50, 0.25);
        table.question("d", "d all time × small polygon", large ? 0.50 : 0.40, 0.30);
        table.question("e", "e find by id", 0.40, 0.20);
        table.keyOverId();
        table.question("f", "f count per time window", 0.10, 0.02);
        table.question("g", "g 90 days × area × cloud_cover < 20", 0.45, 0.30);
        table.page();
        table.rate("durable ingest", figures -> loadRate(figures), 3, 5);
        table.rate("h re-ingest of existing rows", figures -> figures.numbers().get("reingest_rows_per_s"), 4, 6);
        table.keyedIngest();
        table.bytes();
        table.open();
        for (String kind : List.of("b", "d", "e", "g")) {
            table.tail(kind);
        }
        if (large) {
            table.heap();
        }
        for (String kind : List.of("a1", "b", "d", "e", "g")) {
            table.threads(kind);
        }
        return table.goals;
    }

    private static @Nullable Double loadRate(EngineFigures figures) {
        LoadFigures load = figures.load();
        return load == null || !load.comparable() ? null : load.rowsPerSecond();
    }

    private Optional<EngineFigures> named(String name) {
        return engines.stream().filter(one -> one.engine().equals(name)).findFirst();
    }

    private List<EngineFigures> peers() {
        return engines.stream().filter(one -> !one.engine().startsWith(OURS)).toList();
    }

    private static Bound atMost(double limit) {
        return new Bound(Side.AT_MOST, limit);
    }

    private static Bound atLeast(double limit) {
        return new Bound(Side.AT_LEAST, limit);
    }

    private void question(String kind, String what, double must, double goal) {
        QueryFigures ours = named(OURS).map(one -> one.queries().get(kind)).orElse(null);
        EngineFigures best = null;
        QueryFigures theirs = null;
        for (EngineFigures peer : peers()) {
            QueryFigures candidate = peer.queries().get(kind);
            if (candidate != null
                    && candidate.right()
                    && (theirs == null || candidate.p50Micros() < theirs.p50Micros())) {
                best = peer;
                theirs = candidate;
            }
        }
        if (ours != null && ours.right() && best != null && theirs != null) {
            goals.add(new Goal(
                    what,
                    best.version(),
                    Numbers.micros(theirs.p50Micros()),
                    Numbers.micros(ours.p50Micros()),
                    ours.p50Micros() / theirs.p50Micros(),
                    atMost(must),
                    atMost(goal)));
        }
    }

    /** The peer of pages is PostgreSQL, which keeps JSON as something that can be asked, not as text. */
    private void page() {
        QueryFigures ours = named(OURS).map(one -> one.queries().get("i")).orElse(null);
        EngineFigures peer = named("postgres").orElse(null);
        QueryFigures theirs = peer == null ? null : peer.queries().get("i");
        if (ours != null && ours.right() && peer != null && theirs != null && theirs.right()) {
            goals.add(new Goal(
                    "i page of 100 wide rows",
                    peer.version() + " jsonb",
                    Numbers.micros(theirs.p50Micros()),
                    Numbers.micros(ours.p50Micros()),
                    ours.p50Micros() / theirs.p50Micros(),
                    atMost(0.2),
                    atMost(0.1)));
        }
        if (ours != null && ours.right()) {
            double millis = ours.p50Micros() / 1_000;
            goals.add(new Goal(
                    "i page of 100 wide rows, ms",
                    "-",
                    "-",
                    Numbers.significant(millis),
                    millis,
                    atMost(4),
                    atMost(2)));
        }
    }

    private void keyOverId() {
        EngineFigures keyed = named("almagest-keyed").orElse(null);
        QueryFigures byId = keyed == null ? null : keyed.queries().get("e");
        QueryFigures byKey = keyed == null ? null : keyed.queries().get("e2");
        if (byId != null && byKey != null && byId.right() && byKey.right()) {
            goals.add(new Goal(
                    "e2 find by key",
                    "find by id",
                    Numbers.micros(byId.p50Micros()),
                    Numbers.micros(byKey.p50Micros()),
                    byKey.p50Micros() / byId.p50Micros(),
                    atMost(2),
                    atMost(1.5)));
        }
    }

    private void rate(String what, Function<EngineFigures, @Nullable Double> of, double must, double goal) {
        Double ours = named(OURS).map(of).orElse(null);
        EngineFigures best = null;
        double theirs = 0;
        for (EngineFigures peer : peers()) {
            Double candidate = of.apply(peer);
            if (candidate != null && candidate > theirs) {
                best = peer;
                theirs = candidate;
            }
        }
        if (ours != null && best != null) {
            String theirText = Numbers.rowsPerSecond(theirs);
            String ourText = Numbers.rowsPerSecond(ours);
            goals.add(new Goal(what, best.version(), theirText, ourText, ours / theirs, atLeast(must), atLeast(goal)));
        }
    }

    private void keyedIngest() {
        Double plain = named(OURS).map(GoalTable::loadRate).orElse(null);
        Double keyed = named("almagest-keyed").map(GoalTable::loadRate).orElse(null);
        if (plain != null && keyed != null) {
            goals.add(new Goal(
                    "keyed ingest",
                    "unkeyed",
                    Numbers.rowsPerSecond(plain),
                    Numbers.rowsPerSecond(keyed),
                    keyed / plain,
                    atLeast(0.7),
                    atLeast(0.9)));
        }
    }

    private void bytes() {
        smallest("bytes per row on disk", GoalTable::bytesPerRow, 0.70, 0.60);
    }

    private static @Nullable Double bytesPerRow(EngineFigures figures) {
        LoadFigures load = figures.load();
        return load == null ? null : load.bytesPerRow();
    }

    private void open() {
        smallest("open in a new process, ms", figures -> figures.numbers().get("open_ms"), 0.30, 0.10);
    }

    private void smallest(String what, Function<EngineFigures, @Nullable Double> of, double must, double goal) {
        Double ours = named(OURS).map(of).orElse(null);
        EngineFigures best = null;
        double theirs = Double.POSITIVE_INFINITY;
        for (EngineFigures peer : peers()) {
            Double candidate = of.apply(peer);
            if (candidate != null && candidate < theirs) {
                best = peer;
                theirs = candidate;
            }
        }
        if (ours != null && best != null) {
            String theirText = Numbers.significant(theirs);
            String ourText = Numbers.significant(ours);
            goals.add(new Goal(what, best.version(), theirText, ourText, ours / theirs, atMost(must), atMost(goal)));
        }
    }

    private void tail(String kind) {
        QueryFigures ours = named(OURS).map(one -> one.queries().get(kind)).orElse(null);
        if (ours != null && ours.right()) {
            goals.add(new Goal(
                    "p99 / p50 of " + kind,
                    "its p50",
                    Numbers.micros(ours.p50Micros()),
                    Numbers.micros(ours.p99Micros()),
                    ours.p99Micros() / ours.p50Micros(),
                    atMost(3),
                    atMost(2)));
        }
    }

    private void heap() {
        Double heap = named(OURS).map(one -> one.numbers().get("heap_mib")).orElse(null);
        if (heap != null) {
            goals.add(new Goal(
                    "heap after collection, MiB", "-", "-", Numbers.significant(heap), heap, atMost(64), atMost(32)));
        }
    }

    private void threads(String kind) {
        Double gain = named(OURS)
                .map(one -> one.numbers().get("threads_2_to_1_" + kind))
                .orElse(null);
        if (gain != null) {
            String text = Numbers.significant(gain) + "×";
            goals.add(new Goal(
                    "1 to 2 reader threads, " + kind, "1 thread", "1×", text, gain, atLeast(1.7), atLeast(1.9)));
        }
    }
}
