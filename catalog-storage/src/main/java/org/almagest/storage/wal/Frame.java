package org.almagest.storage.wal;

/**
 * One entry of the log: a change and its place in the one sequence of all changes.
 *
 * <p>The payload is shared, not copied: whoever makes or receives a frame leaves its bytes alone.
 */
public final class Frame {
    private final FrameKind kind;
    private final long sequence;
    private final long syncedSequence;
    private final byte[] payload;

    /**
     * Creates a frame of the payload version that this build writes.
     *
     * @param sequence the version of the catalog that this change makes, from 1
     * @param syncedSequence the last sequence that is durable while this frame is built, below {@code sequence}
     */
    public Frame(FrameKind kind, long sequence, long syncedSequence, byte[] payload) {
        if (sequence < 1 || syncedSequence < 0 || syncedSequence >= sequence) {
            throw new IllegalArgumentException("frame: sequence " + sequence + " after " + syncedSequence);
        }
        if (payload.length > WalFormat.PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "frame: payload: " + payload.length + " bytes (at most " + WalFormat.PAYLOAD_BYTES_MAX + ")");
        }
        this.kind = kind;
        this.sequence = sequence;
        this.syncedSequence = syncedSequence;
        this.payload = payload;
    }

    /** Returns the frame that records a clean close. */
    public static Frame close(long sequence, long syncedSequence) {
        return new Frame(FrameKind.CLOSE, sequence, syncedSequence, new byte[0]);
    }

    /** Returns what it says. */
    public FrameKind kind() {
        return kind;
    }

    /** Returns the version of the catalog that this change makes. */
    public long sequence() {
        return sequence;
    }

    /** Returns the last sequence that was durable when this frame was built. */
    public long syncedSequence() {
        return syncedSequence;
    }

    /** Returns the payload; not a copy. */
    public byte[] payload() {
        return payload;
    }

    /** Returns how many bytes the frame takes in the log. */
    public int bytes() {
        return WalFormat.FRAME_OVERHEAD_BYTES + payload.length;
    }

    /** Returns kind, sequence and size. */
    @Override
    public String toString() {
        return kind + " " + sequence + " (" + payload.length + " bytes)";
    }
}
