package org.almagest.storage.compact;

/** Why segments are rewritten, the most urgent first. */
public enum Reason {
    /** Too many segments share ids, and every query between them reads all. */
    OVERLAP,
    /** Rows of windows that were cut since lie together. */
    STRADDLING,
    /** Many small segments lie in one window. */
    SMALL,
    /** Deleted rows take space that nobody needs. */
    DELETED,
    /** Too much of the data files is no longer named by anything, and most of this one. */
    SPACE
}
