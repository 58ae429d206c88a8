package org.almagest.io.stac.api;

import java.net.URI;
import org.almagest.Catalog;
import org.almagest.io.stac.exchange.StacRequest;

/** The API called as a method. */
public final class DirectFixture implements StacFixture {
    private static final String BASE = "https://example.com/stac";

    private final Catalog catalog;
    private final StacApi api;

    /** Creates it over a catalog, which it closes. */
    public DirectFixture(Catalog catalog, StacOptions options) {
        this.catalog = catalog;
        this.api = StacApi.of(catalog, options);
    }

    /** Returns the API. */
    public StacApi api() {
        return api;
    }

    @Override
    public Catalog catalog() {
        return catalog;
    }

    @Override
    public Answer send(StacRequest request) {
        return Answer.of(api.handle(request.at(URI.create(BASE))));
    }

    @Override
    public String base() {
        return BASE;
    }

    @Override
    public void close() {
        api.close();
        catalog.close();
    }
}
