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
        boolean ofThisRun) {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final int SETTLE = 7;

    /** Returns the figures of the words that a loading process answers with. */
    public static LoadFigures of(String[] words, boolean ofThisRun) {
        long rows = Long.parseLong(words[0]);
        double commits = Long.parseLong(words[1]);
        double finish = Long.parseLong(words[2]);
        return new LoadFigures(
                rows,
                rows / ((commits + finish) / NANOS_PER_SECOND),
                Long.parseLong(words[3]) / NANOS_PER_MILLI,
                Long.parseLong(words[4]) / NANOS_PER_MILLI,
                finish / NANOS_PER_SECOND,
                words.length > SETTLE ? Long.parseLong(words[SETTLE]) / NANOS_PER_SECOND : 0,
                Long.parseLong(words[5]) / NANOS_PER_MICRO / rows,
                (double) Long.parseLong(words[6]) / rows,
                ofThisRun);
    }
}
