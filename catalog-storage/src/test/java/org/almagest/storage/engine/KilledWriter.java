package org.almagest.storage.engine;

import java.nio.file.Path;
import java.util.BitSet;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;

/** A process that stores batch after batch, tells which are acknowledged, and waits to be killed. */
final class KilledWriter {
    private static final int BATCHES = 1_000_000;

    private KilledWriter() {}

    /** Takes the folder and the number of the first batch; prints the number of each batch once it is acknowledged. */
    public static void main(String[] arguments) {
        try (Catalog catalog = Catalog.open(Path.of(arguments[0]), options())) {
            for (Workload.Step step : Workload.beginning().steps()) {
                step.change().accept(catalog);
            }
            System.out.println("open");
            for (int batch = Integer.parseInt(arguments[1]); batch < BATCHES; batch++) {
                Workload.collection(catalog, "A").ingest(Workload.rows(from(batch), to(batch)));
                System.out.println(batch);
                System.out.flush();
            }
        }
    }

    /** Small limits, so that logs, flushes and large calls follow each other quickly; else as in real life. */
    static CatalogOptions options() {
        return CatalogOptions.defaults().with(SmallStore.SMALL);
    }

    static int from(int batch) {
        return batch * 5;
    }

    /** Batches overlap; each ninth is a large call. */
    static int to(int batch) {
        return from(batch) + (batch % 9 == 8 ? 80 : 8);
    }

    /** Returns the numbers of all rows of the first batches. */
    static BitSet rows(int batches) {
        BitSet rows = new BitSet();
        for (int batch = 0; batch < batches; batch++) {
            rows.set(from(batch), to(batch));
        }
        return rows;
    }
}
