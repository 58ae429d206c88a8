package org.almagest.testing;

import static org.almagest.query.FieldOperand.field;
import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Fixtures.numbered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.aggregate.Aggregation;
import org.almagest.batch.RowBatch;
import org.almagest.error.CancelledException;
import org.almagest.model.Datapoint;
import org.almagest.query.Filter;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.SortKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Work that its caller gives up ends soon, without a trace. */
public abstract class CancellationContract extends ContractSupport {
    private static final int ROWS = 3_000;

    /** Creates the suite. */
    protected CancellationContract() {}

    private Collection filled(Catalog catalog) {
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        ingest(catalog, things, numbered("2020-01-01T00:00:00Z", ROWS));
        return things;
    }

    /** Returns a condition that every row meets, and that each has to be read for. */
    private static Filter everyRow(Collection things) {
        String number = things.dataset().schema().fields().get(0).name();
        return field(number).atLeast(0).or(field(number).isNull());
    }

    private static void assertCancelled(Executable work) {
        assertFails(CancelledException.class, "query: cancelled", work);
    }

    @Test
    void anotherThreadEndsAnAnswer() throws InterruptedException {
        Catalog catalog = open();
        Collection things = filled(catalog);
        AtomicBoolean cancelled = new AtomicBoolean();
        Query query = Query.allTime().cancelledWhen(cancelled::get).build();
        try (QueryResult answer = things.query(query)) {
            Iterator<Datapoint> rows = answer.iterator();
            rows.next();
            Thread other = new Thread(() -> cancelled.set(true));
            other.start();
            other.join();
            assertCancelled(() -> rows.forEachRemaining(Datapoint::time));
            assertThrows(IllegalStateException.class, rows::next, "the answer is closed");
        }
        assertCancelled(() -> things.query(query).toList());
        cancelled.set(false);
        assertEquals(ROWS, things.query(query).toList().size());
    }

    @Test
    void batchesEndAsWell() {
        Catalog catalog = open();
        Collection things = filled(catalog);
        AtomicBoolean cancelled = new AtomicBoolean();
        Query query = Query.allTime().cancelledWhen(cancelled::get).build();
        try (QueryResult answer = things.query(query)) {
            Iterator<RowBatch> batches = answer.batches(100).iterator();
            batches.next();
            cancelled.set(true);
            assertCancelled(() -> batches.forEachRemaining(RowBatch::rowCount));
            assertThrows(IllegalStateException.class, batches::next, "the answer is closed");
        }
    }

    @Test
    void sortedAnswersEndBeforeTheirFirstRow() {
        Catalog catalog = open();
        if (can(Capability.SORT)) {
            Collection things = filled(catalog);
            String number = things.dataset().schema().fields().get(0).name();
            Query.Builder query = Query.allTime().sort(SortKey.descending(number));
            assertEndsWheneverAsked(
                    times -> things.query(query.cancelledWhen(times).build()).toList());
        }
    }

    @Test
    void countsAndAggregatesEnd() {
        Catalog catalog = open();
        Collection things = filled(catalog);
        Query.Builder query = Query.allTime().where(everyRow(things));
        assertEndsWheneverAsked(times -> things.count(query.cancelledWhen(times).build()));
        if (can(Capability.AGGREGATION)) {
            List<Aggregation> wanted = List.of(Aggregation.count(), Aggregation.range("time"));
            assertEndsWheneverAsked(
                    times -> things.aggregate(query.cancelledWhen(times).build(), wanted));
        }
        assertEquals(ROWS, things.count(query.cancelledWhen(() -> false).build()));
    }

    @Test
    void whatWasCancelledBeforeItBeganDoesNothing() {
        Catalog catalog = open();
        Collection things = filled(catalog);
        Query query = Query.allTime().cancelledWhen(() -> true).build();
        assertCancelled(() -> things.query(query).toList());
        assertCancelled(() -> things.count(query));
        if (can(Capability.DELETE)) {
            assertCancelled(() -> things.delete(query));
            assertEquals(ROWS, things.info().count());
        }
    }

    @Test
    void aCancelledDeletionDeletesNothing() {
        Catalog catalog = open();
        if (can(Capability.DELETE)) {
            Collection things = filled(catalog);
            long version = catalog.version();
            Query.Builder query = Query.allTime().where(everyRow(things));
            assertEndsWheneverAsked(
                    times -> things.delete(query.cancelledWhen(times).build()));
            assertEquals(version, catalog.version());
            assertEquals(ROWS, things.info().count());
            assertEquals(ROWS, things.delete(query.cancelledWhen(() -> false).build()));
            assertEquals(0, things.info().count());
        }
    }

    @Test
    void anInterruptCancelsWhereItIsAskedFor() {
        Catalog catalog = open();
        Collection things = filled(catalog);
        Query query = Query.allTime()
                .cancelledWhen(Thread.currentThread()::isInterrupted)
                .build();
        Thread.currentThread().interrupt();
        try {
            assertCancelled(() -> things.query(query).toList());
            assertTrue(Thread.currentThread().isInterrupted(), "the interrupt status is kept");
            assertEquals(ROWS, things.query(Query.allTime().build()).toList().size());
        } finally {
            Thread.interrupted();
        }
        assertEquals(ROWS, things.query(query).toList().size());
    }

    /** Some work. */
    private interface Work {
        void run(BooleanSupplier cancelled);
    }

    /** Asserts that work ends when it asks for the first time, and for each of the next few times. */
    private static void assertEndsWheneverAsked(Work work) {
        for (int times = 0; times < 10; times++) {
            int answers = times;
            AtomicInteger asked = new AtomicInteger();
            assertCancelled(() -> work.run(() -> asked.getAndIncrement() >= answers));
            assertEquals(times + 1, asked.get(), "asked once more after the end");
        }
    }
}
