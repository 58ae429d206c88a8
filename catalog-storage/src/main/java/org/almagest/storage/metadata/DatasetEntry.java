package org.almagest.storage.metadata;

import java.util.OptionalLong;
import java.util.UUID;
import org.almagest.schema.DatasetSchema;

/**
 * A dataset as the engine knows it.
 *
 * @param incarnation its number inside the store, never reused, at least 1
 * @param schema with a number for every field
 * @param schemaVersion 1 at creation, one more after each change
 * @param deletedMicros when it was deleted, in Unix microseconds; empty while it lives
 */
public record DatasetEntry(
        long incarnation,
        String slug,
        UUID id,
        String description,
        DatasetSchema schema,
        int schemaVersion,
        OptionalLong deletedMicros) {
    /** Tells whether it was deleted and can be restored. */
    public boolean isDeleted() {
        return deletedMicros.isPresent();
    }

    /** Returns this dataset with the next version of its schema. */
    DatasetEntry altered(DatasetSchema newSchema, int newVersion) {
        return new DatasetEntry(incarnation, slug, id, description, newSchema, newVersion, deletedMicros);
    }

    /** Returns this dataset deleted at a time, or living when there is none. */
    DatasetEntry deleted(OptionalLong micros) {
        return new DatasetEntry(incarnation, slug, id, description, schema, schemaVersion, micros);
    }
}
