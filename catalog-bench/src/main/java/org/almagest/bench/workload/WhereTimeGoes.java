package org.almagest.bench.workload;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.bench.data.Area;
import org.almagest.bench.data.GranuleSource;
import org.almagest.bench.data.Question;
import org.almagest.bench.data.QuestionKind;
import org.almagest.bench.data.QuestionSet;
import org.almagest.bench.data.RowDigest;
import org.almagest.bench.peer.Peers;
import org.almagest.bench.peer.Session;
import org.almagest.explain.Explanation;
import org.almagest.io.synthetic.GranuleGenerator.Width;
import org.almagest.model.Datapoint;
import org.almagest.model.Json;
import org.almagest.query.QueryScope;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/**
 * Says for each class of questions what its time goes into, and how far it is from what the machine allows.
 *
 * <p>The yardstick is the cost of making the rows of an answer, of testing the outlines that must be tested, and of the
 * reads that find them, each measured alone on the same machine ({@link MachineLimits}). Arguments: the folder of a
 * store that {@link Compare} has filled, its rows, seconds a class, a file for the page or {@code -}, and {@code wide} for
 * wide rows. A store with a key is asked by key too; of one with narrow rows a batch is offered again.
 */
public final class WhereTimeGoes {
    private static final int BATCH_ROWS = 10_000;

    /** The content of a row that its id is made from, in bytes. */
    private static final int CONTENT_BYTES = 350;

    /** Reads that wait for each other to find a place in a sorted run: the zones, then some lines of the ids. */
    private static final int READS_A_SEARCH = 5;

    private static final int PERCENT = 100;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    private final GranuleSource source;
    private final Catalog catalog;
    private final Dataset dataset;
    private final double seconds;
    private final MachineLimits limits = MachineLimits.measure();
    private final StringBuilder table = new StringBuilder();
    private final StringBuilder profiles = new StringBuilder();

    private final List<QuestionKind> kinds = new ArrayList<>();

    private WhereTimeGoes(Catalog catalog, GranuleSource source, double seconds) {
        this.catalog = catalog;
        this.dataset = catalog.datasets().get(0);
        this.source = source;
        this.seconds = seconds;
        for (QuestionKind kind : QuestionKind.values()) {
            boolean ofWide = kind == QuestionKind.I;
            boolean asked = kind != QuestionKind.E2 || dataset.schema().key().isPresent();
            if (asked && ofWide == (source.width() == Width.WIDE)) {
                kinds.add(kind);
            }
        }
    }

    /** Runs all classes. */
    public static void main(String[] args) throws Exception {
        boolean wide = args.length == 5 && args[4].equals("wide");
        if (args.length != 4 && !wide) {
            System.err.println("Usage: WhereTimeGoes FOLDER ROWS SECONDS FILE|- [wide]");
            System.exit(1);
        }
        GranuleSource source = GranuleSource.of(Long.parseLong(args[1]), wide ? Width.WIDE : Width.NARROW);
        try (Catalog catalog = Catalog.open(Path.of(args[0]))) {
            WhereTimeGoes page = new WhereTimeGoes(catalog, source, Double.parseDouble(args[2]));
            for (QuestionKind kind :
                    page.kinds) { // the first must not be measured before the compiler has seen the others
                page.rounds(kind, new double[kind.questions()]);
            }
            for (QuestionKind kind : page.kinds) {
                page.add(kind, System.out);
            }
            if (!wide) {
                page.offerAgain();
            }
            if (args[3].equals("-")) {
                System.out.println(page.text(args[2]));
            } else {
                Files.writeString(Path.of(args[3]), page.text(args[2]));
            }
        }
    }

    private void add(QuestionKind kind, PrintStream out) throws IOException, SQLException {
        List<Question> questions = QuestionSet.of(kind, source, Integer.MAX_VALUE);
        try (Session session = Peers.over(dataset)) {
            session.prepare(questions);
            double[] fastest = new double[questions.size()];
            Arrays.fill(fastest, Double.POSITIVE_INFINITY);
            ask(session, questions, fastest);
            StepSamples samples = StepSamples.of(() -> ask(session, questions, new double[fastest.length]));
            Arrays.sort(fastest);
            write(kind.label(), median(fastest), floor(kind, questions), samples);
        }
        out.println(kind.label());
    }

    /** Offers rows that are stored already, each round the same batch as new objects. */
    private void offerAgain() throws IOException {
        Collection collection = dataset.collections().get(0);
        double[] fastest = {Double.POSITIVE_INFINITY};
        offer(collection, fastest);
        StepSamples samples = StepSamples.ofOffering(() -> offer(collection, new double[1]));
        double floor = BATCH_ROWS * (limits.hash(CONTENT_BYTES) + READS_A_SEARCH * limits.access());
        write("h", fastest[0], new Floor(BATCH_ROWS, 0, BATCH_ROWS, 0, floor), samples);
    }

    private void offer(Collection collection, double[] fastest) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < seconds * NANOS_PER_SECOND) {
            List<Datapoint> rows = new ArrayList<>(BATCH_ROWS);
            source.batch(0, BATCH_ROWS).forEach(row -> rows.add(row.datapoint()));
            long start = System.nanoTime();
            long created = collection.ingest(rows).created();
            fastest[0] = Math.min(fastest[0], System.nanoTime() - start);
            if (created != 0) {
                throw new IllegalStateException("the store does not hold these rows: " + created + " were stored");
            }
        }
    }

    private void rounds(QuestionKind kind, double[] fastest) throws IOException, SQLException {
        List<Question> questions = QuestionSet.of(kind, source, Integer.MAX_VALUE);
        try (Session session = Peers.over(dataset)) {
            session.prepare(questions);
            ask(session, questions, fastest);
        }
    }

    private void ask(Session session, List<Question> questions, double[] fastest) {
        RowDigest digest = new RowDigest();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < seconds * NANOS_PER_SECOND) {
            for (int i = 0; i < fastest.length; i++) {
                long start = System.nanoTime();
                try {
                    session.ask(questions.get(i), digest);
                } catch (IOException | SQLException e) {
                    throw new IllegalStateException(e);
                }
                fastest[i] = Math.min(fastest[i], System.nanoTime() - start);
            }
        }
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    /** What a class costs by the yardstick: medians over its questions. */
    private record Floor(double rows, double tests, double searches, double pair, double nanos) {}

    private Floor floor(QuestionKind kind, List<Question> questions) {
        boolean exact = questions.get(0).area() != null;
        double pair = exact ? MachineLimits.exactTest(questions, candidates(questions)) : 0;
        double row = row(kind, questions);
        double[][] parts = new double[4][questions.size()];
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            double rows = 1;
            double tests = 0;
            double searches = 1;
            if (question.row() == null) {
                Explanation explained = catalog.explain(Peers.query(question), QueryScope.datasets(dataset.slug()));
                rows = kind == QuestionKind.F ? 0 : explained.count("rows_returned");
                tests = explained.steps().stream()
                        .filter(step -> step.name().equals("geometry_test"))
                        .mapToLong(Explanation.Step::times)
                        .sum();
                searches = 2 * Math.max(1, explained.runs().size());
            }
            parts[0][i] = rows;
            parts[1][i] = tests;
            parts[2][i] = searches;
            parts[3][i] = rows * row + tests * pair + searches * READS_A_SEARCH * limits.access();
        }
        for (double[] part : parts) {
            Arrays.sort(part);
        }
        return new Floor(median(parts[0]), median(parts[1]), median(parts[2]), pair, median(parts[3]));
    }

    private double row(QuestionKind kind, List<Question> questions) {
        return switch (kind) {
            case A1, A30 -> limits.rowInOrder();
            case I -> {
                List<Datapoint> page =
                        dataset.query(Peers.query(questions.get(0))).toList();
                yield limits.text(page.stream()
                                .mapToInt(one -> ((Json) one.value("assets").orElseThrow())
                                        .text()
                                        .length())
                                .sum()
                        / page.size());
            }
            default -> limits.rowAnywhere();
        };
    }

    /** Footprints whose boxes meet those of the questions. */
    private List<List<Geometry>> candidates(List<Question> questions) {
        List<List<Geometry>> candidates = new ArrayList<>();
        for (Question question : questions) {
            List<Geometry> met = new ArrayList<>();
            for (Envelope box : question.place().boxes()) {
                Area part = new Area(
                        source.granule(0).geometry().getFactory().toGeometry(box), List.of(box), Area.Shape.BOX);
                for (Datapoint row : dataset.query(
                                Peers.query(question.time(), part).build())
                        .toList()) {
                    met.add(row.geometry().orElseThrow());
                }
            }
            candidates.add(met);
        }
        return candidates;
    }

    private void write(String label, double nanos, Floor floor, StepSamples samples) {
        table.append(String.format(
                Locale.ROOT,
                "| %s | %,.0f | %,.0f | %,.0f | %.2f | %,.1f | %,.1f | %.1f |%n",
                label,
                floor.rows,
                floor.tests,
                floor.searches,
                floor.pair / NANOS_PER_MICRO,
                floor.nanos / NANOS_PER_MICRO,
                nanos / NANOS_PER_MICRO,
                nanos / floor.nanos));
        profiles.append("| ").append(label).append(" |");
        for (Map.Entry<String, Double> share : samples.shares().entrySet()) {
            if (share.getValue() >= 0.02) {
                profiles.append(String.format(Locale.ROOT, " %s %.0f %%,", share.getKey(), share.getValue() * PERCENT));
            }
        }
        profiles.setLength(profiles.length() - 1);
        profiles.append(" | ").append(samples.total()).append(" |\n");
    }

    private String text(String asked) throws IOException {
        return String.format(
                Locale.ROOT,
                """
                # Where the time goes at %,d rows

                %s, %d cores, JDK %s, commit `%s`. Made by `WhereTimeGoes FOLDER %d %s FILE`.

                ## How far from the machine

                The yardstick is an answer whose parts are done one after the other by the ordinary means of this machine, and \
                nothing else: making a row of a granule from a flat record of 190 bytes (%.0f ns when records come one after \
                the other, %.0f ns when they lie anywhere in 100 MB), testing a candidate's outline by prepared JTS (what the \
                table says), and for each search %d reads that wait for each other (%.0f ns each, anywhere in 64 MB). A wide \
                row is a text of the length of its JSON, made from bytes; a row that is offered again (h, a batch of \
                10,000) is SHA-256 of %d bytes and a search, on one core. What takes less than the yardstick does so by reading less than a flat record or by a cheaper test. Medians over \
                the questions of a class; times are those of the fastest of all rounds.

                | class | rows | outlines tested | searches | µs a test | yardstick, µs | measured, µs | ratio |
                | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                %s
                ## Samples

                Every 10 ms, by the innermost frame of the engine; for rows that are offered again, of all of its threads.

                | class | share | samples |
                | --- | --- | ---: |
                %s""",
                source.rows(),
                Processes.processor(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                Processes.outputOf("git", "describe", "--always", "--dirty=+"),
                source.rows(),
                asked,
                limits.rowInOrder(),
                limits.rowAnywhere(),
                READS_A_SEARCH,
                limits.access(),
                CONTENT_BYTES,
                table,
                profiles);
    }
}
