package org.almagest.server.tenant;

import java.nio.file.Path;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.io.stac.api.StacApi;
import org.almagest.io.stac.api.StacOptions;

/** A store that is open, and the API over it. */
record OpenStore(Catalog catalog, StacApi api) implements AutoCloseable {
    static OpenStore open(Path folder, CatalogOptions options, StacOptions stac) {
        Catalog catalog = Catalog.open(folder, options);
        try {
            return new OpenStore(catalog, StacApi.of(catalog, stac));
        } catch (RuntimeException | Error e) {
            catalog.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            api.close();
        } finally {
            catalog.close();
        }
    }
}
