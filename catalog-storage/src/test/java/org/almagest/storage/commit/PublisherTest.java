package org.almagest.storage.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.almagest.model.Limits;
import org.almagest.runtime.Clock;
import org.almagest.runtime.Scheduler;
import org.almagest.storage.manifest.ManifestStore;
import org.almagest.storage.metadata.Manifest;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.run.Snapshot;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PublisherTest {
    @Test
    void aWriterNeverTakesItsOwnManifestForAnothers() throws Exception {
        publishAndLook(3_000);
    }

    @Test
    @Tag("durability")
    void aWriterNeverTakesItsOwnManifestForAnothersHowOftenItMayPublish() throws Exception {
        publishAndLook(100_000);
    }

    private static void publishAndLook(int times) throws Exception {
        Publisher publisher = publisher();
        Snapshot snapshot = new Snapshot(0, 0, 0, publisher.last().metadata(), Map.of());
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService looker = Executors.newSingleThreadExecutor();
        try {
            Future<Long> looks = looker.submit(() -> {
                long count = 0;
                while (!done.get()) {
                    assertFalse(publisher.isClaimedByAnother());
                    count++;
                }
                return count;
            });
            for (int i = 0; i < times && !looks.isDone(); i++) {
                publisher.publishFlush(new Flush.Work(snapshot, Set.of(), 1), List.of(), Map.of());
            }
            done.set(true);
            System.out.println("publishes: " + times + ", looks: " + looks.get());
        } finally {
            done.set(true);
            looker.shutdown();
        }
        assertEquals(times + 1, publisher.last().version());
    }

    private static Publisher publisher() throws IOException {
        SimStorage storage = new SimStorage(new SimDisk());
        for (String folder : List.of("tmp", "manifest", "wal")) {
            storage.mkdir(folder);
        }
        StoreIdentity identity = new StoreIdentity(1, 2);
        StoreParts parts = new StoreParts(
                storage,
                identity,
                Limits.defaults(),
                Duration.ZERO,
                Clock.system(),
                Scheduler.inline(),
                new Poison(),
                new ConcurrentHashMap<>());
        Manifest first = Manifest.builder().build();
        Publisher publisher = new Publisher(parts, new ManifestStore(storage, identity), OptionalLong::empty, first);
        publisher.publish(first);
        return publisher;
    }
}
