package org.almagest.storage.fs;

/**
 * Every rule of the commit protocol that orders writes: what must be durable, or done, before what.
 *
 * <p>A force or a directory sync names its rule, so none can be called that is not listed here, and a test can switch
 * each one off and see that crashes then do harm. Nothing of this enum reaches a disk.
 */
public enum Barrier {
    /** FORMAT is forced before the store has a manifest. */
    FORMAT_FORCE(Kind.FILE),
    /** The header of a write-ahead log is forced before any frame in it is acknowledged. */
    WAL_HEADER_FORCE(Kind.FILE),
    /** A group of frames is forced before its callers are acknowledged and before readers see it. */
    WAL_FORCE_BEFORE_ACK(Kind.FILE),
    /** The frame that records a clean close is forced before close returns. */
    WAL_CLOSE_FORCE(Kind.FILE),
    /** A data file of segments is forced before it is renamed into place. */
    SEGMENT_FORCE(Kind.FILE),
    /** A file of tombstones is forced before it is renamed into place. */
    TOMBSTONE_FORCE(Kind.FILE),
    /** A manifest is forced before it gets its name. */
    MANIFEST_FORCE(Kind.FILE),
    /** The reserve file is forced, so that the file system has really set its blocks aside. */
    RESERVE_FORCE(Kind.FILE),
    /** Every copied file of a backup is forced before the backup's manifest gets its name. */
    BACKUP_FORCE(Kind.FILE),

    /** The directories and files of the root are durable before the store has a manifest. */
    STORE_DIR_SYNC(Kind.DIRECTORY),
    /** The folders under {@code data/} are durable before any segment is placed in one. */
    DATA_DIR_SYNC(Kind.DIRECTORY),
    /** The name of a write-ahead log is durable before any frame in it is acknowledged. */
    WAL_DIR_SYNC(Kind.DIRECTORY),
    /** The name of a data file is durable before a manifest refers to it. */
    SEGMENT_DIR_SYNC(Kind.DIRECTORY),
    /** The name of a file of tombstones is durable before a manifest refers to it. */
    TOMBSTONE_DIR_SYNC(Kind.DIRECTORY),
    /** The name of a manifest is durable: the commit point of a publish. */
    MANIFEST_DIR_SYNC(Kind.DIRECTORY),
    /** The names in {@code quarantine/} are durable before repair drops what they were. */
    QUARANTINE_DIR_SYNC(Kind.DIRECTORY),
    /** The names of a backup's files are durable before its manifest gets its name. */
    BACKUP_DIR_SYNC(Kind.DIRECTORY),

    /** A file is written under a temporary name and named only when complete and forced. */
    TEMP_THEN_PUBLISH(Kind.ORDER),
    /** Logs and manifests are deleted only after the manifest that needs them no longer is durable. */
    DELETE_AFTER_MANIFEST(Kind.ORDER),
    /** Data files are deleted only after the manifest that no longer names them is durable. */
    RETIRE_AFTER_MANIFEST(Kind.ORDER),
    /** Recovered rows are written to new files, and published, before anything is served. */
    REWRITE_TAIL_BEFORE_SERVING(Kind.ORDER),
    /** A writer claims the store by publishing a manifest before it reads any log. */
    CLAIM_BEFORE_LOG_READ(Kind.ORDER),
    /** After each force, and before the acknowledgement, a writer looks whether somebody else has claimed the store. */
    PRE_ACK_CHECK(Kind.ORDER);

    /** What a rule is about. */
    public enum Kind {
        /** The bytes of a file: {@link AppendFile#force}. */
        FILE,
        /** The names in a directory: {@link Storage#syncDir}. */
        DIRECTORY,
        /** The order of steps: {@link Storage#enforces}. */
        ORDER
    }

    private final Kind kind;

    Barrier(Kind kind) {
        this.kind = kind;
    }

    /** Returns what this rule is about, and so which method takes it. */
    public Kind kind() {
        return kind;
    }

    /** Refuses a rule given to a method of another kind; returns this rule. */
    public Barrier require(Kind expected) {
        if (kind != expected) {
            throw new IllegalArgumentException(
                    "barrier: kind: " + this + " is " + kind + " (expected " + expected + ")");
        }
        return this;
    }
}
