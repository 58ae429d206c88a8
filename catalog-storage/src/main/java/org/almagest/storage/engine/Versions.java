package org.almagest.storage.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.almagest.VersionLease;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.NotFoundException;
import org.almagest.model.Limits;
import org.almagest.query.Query;
import org.almagest.storage.commit.StoreParts;
import org.almagest.storage.run.OpenFiles;
import org.almagest.storage.run.Snapshot;
import org.jspecify.annotations.Nullable;

/** The versions of a store that queries can name: the newest, those that history keeps, leased ones. Thread-safe. */
final class Versions {
    private static final Duration LEASE = Duration.ofMinutes(10);

    private final OpenFiles files;
    private final Supplier<Snapshot> newest;
    private final StoreParts parts;
    private final List<Lease> leases = new ArrayList<>();

    Versions(OpenFiles files, Supplier<Snapshot> newest, StoreParts parts) {
        this.files = files;
        this.newest = newest;
        this.parts = parts;
    }

    /** A snapshot that a query reads, at a version that may be before the snapshot's own; close it. */
    record Held(Snapshot snapshot, long version, OpenFiles.Pin pin) implements AutoCloseable {
        @Override
        public void close() {
            pin.close();
        }
    }

    private final class Lease implements VersionLease {
        private final Snapshot snapshot;
        private final OpenFiles.Pin pin;
        private final Instant end;

        Lease(Snapshot snapshot, OpenFiles.Pin pin, Instant end) {
            this.snapshot = snapshot;
            this.pin = pin;
            this.end = end;
        }

        @Override
        public long version() {
            return snapshot.version();
        }

        @Override
        public void close() {
            synchronized (leases) {
                leases.remove(this);
            }
            pin.close();
        }
    }

    VersionLease lease() {
        Instant now = parts.clock().now();
        dropEnded(now);
        OpenFiles.Pin pin = files.pin();
        try {
            synchronized (leases) {
                Limits.check(
                        "catalog: leases",
                        "leasesMax",
                        leases.size() + 1L,
                        parts.limits().leasesMax());
                Lease lease = new Lease(newest.get(), pin, now.plus(LEASE));
                leases.add(lease);
                return lease;
            }
        } catch (RuntimeException e) {
            pin.close();
            throw e;
        }
    }

    /** Lets go of leases whose time is over. */
    void dropEnded(Instant now) {
        List<Lease> ended = new ArrayList<>();
        synchronized (leases) {
            for (Iterator<Lease> each = leases.iterator(); each.hasNext(); ) {
                Lease lease = each.next();
                if (!lease.end.isAfter(now)) {
                    each.remove();
                    ended.add(lease);
                }
            }
        }
        for (Lease lease : ended) {
            lease.pin.close();
        }
    }

    /** Returns the oldest version that can be named without a lease. */
    long oldest() {
        Snapshot snapshot = newest.get();
        return parts.historyRetention().isZero() ? snapshot.version() : snapshot.historyFloor();
    }

    /**
     * Holds what a query reads.
     *
     * @throws InvalidRequestException if it names a version that is still to come
     * @throws NotFoundException if it names a version that is not kept, and is not the later page of one that was
     */
    Held hold(Query query) {
        OpenFiles.Pin pin = files.pin();
        try {
            return hold(query, pin);
        } catch (RuntimeException e) {
            pin.close();
            throw e;
        }
    }

    private Held hold(Query query, OpenFiles.Pin pin) {
        Snapshot snapshot = newest.get();
        if (query.version().isEmpty()) {
            return new Held(snapshot, snapshot.version(), pin);
        }
        long version = query.version().getAsLong();
        if (version > snapshot.version()) {
            throw new InvalidRequestException("query: version", version + " (at most " + snapshot.version() + ")");
        }
        Held leased = leased(version); // before history, from which taking a field takes what a lease still has
        if (leased != null) {
            pin.close();
            return leased;
        }
        boolean history = !parts.historyRetention().isZero() && version >= snapshot.historyFloor();
        if (version == snapshot.version() || history) {
            return new Held(snapshot, version, pin);
        }
        if (query.pageToken().isPresent()) {
            return new Held(snapshot, snapshot.version(), pin); // pages go on by key on the newest version
        }
        throw new NotFoundException("version " + version + ": no longer kept (oldest " + oldest() + ")");
    }

    /** Holds a leased version; what is read stays, also when the lease ends meanwhile. */
    private @Nullable Held leased(long version) {
        dropEnded(parts.clock().now());
        synchronized (leases) {
            for (Lease lease : leases) {
                if (lease.version() == version) {
                    return new Held(lease.snapshot, version, files.pinBeside(lease.pin));
                }
            }
        }
        return null;
    }

    void close() {
        List<Lease> all;
        synchronized (leases) {
            all = List.copyOf(leases);
            leases.clear();
        }
        for (Lease lease : all) {
            lease.pin.close();
        }
    }
}
