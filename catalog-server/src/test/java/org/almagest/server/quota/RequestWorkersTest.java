package org.almagest.server.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.almagest.server.quota.FairQueue.Bounds;
import org.almagest.server.quota.FairQueue.Job;
import org.almagest.server.quota.FairQueue.Stage;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class RequestWorkersTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    private void add(FairQueue queue, String name, String task) {
        assertTrue(queue.add(name, () -> done.add(task), Stage.BEGINS));
    }

    private static Job next(FairQueue queue) {
        Job job = queue.poll();
        assertNotNull(job);
        job.task().run();
        return job;
    }

    @Test
    void turnsGoRound() {
        FairQueue queue = new FairQueue(new Bounds(100, 100, 100));
        for (int i = 0; i < 3; i++) {
            add(queue, "long", "long " + i);
        }
        add(queue, "a", "a");
        add(queue, "b", "b");
        while (!queue.isEmpty()) {
            queue.done(next(queue));
        }
        assertEquals(List.of("long 0", "a", "b", "long 1", "long 2"), done);
        assertEquals(0, queue.laneCount(), "nothing is kept of who has no tasks");
    }

    @Test
    void nobodyHasMoreAtWorkThanOneMay() {
        FairQueue queue = new FairQueue(new Bounds(100, 100, 2));
        for (int i = 0; i < 4; i++) {
            add(queue, "a", "a" + i);
        }
        Job first = next(queue);
        next(queue);
        assertNull(queue.poll(), "two are at work");
        add(queue, "b", "b");
        next(queue);
        assertNull(queue.poll());
        queue.done(first);
        next(queue);
        assertEquals(List.of("a0", "a1", "b", "a2"), done);
    }

    @Test
    void soManyWaitAndGoingOnIsNeverRefused() {
        FairQueue queue = new FairQueue(new Bounds(3, 2, 1));
        add(queue, "a", "a0");
        add(queue, "a", "a1");
        assertFalse(queue.add("a", () -> {}, Stage.BEGINS), "two of one wait");
        add(queue, "b", "b0");
        assertEquals(3, queue.waiting());
        assertFalse(queue.add("c", () -> {}, Stage.BEGINS), "three wait");
        assertEquals(2, queue.laneCount());
        for (int i = 0; i < 10; i++) {
            assertTrue(queue.add("a", () -> done.add("on"), Stage.GOES_ON));
        }
        assertEquals(3, queue.waiting());
        next(queue);
        assertTrue(queue.add("c", () -> {}, Stage.BEGINS), "one that is at work waits no more");
    }

    @Test
    void everyTaskIsDoneOnceInTheOrderOfItsLaneAndWithinTheBounds() {
        Seeded.repeat(200, random -> {
            int atWorkMax = 1 + random.nextInt(3);
            FairQueue queue = new FairQueue(new Bounds(1_000, 1_000, atWorkMax));
            Map<String, List<Integer>> given = new HashMap<>();
            Map<String, List<Integer>> taken = new HashMap<>();
            Map<Job, String> atWork = new HashMap<>();
            for (int i = 0; i < 300; i++) {
                int number = i;
                if (random.nextInt(5) < 2) {
                    String name = "k" + random.nextInt(4);
                    given.computeIfAbsent(name, key -> new ArrayList<>()).add(i);
                    queue.add(
                            name,
                            () -> taken.computeIfAbsent(name, key -> new ArrayList<>())
                                    .add(number),
                            random.nextBoolean() ? Stage.BEGINS : Stage.GOES_ON);
                } else if (random.nextBoolean() && !atWork.isEmpty()) {
                    Job job = atWork.keySet().iterator().next();
                    atWork.remove(job);
                    queue.done(job);
                } else {
                    Job job = queue.poll();
                    if (job != null) {
                        Map<String, Integer> before = sizes(taken);
                        job.task().run();
                        String name = sizes(taken).entrySet().stream()
                                .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                                .map(Map.Entry::getKey)
                                .findFirst()
                                .orElseThrow();
                        atWork.put(job, name);
                        long ofOne =
                                atWork.values().stream().filter(name::equals).count();
                        assertTrue(ofOne <= atWorkMax, name + ": " + ofOne);
                    }
                }
            }
            while (!queue.isEmpty()) {
                atWork.keySet().forEach(queue::done);
                atWork.clear();
                Job job = queue.poll();
                assertNotNull(job);
                job.task().run();
                queue.done(job);
            }
            assertEquals(given, taken);
        });
    }

    private static Map<String, Integer> sizes(Map<String, List<Integer>> lists) {
        Map<String, Integer> sizes = new HashMap<>();
        lists.forEach((name, list) -> sizes.put(name, list.size()));
        return sizes;
    }

    @Test
    void oneThreadIsLeftForOthersWhenOneKeyHoldsAllItMay() throws Exception {
        RequestWorkers workers = new RequestWorkers(new RequestWorkers.Size(4, 512), () -> 0, failure -> {});
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch atWork = new CountDownLatch(3);
        for (int i = 0; i < 10; i++) {
            assertTrue(workers.submit("greedy", () -> {
                atWork.countDown();
                await(held);
            }));
        }
        await(atWork);
        CountDownLatch other = new CountDownLatch(1);
        assertTrue(workers.submit("other", other::countDown));
        await(other);
        assertEquals(7, workers.waiting());
        held.countDown();
        workers.close();
        assertTrue(workers.awaitEnd(LONG));
    }

    @Test
    void whatWasTakenIsDoneAfterClosingAndNothingNewIsTaken() throws Exception {
        RequestWorkers workers = new RequestWorkers(new RequestWorkers.Size(1, 512), () -> 0, failure -> {});
        CountDownLatch held = new CountDownLatch(1);
        workers.submit("a", () -> {
            await(held);
            workers.resume("a", () -> done.add("rest of a"));
        });
        workers.submit("b", () -> done.add("b"));
        workers.close();
        assertFalse(workers.submit("c", () -> done.add("c")));
        held.countDown();
        assertTrue(workers.awaitEnd(LONG));
        assertEquals(List.of("b", "rest of a"), done);
        workers.resume("a", () -> done.add("late"));
        assertEquals("late", done.get(2), "whoever goes on lets go of something, so somebody must");
    }

    @Test
    void aTaskThatThrowsEndsNoThread() throws Exception {
        List<String> failures = Collections.synchronizedList(new ArrayList<>());
        RequestWorkers workers = new RequestWorkers(
                new RequestWorkers.Size(1, 512), () -> 0, failure -> failures.add(failure.getMessage()));
        workers.submit("a", () -> {
            throw new IllegalStateException("one");
        });
        workers.submit("a", () -> {
            throw new StackOverflowError("two");
        });
        workers.submit("a", () -> done.add("three"));
        workers.close();
        assertTrue(workers.awaitEnd(LONG));
        assertEquals(List.of("one", "two"), failures);
        assertEquals(List.of("three"), done);
    }

    @Test
    void itTellsForHowLongTheLongestHasBeenAtWork() throws Exception {
        AtomicLong ticker = new AtomicLong(100);
        RequestWorkers workers = new RequestWorkers(new RequestWorkers.Size(2, 512), ticker::get, failure -> {});
        assertEquals(0, workers.longestNanos());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        workers.submit("a", () -> {
            begun.countDown();
            await(held);
        });
        await(begun);
        ticker.set(600);
        assertEquals(500, workers.longestNanos());
        held.countDown();
        workers.close();
        assertTrue(workers.awaitEnd(LONG));
        assertEquals(0, workers.longestNanos());
    }

    @Test
    void manyThreadsAndKeysLoseNoTask() throws Exception {
        RequestWorkers workers = new RequestWorkers(new RequestWorkers.Size(3, 100_000), () -> 0, failure -> {});
        AtomicInteger count = new AtomicInteger();
        Thread[] senders = new Thread[3];
        AtomicInteger taken = new AtomicInteger();
        for (int sender = 0; sender < senders.length; sender++) {
            String name = "k" + sender;
            senders[sender] = new Thread(() -> {
                for (int i = 0; i < 2_000; i++) {
                    if (workers.submit(name, () -> workers.resume(name, count::incrementAndGet))) {
                        taken.incrementAndGet();
                    }
                }
            });
            senders[sender].start();
        }
        for (Thread sender : senders) {
            sender.join();
        }
        workers.close();
        assertTrue(workers.awaitEnd(LONG));
        assertEquals(taken.get(), count.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
