package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.almagest.Catalog;
import org.almagest.error.NoSpaceException;
import org.almagest.error.OutcomeUnknownException;
import org.almagest.runtime.Scheduler;
import org.almagest.storage.sim.CrashImage;
import org.almagest.storage.sim.CrashModel;
import org.almagest.storage.sim.SimCall;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimFault;
import org.almagest.storage.sim.SimStorage;
import org.junit.jupiter.api.Test;

/** Several changes in one write of the log. */
class GroupCommitTest {
    private final Workload workload =
            Workload.beginning().ingest("A", 0, 3).ingest("A", 3, 5).ingest("A", 5, 17);
    private final HeldScheduler scheduler = new HeldScheduler();
    private final SimDisk disk = new SimDisk();
    private final SimStorage storage = new SimStorage(disk);
    private Runnable duringRelease = () -> {};

    /** Runs tasks at once, or holds those of the log back until they are released together. */
    private static final class HeldScheduler implements Scheduler {
        private final List<Runnable> held = new ArrayList<>();
        private boolean holding;

        @Override
        public Worker worker(String name) {
            Worker inline = Scheduler.inline().worker(name);
            return new Worker() {
                @Override
                public void execute(Runnable task) {
                    if (!name.equals("almagest-log") || !keep(() -> inline.execute(task))) {
                        inline.execute(task);
                    }
                }

                @Override
                public boolean isCurrent() {
                    return false;
                }

                @Override
                public void close() {}
            };
        }

        private synchronized boolean keep(Runnable task) {
            if (holding) {
                held.add(task);
                notifyAll();
            }
            return holding;
        }

        synchronized void hold() {
            holding = true;
        }

        synchronized void await(int tasks) throws InterruptedException {
            while (held.size() < tasks) {
                wait();
            }
        }

        void release() {
            List<Runnable> tasks;
            synchronized (this) {
                holding = false;
                tasks = List.copyOf(held);
            }
            tasks.forEach(Runnable::run);
        }
    }

    private Catalog open() throws IOException {
        return EmbeddedProvider.openForWriting(storage, "sim", SmallStore.options(scheduler));
    }

    /** Makes the last two changes as one group; returns how each call ended, null for well. */
    private List<Throwable> commitGroup(Catalog catalog) throws InterruptedException {
        for (Workload.Step step : workload.steps().subList(0, 3)) {
            step.run(catalog, SmallStore.clock());
        }
        scheduler.hold();
        ExecutorService callers = Executors.newFixedThreadPool(2);
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 3; i < 5; i++) {
            Workload.Step step = workload.steps().get(i);
            calls.add(callers.submit(() -> step.run(catalog, SmallStore.clock())));
            scheduler.await(i - 2);
        }
        return finish(callers, calls);
    }

    private List<Throwable> finish(ExecutorService callers, List<Future<?>> calls) throws InterruptedException {
        duringRelease.run();
        scheduler.release();
        List<Throwable> ends = new ArrayList<>();
        for (Future<?> call : calls) {
            try {
                call.get();
                ends.add(null);
            } catch (ExecutionException e) {
                ends.add(e.getCause());
            }
        }
        callers.shutdown();
        return ends;
    }

    private Set<String> statesAfterACut() throws IOException {
        Set<String> states = new TreeSet<>();
        for (CrashImage image : disk.crashImages(CrashModel.STRICT, 1)) {
            try (Catalog catalog = SmallStore.open(new SimStorage(image.disk()))) {
                states.add(ExpectedCatalog.read(catalog));
            }
        }
        return states;
    }

    @Test
    void aGroupIsDurableWhenItsCallsReturnAndAPrefixBefore() throws Exception {
        Set<String> before = new TreeSet<>();
        duringRelease = () -> storage.beforeCall((call, name) -> {
            if (call == SimCall.FORCE && before.isEmpty()) {
                try {
                    before.addAll(statesAfterACut());
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        });
        try (Catalog catalog = open()) {
            List<Throwable> ends = commitGroup(catalog);
            assertEquals(List.of(true, true), ends.stream().map(e -> e == null).toList(), ends::toString);
            assertEquals(Set.of(workload.state(5)), statesAfterACut());
        }
        assertEquals(new TreeSet<>(List.of(workload.state(3), workload.state(4), workload.state(5))), before);
    }

    @Test
    void ofAGroupThatFoundNoSpaceNothingComesBack() throws Exception {
        duringRelease = () -> storage.failNext(SimCall.APPEND, SimFault.SHORT_THEN_NO_SPACE);
        try (Catalog catalog = open()) {
            commitGroup(catalog).forEach(end -> assertInstanceOf(NoSpaceException.class, end));
            assertEquals(Set.of(workload.state(3)), statesAfterACut());
            workload.repeatAll(catalog);
            assertEquals(Set.of(workload.state(5)), statesAfterACut());
        }
    }

    @Test
    void whereNotEvenANewLogFitsTheOutcomeIsUnknownAndTheStoreGoesOn() throws Exception {
        duringRelease = () -> storage.failEvery(SimCall.APPEND, SimFault.SHORT_THEN_NO_SPACE);
        try (Catalog catalog = open()) {
            commitGroup(catalog).forEach(end -> assertInstanceOf(OutcomeUnknownException.class, end));
            assertTrue(statesAfterACut().contains(workload.state(4)), "the first of the group comes back");
            storage.clearFaults();
            workload.repeatAll(catalog);
            assertEquals(Set.of(workload.state(5)), statesAfterACut());
        }
    }

    @Test
    void aLogOfMetadataAloneEndsAtItsBound() throws IOException {
        try (Catalog catalog = open()) {
            for (Workload.Step step : Workload.beginning().steps()) {
                step.run(catalog, SmallStore.clock());
            }
            for (int i = 0; i < 60; i++) {
                Workload.beginning()
                        .document("A", "{\"n\":\"" + "x".repeat(400 + i) + "\"}")
                        .repeatAll(catalog);
            }
            for (String name : disk.files()) {
                assertTrue(
                        !name.startsWith("wal/") || disk.bytes(name).length <= SmallStore.SMALL.walBytesMax(),
                        () -> name + ": " + disk.bytes(name).length);
            }
        }
    }
}
