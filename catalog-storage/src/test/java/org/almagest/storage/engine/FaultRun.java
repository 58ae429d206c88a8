package org.almagest.storage.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.almagest.Catalog;
import org.almagest.error.CatalogException;
import org.almagest.error.NoSpaceException;
import org.almagest.error.OutcomeUnknownException;
import org.almagest.error.StorageFailedException;
import org.almagest.storage.fs.NoSpaceIOException;
import org.almagest.storage.sim.CrashImage;
import org.almagest.storage.sim.CrashModel;
import org.almagest.storage.sim.SimCall;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimFault;
import org.almagest.storage.sim.SimStorage;
import org.almagest.testing.SteppedClock;

/**
 * One run of a workload in which one storage call fails, or all from one on.
 *
 * <p>No space: the step is refused and stores nothing, reads go on, and the step succeeds on the same catalog once there
 * is space. A failed write or force: the step's outcome is unknown, reads go on, every later change is refused. Either
 * way nothing stays open after the close, and a reopen finds every acknowledged change.
 */
final class FaultRun {
    private static final Set<SimCall> STOPPING = EnumSet.of(SimCall.APPEND, SimCall.FORCE, SimCall.SYNC_DIRECTORY);

    /** Which call fails, and how. */
    record Plan(long call, SimFault fault, boolean sticky) {
        boolean noSpace() {
            return fault == SimFault.NO_SPACE || fault == SimFault.SHORT_THEN_NO_SPACE;
        }
    }

    private final Workload workload;
    private final Plan plan;
    private final SimDisk disk;
    private final SteppedClock clock = SmallStore.clock();
    private SimStorage storage;
    private Optional<SimCall> hit = Optional.empty();
    private String hitName = "";
    private long callsBefore;
    private int acknowledged;
    private int started;
    private boolean faulty = true;
    private Instant stepBegan = SmallStore.NOW;

    FaultRun(Workload workload, SimDisk disk, Plan plan) {
        this.workload = workload;
        this.disk = disk;
        this.plan = plan;
        this.storage = newStorage();
    }

    /** Returns the number of storage calls of a run without a failure. */
    static long calls(Workload workload, SimDisk disk) {
        FaultRun run = new FaultRun(workload, disk, new Plan(Long.MAX_VALUE, SimFault.EIO, false));
        run.run();
        return run.callsBefore + run.storage.calls();
    }

    private SimStorage newStorage() {
        SimStorage next = new SimStorage(disk);
        if (faulty && plan.call != Long.MAX_VALUE) {
            long call = Math.max(1, plan.call - callsBefore);
            if (plan.sticky) {
                next.failFrom(call, plan.fault);
            } else {
                next.failAt(call, plan.fault);
            }
            long base = callsBefore;
            next.beforeCall((kind, name) -> {
                if (hit.isEmpty() && base + next.calls() >= plan.call) {
                    hit = Optional.of(kind);
                    hitName = name;
                }
            });
        }
        return next;
    }

    void run() {
        try {
            runSteps();
        } catch (CrashSearch.Harm e) {
            throw e;
        } catch (RuntimeException | IOException | Error e) {
            throw harm("unexpected: " + e, e);
        }
    }

    private void runSteps() throws IOException {
        Catalog catalog = open();
        for (Workload.Step step : workload.steps()) {
            boolean change = step.kind() == Workload.Kind.CHANGE;
            started += change ? 1 : 0;
            stepBegan = clock.now();
            try {
                step.run(catalog, clock);
            } catch (CatalogException e) {
                if (!recover(catalog, step, e)) {
                    checkReopened(catalog);
                    return;
                }
            }
            acknowledged += change ? 1 : 0;
            if (step.kind() == Workload.Kind.REOPEN) {
                requireNoLeak();
                catalog = open();
            }
        }
        requireLegal(readAtLast(catalog), acknowledged, started, "at the end");
        checkReopened(catalog);
    }

    /** Reads everything; where the call that fails is one of a reader, that one reader is told. */
    private String readAtLast(Catalog catalog) {
        try {
            return ExpectedCatalog.read(catalog);
        } catch (StorageFailedException e) {
            if (hit.isEmpty()) {
                throw harm("reading fails without a fault", e);
            }
            storage.clearFaults();
            faulty = false;
            return ExpectedCatalog.read(catalog);
        }
    }

    /** Opens; where that fails typed, opens again without the fault. */
    private Catalog open() throws IOException {
        if (storage.calls() > 0) {
            callsBefore += storage.calls();
            storage = newStorage();
        }
        try {
            return SmallStore.open(storage, clock, workload.history());
        } catch (CatalogException | IOException e) {
            boolean noSpace = e instanceof NoSpaceIOException || e instanceof NoSpaceException;
            if (hit.isEmpty() || (noSpace && !plan.noSpace())) {
                throw harm("open fails", e);
            }
            requireNoLeak();
            return reopen();
        }
    }

    private Catalog reopen() throws IOException {
        faulty = false;
        if (plan.fault == SimFault.FORCE_DROPS && acknowledged == 0) {
            disk.dropCaches(); // nothing of a new store can be told from what a failed sync has dropped
        }
        callsBefore += storage.calls();
        storage = newStorage();
        return SmallStore.open(storage, clock, workload.history());
    }

    /** Looks at the store after a failed step; tells whether it went on. */
    private boolean recover(Catalog catalog, Workload.Step step, CatalogException e) {
        if (hit.isEmpty() && faulty) {
            throw harm(step.name() + " fails without a fault", e);
        }
        if (plan.noSpace() && !(e instanceof NoSpaceException)) {
            throw harm(step.name() + " fails for want of space", e);
        }
        if (!(e instanceof NoSpaceException
                || e instanceof OutcomeUnknownException
                || e instanceof StorageFailedException)) {
            throw harm(step.name() + " fails", e);
        }
        storage.clearFaults();
        faulty = false;
        if (step.kind() == Workload.Kind.REOPEN) {
            return true; // closed, if not cleanly
        }
        // What a dataset's time being over means can be seen before it is stored.
        int most = clock.now().equals(stepBegan) ? acknowledged : started;
        requireLegal(ExpectedCatalog.read(catalog), acknowledged, most, "reads after " + e);
        try {
            step.run(catalog, clock);
            if (!plan.noSpace() && STOPPING.contains(hit.orElseThrow())) {
                throw harm(step.name() + ": goes on after a failed " + hit, e);
            }
            int now = acknowledged + (step.kind() == Workload.Kind.CHANGE ? 1 : 0);
            requireLegal(ExpectedCatalog.read(catalog), now, now, "after the repeated " + step.name());
            return true;
        } catch (StorageFailedException stopped) {
            if (plan.noSpace()) {
                throw harm(step.name() + ": no longer possible when there is space", stopped);
            }
            return false;
        }
    }

    private void checkReopened(Catalog catalog) throws IOException {
        try {
            catalog.close();
        } catch (CatalogException e) {
            if (hit.isEmpty()) {
                throw harm("close fails", e);
            }
        }
        requireNoLeak();
        storage.clearFaults();
        faulty = false;
        SplittableRandom random = new SplittableRandom(plan.call);
        for (CrashImage image : disk.crashImages(CrashModel.STRICT, plan.call)) {
            if (random.nextInt(48) == 0) {
                SimStorage after = new SimStorage(image.disk());
                try (Catalog cut = SmallStore.open(after, new SteppedClock(clock.now()), workload.history())) {
                    requireLegal(ExpectedCatalog.read(cut), acknowledged, started, "after a cut, " + image.label());
                }
            }
        }
        if (plan.call % 2 == 0) {
            disk.dropCaches();
        }
        try (Catalog reopened = reopen()) {
            requireLegal(ExpectedCatalog.read(reopened), acknowledged, started, "reopened");
            workload.repeatAll(reopened, clock);
            requireLegal(ExpectedCatalog.read(reopened), workload.changeCount(), workload.changeCount(), "repeated");
        }
        requireNoLeak();
        if (!StoreSoundness.findings(storage).isEmpty()) {
            throw harm("findings " + StoreSoundness.findings(storage), null);
        }
    }

    private void requireNoLeak() {
        if (!storage.leaks().isEmpty()) {
            throw harm("leaks " + storage.leaks(), null);
        }
    }

    private void requireLegal(String state, int least, int most, String when) {
        for (int changes = least; changes <= most; changes++) {
            if (state.equals(workload.state(changes))) {
                return;
            }
        }
        throw harm(when + ":\n" + state + "expected\n" + workload.state(least), null);
    }

    private CrashSearch.Harm harm(String what, Throwable cause) {
        return new CrashSearch.Harm(
                plan + " hit " + hit + " " + hitName + " after " + acknowledged + " of " + started + " changes: " + what
                        + (cause == null ? "" : ": " + cause),
                cause);
    }
}
