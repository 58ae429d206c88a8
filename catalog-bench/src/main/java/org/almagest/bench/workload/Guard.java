package org.almagest.bench.workload;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.almagest.bench.data.GranuleSource;
import org.almagest.bench.data.Oracle;
import org.almagest.bench.data.QuestionKind;
import org.almagest.bench.peer.Peers;

/**
 * Compares the engine of this build with that of an earlier commit, pair by pair of processes in turn, and says where it
 * has become slower.
 *
 * <p>Both are driven by the harness of this build through the public interface, so the insides may differ. Of each
 * process counts the median over the questions of the fastest time of each. A class is slower when {@link PairedTimes#slower()} says
 * so in two rounds of {@value #PAIRS} pairs each.
 */
public final class Guard {
    /** How many processes each side has. */
    static final int PAIRS = 7;

    private static final String ENGINE = "almagest";
    private static final long ROWS = 100_000;
    private static final long INGEST_ROWS = 60_000;
    private static final int WARMUP = 6;
    private static final int PASSES = 5;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final String CLASSES = "a1,b,c,d,e,f,g";
    private static final String INGEST = "ingest";
    private static final int COMMIT_P50 = 3; // which word of the answer to "load"

    private final Side baseline;
    private final Side current;
    private final PrintStream out;

    /** One of the two builds. */
    private record Side(CompareOptions query, CompareOptions ingest) {
        static Side of(Path folder, String classPath) {
            return new Side(options(folder, classPath, ROWS), options(folder, classPath, INGEST_ROWS));
        }

        private static CompareOptions options(Path folder, String classPath, long rows) {
            return CompareOptions.parse(new String[] {
                "--folder",
                folder.toString(),
                "--classpath",
                classPath,
                "--rows",
                Long.toString(rows),
                "--classes",
                CLASSES
            });
        }
    }

    /**
     * Prepares a comparison.
     *
     * @param folder for the stores of both
     * @param baselineClassPath the harness of this build and the engine of the earlier commit
     * @param currentClassPath the harness and the engine of this build
     */
    public Guard(Path folder, String baselineClassPath, String currentClassPath, PrintStream out) {
        this.baseline = Side.of(folder.resolve("baseline"), baselineClassPath);
        this.current = Side.of(folder.resolve("current"), currentClassPath);
        this.out = out;
    }

    /** Returns the classes that have become slower, and prints a table; empty where noise may explain all. */
    public List<String> slower() throws IOException, SQLException {
        prepare();
        List<String> slower = round();
        if (!slower.isEmpty()) {
            out.println("once more, because of " + slower);
            slower = new ArrayList<>(slower);
            slower.retainAll(round());
        }
        return slower;
    }

    private void prepare() throws IOException, SQLException {
        for (Side side : List.of(baseline, current)) {
            GranuleSource source = GranuleSource.of(ROWS, side.query.width());
            Files.createDirectories(side.query.folder());
            Oracle.of(source, side.query.kinds(), side.query.folder());
            load(side.query);
        }
    }

    private static String[] load(CompareOptions options) throws IOException, SQLException {
        Peers.remove(ENGINE, Contender.store(options.folder(), ENGINE, options.rows(), options.width()));
        try (Child child = new Child(ENGINE, options)) {
            return child.tell("load");
        }
    }

    private List<String> round() throws IOException, SQLException {
        PairedTimes times = new PairedTimes(PAIRS);
        for (int pair = 0; pair < PAIRS; pair++) {
            int number = pair;
            boolean baselineFirst = pair % 2 == 0;
            if (baselineFirst) {
                measure(baseline, (kind, micros) -> times.putBaseline(kind, number, micros));
            }
            measure(current, (kind, micros) -> times.putCurrent(kind, number, micros));
            if (!baselineFirst) {
                measure(baseline, (kind, micros) -> times.putBaseline(kind, number, micros));
            }
        }
        out.print(times.table());
        return times.slower();
    }

    /** Takes what was measured. */
    private interface Sink {
        void put(String kind, double micros);
    }

    private static void measure(Side side, Sink times) throws IOException, SQLException {
        try (Child child = new Child(ENGINE, side.query)) {
            for (QuestionKind kind : side.query.kinds()) {
                Samples samples = new Samples();
                for (int pass = -WARMUP; pass < PASSES; pass++) {
                    samples.add(child.tell("ask " + kind.label()));
                    if (pass < 0) {
                        samples.endWarmup();
                    }
                }
                if (!samples.figures().right()) {
                    throw new IllegalStateException(
                            kind + ": wrong answers: " + samples.figures().wrong());
                }
                times.put(kind.label(), samples.figures().undisturbedMicros());
            }
        }
        times.put(INGEST, Long.parseLong(load(side.ingest)[COMMIT_P50]) / NANOS_PER_MICRO);
    }
}
