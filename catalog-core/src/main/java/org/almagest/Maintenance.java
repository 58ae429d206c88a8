package org.almagest;

import java.util.Map;

/** What only an embedded store can do. */
public interface Maintenance {
    /** Writes what is in memory to segments; returns when they are durable. */
    void flush();

    /**
     * Merges and rewrites segments until every time partition is in its best form and dead rows that nobody can ask for
     * have given back their space; returns when that is durable.
     */
    void compact();

    /**
     * Does now what the engine does by itself from time to time: applies the retention of collections, and ends
     * deleted datasets whose time is over.
     *
     * @return how many datapoints were deleted
     */
    long expire();

    /**
     * Returns counters and sizes of the store by name: runs, segments, bytes, forces.
     *
     * <p>Names are stable; values are whole numbers in the unit that the name ends with.
     */
    Map<String, Long> statistics();
}
