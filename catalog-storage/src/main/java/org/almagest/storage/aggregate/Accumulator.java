package org.almagest.storage.aggregate;

import org.almagest.aggregate.Aggregate;
import org.almagest.storage.plan.AnsweredBy;
import org.almagest.storage.scan.RunMatches;

/** The answer to one aggregation in the making; for one thread. */
interface Accumulator {
    /**
     * Prepares for the rows of another run.
     *
     * @return what the run was answered from; {@link AnsweredBy#ROWS} where its rows are still to be added
     */
    AnsweredBy begin(RunMatches rows);

    /** Counts the current row of the run. */
    void add(RunMatches rows);

    /** Ends with the run, whose bytes may be gone when the next one begins. */
    default void end(RunMatches rows) {
        // What counts rows one by one is done.
    }

    /** Returns the answer, after the last run has ended. */
    Aggregate result();
}
