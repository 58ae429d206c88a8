package org.almagest.storage.metadata;

import org.almagest.schema.DatasetSchema;

/** What a METADATA frame says: one change of datasets or collections. */
public sealed interface MetadataChange {
    /** A new dataset; its incarnation is {@link CatalogMetadata#nextIncarnation}. */
    record DatasetCreated(DatasetEntry dataset) implements MetadataChange {}

    /** A new schema of a dataset; its version is one more than the one before. */
    record DatasetAltered(long dataset, DatasetSchema schema, int schemaVersion) implements MetadataChange {}

    /** A new collection, without a document; its incarnation is {@link CatalogMetadata#nextIncarnation}. */
    record CollectionCreated(CollectionEntry collection) implements MetadataChange {}

    /** A new document of a collection, JSON text; its version is one more than the one before. */
    record DocumentPut(long collection, String document, long documentVersion) implements MetadataChange {}
}
