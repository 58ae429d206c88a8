package org.almagest.bench.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.almagest.Catalog;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.io.stac.api.StacApi;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacResponse;
import org.almagest.io.synthetic.GranuleGenerator;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestOptions;
import org.almagest.runtime.Stopwatch;
import org.almagest.server.http.HttpOptions;
import org.almagest.server.http.HttpServer;
import org.almagest.server.http.Workers;
import org.almagest.server.http.door.Mount;
import org.almagest.server.http.door.Route;
import org.almagest.server.quota.RequestWorkers;
import org.almagest.server.stac.StacMount;

/** A store of synthetic granules over three years, its API, and a server of it on loopback, all in this process. */
final class ServedStore implements AutoCloseable {
    static final String COLLECTION = "granules";

    /** When the first granule is acquired: 2015 begins. */
    static final int FIRST_YEAR = 2015;

    private static final String SLUG = "stac.granules";
    private static final String KEY = "granule_name";
    private static final int DAYS = 1_095;
    private static final int WAITING_MAX = 512;
    /** What a handler that does nothing answers. */
    private static final StacResponse EMPTY = StacResponse.of(200);

    final Catalog catalog;
    final Dataset dataset;
    final StacApi api;
    final HttpServer server;
    private final RequestWorkers workers;
    private final GranuleGenerator generator;

    private ServedStore(Path folder, long rows) {
        this.generator = GranuleGenerator.of(1).withRowsPerDay((int) Math.max(1, (rows + DAYS - 1) / DAYS));
        this.catalog = Catalog.open(folder);
        this.dataset = catalog.findDataset(SLUG).orElseGet(() -> load(rows));
        this.api = StacApi.of(catalog);
        int threads = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
        this.workers = new RequestWorkers(
                new RequestWorkers.Size(threads, WAITING_MAX),
                Stopwatch::nanos,
                failure -> System.err.println(failure));
        this.server = HttpServer.start(HttpOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .workers(new Fair(workers))
                .mount(StacMount.of("/stac", api))
                .mount(new Mount("/empty", List.of(Route.of(StacMethod.GET, "/empty", 0)), request -> EMPTY)));
    }

    /** Opens a store, filling it first where the folder has none. */
    static ServedStore open(Path folder, long rows) {
        return new ServedStore(folder, rows);
    }

    private Dataset load(long rows) {
        Dataset made = catalog.createDataset(
                DatasetSpec.of(SLUG, generator.schema().toBuilder().key(KEY).build()));
        Iterator<Datapoint> all = generator.datapoints(0, rows);
        made.getOrCreateCollection(COLLECTION).ingestAll(all, IngestOptions.DEFAULT, batch -> {});
        catalog.maintenance().orElseThrow().flush();
        catalog.maintenance().orElseThrow().compact();
        return made;
    }

    /** Returns the id of the item that one of the granules is. */
    String itemId(long index) {
        return String.valueOf(generator.datapoint(index).value(KEY).orElseThrow());
    }

    @Override
    public void close() {
        server.close();
        workers.close();
        api.close();
        catalog.close();
    }

    private record Fair(RequestWorkers all) implements Workers {
        @Override
        public boolean submit(String queue, Runnable task) {
            return all.submit(queue, task);
        }

        @Override
        public void resume(String queue, Runnable task) {
            all.resume(queue, task);
        }
    }
}
