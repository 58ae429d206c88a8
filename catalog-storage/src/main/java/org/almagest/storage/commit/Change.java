package org.almagest.storage.commit;

import org.almagest.storage.run.Snapshot;

/**
 * One atomic change, decided on the log thread in the order of the queue.
 *
 * @param <T> what the caller gets once the change is durable
 */
public interface Change<T> {
    /** Returns how many bytes the change takes in the log, at most. */
    long encodedBytes();

    /** Tells whether the change may free so much space that it should be given back at once. */
    default boolean givesBackSpace() {
        return false;
    }

    /**
     * Decides what the change does to the catalog as the changes before it leave it.
     *
     * @param before the catalog with all changes of the queue before this one
     * @param stamp the sequence number and time that the change gets if it writes anything
     * @throws org.almagest.error.CatalogException if the change is refused; then nothing of it is stored
     */
    Decision<T> decide(Snapshot before, Snapshot.Stamp stamp);
}
