package org.almagest.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.almagest.server.config.Settings;
import org.almagest.server.config.SettingsReader;
import org.almagest.server.log.Event;
import org.almagest.server.log.Observer;
import org.junit.jupiter.api.Test;

class FairWorkersTest {
    private final List<String> told = new ArrayList<>();

    private FairWorkers start() {
        Settings settings =
                SettingsReader.read(Optional.empty(), Map.of(), List.of()).settings();
        return FairWorkers.start(settings, new Observer() {
            @Override
            public void event(Event event) {
                told.add(event.message());
            }
        });
    }

    @Test
    void workThatDoesNotEndIsToldWhenItIsGivenUp() throws InterruptedException {
        FairWorkers workers = start();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        assertTrue(workers.submit("x", () -> {
            begun.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        begun.await();
        workers.end(Duration.ofMillis(1));
        assertEquals(List.of("workers: requests are still at work (not waited for any longer)"), told);
        go.countDown();
        workers.close();
        assertEquals(1, told.size());
    }
}
