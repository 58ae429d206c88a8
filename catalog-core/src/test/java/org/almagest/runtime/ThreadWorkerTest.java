package org.almagest.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
}
