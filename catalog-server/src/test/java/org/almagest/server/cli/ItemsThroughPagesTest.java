package org.almagest.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.batch.BatchColumn;
import org.almagest.batch.RowBatch;
import org.almagest.model.Datapoint;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.testing.ModelCatalog;
import org.almagest.testing.RowText;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real STAC items, with their assets as JSON, come out of pages as they went in. */
class ItemsThroughPagesTest {
    private static final Query ALL = Query.allTime().build();

    @TempDir
    Path folder;

    private static Path items() {
        String data = System.getProperty("almagest.shared.data", "../../shared/data");
        Path file = Path.of(data, "stac", "pgstac-naip-items.ndjson");
        Assumptions.assumeTrue(Files.exists(file), () -> "no " + file);
        return file;
    }

    private static List<String> texts(List<Datapoint> rows) {
        return rows.stream().map(RowText::of).toList();
    }

    @Test
    void itemsAreEqualInMemoryInPagesAndInBatches() {
        Path store = folder.resolve("store");
        CliRun.ok(store, "ingest", "stac.naip", "naip", items().toString(), "--create");
        List<Datapoint> fromLog;
        try (Catalog catalog = Catalog.open(store)) {
            fromLog = catalog.query(ALL).toList();
            catalog.maintenance().orElseThrow().flush();
            assertEquals(texts(fromLog), texts(catalog.query(ALL).toList()), "after the flush");
        }
        assertEquals(1_000, fromLog.size());
        try (Catalog catalog = Catalog.open(store, CatalogOptions.readOnly())) {
            Collection naip = catalog.dataset("stac.naip").collection("naip");
            assertEquals(texts(fromLog), texts(naip.query(ALL).toList()), "after opening again");
            List<Datapoint> anyOrder = new ArrayList<>(fromLog);
            Collections.shuffle(anyOrder, new Random(5));
            for (Datapoint row : anyOrder) {
                assertEquals(RowText.of(row), RowText.of(naip.datapoint(row.id().orElseThrow())));
            }
            assertEquals(texts(fromLog), texts(batched(naip, 300)));
            assertSameIds(naip, fromLog);
        }
    }

    private static List<Datapoint> batched(Collection collection, int rowsMax) {
        List<Datapoint> rows = new ArrayList<>();
        try (QueryResult answer = collection.query(ALL)) {
            for (RowBatch batch : answer.batches(rowsMax)) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    Datapoint whole = collection.datapoint(batch.id(row));
                    Datapoint.Builder made = Datapoint.at(whole.time())
                            .stored(batch.id(row), whole.ingestionTime().orElseThrow())
                            .geometry(batch.geometry(row).orElse(null));
                    for (BatchColumn column : batch.columns()) {
                        made.set(column.field().name(), column.value(row).orElse(null));
                    }
                    rows.add(made.build());
                }
            }
        }
        return rows;
    }

    /** What was read, given to another catalog, has the same ids: these are hashes of all of it. */
    private static void assertSameIds(Collection naip, List<Datapoint> rows) {
        try (Catalog model = new ModelCatalog(CatalogOptions.defaults())) {
            Collection again = model.createDataset(
                            DatasetSpec.of("stac.naip", naip.dataset().schema()))
                    .createCollection("naip");
            assertEquals(
                    rows.stream().map(row -> row.id().orElseThrow()).toList(),
                    again.ingest(rows).ids());
        }
    }
}
