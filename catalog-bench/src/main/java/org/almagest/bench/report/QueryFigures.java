package org.almagest.bench.report;

/**
 * How an engine answered a class of questions.
 *
 * @param p50Micros median time of a question: the median over the quiet passes of the median in each
 * @param undisturbedMicros median over the questions of the fastest time of each: what a busy machine changes least
 * @param p99Micros 99th percentile over all samples of those passes
 * @param rowsPerSecond rows returned in a second of answering
 * @param samples how many questions were timed
 * @param foreignCores how many cores other processes kept busy meanwhile, on average
 * @param wrong which answers were wrong, as {@code 0}, or a number with the first of them
 */
public record QueryFigures(
        double p50Micros,
        double undisturbedMicros,
        double p99Micros,
        double rowsPerSecond,
        int samples,
        double foreignCores,
        String wrong) {
    /** Tells whether every answer was right. */
    public boolean right() {
        return wrong.equals("0");
    }
}
