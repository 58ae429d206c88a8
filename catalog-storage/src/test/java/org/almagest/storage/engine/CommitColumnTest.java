package org.almagest.storage.engine;

import static org.almagest.query.FieldOperand.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.error.CorruptStoreException;
import org.almagest.model.Datapoint;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.schema.Field;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.almagest.testing.SteppedClock;
import org.junit.jupiter.api.Test;

/** Versions and ingestion times are known without a page: pages here are damaged, so that reading one fails. */
class CommitColumnTest {
    private static final String TEXT = "what stands in every page";
    private static final Duration HOUR = Duration.ofHours(1);

    private final SteppedClock clock = SmallStore.clock();
    private final SimDisk disk = new SimDisk();
    private long version;

    private static List<Datapoint> rows(int first, int end) {
        List<Datapoint> rows = new ArrayList<>();
        for (int i = first; i < end; i++) {
            rows.add(Datapoint.at(Instant.ofEpochSecond(i))
                    .set("text", TEXT)
                    .set("value", i)
                    .build());
        }
        return rows;
    }

    /** Makes one segment of two commits, every second row of each, and flips a bit of every page. */
    private Catalog damaged() throws IOException {
        try (Catalog catalog = SmallStore.open(new SimStorage(disk), clock, HOUR)) {
            Collection all = catalog.createDataset(DatasetSpec.temporal("a.things")
                            .field(Field.string("text"))
                            .field(Field.int64("value"))
                            .build())
                    .createCollection("all");
            all.ingest(rows(0, 10));
            version = catalog.version();
            clock.advance(Duration.ofMinutes(1));
            all.ingest(rows(10, 30));
            catalog.maintenance().orElseThrow().flush();
        }
        int damages = 0;
        for (String name : disk.files()) {
            byte[] bytes = disk.bytes(name);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            for (int at = text.indexOf(TEXT); name.endsWith(".seg") && at >= 0; at = text.indexOf(TEXT, at + 1)) {
                bytes[at] ^= 1;
                damages++;
            }
            disk.put(name, bytes);
        }
        assertTrue(damages > 0);
        return SmallStore.open(new SimStorage(disk), clock, HOUR);
    }

    @Test
    void earlierVersionsAreCountedWithoutPages() throws IOException {
        try (Catalog catalog = damaged()) {
            Collection all = catalog.dataset("a.things").collection("all");
            assertEquals(10, all.count(Query.allTime().version(version).build()));
            assertEquals(
                    5,
                    all.count(Query.during(TimeInterval.parse("1970-01-01T00:00:05Z/1970-01-01T00:00:20Z"))
                            .version(version)
                            .build()));
            assertThrows(
                    CorruptStoreException.class,
                    () -> all.count(
                            Query.allTime().where(field("value").lessThan(5)).build()));
        }
    }

    @Test
    void ingestionTimesAreComparedWithoutPages() throws IOException {
        try (Catalog catalog = damaged()) {
            Collection all = catalog.dataset("a.things").collection("all");
            Instant second = SmallStore.NOW.plusSeconds(60);
            assertEquals(
                    20,
                    all.count(Query.allTime()
                            .where(field("ingestion_time").atLeast(second))
                            .build()));
            assertEquals(
                    10,
                    all.count(Query.allTime()
                            .where(field("ingestion_time").lessThan(second))
                            .build()));
        }
    }
}
