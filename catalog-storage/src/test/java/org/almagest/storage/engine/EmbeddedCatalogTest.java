package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.error.StoreLockedException;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestResult;
import org.almagest.query.Query;
import org.almagest.query.SortOrder;
import org.almagest.schema.Field;
import org.almagest.testing.SteppedClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedCatalogTest {
    @TempDir
    Path folder;

    private static DatasetSpec spec() {
        return DatasetSpec.temporal("my_org.my_custom_dataset")
                .field(Field.float64("value"))
                .field(Field.string("sensor"))
                .build();
    }

    private static List<Datapoint> rows(int from, int to) {
        List<Datapoint> rows = new ArrayList<>();
        for (int i = from; i < to; i++) {
            rows.add(Datapoint.at(Instant.ofEpochSecond(1_700_000_000L + i * 60L))
                    .set("value", i * 0.5)
                    .set("sensor", i % 2 == 0 ? "A" : "B")
                    .build());
        }
        return rows;
    }

    @Test
    void keepsWhatWasIngestedThroughReopenAndFlush() {
        try (Catalog catalog = Catalog.open(folder)) {
            Collection measurements = catalog.createDataset(spec()).createCollection("Measurements");
            IngestResult result = measurements.ingest(rows(0, 1000));
            assertEquals(1000, result.created());
            assertEquals(500, measurements.ingest(rows(500, 1500)).created());
            assertEquals(1500, measurements.info().count());
            catalog.maintenance().orElseThrow().flush();
            assertEquals(1500, measurements.info().count());
            assertEquals(0, measurements.ingest(rows(0, 1500)).created());
            assertEquals(100, measurements.ingest(rows(1500, 1600)).created());
            assertEquals(
                    1600, measurements.query(Query.allTime().build()).toList().size());
        }
        try (Catalog catalog = Catalog.open(folder)) {
            Collection measurements =
                    catalog.dataset("my_org.my_custom_dataset").collection("Measurements");
            assertEquals(1600, measurements.info().count());
            List<Datapoint> rows = measurements
                    .query(Query.allTime().order(SortOrder.DESCENDING).limit(3).build())
                    .toList();
            assertEquals(3, rows.size());
            assertEquals(1599 * 0.5, rows.get(0).value("value").orElseThrow());
            assertEquals(
                    1,
                    measurements
                            .query(Query.at(rows.get(0).time()).build())
                            .toList()
                            .size());
        }
        try (Catalog catalog = Catalog.open(folder, CatalogOptions.readOnly())) {
            assertEquals(
                    1600,
                    catalog.dataset("my_org.my_custom_dataset")
                            .count(Query.allTime().build()));
        }
    }

    /** The flush that an upkeep or a deletion asks for ends while the store closes, and kicks the compactor then. */
    @Test
    void aSecondWriterIsToldSinceWhenToTheSecond() {
        SteppedClock clock = new SteppedClock(Instant.parse("2026-01-01T10:30:00Z"));
        try (Catalog first = Catalog.open(folder, CatalogOptions.defaults().with(clock))) {
            assertEquals(0, first.datasets().size());
            StoreLockedException refused = assertThrows(StoreLockedException.class, () -> Catalog.open(folder));
            assertTrue(refused.getMessage().contains(" since 2026-01-01T10:30:00Z"), refused.getMessage());
        }
    }

    @Test
    void closesCleanlyWhateverItsWorkersHaveJustDone() {
        for (int round = 0; round < 60; round++) {
            try (Catalog catalog = Catalog.open(folder)) {
                Collection all = round == 0
                        ? catalog.createDataset(spec()).createCollection("all")
                        : catalog.dataset("my_org.my_custom_dataset").collection("all");
                assertEquals(10, all.ingest(rows(0, 10)).created());
                assertEquals(10, all.delete(Query.allTime().build()));
            }
        }
        try (Catalog catalog = Catalog.open(folder, CatalogOptions.readOnly())) {
            assertEquals(1, catalog.maintenance().orElseThrow().statistics().get("clean_close"));
        }
    }
}
