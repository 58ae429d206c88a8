package org.almagest.server.auth;

import java.util.Optional;
import java.util.Set;
import org.almagest.error.CatalogException;
import org.almagest.error.ConflictException;
import org.almagest.runtime.Clock;
import org.almagest.server.keys.KeyFile;
import org.almagest.server.keys.KeyList;
import org.almagest.server.keys.Pepper;
import org.almagest.server.keys.ServerFolder;

/**
 * The keys of a running server: looks at their file now and then, and keeps what it has where that cannot be read.
 *
 * <p>Safe for use by several threads; {@link #poll} is called by one.
 */
public final class Credentials {
    private final ServerFolder folder;
    private final KeyFile file;
    private final Clock clock;
    private final Watcher watcher;
    private volatile KeyRing ring = KeyRing.none();
    private String stamp;

    /** Stamp and problem of the last failure, so that the same one is told once; empty after a good look. */
    private volatile Set<String> failure = Set.of();

    private volatile boolean everSome;

    /** Told what becomes of the file. */
    public interface Watcher {
        /** Hears of nothing. */
        Watcher NONE = new Watcher() {};

        /** The keys are other ones now. */
        default void changed(KeyRing ring) {}

        /** The file was changed and cannot be taken; the keys are those from before. Once for each problem. */
        default void failed(String problem) {}
    }

    private Credentials(ServerFolder folder, Clock clock, Watcher watcher) {
        this.folder = folder;
        this.file = new KeyFile(folder);
        this.clock = clock;
        this.watcher = watcher;
        this.stamp = "";
    }

    /**
     * Reads the keys of a folder.
     *
     * @throws CatalogException if they cannot be read, are open to others, or are there without their pepper
     */
    public static Credentials open(ServerFolder folder, Clock clock, Watcher watcher) {
        Credentials credentials = new Credentials(folder, clock, watcher);
        folder.check();
        credentials.read(credentials.file.stamp());
        return credentials;
    }

    /** Returns the keys as they are known now; one volatile read. */
    public KeyRing current() {
        return ring;
    }

    /** Tells whether there ever were keys since this process began: from then on nobody does without. */
    public boolean everSome() {
        return everSome;
    }

    /** Tells whether the last look found a file that could not be taken. */
    public boolean failing() {
        return !failure.isEmpty();
    }

    /**
     * Reads the file again where it was changed, and ends what has expired; throws no exception.
     *
     * <p>A file that could not be taken is tried again each time, as what was in the way may go without touching it: no
     * descriptor was left, permissions were open, the pepper was away.
     */
    public void poll() {
        String now = "";
        try {
            if (!file.isAt(stamp)) {
                now = file.stamp();
                folder.check();
                read(now);
            }
            failure = Set.of();
        } catch (RuntimeException e) {
            tell(now, String.valueOf(e.getMessage()));
        } finally {
            ring.endAt(clock.now());
        }
    }

    private void tell(String now, String problem) {
        String told = now + " " + problem;
        if (!failure.contains(told)) {
            failure = Set.of(told);
            watcher.failed(problem);
        }
    }

    private void read(String now) {
        KeyList list = file.read();
        Optional<Pepper> pepper = Pepper.find(folder);
        requireNotOlder(list);
        if (!list.keys().isEmpty() && pepper.isEmpty()) {
            throw new ConflictException("pepper: not there, so that all keys are void (put it back from a backup)");
        }
        stamp = now;
        ring = ring.next(list, pepper);
        everSome |= !list.keys().isEmpty();
        ring.endAt(clock.now());
        watcher.changed(ring);
    }

    /** An older file would bring keys back to life that were revoked since. */
    private void requireNotOlder(KeyList list) {
        KeyList before = ring.list();
        if (list.generation() == 0 && everSome) {
            throw new ConflictException("keys: file is gone (those from before hold until the server stops)");
        }
        if (!list.mayFollow(before)) {
            throw new ConflictException("keys: generation " + list.generation() + " was put in the place of "
                    + before.generation() + " (those from before hold until the server stops)");
        }
    }

    /** Returns the time that keys are compared with. */
    Clock clock() {
        return clock;
    }
}
