package org.almagest;

import java.util.Map;

/** What only an embedded store can do. */
public interface Maintenance {
    /** Writes what is in memory to segments; returns when they are durable. */
    void flush();

    /**
     * Brings every time partition into its best form; returns when that is durable.
     *
     * <p>Merges overlapping and small segments, splits partitions that grew too large, and gives back the space of rows
     * that are deleted and that no query can ask for any more.
     */
    void compact();

    /**
     * Applies retention, and ends deleted datasets whose time is over.
     *
     * <p>The engine does so by itself now and then.
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
