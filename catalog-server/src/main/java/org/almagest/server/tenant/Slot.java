package org.almagest.server.tenant;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The place of one tenant's store, which may be open or not. Its lock guards its fields. */
final class Slot {
    /** Held while the store is opened or closed, so that two requests open it once. */
    final ReentrantLock lock = new ReentrantLock();

    @Nullable
    OpenStore store;

    int users;

    /** Read without the lock, to find out which store was used longest ago. */
    volatile long lastUse;
}
