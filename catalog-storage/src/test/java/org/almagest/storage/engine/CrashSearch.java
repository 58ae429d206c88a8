package org.almagest.storage.engine;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.almagest.Catalog;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.sim.CrashImage;
import org.almagest.storage.sim.CrashModel;
import org.almagest.storage.sim.SimCall;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.almagest.testing.SteppedClock;

/**
 * Cuts the power before every storage call of a workload, in many ways, and looks at what a reopen makes of it.
 *
 * <p>Legal is the state after the acknowledged changes, or with the change that was under way. Some images are crashed
 * once more while they recover; some get the whole workload again and must end complete; and now and then the process
 * is killed instead, a second one serves, and only then the power fails: nothing that was served may be gone.
 */
final class CrashSearch {
    private static final Set<SimCall> MUTATING = EnumSet.of(
            SimCall.CREATE,
            SimCall.APPEND,
            SimCall.FORCE,
            SimCall.PUBLISH,
            SimCall.RENAME,
            SimCall.DELETE,
            SimCall.MKDIR,
            SimCall.SYNC_DIRECTORY);

    /**
     * How much is tried, each a probability.
     *
     * @param moments of the storage calls after which something has changed
     * @param images of the images of such a moment
     * @param doubles of the images are crashed again while they recover
     * @param kills of the moments are a kill before they are a power cut
     * @param repeats of the images get the whole workload again
     */
    record Effort(double moments, double images, double doubles, double kills, double repeats) {}

    /** Thrown where a crash did harm. */
    static final class Harm extends AssertionError {
        private static final long serialVersionUID = 1L;

        Harm(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** An open store and the clock that it goes by. */
    private record Running(Catalog catalog, SteppedClock clock) implements AutoCloseable {
        @Override
        public void close() {
            catalog.close();
        }
    }

    /**
     * What a store may show.
     *
     * @param label where the store comes from
     * @param least how many changes at least
     * @param most how many changes at most
     * @param now the time at which it is opened
     * @param past the versions that it has been through
     */
    private record Legal(String label, int least, int most, Instant now, List<PastVersions.Version> past) {
        Legal also(String more) {
            return new Legal(label + more, least, most, now, past);
        }
    }

    private final SteppedClock clock = SmallStore.clock();
    private final List<PastVersions.Version> versions = new ArrayList<>();
    private final Workload workload;
    private final CrashModel model;
    private final Effort effort;
    private final SplittableRandom random;
    private final long seed;
    private Set<Barrier> off = Set.of();
    private Catalog catalog;
    private int acknowledged;
    private int started;
    private boolean changed = true;
    private int seenAcknowledged = -1;
    private int mkdirs;
    private Harm harm;

    int moments;
    int images;
    int doubles;
    int kills;
    int repeats;

    CrashSearch(Workload workload, CrashModel model, Effort effort, long seed) {
        this.workload = workload;
        this.model = model;
        this.effort = effort;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** Leaves a rule out, everywhere. */
    CrashSearch without(Set<Barrier> barriers) {
        off = barriers;
        return this;
    }

    @Override
    public String toString() {
        return model.journal() + " " + model.tail() + ": " + moments + " moments, " + images + " images, " + doubles
                + " double crashes, " + kills + " kills before the cut, " + repeats + " repeats";
    }

    /** Runs the workload once, with a look at every storage call. */
    void run() {
        SimDisk disk = new SimDisk();
        try {
            catalog = SmallStore.open(storage(disk), clock, workload.history());
            note();
            for (Workload.Step step : workload.steps()) {
                step(step, disk);
            }
            catalog.close();
        } catch (IOException | RuntimeException | Error e) {
            throw harm == null ? new Harm("the workload itself fails: " + e, e) : harm;
        }
        if (harm != null) {
            throw harm; // the engine takes what a look throws for a failure of its own
        }
        look(disk, SimCall.FORCE, "the end");
    }

    private void step(Workload.Step step, SimDisk disk) throws IOException {
        if (step.kind() == Workload.Kind.CHANGE) {
            started++;
            step.run(catalog, clock);
            acknowledged++;
        } else {
            step.run(catalog, clock);
        }
        if (step.kind() == Workload.Kind.REOPEN) {
            catalog = SmallStore.open(storage(disk), clock, workload.history());
        }
        note();
        requireLegal(
                new Running(catalog, clock), new Legal(step.name(), acknowledged, acknowledged, clock.now(), versions));
    }

    /** Remembers which version shows the changes so far. */
    private void note() {
        versions.add(new PastVersions.Version(catalog.version(), acknowledged, clock.now()));
    }

    private SimStorage storage(SimDisk disk) {
        SimStorage storage = quiet(disk);
        return storage.beforeCall((call, name) -> look(disk, call, name));
    }

    private SimStorage quiet(SimDisk disk) {
        SimStorage storage = new SimStorage(disk);
        off.forEach(storage::switchOff);
        return storage;
    }

    /** Opens what a crash or a kill has left, at some time. */
    private Running open(SimStorage storage, Instant now) throws IOException {
        SteppedClock then = new SteppedClock(now);
        return new Running(SmallStore.open(storage, then, workload.history()), then);
    }

    private void look(SimDisk disk, SimCall call, String name) {
        if (harm != null) {
            throw harm;
        }
        try {
            lookAt(disk, call, name);
        } catch (Harm e) {
            harm = e;
            throw e;
        }
    }

    private void lookAt(SimDisk disk, SimCall call, String name) {
        if ((changed || seenAcknowledged != acknowledged) && isWorthALook(call)) {
            moments++;
            String where = "before " + call + " " + name;
            long imageSeed = random.nextLong();
            for (CrashImage image : disk.crashImages(model, imageSeed)) {
                if (random.nextDouble() < effort.images) {
                    checkImage(image, where);
                }
            }
            if (random.nextDouble() < effort.kills) {
                checkKill(disk, where);
            }
        }
        seenAcknowledged = acknowledged;
        changed = MUTATING.contains(call);
    }

    /** The 256 folders of a new store are all alike. */
    private boolean isWorthALook(SimCall call) {
        boolean repetitive = call == SimCall.MKDIR && mkdirs++ % 64 != 0;
        return !repetitive && random.nextDouble() < effort.moments;
    }

    private Legal legal(String label) {
        return new Legal(label, acknowledged, started, clock.now(), versions);
    }

    private void checkImage(CrashImage image, String where) {
        images++;
        Legal legal = legal(where + ", " + image.label());
        boolean twice = random.nextDouble() < effort.doubles;
        boolean repeat = random.nextDouble() < effort.repeats;
        SimDisk again = twice ? image.disk().killImage() : null;
        checkReopen(image.disk(), legal, repeat);
        if (again != null) {
            checkDouble(again, legal);
        }
    }

    /** Crashes at some call of the recovery, and recovers from that. */
    private void checkDouble(SimDisk disk, Legal legal) {
        int[] left = {random.nextInt(24)};
        boolean[] mutated = {true};
        SimStorage storage = quiet(disk);
        storage.beforeCall((call, name) -> {
            if (mutated[0] && --left[0] == 0) {
                for (CrashImage image : disk.crashImages(model, random.nextLong())) {
                    if (random.nextInt(8) == 0) {
                        doubles++;
                        String more = "; then before " + call + " " + name + ", " + image.label();
                        checkReopen(image.disk(), legal.also(more), false);
                    }
                }
            }
            mutated[0] = MUTATING.contains(call) && call != SimCall.MKDIR;
        });
        try (Running recovered = open(storage, legal.now())) {
            requireLegal(recovered, legal);
        } catch (IOException | RuntimeException e) {
            throw new Harm(legal.label() + ": " + e, e);
        }
    }

    private void checkReopen(SimDisk disk, Legal legal, boolean repeat) {
        SimStorage storage = quiet(disk);
        try (Running recovered = open(storage, legal.now())) {
            requireLegal(recovered, legal);
            if (repeat) {
                repeats++;
                workload.repeatAll(recovered.catalog(), recovered.clock());
                requireLegal(recovered, complete(legal.label() + "; repeated", recovered.clock()));
            }
        } catch (IOException | RuntimeException e) {
            throw new Harm(legal.label() + ": " + e, e);
        }
        if (repeat || random.nextInt(4) == 0) {
            requireSound(storage, legal.label());
        } else if (!storage.leaks().isEmpty()) {
            throw new Harm(legal.label() + ": leaks " + storage.leaks(), null);
        }
    }

    private Legal complete(String label, SteppedClock then) {
        // Collections that were made anew have another past.
        return new Legal(label, workload.changeCount(), workload.changeCount(), then.now(), List.of());
    }

    private static void requireSound(SimStorage storage, String label) {
        List<String> findings = StoreSoundness.findings(storage);
        if (!findings.isEmpty() || !storage.leaks().isEmpty()) {
            throw new Harm(label + ": findings " + findings + ", leaks " + storage.leaks(), null);
        }
    }

    private int requireLegal(Running found, Legal legal) {
        String state = ExpectedCatalog.read(found.catalog());
        for (int changes = legal.most(); changes >= legal.least(); changes--) {
            if (state.equals(workload.state(changes))) {
                String wrong = new PastVersions(workload, legal.past())
                        .wrong(found.catalog(), changes, found.clock().now());
                if (!wrong.isEmpty()) {
                    throw new Harm(legal.label() + ": " + wrong, null);
                }
                return changes;
            }
        }
        throw new Harm(
                legal.label() + ": after " + legal.least() + " acknowledged changes\n" + state + "expected\n"
                        + workload.state(legal.least()),
                null);
    }

    /** Kills the process, serves with the next one, and only then cuts the power. */
    private void checkKill(SimDisk original, String where) {
        Legal legal = legal(where + ", killed");
        SimDisk disk = original.killImage();
        SimStorage storage = quiet(disk);
        try {
            Running serving = open(storage, legal.now());
            int served = requireLegal(serving, legal);
            kills++;
            cutAfterServing(disk, new Legal(legal.label() + ", served", served, served, legal.now(), versions));
            if (served < workload.changeCount()) {
                workload.repeatAll(serving.catalog(), serving.clock());
                cutAfterServing(disk, complete(legal.label() + ", served and completed", serving.clock()));
            }
            serving.close();
        } catch (IOException | RuntimeException e) {
            throw new Harm(legal.label() + ": " + e, e);
        }
    }

    private void cutAfterServing(SimDisk disk, Legal legal) {
        for (CrashImage image : disk.crashImages(model, seed)) {
            if (random.nextInt(8) == 0) {
                images++;
                checkReopen(image.disk(), legal.also(", " + image.label()), false);
            }
        }
    }
}
