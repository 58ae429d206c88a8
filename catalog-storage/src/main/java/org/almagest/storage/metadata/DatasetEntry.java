package org.almagest.storage.metadata;

import java.util.UUID;
import org.almagest.schema.DatasetSchema;

/**
 * A dataset as the engine knows it.
 *
 * @param incarnation its number inside the store, never reused, at least 1
 * @param schema with a number for every field
 * @param schemaVersion 1 at creation, one more after each change
 */
public record DatasetEntry(
        long incarnation, String slug, UUID id, String description, DatasetSchema schema, int schemaVersion) {
    /** Returns this dataset with the next version of its schema. */
    DatasetEntry altered(DatasetSchema newSchema, int newVersion) {
        return new DatasetEntry(incarnation, slug, id, description, newSchema, newVersion);
    }
}
