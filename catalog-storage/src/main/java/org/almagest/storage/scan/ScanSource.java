package org.almagest.storage.scan;

import java.util.List;
import java.util.UUID;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.run.LiveRun;

/**
 * One collection as a query sees it.
 *
 * @param collectionId its id
 * @param schema the schema that its rows are read with
 * @param runs its runs; of the rows with one id, one at most is visible at a version
 * @param version rows stored or deleted by later commits count as not stored and not deleted
 */
public record ScanSource(UUID collectionId, DatasetSchema schema, List<LiveRun<?>> runs, long version) {}
