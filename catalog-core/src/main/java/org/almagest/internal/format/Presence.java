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

    /** Returns the same for the bytes from one on, counted from there. */
    Presence from(int offset);
}
