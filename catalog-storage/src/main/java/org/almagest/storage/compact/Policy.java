package org.almagest.storage.compact;

/**
 * When a rewrite pays for itself.
 *
 * @param depthMax segments that may share ids
 * @param smallCountMin small segments of about one size, or in one row, before they are joined
 * @param straddlersMin overlapping segments across the edges of windows before they are cut
 * @param droppableParts a segment is rewritten when one row in this many can be dropped
 * @param space how much of the data files may be unused
 */
record Policy(int depthMax, int smallCountMin, int straddlersMin, int droppableParts, Space space) {
    /**
     * How much of the data files may be unused.
     *
     * @param amplificationMax bytes of all data files for each byte in use, before anything is rewritten for its space
     * @param liveShareMin files of which this share or more is in use are left alone even then
     */
    record Space(double amplificationMax, double liveShareMin) {}

    /** What goes on all the time: bounded cost of queries at a bounded cost of writing. */
    static final Policy BACKGROUND = new Policy(4, 8, 4, 3, new Space(1.75, 0.5));

    /** What somebody asks for: the best order and the least space that one rewrite can give. */
    static final Policy FULL = new Policy(1, 2, 1, 20, new Space(1.1, 0.9));
}
