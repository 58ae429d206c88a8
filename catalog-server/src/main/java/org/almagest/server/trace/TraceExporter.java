package org.almagest.server.trace;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.almagest.runtime.RandomSource;
import org.almagest.server.log.Event;
import org.almagest.server.log.Exchanged;
import org.almagest.server.log.Observer;

/**
 * Sends spans to a collector by OTLP over HTTP, as JSON, with the JDK's client.
 *
 * <p>A span is made when its request has ended, so no request waits for it. Spans wait in a bounded queue and are dropped,
 * counted, while the collector is slow or away.
 */
public final class TraceExporter implements Observer, AutoCloseable {
    private static final int WAITING_MAX = 2_048;
    private static final int BATCH_MAX = 512;
    private static final int OK_BELOW = 300;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long GATHER_MILLIS = 1_000;
    private static final long CLOSE_MILLIS = 2_000;

    private final URI address;
    private final String service;
    private final Spans spans;
    private final Observer told;
    private final BlockingQueue<Exchanged> waiting = new LinkedBlockingQueue<>(WAITING_MAX);
    private final AtomicLong dropped = new AtomicLong();
    private final HttpClient client;
    private final Thread thread;
    private volatile boolean closed;
    private boolean failing; // of the thread alone

    private TraceExporter(URI address, String service, Spans spans, Observer told) {
        this.address = address;
        this.service = service;
        this.spans = spans;
        this.told = told;
        this.client = HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .followRedirects(Redirect.NEVER)
                .build();
        this.thread = new Thread(this::sendAll, "almagest-trace");
        thread.setDaemon(true);
    }

    /**
     * Starts to send.
     *
     * @param endpoint such as {@code http://127.0.0.1:4318}; {@code /v1/traces} is put behind it
     * @param service the name of this server in the traces
     * @param share of requests without a parent that are sent, 0 to 1
     * @param told that the collector fails, and that it takes spans again
     */
    public static TraceExporter start(String endpoint, String service, double share, Observer told) {
        TraceExporter exporter = new TraceExporter(
                URI.create(endpoint + "/v1/traces"), service, new Spans(share, RandomSource.secure()), told);
        exporter.thread.start();
        return exporter;
    }

    @Override
    public void finished(Exchanged exchange) {
        if (spans.isSampled(exchange) && (closed || !waiting.offer(exchange))) {
            dropped.incrementAndGet();
        }
    }

    /** Returns how many spans were lost. */
    public long dropped() {
        return dropped.get();
    }

    private void sendAll() {
        List<Exchanged> batch = new ArrayList<>();
        try {
            while (!closed || !waiting.isEmpty()) {
                Exchanged first = waiting.poll(GATHER_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, BATCH_MAX - 1);
                    send(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            dropped.addAndGet(batch.size() + waiting.size());
        }
    }

    private void send(List<Exchanged> batch) throws InterruptedException {
        String body = Spans.message(service, batch.stream().map(spans::json).toList());
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        String problem;
        try {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            problem = status < OK_BELOW ? "" : "status " + status;
        } catch (IOException e) {
            problem = e.getClass().getSimpleName();
        }
        if (!problem.isEmpty()) {
            dropped.addAndGet(batch.size());
        }
        boolean fails = !problem.isEmpty();
        if (fails && !failing) {
            told.event(Event.warn("trace", "otel.endpoint: " + address + ": " + problem + " (spans are dropped)"));
        } else if (!fails && failing) {
            told.event(Event.info("trace", "otel.endpoint: " + address + ": takes spans again"));
        }
        failing = fails;
    }

    /** Sends what waits, for two seconds at most. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
