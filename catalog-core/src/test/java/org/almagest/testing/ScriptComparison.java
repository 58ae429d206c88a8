package org.almagest.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.runtime.Scheduler;
import org.jspecify.annotations.Nullable;

/** Runs scripts on new stores and on new models, and shrinks those that differ. */
final class ScriptComparison {
    private static final int REPLAYS_MAX = 2_500;
    /** With this scheduler nothing runs beside the script, so that the power can be cut. */
    static final Scheduler ONE_THREAD = Scheduler.inline();

    private static final Instant START = Instant.parse("2025-06-01T12:00:00Z");

    private final Supplier<TestStore> stores;
    private final SteppedClock clock;
    private final CatalogOptions options;

    /**
     * Prepares the comparison.
     *
     * @param options with a clock that {@code clock} moves
     */
    ScriptComparison(Supplier<TestStore> stores, SteppedClock clock, CatalogOptions options) {
        this.stores = stores;
        this.clock = clock;
        this.options = options;
    }

    /** Fails with the smallest script found where the outcomes differ. */
    void check(List<ScriptOperation> script) {
        String difference = difference(script);
        if (difference == null) {
            return;
        }
        List<ScriptOperation> smallest = shrunk(script);
        StringBuilder message = new StringBuilder("smallest script that differs:");
        smallest.forEach(operation -> message.append("\n    ").append(operation));
        String last = difference(smallest);
        throw new AssertionError(message.append("\n").append(last == null ? difference : last));
    }

    /** Returns a part of the script that differs, and that no single step can be left out of. */
    private List<ScriptOperation> shrunk(List<ScriptOperation> script) {
        List<ScriptOperation> smallest = script;
        int replays = 0;
        for (int length = script.size() / 2; length > 0 && replays < REPLAYS_MAX; ) {
            boolean shorter = false;
            for (int at = 0; at < smallest.size() && replays < REPLAYS_MAX; replays++) {
                List<ScriptOperation> candidate = new ArrayList<>(smallest);
                candidate.subList(at, Math.min(at + length, smallest.size())).clear();
                if (difference(candidate) == null) {
                    at += length;
                } else {
                    smallest = candidate;
                    shorter = true;
                }
            }
            length = shorter && length == 1 ? 1 : length / 2;
        }
        return withSmallerSteps(smallest, replays);
    }

    private List<ScriptOperation> withSmallerSteps(List<ScriptOperation> script, int replaysSoFar) {
        List<ScriptOperation> smallest = new ArrayList<>(script);
        int replays = replaysSoFar;
        for (int at = 0; at < smallest.size() && replays < 2 * REPLAYS_MAX; at++) {
            boolean smaller = true;
            while (smaller) {
                smaller = false;
                for (ScriptOperation step : smallest.get(at).smaller()) {
                    List<ScriptOperation> candidate = new ArrayList<>(smallest);
                    candidate.set(at, step);
                    replays++;
                    if (difference(candidate) != null) {
                        smallest = candidate;
                        smaller = true;
                        break;
                    }
                }
            }
        }
        return smallest;
    }

    /** Runs a script on a new store and on a new model; returns how they differ, or null where they do not. */
    private @Nullable String difference(List<ScriptOperation> script) {
        clock.set(START);
        TestStore where = stores.get();
        boolean reopens = where.capabilities().contains(Capability.DURABLE);
        ScriptSession model = new ScriptSession(
                new ModelCatalog(options), options, reopens ? new ModelReopening(options) : new NoReopening());
        ScriptSession tested = new ScriptSession(
                where.open(options), options, reopens ? new StoreReopening(where) : new NoReopening());
        String difference = null;
        try {
            for (int step = 0; step < script.size() && difference == null; step++) {
                ScriptOperation operation = script.get(step);
                clock.advance(operation.pause());
                String expected = model.outcome(operation);
                String actual = tested.outcome(operation);
                if (!expected.equals(actual)) {
                    difference = "step " + step + " " + operation + "\n    expected: " + expected + "\n    actual:   "
                            + actual;
                }
            }
        } catch (RuntimeException | AssertionError e) {
            difference = "failed: " + traced(e);
        }
        return ended(tested, where, difference);
    }

    /** A catalog that does not last stays open. */
    private static final class NoReopening implements ScriptSession.Reopening {
        @Override
        public Catalog reopen(Catalog catalog) {
            return catalog;
        }

        @Override
        public Catalog crash(Catalog catalog, long seed) {
            return catalog;
        }
    }

    private final class StoreReopening implements ScriptSession.Reopening {
        private final TestStore where;

        StoreReopening(TestStore where) {
            this.where = where;
        }

        @Override
        public Catalog reopen(Catalog catalog) {
            catalog.close();
            return where.open(options);
        }

        @Override
        public Catalog crash(Catalog catalog, long seed) {
            boolean oneThread = options.seams().scheduler() == ONE_THREAD;
            return where.canCrash() && oneThread ? where.crash(catalog, options, seed) : reopen(catalog);
        }
    }

    private static @Nullable String ended(ScriptSession tested, TestStore where, @Nullable String difference) {
        try {
            tested.close();
            where.close();
        } catch (RuntimeException | AssertionError e) {
            return difference == null ? "failed at the end: " + traced(e) : difference;
        }
        return difference;
    }

    private static String traced(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
