package org.almagest.bench.workload;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.Maintenance;
import org.almagest.VersionLease;
import org.almagest.bench.data.GranuleSource;
import org.almagest.bench.data.Question;
import org.almagest.bench.data.QuestionKind;
import org.almagest.bench.data.QuestionSet;
import org.almagest.bench.data.RowDigest;
import org.almagest.bench.peer.Peers;
import org.almagest.bench.peer.Session;
import org.almagest.io.synthetic.GranuleGenerator.Width;
import org.almagest.model.Datapoint;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;

/**
 * One reader asks while one writer stores rows at a steady pace and the engine flushes and compacts.
 *
 * <p>Every second row is stored first; the writer adds those between, so that they fall among the rows that are asked
 * for. All the while a version is held and asked again and again: its answers must not change. Arguments: a folder that
 * does not exist yet, rows stored first, seconds, rows a second.
 */
public final class ReadWhileWriting {
    private static final int BATCH_ROWS = 10_000;
    private static final int PACED_ROWS = 1_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long HELD_NANOS = 5 * NANOS_PER_SECOND;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MILLIS_MAX = 5;
    private static final double TIMES_IDLE_MAX = 3;
    private static final List<QuestionKind> KINDS =
            List.of(QuestionKind.A1, QuestionKind.B, QuestionKind.D, QuestionKind.E, QuestionKind.G);

    private final GranuleSource source;
    private final long firstRows;
    private final long nanos;
    private final long rowsPerSecond;
    private final PrintStream out;
    private final Catalog catalog;
    private final Dataset dataset;
    private final Collection collection;
    private long heldChecks;

    private ReadWhileWriting(Catalog catalog, String[] args, PrintStream out) {
        this.catalog = catalog;
        this.firstRows = Long.parseLong(args[1]);
        this.nanos = Long.parseLong(args[2]) * NANOS_PER_SECOND;
        this.rowsPerSecond = Long.parseLong(args[3]);
        this.source = GranuleSource.of(2 * firstRows, Width.NARROW);
        this.out = out;
        this.dataset = catalog.createDataset(DatasetSpec.of("bench.granules", source.schema()));
        this.collection = dataset.createCollection("granules");
    }

    /** Runs the workload. */
    public static void main(String[] args) throws Exception {
        if (args.length != 4) {
            System.err.println("Usage: ReadWhileWriting FOLDER ROWS SECONDS ROWS_A_SECOND");
            System.exit(1);
        }
        try (Catalog catalog = Catalog.open(Path.of(args[0]))) {
            new ReadWhileWriting(catalog, args, System.out).run();
        }
    }

    private void run() throws IOException, SQLException, InterruptedException, ExecutionException {
        for (long first = 0; first < firstRows; first += BATCH_ROWS) {
            collection.ingest(rows(source, 2 * first, (int) Math.min(BATCH_ROWS, firstRows - first)));
        }
        Maintenance maintenance = catalog.maintenance().orElseThrow();
        maintenance.flush();
        maintenance.compact();
        try (Session session = Peers.over(dataset)) {
            Map<QuestionKind, List<Question>> questions = new EnumMap<>(QuestionKind.class);
            for (QuestionKind kind : KINDS) {
                List<Question> ofKind = QuestionSet.of(kind, source, Integer.MAX_VALUE).stream()
                        .filter(question ->
                                question.row() == null || question.row().index() % 2 == 0)
                        .toList();
                session.prepare(ofKind);
                questions.put(kind, ofKind);
            }
            ask(session, questions, nanos / 6);
            Map<QuestionKind, long[]> idle = ask(session, questions, nanos / 3);
            ExecutorService writer = Executors.newSingleThreadExecutor();
            try {
                Future<Long> written = writer.submit(this::write);
                Map<QuestionKind, long[]> busy = ask(session, questions, nanos);
                report(idle, busy);
                out.printf(
                        Locale.ROOT, "written: %,d rows; held versions asked %,d times%n", written.get(), heldChecks);
            } finally {
                writer.shutdown();
            }
        }
        out.println(catalog.maintenance().orElseThrow().statistics());
    }

    /** Every second row from {@code index} on. */
    private static List<Datapoint> rows(GranuleSource from, long index, int count) {
        List<Datapoint> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(from.granule(index + 2L * i).datapoint());
        }
        return rows;
    }

    private long write() {
        GranuleSource own = source.forAnotherThread();
        long start = System.nanoTime();
        long written = 0;
        while (System.nanoTime() - start < nanos) {
            collection.ingest(rows(own, 2 * written + 1, PACED_ROWS));
            written += PACED_ROWS;
            long due = start + written * NANOS_PER_SECOND / rowsPerSecond;
            long early = due - System.nanoTime();
            if (early > 0) {
                LockSupport.parkNanos(early);
            }
        }
        return written;
    }

    private Map<QuestionKind, long[]> ask(Session session, Map<QuestionKind, List<Question>> questions, long forNanos)
            throws IOException, SQLException {
        Map<QuestionKind, List<Long>> times = new EnumMap<>(QuestionKind.class);
        RowDigest digest = new RowDigest();
        long start = System.nanoTime();
        Held held = new Held();
        for (int i = 0; System.nanoTime() - start < forNanos; i++) {
            for (QuestionKind kind : KINDS) {
                List<Question> ofKind = Objects.requireNonNull(questions.get(kind));
                long begin = System.nanoTime();
                session.ask(ofKind.get(i % ofKind.size()), digest);
                times.computeIfAbsent(kind, name -> new ArrayList<>()).add(System.nanoTime() - begin);
            }
            held = held.check();
        }
        held.close();
        Map<QuestionKind, long[]> sorted = new EnumMap<>(QuestionKind.class);
        times.forEach((kind, all) -> sorted.put(
                kind, all.stream().mapToLong(Long::longValue).sorted().toArray()));
        return sorted;
    }

    private void report(Map<QuestionKind, long[]> idle, Map<QuestionKind, long[]> busy) {
        out.println("class  idle p50 µs  idle p99 µs  busy p50 µs  busy p99 µs  p99 ratio  limit");
        for (QuestionKind kind : KINDS) {
            long[] alone = Objects.requireNonNull(idle.get(kind));
            long[] beside = Objects.requireNonNull(busy.get(kind));
            double before = at(alone, 0.99);
            double after = at(beside, 0.99);
            boolean byTime = kind == QuestionKind.B || kind == QuestionKind.E;
            boolean kept = byTime ? after <= MILLIS_MAX * NANOS_PER_MILLI : after <= TIMES_IDLE_MAX * before;
            out.printf(
                    Locale.ROOT,
                    "%-5s %12.1f %12.1f %12.1f %12.1f %10.2f  %s %s%n",
                    kind.label(),
                    at(alone, 0.5) / NANOS_PER_MICRO,
                    before / NANOS_PER_MICRO,
                    at(beside, 0.5) / NANOS_PER_MICRO,
                    after / NANOS_PER_MICRO,
                    after / before,
                    byTime ? "5 ms" : "3 times idle",
                    kept ? "kept" : "MISSED");
        }
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))];
    }

    /** A version that is kept readable, and what it answered when it was the newest. */
    private final class Held {
        private final VersionLease lease = catalog.lease();
        private final long since = System.nanoTime();
        private final Query query = Query.during(TimeInterval.parse("2015-03-01/2015-03-02"))
                .version(lease.version())
                .build();
        private final long count =
                count(Query.allTime().version(lease.version()).build());
        private final long sum = sum();

        private long count(Query asked) {
            return dataset.count(asked);
        }

        private long sum() {
            RowDigest digest = new RowDigest();
            for (Datapoint row : dataset.query(query).toList()) {
                digest.begin();
                digest.number(row.id().orElseThrow().low());
                digest.number(Arrays.hashCode(row.values().values().toArray()));
                digest.end();
            }
            return digest.sum();
        }

        /** Asks again, and holds a newer version after some seconds. */
        Held check() {
            heldChecks++;
            long again = count(Query.allTime().version(lease.version()).build());
            if (again != count || sum() != sum) {
                throw new IllegalStateException("version " + lease.version() + ": another answer than before");
            }
            if (System.nanoTime() - since < HELD_NANOS) {
                return this;
            }
            close();
            return new Held();
        }

        void close() {
            lease.close();
        }
    }
}
