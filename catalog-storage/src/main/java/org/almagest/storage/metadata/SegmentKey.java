package org.almagest.storage.metadata;

/**
 * The place of a segment, which tells it from every other that the store has or had: file numbers are never reused.
 *
 * @param fileNumber the number of the data file, at least 1
 * @param offset the first byte
 */
public record SegmentKey(long fileNumber, long offset) implements Comparable<SegmentKey> {
    @Override
    public int compareTo(SegmentKey other) {
        int byFile = Long.compare(fileNumber, other.fileNumber);
        return byFile != 0 ? byFile : Long.compare(offset, other.offset);
    }

    @Override
    public String toString() {
        return fileNumber + " @ " + offset;
    }
}
