package org.almagest;

import java.time.Duration;
import java.util.UUID;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.Limits;
import org.almagest.runtime.Clock;
import org.almagest.runtime.RandomSource;
import org.almagest.runtime.Scheduler;

/**
 * How a store is opened. Immutable.
 *
 * @param mode whether the store is written
 * @param limits the bounds of the engine
 * @param namespace mixed into the ids of datasets; fixed when a store is created and ignored afterwards
 * @param lockTimeout how long to wait for another writer to let go
 * @param historyRetention how long replaced and deleted datapoints stay readable in earlier versions
 * @param seams clock, randomness and threads
 */
public record CatalogOptions(
        OpenMode mode, Limits limits, UUID namespace, Duration lockTimeout, Duration historyRetention, Seams seams) {
    /** Checks the timeout. */
    public CatalogOptions {
        if (lockTimeout.isNegative()) {
            throw new InvalidRequestException("options: lock timeout", lockTimeout + " (at least 0)");
        }
        if (historyRetention.isNegative()) {
            throw new InvalidRequestException("options: history retention", historyRetention + " (at least 0)");
        }
    }

    /** Whether a store is written. */
    public enum OpenMode {
        /** Takes the writer's lock; creates the store where there is none. */
        READ_WRITE,
        /** Never writes; sees the store as it was when it was opened. */
        READ_ONLY
    }

    /**
     * The world outside.
     *
     * @param clock tells the time of commits
     * @param random gives the id of a new store
     * @param scheduler runs the engine's own work
     */
    public record Seams(Clock clock, RandomSource random, Scheduler scheduler) {}

    /** Returns the options for reading and writing with the default limits. */
    public static CatalogOptions defaults() {
        return new CatalogOptions(
                OpenMode.READ_WRITE,
                Limits.defaults(),
                new UUID(0, 0),
                Duration.ZERO,
                Duration.ZERO,
                new Seams(Clock.system(), RandomSource.secure(), Scheduler.threads()));
    }

    /** Returns the default options for reading only. */
    public static CatalogOptions readOnly() {
        return defaults().with(OpenMode.READ_ONLY);
    }

    /** Returns these options with another mode. */
    public CatalogOptions with(OpenMode other) {
        return new CatalogOptions(other, limits, namespace, lockTimeout, historyRetention, seams);
    }

    /** Returns these options with other limits. */
    public CatalogOptions with(Limits other) {
        return new CatalogOptions(mode, other, namespace, lockTimeout, historyRetention, seams);
    }

    /** Returns these options with another namespace. */
    public CatalogOptions withNamespace(UUID other) {
        return new CatalogOptions(mode, limits, other, lockTimeout, historyRetention, seams);
    }

    /** Returns these options with another wait for the lock. */
    public CatalogOptions withLockTimeout(Duration other) {
        return new CatalogOptions(mode, limits, namespace, other, historyRetention, seams);
    }

    /** Returns these options with another time for which earlier versions stay readable. */
    public CatalogOptions withHistoryRetention(Duration other) {
        return new CatalogOptions(mode, limits, namespace, lockTimeout, other, seams);
    }

    /** Returns these options with another world outside. */
    public CatalogOptions with(Seams other) {
        return new CatalogOptions(mode, limits, namespace, lockTimeout, historyRetention, other);
    }

    /** Returns these options with another clock. */
    public CatalogOptions with(Clock clock) {
        return with(new Seams(clock, seams.random(), seams.scheduler()));
    }
}
