package org.almagest.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every worker promises, one with a thread and one without. */
@Timeout(30)
class WorkerTest {
    static List<Scheduler> schedulers() {
        return List.of(Scheduler.threads(), Scheduler.inline());
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void tasksRunInTheOrderInWhichTheyWereGiven(Scheduler scheduler) {
        List<Integer> done = Collections.synchronizedList(new ArrayList<>());
        try (Scheduler.Worker worker = scheduler.worker("test")) {
            IntStream.range(0, 1_000).forEach(i -> worker.execute(() -> done.add(i)));
        }
        assertEquals(IntStream.range(0, 1_000).boxed().toList(), done, "all were done when close returned");
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void aTaskGivenByATaskRunsAfterIt(Scheduler scheduler) {
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch inner = new CountDownLatch(1);
        try (Scheduler.Worker worker = scheduler.worker("test")) {
            worker.execute(() -> {
                worker.execute(() -> {
                    done.add("inner");
                    inner.countDown();
                });
                done.add("outer");
            });
            await(inner);
        }
        assertEquals(List.of("outer", "inner"), done);
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void onlyItsOwnThreadIsCurrent(Scheduler scheduler) {
        List<Boolean> current = Collections.synchronizedList(new ArrayList<>());
        try (Scheduler.Worker worker = scheduler.worker("test")) {
            worker.execute(() -> current.add(worker.isCurrent()));
            assertFalse(worker.isCurrent());
        }
        assertEquals(List.of(true), current);
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void aClosedWorkerTakesNoTask(Scheduler scheduler) {
        Scheduler.Worker worker = scheduler.worker("test");
        worker.close();
        worker.close();
        assertThrows(IllegalStateException.class, () -> worker.execute(() -> {}));
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void aTaskMayCloseItsWorker(Scheduler scheduler) {
        CountDownLatch closed = new CountDownLatch(1);
        Scheduler.Worker worker = scheduler.worker("test");
        worker.execute(() -> {
            worker.close();
            closed.countDown();
        });
        await(closed);
        worker.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
