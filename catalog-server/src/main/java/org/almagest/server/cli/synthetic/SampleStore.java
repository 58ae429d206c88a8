package org.almagest.server.cli.synthetic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.io.synthetic.GranuleGenerator;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestCounts;

/** The dataset of the quickstart: granules of several satellites, a collection for each; the same on every run. */
final class SampleStore {
    static final String SLUG = "demo.granules";

    private static final long SEED = 42;

    private final GranuleGenerator generator = GranuleGenerator.of(SEED);
    private final Dataset dataset;

    SampleStore(Catalog catalog) {
        this.dataset = catalog.findDataset(SLUG)
                .orElseGet(() -> catalog.createDataset(DatasetSpec.of(SLUG, generator.schema())
                        .describedAs("Synthetic granules of five sun-synchronous satellites")));
    }

    Dataset dataset() {
        return dataset;
    }

    /**
     * Stores the first {@code rows} granules, those that are there already excepted.
     *
     * @param progress told after each commit how many rows are done
     */
    IngestCounts ingest(long rows, LongConsumer progress) {
        Map<String, List<Datapoint>> waiting = new LinkedHashMap<>();
        IngestCounts counts = IngestCounts.NONE;
        for (long i = 0; i < rows; i++) {
            String name = generator.collection(i);
            List<Datapoint> batch = waiting.computeIfAbsent(name, same -> new ArrayList<>());
            batch.add(generator.datapoint(i));
            if (batch.size() == Collection.INGEST_ALL_BATCH_ROWS) {
                counts = counts.plus(store(name, batch));
                progress.accept(counts.rows());
            }
        }
        for (Map.Entry<String, List<Datapoint>> rest : waiting.entrySet()) {
            if (!rest.getValue().isEmpty()) {
                counts = counts.plus(store(rest.getKey(), rest.getValue()));
                progress.accept(counts.rows());
            }
        }
        return counts;
    }

    private IngestCounts store(String collection, List<Datapoint> batch) {
        IngestCounts counts =
                dataset.getOrCreateCollection(collection).ingest(batch).counts();
        batch.clear();
        return counts;
    }
}
