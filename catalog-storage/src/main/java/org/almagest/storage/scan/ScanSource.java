package org.almagest.storage.scan;

import java.util.List;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.run.Run;

/**
 * One collection as a query sees it.
 *
 * @param schema the schema that its rows are read with
 * @param runs its runs; an id occurs in one of them at most
 */
public record ScanSource(DatasetSchema schema, List<Run> runs) {}
