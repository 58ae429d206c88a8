package org.almagest.storage.manifest;

import org.jspecify.annotations.Nullable;

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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DataFile file && kind == file.kind && number == file.number;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number << 1 | kind.ordinal());
    }

    /** Returns the name from the root of the store. */
    public String name() {
        return kind == Kind.SEGMENTS ? DataFiles.segment(number) : DataFiles.tombstones(number);
    }
}
