package org.almagest.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.VersionLease;
import org.almagest.error.CatalogException;
import org.almagest.error.ConflictException;
import org.almagest.query.QueryResult;
import org.almagest.runtime.Clock;

/** A catalog that a script runs on, with what the script holds open. */
final class ScriptSession {
    /** How a catalog is closed, or torn down, and opened again. */
    interface Reopening {
        Catalog reopen(Catalog catalog);

        Catalog crash(Catalog catalog, long seed);
    }

    private static final Duration LEASE = Duration.ofMinutes(10);

    private final Reopening reopening;
    private final Clock clock;
    private final Duration historyRetention;
    private final long firstVersion;
    private final List<QueryResult> held = new ArrayList<>();
    private final List<Leased> leases = new ArrayList<>();
    private final List<Moment> past = new ArrayList<>();
    private Catalog catalog;

    private record Leased(VersionLease lease, Instant since) {}

    /** The newest version after a step, and when that was. */
    private record Moment(long version, Instant time) {}

    ScriptSession(Catalog catalog, CatalogOptions options, Reopening reopening) {
        this.catalog = catalog;
        this.reopening = reopening;
        this.clock = options.seams().clock();
        this.historyRetention = options.historyRetention();
        this.firstVersion = catalog.version();
    }

    /** Does a step and returns what came of it, a refusal included, and how many commits there were. */
    String outcome(ScriptOperation operation) {
        String outcome;
        try {
            outcome = operation.run(this);
        } catch (ConflictException e) {
            outcome = e.getClass().getSimpleName(); // of several conflicts, either may be the one that is named
        } catch (CatalogException e) {
            outcome = e.getClass().getSimpleName() + ": " + e.getMessage();
        }
        pass();
        return outcome + "\n        after " + relative(catalog.version()) + " commits";
    }

    /** Lets a step pass. */
    void pass() {
        past.add(new Moment(catalog.version(), clock.now()));
    }

    Catalog catalog() {
        return catalog;
    }

    /** Returns how many commits of the script a version is. */
    long relative(long version) {
        return version - firstVersion;
    }

    Collection collection(String slug, String name) {
        return catalog.dataset(slug).collection(name);
    }

    void hold(QueryResult answer) {
        held.add(answer);
    }

    String readHeld() {
        StringBuilder out = new StringBuilder();
        for (QueryResult answer : held) {
            out.append("\n        answer of version ").append(relative(answer.version()));
            answer.toList().forEach(row -> out.append("\n        ").append(RowText.of(row)));
        }
        held.clear();
        return out.toString();
    }

    long lease() {
        VersionLease lease = catalog.lease();
        leases.add(new Leased(lease, clock.now()));
        return lease.version();
    }

    /** Returns a leased version; what becomes of a version whose lease is over differs from store to store. */
    OptionalLong leased(int number) {
        List<Leased> valid = leases.stream()
                .filter(leased -> clock.now().isBefore(leased.since().plus(LEASE)))
                .toList();
        return valid.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(valid.get(number % valid.size()).lease().version());
    }

    void endLeases() {
        leases.forEach(leased -> leased.lease().close());
        leases.clear();
    }

    /** Returns the newest version after the step that was so many steps ago, if the retention of history covers it. */
    OptionalLong versionBefore(int steps) {
        int step = past.size() - 1 - steps;
        if (step < 0) {
            return OptionalLong.empty();
        }
        Moment then = past.get(step);
        for (Moment later : past.subList(step, past.size())) {
            if (later.version() > then.version()) {
                Instant ended = later.time();
                boolean kept = ended.isAfter(clock.now().minus(historyRetention));
                return kept ? OptionalLong.of(then.version()) : OptionalLong.empty();
            }
        }
        return OptionalLong.of(then.version());
    }

    void reopen() {
        closeHeld();
        endLeases();
        open(() -> reopening.reopen(catalog));
    }

    void crash(long seed) {
        closeHeld();
        leases.clear();
        open(() -> reopening.crash(catalog, seed));
    }

    private void open(Supplier<Catalog> opening) {
        try {
            catalog = opening.get();
        } catch (CatalogException e) {
            throw new AssertionError("the store does not open again: " + e, e);
        }
    }

    void close() {
        closeHeld();
        endLeases();
        catalog.close();
    }

    void closeHeld() {
        held.forEach(QueryResult::close);
        held.clear();
    }
}
