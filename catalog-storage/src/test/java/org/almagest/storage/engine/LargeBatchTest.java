package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.error.ConflictException;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestOptions;
import org.almagest.model.IngestResult;
import org.almagest.model.OnInvalid;
import org.almagest.query.Query;
import org.almagest.schema.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches that several threads bind. */
class LargeBatchTest {
    private static final int ROWS = 20 * Binding.CHUNK_ROWS + 7;

    @TempDir
    Path folder;

    private static Datapoint row(int number) {
        return Datapoint.at(Instant.ofEpochSecond(1_700_000_000L + number / 3))
                .set("name", "n" + number)
                .set("value", number)
                .build();
    }

    private static List<Datapoint> shuffled(long seed) {
        List<Datapoint> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(row(i));
        }
        Collections.shuffle(rows, new Random(seed));
        return rows;
    }

    private static Collection collection(Catalog catalog, String name, boolean keyed) {
        DatasetSpec.Builder spec =
                DatasetSpec.temporal("test." + name).field(Field.string("name")).field(Field.int64("value"));
        return catalog.createDataset(keyed ? spec.key("name").build() : spec.build())
                .createCollection("all");
    }

    @Test
    void storesEveryRowOnceInIdOrder() {
        try (Catalog catalog = Catalog.open(folder)) {
            Collection all = collection(catalog, "plain", false);
            List<Datapoint> rows = shuffled(1);
            rows.addAll(rows.subList(100, 3000)); // given twice, far from each other
            IngestResult result = all.ingest(rows);
            assertEquals(ROWS, result.created());
            assertEquals(2900, result.existing());
            assertEquals(result.ids().subList(100, 3000), result.ids().subList(ROWS, ROWS + 2900));
            TreeMap<DatapointId, Object> expected = new TreeMap<>();
            for (int i = 0; i < rows.size(); i++) {
                expected.put(result.ids().get(i), rows.get(i).values().get("name"));
            }
            List<Object> names = new ArrayList<>();
            all.query(Query.allTime().build())
                    .forEach(row -> names.add(row.value("name").orElseThrow()));
            assertEquals(new ArrayList<>(expected.values()), names);
            assertEquals(0, all.ingest(shuffled(2)).created());
            catalog.maintenance().orElseThrow().flush();
            assertEquals(0, all.ingest(shuffled(3)).created());
        }
    }

    @Test
    void namesTheFirstInvalidRow() {
        try (Catalog catalog = Catalog.open(folder)) {
            Collection all = collection(catalog, "plain", false);
            List<Datapoint> rows = shuffled(1);
            for (int at : new int[] {1500, 2047, 4000, ROWS - 1}) {
                rows.set(at, row(at).toBuilder().set("value", "text").build());
            }
            InvalidRequestException refused = assertThrows(InvalidRequestException.class, () -> all.ingest(rows));
            assertTrue(refused.getMessage().startsWith("row 1500: field \"value\""), refused::getMessage);
            assertEquals(0, all.info().count());
            IngestResult result = all.ingest(rows, IngestOptions.DEFAULT.with(OnInvalid.QUARANTINE));
            assertEquals(ROWS - 4, result.created());
            assertEquals(
                    List.of(1500L, 2047L, 4000L, ROWS - 1L),
                    result.rejected().stream().map(row -> (long) row.row()).toList());
        }
    }

    @Test
    void namesTheFirstRowWithAKeyThatAnotherHas() {
        try (Catalog catalog = Catalog.open(folder)) {
            Collection all = collection(catalog, "keyed", true);
            List<Datapoint> rows = shuffled(1);
            rows.set(3500, rows.get(70).toBuilder().set("value", -1).build());
            rows.set(4700, rows.get(3000).toBuilder().set("value", -1).build());
            ConflictException clash = assertThrows(ConflictException.class, () -> all.ingest(rows));
            assertTrue(clash.getMessage().startsWith("row 3500: key \"name\": same as in row 70 "), clash::getMessage);
            IngestResult replaced = all.ingest(rows, IngestOptions.of(IngestMode.REPLACE));
            assertEquals(ROWS - 2, replaced.created());
            assertEquals(2, replaced.counts().superseded());
            assertEquals(
                    -1L,
                    all.findByKey(rows.get(70).values().get("name"))
                            .orElseThrow()
                            .value("value")
                            .orElseThrow());
        }
    }
}
