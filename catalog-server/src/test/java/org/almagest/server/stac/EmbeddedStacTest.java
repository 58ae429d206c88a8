package org.almagest.server.stac;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.almagest.Catalog;
import org.almagest.io.stac.api.DirectFixture;
import org.almagest.io.stac.api.StacContract;
import org.almagest.io.stac.api.StacFixture;
import org.almagest.io.stac.api.StacOptions;
import org.junit.jupiter.api.io.TempDir;

/** The contract of the STAC API over the embedded engine. */
class EmbeddedStacTest extends StacContract {
    @TempDir
    static Path folder;

    private static final AtomicInteger STORES = new AtomicInteger();

    @Override
    protected StacFixture open(StacOptions options) {
        Path store = folder.resolve("store-" + STORES.incrementAndGet());
        return new DirectFixture(Catalog.open(store), options);
    }
}
