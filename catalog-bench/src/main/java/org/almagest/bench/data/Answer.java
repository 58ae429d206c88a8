package org.almagest.bench.data;

/**
 * What a question must give.
 *
 * @param count how many rows
 * @param sum their digest; 0 where they are only counted
 */
public record Answer(long count, long sum) {
    /** Returns the answer that a digest holds. */
    public static Answer of(RowDigest digest) {
        return new Answer(digest.count(), digest.sum());
    }
}
