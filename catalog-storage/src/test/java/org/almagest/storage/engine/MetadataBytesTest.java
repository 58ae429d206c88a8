package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.error.LimitExceededException;
import org.almagest.model.Datapoint;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.schema.Field;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.junit.jupiter.api.Test;

/** Every manifest lists all datasets and collections, so there is a bound on them that is met before the log is. */
class MetadataBytesTest {
    private static final int MIB = 1 << 20;

    private final SimDisk disk = new SimDisk();

    private Catalog open(Map<String, Long> limits) throws IOException {
        CatalogOptions options =
                SmallStore.options().with(Limits.forHeap(1L << 30).with(limits));
        return EmbeddedProvider.openForWriting(new SimStorage(disk), "sim", options);
    }

    private static Json document(int bytes, int seed) {
        return Json.parse("{\"n\":" + seed + ",\"x\":\"" + "x".repeat(bytes - 20) + "\"}");
    }

    @Test
    void documentsAreRefusedBeforeAFlushCouldFail() throws Exception {
        List<Json> stored = new ArrayList<>();
        Map<String, Long> small = Map.of("metadataBytesMax", 5L * MIB);
        try (Catalog catalog = open(small)) {
            Dataset dataset = catalog.createDataset(DatasetSpec.temporal("a.b").build());
            LimitExceededException refusal = null;
            for (int i = 0; refusal == null; i++) {
                Collection collection = dataset.createCollection("c" + i);
                Json document = document(MIB, i);
                try {
                    collection.putDocument(document);
                    stored.add(document);
                } catch (LimitExceededException e) {
                    refusal = e;
                }
            }
            assertEquals("metadataBytesMax", refusal.limitName());
            assertTrue(refusal.getMessage().startsWith("catalog: metadata bytes: "), refusal.getMessage());
            assertEquals(4, stored.size());
            catalog.maintenance().orElseThrow().flush();

            dataset.collection("c0").putDocument(document(MIB / 2, 0)); // what makes room is allowed
            dataset.collection("c4").putDocument(document(MIB, 4));
            assertThrows(
                    LimitExceededException.class, () -> dataset.collection("c0").putDocument(document(MIB, 0)));
            dataset.collection("c4").ingest(List.of(Datapoint.at("2026-01-01").build()));
        }
        try (Catalog catalog = open(small)) {
            Dataset dataset = catalog.dataset("a.b");
            for (int i = 1; i < stored.size(); i++) {
                assertEquals(
                        stored.get(i), dataset.collection("c" + i).document().orElseThrow());
            }
            assertEquals(document(MIB, 4), dataset.collection("c4").document().orElseThrow());
            assertEquals(1, dataset.collection("c4").info().count());
        }
        try (Catalog catalog = open(Map.of("metadataBytesMax", 1000L))) {
            Dataset dataset = catalog.dataset("a.b");
            assertThrows(LimitExceededException.class, () -> dataset.createCollection("more"));
            assertThrows(
                    LimitExceededException.class,
                    () -> catalog.createDataset(DatasetSpec.temporal("c.d").build()));
            dataset.collection("c1").putDocument(document(30, 1));
            dataset.collection("c1").ingest(List.of(Datapoint.at("2026-01-02").build()));
        }
    }

    @Test
    void aSchemaThatNoFrameCanHoldIsRefusedAlone() throws Exception {
        try (Catalog catalog = open(Map.of("fieldsMax", 10_000L))) {
            DatasetSpec.Builder spec = DatasetSpec.temporal("a.b");
            for (int i = 0; i < 200; i++) {
                spec.field(Field.string("f" + i).describedAs("x".repeat(9_000)));
            }
            LimitExceededException refusal =
                    assertThrows(LimitExceededException.class, () -> catalog.createDataset(spec.build()));
            assertTrue(refusal.getMessage().startsWith("metadata record: bytes: "), refusal.getMessage());
            assertFalse(catalog.findDataset("a.b").isPresent());
            catalog.createDataset(DatasetSpec.temporal("a.b").build());
            catalog.maintenance().orElseThrow().flush();
        }
    }

    @Test
    void aDocumentLongerThanAFrameIsStoredAllTheSame() throws Exception {
        Map<String, Long> small = Map.of("walFrameBytesMax", 4_200L, "walBytesMax", 12_288L);
        Json large = document(50_000, 1);
        try (Catalog catalog = open(small)) {
            Dataset dataset = catalog.createDataset(DatasetSpec.temporal("a.b").build());
            dataset.createCollection("c").putDocument(large);
            assertEquals(large, dataset.collection("c").document().orElseThrow());
        }
        try (Catalog catalog = open(small)) {
            assertEquals(
                    large, catalog.dataset("a.b").collection("c").document().orElseThrow());
        }
    }
}
