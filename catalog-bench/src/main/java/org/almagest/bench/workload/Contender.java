package org.almagest.bench.workload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.LongStream;
import org.almagest.bench.data.Answer;
import org.almagest.bench.data.Granule;
import org.almagest.bench.data.GranuleSource;
import org.almagest.bench.data.Oracle;
import org.almagest.bench.data.Question;
import org.almagest.bench.data.QuestionKind;
import org.almagest.bench.data.QuestionSet;
import org.almagest.bench.data.RowDigest;
import org.almagest.bench.peer.Peer;
import org.almagest.bench.peer.Peers;
import org.almagest.bench.peer.Session;
import org.almagest.io.synthetic.GranuleGenerator.Width;

/**
 * One engine in a process of its own, which does what it is told on standard input, a command a line, and answers with a
 * line that begins with {@link #MARK}. {@link Compare} drives it.
 */
public final class Contender {
    /** What an answer begins with, so that what engines print is not taken for one. */
    static final String MARK = "=> ";

    private static final int BATCH_ROWS = 10_000;
    private static final int BLOCK_ROWS = 500_000;
    private static final long PASS_NANOS = 300_000_000;
    private static final int ROUNDS_MAX = 200;

    private final String engine;
    private final Path folder;
    private final GranuleSource source;
    private final Peer peer;
    private final Session session;
    private final long openNanos;
    private final Map<QuestionKind, List<Question>> questions = new EnumMap<>(QuestionKind.class);
    private final RowDigest digest = new RowDigest();

    private Contender(String engine, Path folder, GranuleSource source) throws Exception {
        this.engine = engine;
        this.folder = folder;
        this.source = source;
        long start = System.nanoTime();
        this.peer = Peers.open(engine, store(folder, engine, source.rows(), source.width()), source);
        this.session = peer.session();
        this.openNanos = System.nanoTime() - start;
    }

    /** Returns where an engine keeps a data set. */
    static Path store(Path folder, String engine, long rows, Width width) {
        return folder.resolve(engine + "-" + rows + (width == Width.WIDE ? "-wide" : ""));
    }

    /** Serves commands until the input ends. Arguments: engine, folder, rows, width. */
    public static void main(String[] args) throws Exception {
        GranuleSource source = GranuleSource.of(Long.parseLong(args[2]), Width.valueOf(args[3]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = System.out;
        Contender contender = new Contender(args[0], Path.of(args[1]), source);
        out.println(MARK + contender.openNanos + " " + contender.peer.version());
        for (String line = in.readLine(); line != null && !line.equals("close"); line = in.readLine()) {
            out.println(MARK + contender.obey(line.split(" ")));
        }
        contender.session.close();
        contender.peer.close();
        out.println(MARK + "closed");
        System.exit(0); // some engines leave threads
    }

    private String obey(String[] words) throws Exception {
        return switch (words[0]) {
            case "warm" -> warm(Long.parseLong(words[1]));
            case "load" -> load();
            case "settle" -> settle() + " " + peer.bytesOnDisk();
            case "reingest" -> reingest(Long.parseLong(words[1]));
            case "first" -> Long.toString(first());
            case "ask" -> ask(QuestionKind.of(words[1]));
            case "ready" ->
                new OnceAsked(source, session).prepare(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "once" -> new OnceAsked(source, session).ask(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "threads" ->
                threads(QuestionKind.of(words[1]), Integer.parseInt(words[2]), Double.parseDouble(words[3]));
            case "memory" -> Processes.memoryLine();
            case "bytes" -> Long.toString(peer.bytesOnDisk());
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    /** Returns the processor time that the engine has used, its server's with it where it has one. */
    private long cpuNanos() throws IOException {
        return Processes.ownCpuNanos() + (engine.equals(Peers.POSTGRES) ? Processes.cpuNanosOf("postgres") : 0);
    }

    /** Stores some rows elsewhere, so that what follows does not measure the first calls of a process. */
    private String warm(long count) throws Exception {
        long rows = Math.min(count, source.rows());
        if (rows > 0) {
            Path elsewhere = folder.resolve(engine + "-warm");
            Peers.remove(engine, elsewhere);
            try (Peer other = Peers.open(engine, elsewhere, source)) {
                for (long first = 0; first < rows; first += BATCH_ROWS) {
                    other.ingest(source.batch(first, (int) Math.min(BATCH_ROWS, rows - first)));
                }
                other.finish();
            }
            Peers.remove(engine, elsewhere);
        }
        return "warm";
    }

    /**
     * Stores all rows. They are made before, in blocks that fit into the heap, so that work in the background finds no free
     * time between two commits of a block.
     */
    private String load() throws Exception {
        long rows = source.rows();
        List<Long> commits = new ArrayList<>();
        long created = 0;
        Meter commitMeter = new Meter();
        for (long first = 0; first < rows; first += BLOCK_ROWS) {
            List<List<Granule>> block = block(first, Math.min(rows, first + BLOCK_ROWS));
            commitMeter.begin();
            for (List<Granule> batch : block) {
                long begin = System.nanoTime();
                created += peer.ingest(batch);
                commits.add(System.nanoTime() - begin);
            }
            commitMeter.end();
        }
        Meter finishMeter = new Meter();
        finishMeter.begin();
        peer.finish();
        finishMeter.end();
        if (created != rows) {
            throw new IllegalStateException(engine + " stored " + created + " of " + rows + " rows");
        }
        long settle = settle();
        Collections.sort(commits);
        return rows + " " + commitMeter.nanos + " " + finishMeter.nanos + " " + commits.get(commits.size() / 2) + " "
                + commits.get(commits.size() - 1) + " " + (commitMeter.own + finishMeter.own) + " "
                + peer.bytesOnDisk() + " " + settle + " " + commitMeter.foreignCores();
    }

    private long settle() throws IOException, SQLException {
        long start = System.nanoTime();
        peer.settle();
        return System.nanoTime() - start;
    }

    private List<List<Granule>> block(long first, long end) {
        List<List<Granule>> batches = new ArrayList<>();
        for (long from = first; from < end; from += BATCH_ROWS) {
            batches.add(source.batch(from, (int) Math.min(BATCH_ROWS, end - from)));
        }
        return batches;
    }

    /** Offers rows again, batch by batch as each was made: nothing is stored for which time between them would matter. */
    private String reingest(long count) throws Exception {
        long created = 0;
        long rows = Math.min(count, source.rows());
        Meter meter = new Meter();
        for (long first = 0; first < rows; first += BATCH_ROWS) {
            List<Granule> batch = source.batch(first, (int) Math.min(BATCH_ROWS, rows - first));
            meter.begin();
            created += peer.ingest(batch);
            meter.end();
        }
        return rows + " " + meter.nanos + " " + created + " " + meter.foreignCores();
    }

    /**
     * Returns how long the first day, area and row by id of a process take, in nanoseconds; the row comes last, because some
     * engines have to ask for its id before.
     */
    private long first() throws Exception {
        List<Question> asked = new ArrayList<>();
        for (QuestionKind kind : List.of(QuestionKind.A1, QuestionKind.B, QuestionKind.E)) {
            asked.addAll(QuestionSet.of(kind, source, 1));
        }
        long nanos = 0;
        for (Question question : asked) {
            session.prepare(List.of(question));
            long start = System.nanoTime();
            session.ask(question, digest);
            nanos += System.nanoTime() - start;
        }
        return nanos;
    }

    private List<Question> questions(QuestionKind kind) throws Exception {
        List<Question> known = questions.get(kind);
        if (known == null) {
            known = QuestionSet.of(kind, source, Integer.MAX_VALUE);
            session.prepare(known);
            questions.put(kind, known);
        }
        return known;
    }

    /**
     * Asks the questions of a class once and compares the answers, which also brings back what other processes have pushed
     * out of the processor's caches, and then over and over for a while, each by the clock.
     */
    private String ask(QuestionKind kind) throws Exception {
        if (!peer.answers(kind)) {
            return "none";
        }
        List<Question> asked = questions(kind);
        long rows = 0;
        int wrong = 0;
        StringBuilder first = new StringBuilder();
        Oracle oracle = Oracle.of(source, EnumSet.of(kind), folder);
        for (int i = 0; i < asked.size(); i++) {
            digest.reset();
            session.ask(asked.get(i), digest);
            rows += digest.count();
            Answer expected = oracle.answer(asked.get(i));
            if (!expected.equals(Answer.of(digest))) {
                wrong++;
                if (first.isEmpty()) {
                    first.append(i)
                            .append(':')
                            .append(digest.count())
                            .append('/')
                            .append(expected.count());
                }
            }
        }
        return wrong + (first.isEmpty() ? "" : "@" + first) + " " + rows + " " + timed(asked, rows);
    }

    /** Returns how much other processes used meanwhile, how many questions there are, and their times, round by round. */
    private String timed(List<Question> asked, long rows) throws Exception {
        StringJoiner samples = new StringJoiner(",");
        long[] nanos = new long[asked.size()];
        Meter meter = new Meter();
        meter.begin();
        long begin = System.nanoTime();
        int round = 0;
        do {
            digest.reset();
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                session.ask(asked.get(i), digest);
                nanos[i] = System.nanoTime() - start;
            }
            if (digest.count() != rows) {
                throw new IllegalStateException(engine + " found " + digest.count() + " rows after " + rows);
            }
            LongStream.of(nanos).forEach(one -> samples.add(Long.toString(one)));
            round++;
        } while (round < ROUNDS_MAX && System.nanoTime() - begin < PASS_NANOS);
        meter.end();
        return meter.foreignCores() + " " + nanos.length + " " + samples;
    }

    /** Asks the questions of a class over and over from several threads and says how many were answered a second. */
    private String threads(QuestionKind kind, int threads, double seconds) throws Exception {
        if (!peer.answers(kind)) {
            return "none";
        }
        Crowd crowd = new Crowd(peer, questions(kind), threads);
        Meter meter = new Meter();
        meter.begin();
        double rate = crowd.run(seconds);
        meter.end();
        return rate + " " + meter.foreignCores();
    }

    /** Adds up time by the clock, processor time of the engine, and that of other processes meanwhile. */
    private final class Meter {
        long nanos;
        long own;
        private long busy;

        void begin() throws IOException {
            own -= cpuNanos();
            busy -= Processes.busyNanos();
            nanos -= System.nanoTime();
        }

        void end() throws IOException {
            nanos += System.nanoTime();
            busy += Processes.busyNanos();
            own += cpuNanos();
        }

        double foreignCores() {
            return Math.max(0, (double) (busy - own) / nanos);
        }
    }
}
