package org.almagest.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ThreadWorkerTest {
    @Test
    void anInterruptDoesNotEndTheWorker() {
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        try (Scheduler.Worker worker = Scheduler.threads().worker("test")) {
            worker.execute(() -> Thread.currentThread().interrupt());
            worker.execute(() -> done.add(Thread.currentThread().getName()));
        }
        assertEquals(List.of("test"), done);
    }

    @Test
    void aTaskThatThrowsIsReportedAndTheNextOneRuns() {
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        try (Scheduler.Worker worker = Scheduler.threads().worker("test")) {
            worker.execute(() -> Thread.currentThread()
                    .setUncaughtExceptionHandler((thread, e) -> done.add("reported " + e.getMessage())));
            worker.execute(() -> {
                throw new IllegalStateException("on purpose");
            });
            worker.execute(() -> done.add("next"));
        }
        assertEquals(List.of("reported on purpose", "next"), done);
    }

    @Test
    void closingKeepsTheInterruptOfItsCaller() {
        Scheduler.Worker worker = Scheduler.threads().worker("test");
        Thread.currentThread().interrupt();
        worker.close();
        assertTrue(Thread.interrupted());
    }

    @Test
    void aTaskForLaterRunsOnceAndTheOneThatItRepeatsAfterwards() throws InterruptedException {
        Scheduler threads = Scheduler.threads();
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch repeated = new CountDownLatch(3);
        try (Scheduler.Worker worker = threads.worker("test")) {
            threads.later(worker, Duration.ofMillis(1), () -> {
                done.add("once");
                threads.repeat(worker, Duration.ofMillis(1), repeated::countDown);
            });
            repeated.await();
        }
        assertEquals(List.of("once"), done);
    }

    @Test
    void aWorkerWithoutTasksHasNoThread() {
        String name = "without tasks";
        try (Scheduler.Worker worker = Scheduler.threads().worker(name)) {
            assertFalse(worker.isCurrent());
            assertTrue(Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals(name)));
        }
    }

    @Test
    void whatIsDoneAsideHasADaemonThreadOfItsOwn() throws InterruptedException {
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch ended = new CountDownLatch(1);
        Scheduler.inline().aside("test", () -> done.add("left out"));
        Scheduler.threads().aside("test", () -> {
            done.add(Thread.currentThread().getName()
                    + (Thread.currentThread().isDaemon() ? ", which nobody waits for" : ""));
            ended.countDown();
        });
        ended.await();
        assertEquals(List.of("test, which nobody waits for"), done);
    }
}
