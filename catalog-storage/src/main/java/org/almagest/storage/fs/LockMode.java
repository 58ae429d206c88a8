package org.almagest.storage.fs;

/** Who else may hold a lock on the same file in another process. */
public enum LockMode {
    /** Nobody. */
    EXCLUSIVE,
    /** Others that also ask for a shared lock. */
    SHARED
}
