package org.almagest.storage.commit;

import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.almagest.error.CatalogException;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.OutcomeUnknownException;
import org.almagest.error.StorageFailedException;
import org.almagest.storage.run.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * A change in the queue, with the caller that waits for it.
 *
 * @param <T> the type of its result
 */
final class Pending<T> {
    private final Change<T> change;
    private final CountDownLatch done = new CountDownLatch(1);
    private @Nullable Decision<T> decision;
    private @Nullable Throwable failure;

    Pending(Change<T> change) {
        this.change = change;
    }

    Change<T> change() {
        return change;
    }

    /** Decides the change; a refusal is kept for the caller. Returns the catalog that it leaves. */
    @Nullable
    Decision<T> decide(Snapshot before, Snapshot.Stamp stamp) {
        try {
            decision = change.decide(before, stamp);
            return decision;
        } catch (CatalogException e) {
            failure = e;
            return null;
        } catch (RuntimeException e) {
            // Nothing of the change is written yet: it alone fails.
            failure = new StorageFailedException("store: change: refused, as it could not be decided: " + e, e);
            return null;
        } catch (InternalError e) {
            // What the JVM throws when mapped bytes cannot be read; reading harms nobody.
            failure = new CorruptStoreException("segment: cannot be read: " + e.getMessage(), "data", 0, e);
            return null;
        } catch (OutOfMemoryError e) {
            failure = withoutMemory(e);
            return null;
        }
    }

    /** Makes the payload of a change that was decided; null where it writes nothing, or fails as memory does not suffice. */
    byte @Nullable [] payload() {
        Supplier<byte[]> payload = decision == null ? null : decision.payload();
        try {
            return payload == null ? null : payload.get();
        } catch (OutOfMemoryError e) {
            failure = withoutMemory(e);
            return null;
        }
    }

    /** A large change may need more than there is where all others find enough, and nothing of it is written yet. */
    private static StorageFailedException withoutMemory(OutOfMemoryError e) {
        return new StorageFailedException(
                "store: change: not enough memory for it (nothing was stored): " + e.getMessage(), e);
    }

    /** Lets the caller go on: the group that this change is part of is durable. */
    void complete() {
        done.countDown();
    }

    /** Lets the caller go on with a failure, whatever was decided. */
    void fail(Throwable cause) {
        failure = cause;
        done.countDown();
    }

    /** Waits for the outcome; an interrupt is kept for later, because the outcome is on its way. */
    T await() {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure instanceof CatalogException) {
            throw (CatalogException) failure;
        }
        if (failure instanceof Error) {
            throw (Error) failure;
        }
        if (failure != null) {
            throw new OutcomeUnknownException("store: change: " + failure, failure);
        }
        if (decision == null) {
            throw new IllegalStateException("change: neither decided nor failed");
        }
        return decision.result();
    }
}
