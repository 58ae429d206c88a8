package org.almagest.io.stac.exchange;

import java.util.Optional;
import java.util.function.Supplier;

/** A body that knows how many items it has written, and how they were found. */
public interface ItemsBody extends StacBody {
    /** Returns how many items were written so far. */
    long items();

    /** Returns what explains its query, running it again; empty where there was none. */
    Optional<Supplier<String>> explain();
}
