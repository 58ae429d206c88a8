package org.almagest.server.tenant;

import java.util.concurrent.atomic.AtomicBoolean;
import org.almagest.Catalog;
import org.almagest.io.stac.api.StacApi;

/** The store of a tenant, which stays open until this is closed. */
public final class Lease implements AutoCloseable {
    private final OpenStore store;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    Lease(OpenStore store, Runnable release) {
        this.store = store;
        this.release = release;
    }

    /** Returns the store; not the caller's to close. */
    public Catalog catalog() {
        return store.catalog();
    }

    /** Returns the API over it. */
    public StacApi api() {
        return store.api();
    }

    /** Gives the store back; closing again does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
