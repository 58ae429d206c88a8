package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Maintenance;
import org.almagest.error.CancelledException;
import org.almagest.model.Datapoint;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.testing.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer that was cancelled keeps no files, although nobody closed it. */
class CancelledAnswerTest {
    @TempDir
    Path folder;

    @Test
    void filesGoOnceTheAnswerIsCancelled() throws IOException {
        try (Catalog catalog = Catalog.open(folder)) {
            Maintenance maintenance = catalog.maintenance().orElseThrow();
            Collection things =
                    catalog.createDataset(Fixtures.numbers("a.numbers")).createCollection("things");
            things.ingest(Fixtures.numbered("2020-01-01T00:00:00Z", 2_000));
            maintenance.flush();
            AtomicBoolean cancelled = new AtomicBoolean();
            QueryResult answer =
                    things.query(Query.allTime().cancelledWhen(cancelled::get).build());
            Iterator<Datapoint> rows = answer.iterator();
            rows.next();
            things.delete(Query.allTime().build());
            maintenance.flush();
            maintenance.compact();
            assertTrue(segmentBytes() > 0, "the answer is open");
            cancelled.set(true);
            assertThrows(CancelledException.class, () -> rows.forEachRemaining(Datapoint::time));
            maintenance.compact();
            assertEquals(0, segmentBytes());
            answer.close();
        }
    }

    private long segmentBytes() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".seg"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
