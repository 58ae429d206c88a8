package org.almagest.io.stac.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/**
 * What an answer sends, in pieces, so that nothing is held whole. For one thread at a time, and written once.
 *
 * <p>Whoever sends it pulls: either piece by piece as its reader takes them, or all at once by {@link #writeTo}.
 */
public interface StacBody extends AutoCloseable {
    /** Sends nothing. */
    StacBody EMPTY = new BytesBody(new byte[0]);

    /** Returns a body of these bytes, which must not change. */
    static StacBody of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new BytesBody(bytes);
    }

    /** Returns the length where it is known before anything is written: then send Content-Length, else stream. */
    OptionalLong length();

    /**
     * Writes the next piece, about 64 KiB, and tells whether more may follow.
     *
     * <p>May write nothing. After the last piece it does nothing and returns false again. A body that ended or failed
     * has let go of what it reads.
     *
     * @throws IOException if the sink fails, or the rest cannot be read: the connection must then be broken off, so that
     *     the client does not take what it has for all
     */
    boolean next(OutputStream sink) throws IOException;

    /**
     * Writes everything and closes this body, not the sink.
     *
     * @throws IOException as {@link #next}
     */
    default void writeTo(OutputStream sink) throws IOException {
        try (this) {
            while (next(sink)) {
                // Each turn writes a piece.
            }
        }
    }

    /** Lets go of what the rest would be read from. Closing again does nothing. */
    @Override
    void close();
}
