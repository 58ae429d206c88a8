package org.almagest.bench.report;

/**
 * How an engine took the rows in, in durable commits of 10,000.
 *
 * @param rows how many
 * @param rowsPerSecond over the commits and what follows the last of them
 * @param commitP50Millis median time of a commit
 * @param commitMaxMillis longest time of a commit
 * @param finishSeconds what followed the last commit: writing what is in memory, statistics
 * @param settleSeconds what the engine was asked to do after that for its best form, and does not count
 * @param cpuMicrosPerRow processor time of the engine's process, the making of the rows left out
 * @param bytesPerRow size on disk, in that best form
 * @param foreignCores how many processor cores other processes used during the commits
 * @param ofThisRun whether the rows were taken in by this run; else the store is one of an earlier run, and its rate says
 *     nothing beside those of others
 */
public record LoadFigures(
        long rows,
        double rowsPerSecond,
        double commitP50Millis,
        double commitMaxMillis,
        double finishSeconds,
        double settleSeconds,
        double cpuMicrosPerRow,
        double bytesPerRow,
        double foreignCores,
        boolean ofThisRun) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final int WORDS = 9;

    /** What of the processor other processes may use beside a figure that is compared. */
    public static final double QUIET_CORES = 0.3;

    /** Returns the figures of the words that a loading process answers with. */
    public static LoadFigures of(String[] words, boolean ofThisRun) {
        if (words.length != WORDS) {
            throw new IllegalArgumentException("record of loading: " + words.length + " words (expected " + WORDS
                    + "): the store was filled by another version, delete the record to fill it again");
        }
        long rows = Long.parseLong(words[0]);
        double commits = Long.parseLong(words[1]);
        double finish = Long.parseLong(words[2]);
        return new LoadFigures(
                rows,
                rows / ((commits + finish) / NANOS_PER_SECOND),
                Long.parseLong(words[3]) / NANOS_PER_MILLI,
                Long.parseLong(words[4]) / NANOS_PER_MILLI,
                finish / NANOS_PER_SECOND,
                Long.parseLong(words[7]) / NANOS_PER_SECOND,
                Long.parseLong(words[5]) / NANOS_PER_MICRO / rows,
                (double) Long.parseLong(words[6]) / rows,
                Double.parseDouble(words[8]),
                ofThisRun);
    }

    /** Tells whether the rate says something beside those of others: of this run, and little disturbed. */
    public boolean comparable() {
        return ofThisRun && foreignCores < QUIET_CORES;
    }
}
