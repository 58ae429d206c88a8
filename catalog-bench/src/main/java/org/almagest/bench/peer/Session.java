package org.almagest.bench.peer;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.almagest.bench.data.Question;
import org.almagest.bench.data.RowDigest;

/** Asks an engine, from one thread. */
public interface Session extends AutoCloseable {
    /** Gets ready for questions, for engines that know a row by something other than the others do. Not measured. */
    default void prepare(List<Question> questions) throws IOException, SQLException {}

    /** Asks one question and adds every row of the answer, complete, to a digest. */
    void ask(Question question, RowDigest digest) throws IOException, SQLException;

    @Override
    void close() throws IOException, SQLException;
}
