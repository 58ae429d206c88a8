package org.almagest.bench.http;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * How fast are small queries beside a call that does nothing? At least half as many in the same time.
 *
 * <p>One item by its id, next to a request that goes the same way to a handler that does nothing, over two connections, in
 * turns of the same length. The health of the server stands beside them: it is answered without a worker and without
 * anybody being asked for a key, so it shows what the way itself costs.
 *
 * <p>Arguments: folder of the store, rows, requests of a turn, turns.
 */
public final class EmptyCall {
    private static final int CONNECTIONS = 2;
    private static final int KNOWN_IDS = 1_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final ServedStore store;
    private final List<KeepAlive> clients;

    private EmptyCall(ServedStore store, List<KeepAlive> clients) {
        this.store = store;
        this.clients = clients;
    }

    /** Runs the measurement and prints its table. */
    public static void main(String[] args) throws IOException {
        if (args.length != 4) {
            System.err.println("Usage: EmptyCall FOLDER ROWS REQUESTS TURNS");
            System.exit(1);
        }
        long rows = Long.parseLong(args[1]);
        List<KeepAlive> clients = new ArrayList<>();
        try (ServedStore store = ServedStore.open(Path.of(args[0]), rows)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(KeepAlive.to(store.server.port()));
            }
            new EmptyCall(store, clients).run(rows, Integer.parseInt(args[2]), Integer.parseInt(args[3]), System.out);
            for (KeepAlive client : clients) {
                client.close();
            }
        }
    }

    private void run(long rows, int requests, int turns, PrintStream out) {
        List<byte[]> items = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < KNOWN_IDS; i++) {
            String path = "/stac/collections/" + ServedStore.COLLECTION + "/items/";
            items.add(KeepAlive.request("GET", path + store.itemId(random.nextLong(rows)), ""));
        }
        List<List<byte[]>> kinds = List.of(
                List.of(KeepAlive.request("GET", "/health", "")),
                List.of(KeepAlive.request("GET", "/empty", "")),
                items);
        double[][] rates = new double[kinds.size()][turns];
        for (int turn = -1; turn < turns; turn++) { // the first is not counted
            for (int kind = 0; kind < kinds.size(); kind++) {
                double rate = rate(kinds.get(kind), requests);
                if (turn >= 0) {
                    rates[kind][turn] = rate;
                }
            }
        }
        print(median(rates[0]), median(rates[1]), median(rates[2]), out);
    }

    private static void print(double health, double empty, double item, PrintStream out) {
        out.println("| health, per s | empty call, per s | item by id, per s | item to empty call | wanted |");
        out.println("| ---: | ---: | ---: | ---: | --- |");
        out.println(String.format(
                Locale.ROOT,
                "| %,.0f | %,.0f | %,.0f | %.2f | %s |",
                health,
                empty,
                item,
                item / empty,
                item >= empty / 2 ? "0.50 reached" : "0.50 missed"));
    }

    private static double median(double[] rates) {
        double[] sorted = rates.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Returns requests a second over all connections together. */
    private double rate(List<byte[]> requests, int count) {
        long start = System.nanoTime();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (KeepAlive client : clients) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            Thread thread = new Thread(() -> ask(client, requests, count, done), "bench-client");
            thread.start();
            all.add(done);
        }
        all.forEach(CompletableFuture::join);
        return CONNECTIONS * count * NANOS_PER_SECOND / (System.nanoTime() - start);
    }

    private static void ask(KeepAlive client, List<byte[]> requests, int count, CompletableFuture<Void> done) {
        try {
            for (int i = 0; i < count; i++) {
                client.ask(requests.get(i % requests.size()));
            }
            done.complete(null);
        } catch (IOException | RuntimeException e) {
            done.completeExceptionally(e);
        }
    }
}
