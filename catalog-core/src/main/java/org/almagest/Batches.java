package org.almagest;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.almagest.error.LimitExceededException;
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
                counts = counts.plus(ingest(collection, batch, options, afterBatch));
                batch.clear();
            }
        }
        return counts;
    }

    /** Stores a batch, in halves where its rows are too wide for one commit. */
    private static IngestCounts ingest(
            Collection collection, List<Datapoint> batch, IngestOptions options, Consumer<IngestResult> afterBatch) {
        try {
            IngestResult result = collection.ingest(batch, options);
            afterBatch.accept(result);
            return result.counts();
        } catch (LimitExceededException e) {
            if (batch.size() == 1 || !e.limitName().equals("commitBytesMax")) {
                throw e;
            }
        }
        int half = batch.size() / 2;
        IngestCounts first = ingest(collection, batch.subList(0, half), options, afterBatch);
        return first.plus(ingest(collection, batch.subList(half, batch.size()), options, afterBatch));
    }
}
