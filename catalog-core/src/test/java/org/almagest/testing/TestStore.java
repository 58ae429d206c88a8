package org.almagest.testing;

import java.util.Set;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;

/** A place for one store of the implementation under test; empty at first. */
public interface TestStore extends AutoCloseable {
    /** Returns what the implementation must declare; a contract runs what is declared and refuses the rest. */
    Set<Capability> capabilities();

    /** Opens the store; whoever calls closes the catalog before opening again. */
    Catalog open(CatalogOptions options);

    /** Tells whether {@link #crash} can be called. */
    default boolean canCrash() {
        return false;
    }

    /**
     * Cuts the power between two calls, lets go of the catalog and opens what is left, which has everything that was
     * acknowledged.
     *
     * @param seed chooses what is left of what nobody promised to keep
     */
    default Catalog crash(Catalog catalog, CatalogOptions options, long seed) {
        throw new IllegalStateException("test store: cannot crash");
    }

    /** Brings rows that a contract has just stored into the state to be tested, such as flushed to disk. */
    default void settle(Catalog catalog) {}

    /** Checks that nothing is left open and that what was stored is sound, then lets it go. */
    @Override
    default void close() {}
}
