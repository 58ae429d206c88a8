package org.almagest.storage.metadata;

import java.util.Optional;
import org.almagest.model.Retention;
import org.almagest.schema.DatasetSchema;

/** What a METADATA frame says: one change of datasets or collections. */
public sealed interface MetadataChange {
    /** A new dataset; its incarnation is {@link CatalogMetadata#nextIncarnation}. */
    record DatasetCreated(DatasetEntry dataset) implements MetadataChange {}

    /** A new schema of a dataset; its version is one more than the one before. */
    record DatasetAltered(long dataset, DatasetSchema schema, int schemaVersion) implements MetadataChange {}

    /** A dataset that is hidden from now on and can be restored; the time is in Unix microseconds. */
    record DatasetDeleted(long dataset, long deletedMicros) implements MetadataChange {}

    /** A deleted dataset that is back with all its collections. */
    record DatasetRestored(long dataset) implements MetadataChange {}

    /** The end of a dataset, deleted before or not, and of all its collections. */
    record DatasetPurged(long dataset) implements MetadataChange {}

    /** A new collection, without retention, with its first document or none; its incarnation is {@link CatalogMetadata#nextIncarnation}. */
    record CollectionCreated(CollectionEntry collection) implements MetadataChange {}

    /** A new document of a collection, JSON text; its version is one more than the one before. */
    record DocumentPut(long collection, String document, long documentVersion) implements MetadataChange {}

    /** How long the datapoints of a collection are kept; empty when nothing expires any more. */
    record RetentionPut(long collection, Optional<Retention> retention) implements MetadataChange {}

    /** The end of a collection. */
    record CollectionPurged(long collection) implements MetadataChange {}
}
