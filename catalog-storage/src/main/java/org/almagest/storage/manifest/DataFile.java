package org.almagest.storage.manifest;

/**
 * A data file of a store.
 *
 * @param kind what it holds
 * @param number its number
 */
public record DataFile(Kind kind, long number) {
    /** What a data file holds. */
    public enum Kind {
        /** Segments. */
        SEGMENTS,
        /** Tombstones of segments. */
        TOMBSTONES
    }

    /** Returns the name from the root of the store. */
    public String name() {
        return kind == Kind.SEGMENTS ? DataFiles.segment(number) : DataFiles.tombstones(number);
    }
}
