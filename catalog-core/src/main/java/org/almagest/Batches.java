package org.almagest;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestCounts;
import org.almagest.model.IngestOptions;
import org.almagest.model.IngestResult;

/** Cuts a stream of datapoints into commits. */
final class Batches {
    private Batches() {}

    static IngestCounts ingestAll(
            Collection collection,
            Iterator<Datapoint> datapoints,
            IngestOptions options,
            Consumer<IngestResult> afterBatch) {
        IngestCounts counts = IngestCounts.NONE;
        List<Datapoint> batch = new ArrayList<>();
        while (datapoints.hasNext()) {
            batch.add(datapoints.next());
            if (batch.size() == Collection.INGEST_ALL_BATCH_ROWS || !datapoints.hasNext()) {
                IngestResult result = collection.ingest(batch, options);
                batch.clear();
                counts = counts.plus(result.counts());
                afterBatch.accept(result);
            }
        }
        return counts;
    }
}
