package org.almagest.storage.commit;

import org.almagest.error.OutcomeUnknownException;
import org.almagest.error.StorageFailedException;
import org.jspecify.annotations.Nullable;

/** The stopped state of a store: set once by the first failure after which its files cannot be trusted. Thread-safe. */
public final class Poison {
    private volatile @Nullable Throwable cause;
    private volatile String reason = "";

    /** Stops the store; the first cause is kept. */
    public synchronized void set(String what, Throwable failure) {
        if (cause == null) {
            reason = what;
            cause = failure;
        }
    }

    public boolean isSet() {
        return cause != null;
    }

    /** Returns the failure of a change that was under way when the store stopped. */
    public OutcomeUnknownException outcomeUnknown() {
        Throwable failure = cause;
        if (failure == null) {
            throw new IllegalStateException("store: not stopped");
        }
        return new OutcomeUnknownException(
                "store: " + reason + ": outcome unknown (reopen the store and repeat the call): "
                        + failure.getMessage(),
                failure);
    }

    /** Refuses to go on in a stopped store. */
    public void check() {
        Throwable failure = cause;
        if (failure != null) {
            throw new StorageFailedException(
                    "store: stopped: " + reason + " (reopen it to write again): " + failure.getMessage(), failure);
        }
    }
}
