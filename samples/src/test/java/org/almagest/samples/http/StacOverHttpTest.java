package org.almagest.samples.http;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.almagest.Catalog;
import org.almagest.io.stac.api.StacContract;
import org.almagest.io.stac.api.StacFixture;
import org.almagest.io.stac.api.StacOptions;
import org.junit.jupiter.api.io.TempDir;

/** The contract of the API over a store on disk, through sockets. */
class StacOverHttpTest extends StacContract {
    private static final AtomicInteger STORES = new AtomicInteger();

    @TempDir
    static Path folder;

    @Override
    protected StacFixture open(StacOptions options) {
        Catalog catalog = Catalog.open(folder.resolve("store" + STORES.incrementAndGet()));
        return new HttpFixture(catalog, options);
    }
}
