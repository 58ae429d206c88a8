package org.almagest.internal.json;

/**
 * Bounds on one JSON text, with the names under which {@code Limits} states them.
 *
 * @param bytesMax size of the text in UTF-8
 * @param bytesName component of {@code Limits} behind {@code bytesMax}
 * @param depthMax arrays and objects nested in each other
 * @param depthName component of {@code Limits} behind {@code depthMax}
 * @param valuesMax values of any kind, so that a tree stays in proportion to its text
 * @param valuesName component of {@code Limits} behind {@code valuesMax}
 */
public record JsonLimits(
        long bytesMax, String bytesName, int depthMax, String depthName, long valuesMax, String valuesName) {
    /** Returns limits under the names {@code jsonBytesMax} and {@code jsonDepthMax}; values are bounded by bytes only. */
    public static JsonLimits of(long bytesMax, int depthMax) {
        return new JsonLimits(bytesMax, "jsonBytesMax", depthMax, "jsonDepthMax", Long.MAX_VALUE, "jsonBytesMax");
    }
}
