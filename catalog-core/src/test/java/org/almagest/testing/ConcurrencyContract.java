package org.almagest.testing;

import static org.almagest.testing.Fixtures.numbered;
import static org.almagest.testing.Fixtures.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.error.AlreadyExistsException;
import org.almagest.error.CatalogException;
import org.almagest.error.ConflictException;
import org.almagest.error.ExistingDatapointsException;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestMode;
import org.almagest.model.IngestResult;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.schema.Field;
import org.junit.jupiter.api.Test;

/** Several threads at once: each row is created once, each answer is whole. */
public abstract class ConcurrencyContract extends ContractSupport {
    private static final int THREADS = 6;

    /** Creates the suite. */
    protected ConcurrencyContract() {}

    /** Runs the work in several threads that start together, and returns what they returned. */
    private static <T> List<T> together(Work<T> work) throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                tasks.add(() -> {
                    start.await();
                    return work.run(number);
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }

    private interface Work<T> {
        T run(int thread) throws Exception;
    }

    @Test
    void eachRowIsCreatedOnceInSum() throws Exception {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        List<Datapoint> rows = numbered("2020-01-01T00:00:00Z", 600);
        List<Long> created = together(thread -> {
            List<Datapoint> own = new ArrayList<>(rows);
            Collections.rotate(own, thread * 100);
            long sum = 0;
            for (int i = 0; i < own.size(); i += 20) {
                sum += things.ingest(own.subList(i, i + 20)).created();
            }
            return sum;
        });
        assertEquals(600, created.stream().mapToLong(n -> n).sum());
        assertEquals(600, things.info().count());
        assertEquals(600, all(things).size());
    }

    @Test
    void refusingIngestsWinOncePerRow() throws Exception {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        List<Datapoint> rows = numbered("2020-01-01T00:00:00Z", 200);
        List<Integer> wins = together(thread -> {
            int won = 0;
            for (Datapoint row : rows) {
                try {
                    things.ingest(List.of(row), IngestMode.REFUSE_EXISTING);
                    won++;
                } catch (ExistingDatapointsException e) {
                    assertTrue(things.count(Query.at(row.time()).build()) == 1);
                }
            }
            return won;
        });
        assertEquals(200, wins.stream().mapToInt(n -> n).sum());
        assertEquals(200, things.info().count());
    }

    @Test
    void aKeyIsTakenOnce() throws Exception {
        Catalog catalog = open();
        Collection things = things(
                catalog,
                DatasetSpec.temporal("a.keys")
                        .field(Field.string("key"))
                        .field(Field.int64("thread"))
                        .key("key")
                        .build());
        List<Integer> wins = together(thread -> {
            int won = 0;
            for (int i = 0; i < 100; i++) {
                try {
                    things.ingest(List.of(Datapoint.at("2020-01-01")
                            .set("key", "k" + i)
                            .set("thread", thread)
                            .build()));
                    won++;
                } catch (ConflictException e) {
                    assertTrue(things.findByKey("k" + i).isPresent());
                }
            }
            return won;
        });
        assertEquals(100, wins.stream().mapToInt(n -> n).sum());
        assertEquals(100, things.info().count());
    }

    @Test
    void fieldsAddedAtTheSameTimeAreAllKept() throws Exception {
        Catalog catalog = open();
        Dataset dataset = catalog.createDataset(numbers("a.numbers"));
        CyclicBarrier allHaveRead = new CyclicBarrier(THREADS);
        together(thread -> {
            AtomicBoolean first = new AtomicBoolean(true);
            return dataset.alter(read -> {
                if (first.getAndSet(false)) {
                    await(allHaveRead); // so that each of them changes the same schema
                }
                return read.toBuilder().field(Field.int64("added_" + thread)).build();
            });
        });
        assertEquals(1 + THREADS, dataset.schema().fields().size(), dataset.schema()::toString);
        Catalog again = can(Capability.DURABLE) ? reopen(catalog) : catalog;
        for (int thread = 0; thread < THREADS; thread++) {
            assertTrue(
                    again.dataset("a.numbers").schema().field("added_" + thread).isPresent());
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void collectionsAndDatasetsAreCreatedOnce() throws Exception {
        Catalog catalog = open();
        Dataset dataset = catalog.createDataset(numbers("a.numbers"));
        long before = catalog.version();
        List<Integer> wins = together(thread -> {
            int won = 0;
            for (int i = 0; i < 20; i++) {
                dataset.getOrCreateCollection("shared-" + i).ingest(numbered("2020-01-01T00:00:00Z", 2));
                try {
                    dataset.createCollection("raced-" + i);
                    won++;
                } catch (AlreadyExistsException e) {
                    assertTrue(dataset.findCollection("raced-" + i).isPresent());
                }
            }
            return won;
        });
        assertEquals(20, wins.stream().mapToInt(n -> n).sum());
        assertEquals(40, dataset.collections().size());
        assertEquals(40, dataset.count(Query.allTime().build()));
        assertEquals(before + 60, catalog.version());
    }

    @Test
    void answersAreWholeCommitsInTheOrderOfVersions() throws Exception {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        long before = catalog.version();
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong calls = new AtomicLong();
        List<Map<Long, Long>> seen =
                together(thread -> thread == 0 ? ingestInSteps(things, done, calls) : countByVersion(things, done));
        assertEquals(before + 40, catalog.version());
        for (Map<Long, Long> counts : seen) {
            counts.forEach((version, count) -> assertEquals((version - before) * 25, count));
        }
        assertEquals(40, calls.get());
    }

    private static Map<Long, Long> ingestInSteps(Collection things, AtomicBoolean done, AtomicLong calls) {
        try {
            List<Datapoint> rows = numbered("2020-01-01T00:00:00Z", 1_000);
            Collections.shuffle(rows, new Random(1));
            Map<Long, Long> counts = new HashMap<>();
            for (int i = 0; i < 40; i++) {
                IngestResult result = things.ingest(rows.subList(i * 25, i * 25 + 25));
                counts.put(result.version(), (i + 1) * 25L);
                calls.incrementAndGet();
                assertTrue(things.info().count() == (i + 1) * 25L);
            }
            return counts;
        } finally {
            done.set(true);
        }
    }

    private static Map<Long, Long> countByVersion(Collection things, AtomicBoolean done) {
        Map<Long, Long> counts = new HashMap<>();
        long last = 0;
        while (!done.get()) {
            try (QueryResult answer = things.query(Query.allTime().skipData().build())) {
                long count = 0;
                for (Datapoint row : answer) {
                    count += row.id().isPresent() ? 1 : 0;
                }
                counts.put(answer.version(), count);
                assertTrue(answer.version() >= last);
                last = answer.version();
            }
        }
        return counts;
    }

    @Test
    void anInterruptedThreadHarmsNobody() {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        List<Datapoint> rows = numbered("2020-01-01T00:00:00Z", 300);
        ingest(catalog, things, rows.subList(0, 100));
        Thread.currentThread().interrupt();
        try {
            things.ingest(rows.subList(100, 200));
            things.query(Query.allTime().build()).toList();
        } catch (CatalogException e) {
            assertTrue(Thread.interrupted(), () -> "the interrupt was swallowed by " + e);
        } finally {
            Thread.interrupted();
        }
        assertTrue(things.info().count() % 100 == 0);
        ingest(catalog, things, rows);
        assertEquals(300, things.info().count());
        assertEquals(300, all(things).size());
    }
}
