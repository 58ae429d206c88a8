package org.almagest.storage.sim;

/**
 * What a power cut may leave behind.
 *
 * @param journal which sets of pending changes can have become durable
 * @param granuleBytes the unit that is written wholly or not at all
 * @param tail what a file shows where its pending bytes did not arrive
 * @param subsets how many random subsets to try when there are too many for all
 */
public record CrashModel(Journal journal, int granuleBytes, Tail tail, int subsets) {
    /** In which order pending changes become durable. */
    public enum Journal {
        /** In any order: every subset is possible. */
        UNORDERED,
        /** Names in the order they were changed, as ext4 does; bytes early or late, since allocation is delayed. */
        ORDERED
    }

    /** What lies where pending bytes did not arrive. */
    public enum Tail {
        /** The file ends with the last byte that arrived; holes before it are zero. */
        CUT,
        /** The file has its full length: the size arrived before the bytes, which read as zero. */
        ZEROS,
        /** As {@link #ZEROS}, but the missing bytes are those of another file, or noise. */
        STALE
    }

    /** Sectors of 512 bytes in any order, four random subsets. */
    public static final CrashModel STRICT = new CrashModel(Journal.UNORDERED, 512, Tail.CUT, 4);

    /** Refuses sizes that are not positive. */
    public CrashModel {
        if (granuleBytes <= 0 || subsets < 0) {
            throw new IllegalArgumentException("crash model: " + granuleBytes + " bytes, " + subsets + " subsets");
        }
    }

    /** Returns the same with another order. */
    public CrashModel with(Journal other) {
        return new CrashModel(other, granuleBytes, tail, subsets);
    }

    /** Returns the same with another tail. */
    public CrashModel with(Tail other) {
        return new CrashModel(journal, granuleBytes, other, subsets);
    }

    /** Returns the same with another unit of writing. */
    public CrashModel withGranuleBytes(int bytes) {
        return new CrashModel(journal, bytes, tail, subsets);
    }

    /** Returns the same with another number of random subsets. */
    public CrashModel withSubsets(int count) {
        return new CrashModel(journal, granuleBytes, tail, count);
    }
}
