package org.almagest.internal.format;

/**
 * Told which bytes of a buffer are going to be read, brings them into memory where that is better done before than by
 * the read itself. Changes nothing that can be read; safe to share between threads.
 */
public interface Presence {
    /** Of bytes that are in memory, or need no help. */
    Presence ALWAYS = new Presence() {
        @Override
        public void need(int offset, int length) {}

        @Override
        public Presence from(int offset) {
            return this;
        }
    };

    /**
     * Says that bytes are going to be read by this thread, now; costs about a nanosecond where they were said to be needed
     * lately.
     *
     * @param length at least 1
     */
    void need(int offset, int length);

    /**
     * Says as {@link #need} does that several parts are going to be read; may bring them in at the same time.
     *
     * @param parts offset and length of each, in turn
     * @param count how many elements of {@code parts} count, twice the number of parts
     */
    default void needAll(int[] parts, int count) {
        for (int i = 0; i < count; i += 2) {
            need(parts[i], parts[i + 1]);
        }
    }

    /** Returns the same for the bytes from one on, counted from there. */
    Presence from(int offset);
}
