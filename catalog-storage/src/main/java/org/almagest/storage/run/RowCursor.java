package org.almagest.storage.run;

/** Reads rows of a run; for one thread. What it returns is valid until the next {@link #seek}. */
public interface RowCursor {
    /** Moves to a row; costs least from one row to the next. */
    void seek(int ordinal);

    /** Returns the bytes that hold the row's body. */
    byte[] bytes();

    /** Returns where the body begins in {@link #bytes}. */
    int offset();

    /** Returns how many bytes the body has. */
    int length();

    /** Returns the sequence number of the commit that stored the row. */
    long sequence();

    /** Returns the time of that commit, in microseconds since the Unix epoch. */
    long ingestionMicros();
}
