package org.almagest.error;

/**
 * The stable name of each kind of failure, with the exit status the command line gives it.
 *
 * <p>Names and exit statuses are interface: scripts and clients branch on them.
 */
public enum ErrorCode {
    /** The request is wrong in itself. */
    INVALID_REQUEST(2),
    /** A bound of {@code Limits} was passed. */
    LIMIT_EXCEEDED(2),
    /** Bytes on disk do not hold what they must. */
    CORRUPT_STORE(3),
    /** Another writer holds the store. */
    STORE_LOCKED(4),
    /** The store stopped after a failed write; reopen it. */
    STORAGE_FAILED(5),
    /** The change may or may not have become durable. */
    OUTCOME_UNKNOWN(5),
    /** The store was written by a newer build, or by one too old to read. */
    UNSUPPORTED_FORMAT(6),
    /** The disk is full; nothing of the request was stored. */
    NO_SPACE(7),
    /** A dataset, collection or datapoint does not exist. */
    NOT_FOUND(8),
    /** A dataset or collection of that name exists. */
    ALREADY_EXISTS(9),
    /** The request contradicts the present state of the store. */
    CONFLICT(9),
    /** Datapoints of the same id exist and the caller refuses them. */
    EXISTING_DATAPOINTS(9),
    /** A stated precondition does not hold. */
    PRECONDITION_FAILED(9),
    /** The deadline passed before the answer was complete. */
    DEADLINE_EXCEEDED(10),
    /** The caller cancelled. */
    CANCELLED(10);

    private final int exitStatus;

    ErrorCode(int exitStatus) {
        this.exitStatus = exitStatus;
    }

    /** Returns the exit status of the command line for this failure, 2 to 10. */
    public int exitStatus() {
        return exitStatus;
    }
}
