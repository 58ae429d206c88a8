package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.almagest.Catalog;
import org.almagest.runtime.Scheduler;
import org.almagest.storage.manifest.ManifestStore;
import org.almagest.storage.sim.SimCall;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimFault;
import org.almagest.storage.sim.SimStorage;
import org.junit.jupiter.api.Test;

/** A close on a disk that has space for what compaction writes, and none for the manifest that names it. */
class FullDiskCloseTest {
    private static final int ATTEMPTS_MAX = 3;

    private final LateLog scheduler = new LateLog();
    private final SimDisk disk = new SimDisk();
    private final SimStorage storage = new SimStorage(disk).beforeCall(this::fail);
    private boolean full;
    private int attempts;

    /**
     * Runs tasks at once, except that what compaction hands to the log waits for the next task of the log, as where a
     * thread is slow to wake.
     */
    private static final class LateLog implements Scheduler {
        private final List<Runnable> late = new ArrayList<>();
        private boolean compacting;

        /** Whether compaction may begin. */
        boolean compacts;

        @Override
        public Worker worker(String name) {
            Worker inline = Scheduler.inline().worker(name);
            return new Worker() {
                @Override
                public void execute(Runnable task) {
                    switch (name) {
                        case "almagest-compaction" -> compact(inline, task);
                        case "almagest-log" -> log(inline, task);
                        default -> inline.execute(task);
                    }
                }

                @Override
                public boolean isCurrent() {
                    return inline.isCurrent();
                }

                @Override
                public void close() {
                    inline.close();
                }
            };
        }

        private void compact(Worker inline, Runnable task) {
            if (!compacts) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            compacting = true;
            try {
                inline.execute(task);
            } finally {
                compacting = false;
            }
        }

        private void log(Worker inline, Runnable task) {
            late.add(task);
            if (!compacting) {
                List<Runnable> due = List.copyOf(late);
                late.clear();
                due.forEach(inline::execute);
            }
        }
    }

    /** Fails what publishes a manifest; data files are published, too. */
    private void fail(SimCall call, String name) {
        if (full && call == SimCall.PUBLISH && name.startsWith(ManifestStore.FOLDER + "/")) {
            storage.failNext(call, SimFault.NO_SPACE);
            if (++attempts > ATTEMPTS_MAX) {
                throw new AssertionError("tried again and again");
            }
        }
    }

    @Test
    void itIsTriedOnceAndNotAgain() throws IOException {
        Workload many = Workload.beginning();
        for (int i = 0; i < 9; i++) {
            many.ingest("A", 5 * i, 5 * i + 5);
        }
        Catalog catalog = EmbeddedProvider.openForWriting(storage, "sim", SmallStore.options(scheduler));
        for (Workload.Step step : many.steps()) {
            step.run(catalog, SmallStore.clock());
            catalog.maintenance().orElseThrow().flush();
        }
        full = true;
        scheduler.compacts = true;
        catalog.close();
        assertEquals(1, attempts);
        assertEquals(List.of(), storage.leaks());

        try (Catalog again = SmallStore.open(new SimStorage(disk))) {
            assertEquals(many.state(11), ExpectedCatalog.read(again));
        }
    }
}
