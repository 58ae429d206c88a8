package org.almagest.storage.sim;

/**
 * Thrown by every call of a simulated process from its crash on. An error, so that no code under test takes it for a
 * failure that it could handle.
 */
public final class SimCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimCrash(String message) {
        super(message, null, false, false);
    }
}
