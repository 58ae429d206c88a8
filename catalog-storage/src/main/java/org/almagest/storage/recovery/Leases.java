package org.almagest.storage.recovery;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.almagest.runtime.RandomSource;
import org.almagest.storage.fs.LockHandle;
import org.almagest.storage.fs.LockMode;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.fs.StorageNames;
import org.almagest.storage.manifest.ManifestStore;

/**
 * What processes that read a store tell its writer: {@code lease/<version>-<random>.lease} says that files which the
 * manifest of that version needs are still read. The file is empty; what counts is the shared lock on it, which ends
 * with its process.
 *
 * <p>A reader takes the lease and then looks whether its version is still the newest; a writer publishes a version and
 * then looks for leases. So either the reader sees the new version, or the writer sees the lease, before a file goes.
 *
 * <p>Has no state of its own; safe to share between threads.
 */
public final class Leases {
    private static final String ENDING = ".lease";
    private static final int DIGITS_MIN = 8;
    private static final int RANDOM_DIGITS = 16;

    private final Storage storage;

    /** The leases of one store. */
    public Leases(Storage storage) {
        this.storage = storage;
    }

    /** Returns the name of a lease from the root of the store. */
    static String name(long version, long random) {
        return StoreFolder.LEASES + "/" + StorageNames.digits(version, DIGITS_MIN) + "-"
                + HexFormat.of().toHexDigits(random) + ENDING;
    }

    /** Returns the version in the name of a lease; -1 where it is no such name. */
    private static long versionOf(String file) {
        int dash = file.indexOf('-');
        if (dash < 0 || file.length() != dash + 1 + RANDOM_DIGITS + ENDING.length()) {
            return -1;
        }
        for (int i = dash + 1; i <= dash + RANDOM_DIGITS; i++) {
            if ("0123456789abcdef".indexOf(file.charAt(i)) < 0) {
                return -1;
            }
        }
        return file.endsWith(ENDING) ? StorageNames.number(file.substring(0, dash), DIGITS_MIN, "") : -1;
    }

    /**
     * Takes a lease on the newest version; a reader's business, before it reads the manifest.
     *
     * <p>Where none can be made, on a read-only mount for example, the lease holds nothing back: a file that goes while
     * it is read fails the query that needs it.
     *
     * @param random makes the name one of its own
     * @return empty if the store has no manifest
     */
    public Optional<Lease> takeNewest(ManifestStore manifests, RandomSource random) throws IOException {
        OptionalLong newest = manifests.newestVersion();
        while (newest.isPresent()) {
            Lease lease = take(newest.getAsLong(), random);
            try {
                OptionalLong now = manifests.newestVersion();
                if (now.equals(newest) || !lease.isHeld()) {
                    return Optional.of(lease);
                }
                newest = now;
            } catch (IOException | RuntimeException e) {
                lease.close();
                throw e;
            }
            lease.close();
        }
        return Optional.empty();
    }

    private Lease take(long version, RandomSource random) {
        while (true) {
            String name = name(version, random.nextUnique());
            try {
                Optional<LockHandle> lock = storage.tryLock(name, LockMode.SHARED);
                // A writer that looked between creation and lock has taken the file for a stale one.
                if (lock.isPresent() && storage.size(name) != Storage.NO_FILE) {
                    return new Lease(storage, version, lock.orElseThrow());
                }
                if (lock.isPresent()) {
                    lock.orElseThrow().close();
                }
            } catch (IOException e) {
                System.getLogger(Leases.class.getName())
                        .log(Level.DEBUG, "lease: none can be made, so a writer may delete what is read", e);
                return new Lease(storage, version, null);
            }
        }
    }

    /**
     * Returns the versions that readers hold, and drops the leases of readers that are gone; a writer's business, after
     * it published and before it deletes what the new version does not need.
     */
    public SortedSet<Long> leased() throws IOException {
        SortedSet<Long> versions = new TreeSet<>();
        for (String file : storage.list(StoreFolder.LEASES)) {
            long version = versionOf(file);
            if (version >= 0 && !dropStale(StoreFolder.LEASES + "/" + file)) {
                versions.add(version);
            }
        }
        return versions;
    }

    /** Returns the lowest version that a reader holds, as {@link #leased} finds it. */
    public OptionalLong oldestLeased() throws IOException {
        SortedSet<Long> versions = leased();
        return versions.isEmpty() ? OptionalLong.empty() : OptionalLong.of(versions.first());
    }

    /** Deletes a lease whose lock is free, while nobody else can take it. */
    private boolean dropStale(String name) throws IOException {
        Optional<LockHandle> lock = storage.tryLock(name, LockMode.EXCLUSIVE);
        if (lock.isEmpty()) {
            return false;
        }
        try (LockHandle held = lock.orElseThrow()) {
            storage.delete(held.name());
        }
        return true;
    }
}
