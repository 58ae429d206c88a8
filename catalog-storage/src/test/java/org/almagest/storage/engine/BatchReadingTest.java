package org.almagest.storage.engine;

import static org.almagest.testing.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.batch.RowBatch;
import org.almagest.error.CancelledException;
import org.almagest.error.CatalogException;
import org.almagest.error.DeadlineExceededException;
import org.almagest.model.Datapoint;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.testing.Fixtures;
import org.almagest.testing.SteppedClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of a batch, once found, are read no longer than somebody wants them. */
class BatchReadingTest {
    private static final int ROWS = 8_192;
    private static final int ROWS_PER_ASK = 1_000;

    @TempDir
    Path folder;

    private final SteppedClock clock = new SteppedClock(Instant.parse("2026-01-01T00:00:00Z"));
    private Catalog catalog;
    private Collection things;
    private int asked;

    @BeforeEach
    void open() {
        catalog = Catalog.open(folder, CatalogOptions.defaults().with(clock));
        things = catalog.createDataset(Fixtures.numbers("a.numbers")).createCollection("things");
        things.ingest(Fixtures.numbered("2020-01-01T00:00:00Z", ROWS));
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    /** Returns a query that lasts ten seconds. */
    private Query query(BooleanSupplier cancelled) {
        asked = 0;
        return Query.allTime()
                .timeout(Duration.ofSeconds(10))
                .cancelledWhen(cancelled)
                .build();
    }

    private boolean count() {
        asked++;
        return false;
    }

    /** Returns how often is asked until all rows are found. */
    private int asksOfSearch() {
        try (QueryResult answer = things.query(query(this::count))) {
            answer.iterator().forEachRemaining(Datapoint::time);
        }
        return asked;
    }

    private void flushIf(boolean flushed) {
        if (flushed) {
            catalog.maintenance().orElseThrow().flush();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void asksOnceInAThousandRows(boolean flushed) {
        flushIf(flushed);
        int search = asksOfSearch();
        try (QueryResult answer = things.query(query(this::count))) {
            assertEquals(ROWS, answer.batches(ROWS).iterator().next().rowCount());
        }
        assertTrue(asked >= search + ROWS / ROWS_PER_ASK, () -> asked + " times, " + search + " while searching");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsWhenCancelled(boolean flushed) {
        flushIf(flushed);
        int search = asksOfSearch();
        assertEndsWith(CancelledException.class, "query: cancelled", () -> ++asked > search + 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsAtItsTime(boolean flushed) {
        flushIf(flushed);
        int search = asksOfSearch();
        String problem = "deadline: passed after PT10S";
        assertEndsWith(DeadlineExceededException.class, problem, () -> {
            if (++asked == search + 1) {
                clock.advance(Duration.ofSeconds(11));
            }
            return false;
        });
    }

    private void assertEndsWith(Class<? extends CatalogException> type, String problem, BooleanSupplier cancelled) {
        QueryResult answer = things.query(query(cancelled));
        Iterator<RowBatch> batches = answer.batches(ROWS).iterator();
        assertFails(type, problem, batches::next);
        assertThrows(IllegalStateException.class, batches::next, "the answer is closed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheConditionThrowsClosesTheAnswer(boolean flushed) {
        flushIf(flushed);
        int search = asksOfSearch();
        for (int at : new int[] {3, search - 1, search + 2}) {
            Iterator<RowBatch> batches = things.query(query(() -> {
                        if (++asked == at) {
                            throw new ArithmeticException("of the caller");
                        }
                        return false;
                    }))
                    .batches(ROWS)
                    .iterator();
            assertFails(ArithmeticException.class, "of the caller", batches::next);
            assertThrows(IllegalStateException.class, batches::next, "the answer is closed");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsWhenItsVersionIsTooOld(boolean flushed) {
        flushIf(flushed);
        int search = asksOfSearch();
        Query untimed = Query.allTime()
                .cancelledWhen(() -> {
                    if (++asked == search + 1) {
                        clock.advance(Duration.ofHours(2));
                    }
                    return false;
                })
                .build();
        asked = 0;
        Iterator<RowBatch> batches = things.query(untimed).batches(ROWS).iterator();
        assertFails(DeadlineExceededException.class, "deadline: passed after PT1H", batches::next);
    }
}
