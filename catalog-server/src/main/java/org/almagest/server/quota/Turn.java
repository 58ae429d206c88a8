package org.almagest.server.quota;

/** Whether a key may ask once more. */
public sealed interface Turn {
    /** It may; {@link Use#leave} gives the place back. */
    record Granted(Use use) implements Turn {}

    /**
     * It may not yet.
     *
     * @param kind what was used up
     * @param waitNanos after how long it is worth to try again, above 0
     */
    record Refused(QuotaKind kind, long waitNanos) implements Turn {
        private static final long NANOS = 1_000_000_000L;

        /** Returns the wait in whole seconds, rounded up, for the header Retry-After. */
        public long waitSeconds() {
            return Math.max(1, (waitNanos + NANOS - 1) / NANOS);
        }
    }
}
