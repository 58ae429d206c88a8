package org.almagest.storage.segment;

/**
 * One thing that does not hold.
 *
 * @param file the data file, relative to the store
 * @param offset the first byte in question, from the start of the file
 * @param rule subject, problem and expectation
 */
public record Finding(String file, long offset, String rule) {
    /** Returns the form that exceptions have: {@code rule [file @ offset]}. */
    @Override
    public String toString() {
        return rule + " [" + file + " @ " + offset + "]";
    }
}
