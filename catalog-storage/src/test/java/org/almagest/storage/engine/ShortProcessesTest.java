package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.model.Datapoint;
import org.almagest.model.Limits;
import org.almagest.query.Query;
import org.almagest.testing.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is opened for a moment again and again, as a command of a timer does, stays in good form. */
class ShortProcessesTest {
    private static final int OPENINGS = 40;

    @TempDir
    Path folder;

    @Test
    void segmentsThatShareIdsAreCompactedBeforeTheEnd() {
        long overlapMax = Limits.defaults().overlappingRunsMax();
        for (int opening = 0; opening < OPENINGS; opening++) {
            try (Catalog catalog = Catalog.open(folder)) {
                Collection things = opening == 0
                        ? catalog.createDataset(Fixtures.numbers("a.numbers")).createCollection("things")
                        : catalog.dataset("a.numbers").collection("things");
                things.ingest(rowsOfADay(opening));
            }
        }
        try (Catalog catalog = Catalog.open(folder, CatalogOptions.readOnly())) {
            Collection things = catalog.dataset("a.numbers").collection("things");
            assertEquals(OPENINGS * 10, things.count(Query.allTime().build()));
            long segments = catalog.maintenance().orElseThrow().statistics().get("segment_count");
            assertTrue(segments <= overlapMax + 1, () -> segments + " segments");
        }
    }

    private static List<Datapoint> rowsOfADay(int opening) {
        List<Datapoint> rows = new ArrayList<>();
        for (int hour = 0; hour < 10; hour++) {
            rows.add(Datapoint.at(Instant.parse("2024-01-01T00:00:00Z").plusSeconds(3_600L * hour + opening))
                    .set("number", opening)
                    .build());
        }
        return rows;
    }
}
