package org.almagest.storage.sim;

/** The calls of a storage that count, can fail and can be the moment of a crash. */
public enum SimCall {
    LIST,
    SIZE,
    OPEN_READ,
    READ,
    MAP,
    CREATE,
    APPEND,
    FORCE,
    PUBLISH,
    RENAME,
    DELETE,
    MKDIR,
    SYNC_DIRECTORY,
    LOCK,
    FREE_SPACE;

    boolean needsSpace() {
        return switch (this) {
            case CREATE, APPEND, PUBLISH, RENAME, MKDIR -> true;
            default -> false;
        };
    }

    boolean forces() {
        return this == FORCE || this == SYNC_DIRECTORY;
    }
}
