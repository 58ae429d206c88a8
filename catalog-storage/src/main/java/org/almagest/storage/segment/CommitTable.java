package org.almagest.storage.segment;

import java.nio.ByteBuffer;
import org.almagest.error.CorruptSectionException;

/**
 * The commits whose rows a segment holds; rows refer to them by ordinal. Safe to share between threads.
 *
 * <p>Little-endian; in the order in which rows first name them, each sequence number once.
 *
 * <pre>
 * offset  bytes  field    constraint
 * 0       16n    commits  i64 sequence number, then i64 ingestion time in Unix microseconds
 * </pre>
 */
public final class CommitTable {
    /** Bytes of one commit. */
    static final int ROW_BYTES = 2 * Long.BYTES;

    private final ByteBuffer body;

    private CommitTable(ByteBuffer body) {
        this.body = body;
    }

    static CommitTable open(ByteBuffer body, int count, String resource) throws CorruptSectionException {
        if (body.limit() != (long) count * ROW_BYTES) {
            throw new CorruptSectionException(
                    "commit table: " + body.limit() + " bytes (expected " + count + " × " + ROW_BYTES + ")", resource);
        }
        return new CommitTable(body);
    }

    /** Returns how many commits there are, at least 1. */
    public int count() {
        return body.limit() / ROW_BYTES;
    }

    /** Returns the sequence number of a commit. */
    public long sequence(int ordinal) {
        return body.getLong(ordinal * ROW_BYTES);
    }

    /** Returns the time of a commit in Unix microseconds. */
    public long ingestionMicros(int ordinal) {
        return body.getLong(ordinal * ROW_BYTES + Long.BYTES);
    }
}
