package org.almagest.bench.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.model.Datapoint;
import org.almagest.model.Limits;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;

/**
 * What does HTTP cost on top of the engine? At most 1 ms and 1 ms for each megabyte of an answer, at the median.
 *
 * <p>Each request is asked of the engine, of the API and of a server on loopback, one after the other in one process, so
 * that they meet the same caches. The engine counts too where the answer says how many match. Answers are not
 * compressed.
 *
 * <p>Arguments: folder of the store, rows, requests of a kind, rounds.
 */
public final class HttpCost {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private final ServedStore store;
    private final KeepAlive client;
    private final PrintStream out;

    private HttpCost(ServedStore store, KeepAlive client, PrintStream out) {
        this.store = store;
        this.client = client;
        this.out = out;
    }

    /** Runs the measurement and prints its table. */
    public static void main(String[] args) throws IOException {
        if (args.length != 4) {
            System.err.println("Usage: HttpCost FOLDER ROWS REQUESTS ROUNDS");
            System.exit(1);
        }
        long rows = Long.parseLong(args[1]);
        try (ServedStore store = ServedStore.open(Path.of(args[0]), rows);
                KeepAlive client = KeepAlive.to(store.server.port())) {
            new HttpCost(store, client, System.out).run(rows, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        }
    }

    private void run(long rows, int requests, int rounds) throws IOException {
        out.println("| request | rows | bytes | engine, ms | its page alone, ms | API, ms | HTTP, ms | on top, ms"
                + " | allowed, ms | |");
        out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
        for (Asked.Kind kind : Asked.Kind.values()) {
            List<Asked> all = Asked.of(kind, requests, store, rows);
            Times times = new Times(rounds * requests);
            for (int round = -1; round < rounds; round++) { // the first is not counted
                for (int i = 0; i < requests; i++) {
                    ask(all.get(i), times, round < 0 ? -1 : round * requests + i);
                }
            }
            out.println(times.line(kind.title));
        }
    }

    private void ask(Asked asked, Times times, int at) throws IOException {
        byte[] sent = asked.sent();
        long t0 = System.nanoTime();
        long rows = page(asked.query());
        long t1 = System.nanoTime();
        store.dataset.count(unlimited(asked.query()));
        long t2 = System.nanoTime();
        try (StacResponse response = store.api.handle(asked.request())) {
            response.body().writeTo(OutputStream.nullOutputStream());
        }
        long t3 = System.nanoTime();
        long bytes = client.ask(sent);
        long t4 = System.nanoTime();
        if (at >= 0) {
            times.page[at] = t1 - t0;
            times.engine[at] = t2 - t0;
            times.api[at] = t3 - t2;
            times.http[at] = t4 - t3;
            times.rows[at] = rows;
            times.bytes[at] = bytes;
        }
    }

    private static Query unlimited(Query query) {
        return query.toBuilder().limit(Limits.defaults().queryLimitMax()).build();
    }

    private long page(Query query) {
        long rows = 0;
        try (QueryResult result = store.dataset.query(query)) {
            for (Datapoint row : result) {
                rows += row.values().isEmpty() ? 0 : 1;
            }
        }
        return rows;
    }

    /** What every request of a kind took, each at its own place. */
    private static final class Times {
        final long[] page;
        final long[] engine;
        final long[] api;
        final long[] http;
        final long[] rows;
        final long[] bytes;

        Times(int count) {
            page = new long[count];
            engine = new long[count];
            api = new long[count];
            http = new long[count];
            rows = new long[count];
            bytes = new long[count];
        }

        private static long median(long[] values) {
            long[] sorted = values.clone();
            Arrays.sort(sorted);
            return sorted[sorted.length / 2];
        }

        String line(String title) {
            long[] onTop = new long[http.length];
            Arrays.setAll(onTop, i -> http[i] - engine[i]);
            double allowed = 1 + median(bytes) / BYTES_PER_MEGABYTE;
            double cost = median(onTop) / NANOS_PER_MILLI;
            return String.format(
                    Locale.ROOT,
                    "| %s | %,d | %,d | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %s |",
                    title,
                    median(rows),
                    median(bytes),
                    median(engine) / NANOS_PER_MILLI,
                    median(page) / NANOS_PER_MILLI,
                    median(api) / NANOS_PER_MILLI,
                    median(http) / NANOS_PER_MILLI,
                    cost,
                    allowed,
                    cost <= allowed ? "within" : "above");
        }
    }
}
