package org.almagest.io.stac.names;

import java.util.concurrent.atomic.AtomicReference;
import org.almagest.Catalog;
import org.almagest.io.stac.exchange.StacCaller;
import org.jspecify.annotations.Nullable;

/** The ids of the collections of a catalog, made again when its definitions have changed. Safe for use by threads. */
public final class CollectionIndex {
    private final Catalog catalog;
    private final AtomicReference<@Nullable CollectionIds> latest = new AtomicReference<>();

    /** Keeps the ids of this catalog, from the first time that they are asked for. */
    public CollectionIndex(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Returns the ids as they are now. Cost: a comparison, and that of {@link CollectionIds#of} after a change. */
    public CollectionIds now() {
        CollectionIds ids = latest.get();
        if (ids == null || ids.definitionsVersion() != CollectionIds.version(catalog)) {
            ids = CollectionIds.of(catalog);
            latest.set(ids);
        }
        return ids;
    }

    /** Returns what a caller sees of the ids as they are now. */
    public Visible visibleTo(StacCaller caller) {
        return Visible.of(now(), caller);
    }
}
