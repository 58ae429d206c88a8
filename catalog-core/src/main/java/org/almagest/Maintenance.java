package org.almagest;

import java.util.Map;

/** What only an embedded store can do. */
public interface Maintenance {
    /** Writes what is in memory to segments; returns when they are durable. */
    void flush();

    /**
     * Returns counters and sizes of the store by name: runs, segments, bytes, forces.
     *
     * <p>Names are stable; values are whole numbers in the unit that the name ends with.
     */
    Map<String, Long> statistics();
}
