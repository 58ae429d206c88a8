package org.almagest.storage.engine;

import java.util.UUID;
import org.almagest.schema.DatasetSchema;

/**
 * One collection as a call found it.
 *
 * @param incarnation the number of the collection inside the store, never reused
 * @param id the collection's id
 * @param schema the schema of its dataset at that moment
 * @param schemaVersion the version of that schema
 */
record Target(long incarnation, UUID id, DatasetSchema schema, int schemaVersion) {}
