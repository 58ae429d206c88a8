package org.almagest.storage.recovery;

import java.io.IOException;
import java.lang.System.Logger.Level;
import org.almagest.storage.fs.LockHandle;
import org.almagest.storage.fs.Storage;
import org.jspecify.annotations.Nullable;

/** A reader's hold on one version of a store, until it is closed or the process ends. */
public final class Lease implements AutoCloseable {
    private final Storage storage;
    private final long version;
    private final @Nullable LockHandle lock;

    Lease(Storage storage, long version, @Nullable LockHandle lock) {
        this.storage = storage;
        this.version = version;
        this.lock = lock;
    }

    /** Returns the version of the manifest. */
    public long version() {
        return version;
    }

    /** Tells whether a writer knows of it; false where no file could be made. */
    public boolean isHeld() {
        return lock != null;
    }

    /** Lets go of the version; a failure costs nothing, as the file without its lock is a stale one. */
    @Override
    public void close() {
        if (lock == null) {
            return;
        }
        try (LockHandle held = lock) {
            storage.delete(held.name());
        } catch (IOException e) {
            System.getLogger(Lease.class.getName()).log(Level.DEBUG, "lease: stays until a writer finds it stale", e);
        }
    }
}
