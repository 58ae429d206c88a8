package org.almagest.storage.run;

import org.almagest.schema.DatasetSchema;

/**
 * An immutable set of datapoints of one collection, by ascending id, each id once.
 *
 * <p>A row is known by its ordinal, from 0. Safe to share between threads; a cursor is not.
 */
public interface Run {
    /** Returns how many rows there are, at least 1. */
    int rowCount();

    /** Returns the first eight bytes of a row's id. */
    long idHigh(int ordinal);

    /** Returns the last eight bytes of a row's id. */
    long idLow(int ordinal);

    /** Returns the first ordinal whose id is at or above this one, or {@link #rowCount}; costs a search. */
    int lowerBound(long idHigh, long idLow);

    /** Returns the boxes of the rows. */
    BoxColumn boxes();

    /**
     * Returns the ordinals of the rows whose key has this hash; the keys must still be compared.
     *
     * <p>A run that was written before the key was declared is read once, and what was found is kept.
     *
     * @param schema the schema of the rows, which declares the key
     */
    int[] keyCandidates(long keyHash, DatasetSchema schema);

    /** Returns a new cursor, which reads the rows; for one thread. */
    RowCursor cursor();

    /** Returns the ordinal of a row, or -1 where no row has this id. */
    default int find(long idHigh, long idLow) {
        int ordinal = lowerBound(idHigh, idLow);
        return ordinal < rowCount() && idHigh(ordinal) == idHigh && idLow(ordinal) == idLow ? ordinal : -1;
    }
}
