package org.almagest.storage.metadata;

import java.util.Optional;
import java.util.UUID;
import org.almagest.model.Retention;

/**
 * A collection as the engine knows it.
 *
 * @param incarnation its number inside the store, never reused, at least 1; datasets and collections share the numbers
 * @param dataset the incarnation of its dataset
 * @param document JSON text, empty while there is none
 * @param documentVersion 0 while there is no document, then one more with each
 * @param retention how long its datapoints are kept; empty while nothing expires
 */
public record CollectionEntry(
        long incarnation,
        long dataset,
        String name,
        UUID id,
        String document,
        long documentVersion,
        Optional<Retention> retention) {
    /** Returns a collection without a document that keeps everything. */
    public static CollectionEntry of(long incarnation, long dataset, String name, UUID id) {
        return new CollectionEntry(incarnation, dataset, name, id, "", 0, Optional.empty());
    }

    /** Tells whether there is a document. */
    public boolean hasDocument() {
        return documentVersion > 0;
    }

    /** Returns this collection with another document. */
    public CollectionEntry documented(String json, long version) {
        return new CollectionEntry(incarnation, dataset, name, id, json, version, retention);
    }

    /** Returns this collection with another retention. */
    CollectionEntry retaining(Optional<Retention> newRetention) {
        return new CollectionEntry(incarnation, dataset, name, id, document, documentVersion, newRetention);
    }
}
