package org.almagest.bench.peer;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.almagest.bench.data.Granule;
import org.almagest.bench.data.QuestionKind;

/** An engine under test with one data set in a folder of its own. One thread, but for its sessions. */
public interface Peer extends AutoCloseable {
    /** Returns which engine this is, with its version. */
    String version() throws SQLException;

    /** Tells whether this engine, with the schema it has here, is asked questions of a class. */
    boolean answers(QuestionKind kind);

    /**
     * Stores rows in one durable commit; rows that are there already are skipped.
     *
     * @return how many were not there before
     */
    long ingest(List<Granule> rows) throws IOException, SQLException;

    /** Does what belongs to loading: write what is in memory, gather statistics, make the next open fast. */
    void finish() throws IOException, SQLException;

    /** Brings the store into its best form, as somebody would who has an hour; does not count as loading. */
    void settle() throws IOException, SQLException;

    /** Begins to ask; each thread has a session of its own. */
    Session session() throws IOException, SQLException;

    /** Returns how many bytes the data set takes on disk. */
    long bytesOnDisk() throws IOException, SQLException;

    @Override
    void close() throws IOException, SQLException;
}
