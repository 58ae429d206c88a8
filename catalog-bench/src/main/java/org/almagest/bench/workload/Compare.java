package org.almagest.bench.workload;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.almagest.bench.data.GranuleSource;
import org.almagest.bench.data.Oracle;
import org.almagest.bench.data.QuestionKind;
import org.almagest.bench.peer.Peers;
import org.almagest.bench.report.Circumstances;
import org.almagest.bench.report.ComparisonTable;
import org.almagest.bench.report.EngineFigures;
import org.almagest.bench.report.LoadFigures;
import org.almagest.bench.report.Report;

/**
 * Asks several engines the same questions over the same rows, pass by pass in turn, so that whatever disturbs the machine
 * disturbs all of them, and compares every answer with one found by looking at every row.
 *
 * <p>Each engine has a process of its own. {@code docs/bench/README.md} says how to run it.
 */
public final class Compare {
    private static final int REINGESTED_ROWS = 100_000;
    private static final int REINGEST_ROUNDS = 5;
    private static final int REINGEST_WARMUP = 3;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BYTES_PER_MEBIBYTE = 1 << 20;
    private static final int BYTES_WORD = 6; // of what a loading process answers
    private static final int SETTLE_WORD = 7;
    private static final int OPENINGS = 11;
    private static final int THREAD_TURNS = 6;
    private static final String[] THREADED = {"a1", "b", "d", "e", "g"};

    private final CompareOptions options;
    private final PrintStream out;
    private final Map<String, EngineFigures> figures = new LinkedHashMap<>();
    private final Set<String> loadedNow = new HashSet<>();
    private final Map<String, Map<QuestionKind, Samples>> samples = new LinkedHashMap<>();

    private Compare(CompareOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Runs a comparison; {@link CompareOptions#USAGE} lists the options. */
    public static void main(String[] args) throws Exception {
        CompareOptions options;
        try {
            options = CompareOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        new Compare(options, System.out).run();
    }

    private void run() throws Exception {
        Files.createDirectories(options.folder());
        GranuleSource source = GranuleSource.of(options.rows(), options.width());
        if (!options.kinds().isEmpty()) {
            out.println("answers by looking at every row ...");
            Oracle.of(source, options.kinds(), options.folder());
        }
        for (String engine : options.engines()) {
            load(engine);
        }
        askAll();
        if (options.asks("open")) {
            open();
        }
        if (options.asks("h")) {
            reingest();
        }
        List<EngineFigures> all = List.copyOf(figures.values());
        out.print(ComparisonTable.text(all, options.rows()));
        Report report = new Report(circumstances(), all);
        out.print(report.goalLines());
        if (!options.out().isEmpty()) {
            report.write(Path.of(options.out()), options.name());
        }
    }

    private Circumstances circumstances() throws IOException {
        return new Circumstances(
                Processes.processor(),
                Runtime.getRuntime().availableProcessors(),
                Processes.memoryBytes(),
                Runtime.version().toString(),
                Processes.outputOf("git", "describe", "--always", "--dirty=+"),
                options.command(),
                LocalDate.now(ZoneOffset.UTC).toString(),
                options.rows(),
                options.heaps());
    }

    private EngineFigures figures(String engine) {
        return Objects.requireNonNull(figures.get(engine));
    }

    private Path store(String engine) {
        return Contender.store(options.folder(), engine, options.rows(), options.width());
    }

    /** Returns the file that says how a store was filled. */
    private Path record(String engine) {
        return options.folder().resolve(store(engine).getFileName() + ".load");
    }

    /** Fills the store of an engine, unless one from an earlier run is there and loading is not to be measured. */
    private void load(String engine) throws IOException, SQLException {
        Path record = record(engine);
        if (!Files.exists(record) || options.asks("ingest")) {
            Files.deleteIfExists(record);
            Peers.remove(engine, store(engine));
            out.println("loading " + engine + " ...");
            try (Child child = new Child(engine, options, options.loadHeap())) {
                child.tell("warm " + options.warmLoad());
                String[] words = child.tell("load");
                figures.put(engine, new EngineFigures(engine, child.version()));
                Files.writeString(record, String.join(" ", words));
                loadedNow.add(engine);
            }
        } else if (options.asks("settle")) {
            settle(engine, record);
        }
        LoadFigures load = LoadFigures.of(Files.readString(record).split(" "), loadedNow.contains(engine));
        out.printf(
                Locale.ROOT,
                "%s: loaded at %,.0f rows/s, %.0f bytes a row%n",
                engine,
                load.rowsPerSecond(),
                load.bytesPerRow());
        figures.computeIfAbsent(engine, name -> new EngineFigures(name, name)).loaded(load);
    }

    /** Brings a store of an earlier run into its best form. */
    private void settle(String engine, Path record) throws IOException {
        out.println("settling " + engine + " ...");
        try (Child child = new Child(engine, options, options.loadHeap())) {
            String[] settled = child.tell("settle");
            String[] words = Files.readString(record).split(" ");
            words[BYTES_WORD] = settled[1];
            words[SETTLE_WORD] = settled[0];
            Files.writeString(record, String.join(" ", words));
        }
    }

    private void askAll() throws IOException {
        List<Child> children = new ArrayList<>();
        try {
            for (String engine : options.engines()) {
                Child child = new Child(engine, options);
                children.add(child);
                EngineFigures known = new EngineFigures(engine, child.version());
                LoadFigures load = figures(engine).load();
                if (load != null) {
                    known.loaded(load);
                }
                figures.put(engine, known);
                samples.put(engine, new EnumMap<>(QuestionKind.class));
            }
            for (int pass = -options.warmup(); pass < options.passes(); pass++) {
                askOnce(children, pass);
            }
            options.kinds().forEach(this::conclude);
            for (Child child : children) {
                afterwards(child);
            }
        } finally {
            for (Child child : children) {
                child.close();
            }
        }
    }

    /** Takes the passes of a class in which every engine was undisturbed, so that no one's good luck is compared. */
    private void conclude(QuestionKind kind) {
        BitSet quiet = new BitSet();
        quiet.set(0, options.passes());
        Map<String, Samples> ofKind = new LinkedHashMap<>();
        samples.forEach((engine, byKind) -> {
            Samples one = byKind.get(kind);
            if (one != null && !one.isEmpty()) {
                ofKind.put(engine, one);
                quiet.and(one.quiet());
            }
        });
        ofKind.forEach((engine, one) -> figures(engine).put(kind.label(), one.figures(quiet)));
    }

    /** Offers rows that are there already; last, because some engines write them anew. */
    private void reingest() throws IOException {
        for (String engine : options.engines()) {
            try (Child child = new Child(engine, options, options.loadHeap())) {
                double rate = reingested(child);
                if (Double.isNaN(rate)) {
                    out.println(engine + ": every round of re-ingest was disturbed");
                } else {
                    figures(engine).put("reingest_rows_per_s", rate);
                }
            }
            if (Peers.rewrites(engine)) {
                Files.deleteIfExists(record(engine)); // so that the next run fills the store again
            }
        }
    }

    /** Asks every engine every question once, class by class, another engine first each time. */
    private void askOnce(List<Child> children, int pass) throws IOException {
        for (QuestionKind kind : options.kinds()) {
            for (int i = 0; i < children.size(); i++) {
                Child child = children.get(Math.floorMod(i + pass, children.size()));
                String[] words = child.tell("ask " + kind.label());
                if (!words[0].equals("none")) {
                    Samples ofKind = Objects.requireNonNull(samples.get(child.engine()))
                            .computeIfAbsent(kind, name -> new Samples());
                    ofKind.add(words);
                    if (pass < 0) {
                        ofKind.endWarmup();
                    }
                }
            }
        }
        out.println(pass < 0 ? "warmed up" : "pass " + (pass + 1) + " of " + options.passes());
    }

    private void afterwards(Child child) throws IOException {
        EngineFigures known = figures(child.engine());
        String[] memory = child.tell("memory");
        known.put("heap_mib", Long.parseLong(memory[0]) / BYTES_PER_MEBIBYTE);
        known.put("rss_anon_mib", Long.parseLong(memory[1]) / BYTES_PER_MEBIBYTE);
        known.put("rss_file_mib", Long.parseLong(memory[2]) / BYTES_PER_MEBIBYTE);
        if (options.asks("threads") && child.engine().startsWith("almagest")) { // a ratio of ours alone
            for (String kind : THREADED) {
                double gain = gainOfTwoThreads(child, kind);
                if (Double.isNaN(gain)) {
                    out.println(child.engine() + ": every turn of threads on " + kind + " was disturbed");
                } else {
                    known.put("threads_2_to_1_" + kind, gain);
                }
            }
        }
    }

    /**
     * Returns how many more questions two threads ask than one: the median of the undisturbed turns after a first for
     * warming up, one thread and two beginning in turn; not a number where none was undisturbed.
     */
    private static double gainOfTwoThreads(Child child, String kind) throws IOException {
        List<Double> gains = new ArrayList<>();
        for (int i = -1; i < THREAD_TURNS; i++) {
            double[] rates = new double[2];
            double disturbed = 0;
            for (int turn = 0; turn < rates.length; turn++) {
                int threads = 1 + Math.floorMod(i + turn, rates.length);
                String[] words = child.tell("threads " + kind + " " + threads + " 1");
                rates[threads - 1] = Double.parseDouble(words[0]);
                disturbed = Math.max(disturbed, Double.parseDouble(words[1]));
            }
            if (i >= 0 && disturbed < LoadFigures.QUIET_CORES) {
                gains.add(rates[1] / rates[0]);
            }
        }
        return gains.isEmpty() ? Double.NaN : median(gains);
    }

    /** Returns how many rows a second an engine takes that it has already, in the middle of the undisturbed rounds. */
    private static double reingested(Child child) throws IOException {
        List<Double> rates = new ArrayList<>();
        for (int i = -REINGEST_WARMUP; i < REINGEST_ROUNDS; i++) {
            String[] words = child.tell("reingest " + REINGESTED_ROWS);
            if (!words[2].equals("0")) {
                throw new IOException(child.engine() + " stored " + words[2] + " rows a second time");
            }
            if (i >= 0 && Double.parseDouble(words[3]) < LoadFigures.QUIET_CORES) {
                rates.add(Long.parseLong(words[0]) / (Long.parseLong(words[1]) / NANOS_PER_SECOND));
            }
        }
        return rates.isEmpty() ? Double.NaN : median(rates);
    }

    /** Opens each store in several new processes, in turn, and asks each its first questions. */
    private void open() throws IOException {
        Map<String, List<Double>> opened = new LinkedHashMap<>();
        Map<String, List<Double>> answered = new LinkedHashMap<>();
        for (int i = 0; i < OPENINGS; i++) {
            for (String engine : options.engines()) {
                try (Child child = new Child(engine, options)) {
                    double open = child.openNanos() / NANOS_PER_MILLI;
                    double first = Long.parseLong(child.tell("first")[0]) / NANOS_PER_MILLI;
                    opened.computeIfAbsent(engine, name -> new ArrayList<>()).add(open);
                    answered.computeIfAbsent(engine, name -> new ArrayList<>()).add(open + first);
                }
            }
        }
        opened.forEach((engine, all) -> figures(engine).put("open_ms", median(all)));
        answered.forEach((engine, all) -> figures(engine).put("open_and_first_answers_ms", median(all)));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
