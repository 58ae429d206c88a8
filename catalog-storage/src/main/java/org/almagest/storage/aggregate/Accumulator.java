package org.almagest.storage.aggregate;

import org.almagest.aggregate.Aggregate;
import org.almagest.storage.scan.RunMatches;

/** The answer to one aggregation in the making; for one thread. */
interface Accumulator {
    /**
     * Prepares for the rows of another run.
     *
     * @return whether the run is counted by now, so that its rows need not be looked at
     */
    boolean begin(RunMatches rows);

    /** Counts the current row of the run. */
    void add(RunMatches rows);

    /** Returns the answer. */
    Aggregate result();
}
