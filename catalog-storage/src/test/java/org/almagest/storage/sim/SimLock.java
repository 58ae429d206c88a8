package org.almagest.storage.sim;

import org.almagest.storage.fs.LockHandle;
import org.almagest.storage.fs.StorageCounters.Counter;

/** A simulated lock. */
final class SimLock extends SimHandle implements LockHandle {
    SimLock(SimStorage storage, String name) {
        super(storage, "lock", name);
        storage.opened(this, Counter.HELD_LOCKS);
    }

    @Override
    public void close() {
        synchronized (storage.disk()) {
            if (storage.closed(this, Counter.HELD_LOCKS)) {
                storage.disk().unlock(name(), storage);
            }
        }
    }
}
