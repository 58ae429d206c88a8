package org.almagest.storage.recovery;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almagest.runtime.RandomSource;
import org.almagest.storage.fs.LockHandle;
import org.almagest.storage.fs.LockMode;
import org.almagest.storage.fs.Storage;
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
    private static final Pattern NAME = Pattern.compile("([0-9]{8,18})-[0-9a-f]{16}\\.lease");

    private final Storage storage;

    /** The leases of one store. */
    public Leases(Storage storage) {
        this.storage = storage;
    }

    /** Returns the name of a lease from the root of the store. */
    static String name(long version, long random) {
        return String.format(Locale.ROOT, "%s/%08d-%016x.lease", StoreFolder.LEASES, version, random);
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
            String name = name(version, random.nextLong());
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
                System.getLogger(Leases.class.getName()).log(Level.DEBUG, "lease: none can be made, so a writer may delete what is read", e);
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
            Matcher matcher = NAME.matcher(file);
            if (matcher.matches() && !dropStale(StoreFolder.LEASES + "/" + file)) {
                versions.add(Long.parseLong(matcher.group(1)));
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
