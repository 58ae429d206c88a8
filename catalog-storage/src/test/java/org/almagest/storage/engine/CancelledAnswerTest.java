package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.Maintenance;
import org.almagest.error.CancelledException;
import org.almagest.error.DeadlineExceededException;
import org.almagest.model.Datapoint;
import org.almagest.model.Limits;
import org.almagest.query.FieldOperand;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.testing.Fixtures;
import org.almagest.testing.SteppedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer that failed keeps no files, although nobody closed it. */
class CancelledAnswerTest {
    private static final int ROWS = 2_000;

    @TempDir
    Path folder;

    private final SteppedClock clock = new SteppedClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private Catalog catalog;
    private Maintenance maintenance;
    private Collection things;

    @BeforeEach
    void flushRows() {
        catalog = Catalog.open(folder, CatalogOptions.defaults().with(clock));
        maintenance = catalog.maintenance().orElseThrow();
        things = catalog.createDataset(Fixtures.numbers("a.numbers")).createCollection("things");
        things.ingest(Fixtures.numbered("2020-01-01T00:00:00Z", ROWS));
        maintenance.flush();
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void filesGoOnceTheAnswerIsCancelled() throws IOException {
        QueryResult answer =
                things.query(Query.allTime().cancelledWhen(cancelled::get).build());
        Iterator<Datapoint> rows = answer.iterator();
        rows.next();
        deleteAll();
        cancelled.set(true);
        assertThrows(CancelledException.class, () -> rows.forEachRemaining(Datapoint::time));
        assertKeepsNoFiles(answer);
    }

    @Test
    void filesGoOnceTheLookForTheNextPageIsCancelled() throws IOException {
        Query.Builder query = Query.allTime().limit(1).cancelledWhen(cancelled::get);
        String number = things.dataset().schema().fields().get(0).name();
        QueryResult answer = things.query(
                query.where(FieldOperand.field(number).plus(1).equalTo(1)).build());
        answer.iterator().next();
        deleteAll();
        cancelled.set(true);
        assertThrows(CancelledException.class, answer::nextToken);
        assertKeepsNoFiles(answer);
    }

    @Test
    void filesGoOnceTheAnswerIsTooOldAndNoRowComesTwice() throws IOException {
        QueryResult answer = things.query(Query.allTime().build());
        Iterator<Datapoint> rows = answer.iterator();
        deleteAll();
        clock.advance(Duration.ofSeconds(Limits.defaults().snapshotSecondsMax() + 1));
        for (int row = 1; row < 1_024; row++) {
            rows.next();
        }
        assertThrows(DeadlineExceededException.class, rows::next);
        assertThrows(IllegalStateException.class, rows::next, "the answer is closed");
        assertKeepsNoFiles(answer);
    }

    private void deleteAll() throws IOException {
        things.delete(Query.allTime().build());
        maintenance.flush();
        maintenance.compact();
        assertTrue(segmentBytes() > 0, "the answer is open");
    }

    private void assertKeepsNoFiles(QueryResult answer) throws IOException {
        maintenance.compact();
        assertEquals(0, segmentBytes());
        answer.close();
    }

    private long segmentBytes() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".seg"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
