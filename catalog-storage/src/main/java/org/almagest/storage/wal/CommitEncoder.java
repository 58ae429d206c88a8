package org.almagest.storage.wal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.almagest.internal.format.Varint;
import org.almagest.model.DatapointId;
import org.jspecify.annotations.Nullable;

/**
 * Writes the payload of a COMMIT frame: sections by ascending collection, in each deletes, then ranges, then rows.
 *
 * <p>The caller sorts; what is out of order is refused with {@link IllegalStateException}, because no reader would
 * take it. Used by one thread.
 */
public final class CommitEncoder {
    private static final VarHandle BIG_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int STAGE_DELETES = 0;
    private static final int STAGE_RANGES = 1;
    private static final int STAGE_ROWS = 2;

    private byte[] bytes;
    private int length = CommitPayload.SECTIONS_OFFSET;
    private int sectionCount;
    private int sectionAt;
    private int stage;
    private final int[] counts = new int[STAGE_ROWS + 1];
    private long lastCollection;
    private long lastHigh;
    private long lastLow;
    private @Nullable RangeDelete lastRange;

    /** Begins a payload that takes about so many bytes; it grows as needed. */
    public CommitEncoder(int expectedBytes) {
        bytes = new byte[Math.max(expectedBytes, 2 * CommitPayload.SECTIONS_OFFSET)];
    }

    /** Returns how many bytes a row takes in a payload. */
    public static long rowBytes(int bodyLength) {
        return (long) DatapointId.BYTES + Varint.length(bodyLength) + bodyLength;
    }

    /** Returns how many bytes a payload takes beside its rows and deletes. */
    public static long overheadBytes(int sections) {
        return CommitPayload.SECTIONS_OFFSET + (long) sections * CommitPayload.SECTION_HEADER_BYTES;
    }

    /** Begins the changes of the next collection. */
    public CommitEncoder section(long collection, int schemaVersion) {
        endSection();
        require(collection > lastCollection && schemaVersion >= 1, "collection " + collection);
        lastCollection = collection;
        sectionAt = length;
        sectionCount++;
        stage = STAGE_DELETES;
        Arrays.fill(counts, 0);
        lastRange = null;
        ByteBuffer out = grown(CommitPayload.SECTION_HEADER_BYTES);
        out.putLong(collection).putInt(schemaVersion);
        return this;
    }

    /** Deletes an id. */
    public CommitEncoder delete(DatapointId id) {
        next(STAGE_DELETES);
        requireAscending(id.high(), id.low());
        putId(grown(DatapointId.BYTES), id.high(), id.low());
        return this;
    }

    /** Deletes a span of time. */
    public CommitEncoder delete(RangeDelete range) {
        next(STAGE_RANGES);
        require(lastRange == null || CommitSection.compare(lastRange, range) < 0, "order of ranges");
        lastRange = range;
        grown(CommitPayload.RANGE_BYTES)
                .putLong(range.startMillis())
                .putLong(range.endMillis())
                .putLong(range.upToSequence());
        return this;
    }

    /** Inserts a row whose body is a whole array. */
    public CommitEncoder insert(DatapointId id, byte[] body) {
        return insert(id, body, 0, body.length);
    }

    /** Inserts a row whose body is a part of an array. */
    public CommitEncoder insert(DatapointId id, byte[] source, int from, int bodyLength) {
        return insert(id.high(), id.low(), source, from, bodyLength);
    }

    /** Inserts a row with this id whose body is a part of an array. */
    public CommitEncoder insert(long idHigh, long idLow, byte[] source, int from, int bodyLength) {
        next(STAGE_ROWS);
        requireAscending(idHigh, idLow);
        int at = length;
        grow(Math.toIntExact(rowBytes(bodyLength)));
        BIG_ENDIAN_LONG.set(bytes, at, idHigh);
        BIG_ENDIAN_LONG.set(bytes, at + Long.BYTES, idLow);
        at += DatapointId.BYTES;
        Varint.put(bytes, at, bodyLength);
        at += Varint.length(bodyLength);
        System.arraycopy(source, from, bytes, at, bodyLength);
        assert at + bodyLength == length : at;
        return this;
    }

    /** Returns the payload; the encoder is spent. */
    public byte[] finish(long ingestionMicros) {
        endSection();
        require(sectionCount > 0, "no section");
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(CommitPayload.INGESTION_MICROS_OFFSET, ingestionMicros);
        out.putInt(CommitPayload.SECTION_COUNT_OFFSET, sectionCount);
        return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void endSection() {
        if (sectionCount == 0) {
            return;
        }
        require(Arrays.stream(counts).anyMatch(count -> count > 0), "empty section");
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.position(sectionAt + CommitPayload.SECTION_HEADER_BYTES - Integer.BYTES * counts.length);
        for (int count : counts) {
            out.putInt(count);
        }
    }

    private void next(int newStage) {
        require(sectionCount > 0 && newStage >= stage, "order of deletes, ranges and rows");
        stage = newStage;
        counts[stage]++;
    }

    private void requireAscending(long high, long low) {
        boolean first = counts[stage] == 1;
        require(first || DatapointId.compare(lastHigh, lastLow, high, low) < 0, "order of ids");
        lastHigh = high;
        lastLow = low;
    }

    private static void putId(ByteBuffer out, long high, long low) {
        assert out.order() == ByteOrder.LITTLE_ENDIAN : out.order();
        out.putLong(Long.reverseBytes(high)).putLong(Long.reverseBytes(low));
    }

    private void grow(int added) {
        length = Math.addExact(length, added);
        if (length > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(length, bytes.length * 2L)));
        }
    }

    private ByteBuffer grown(int added) {
        int start = length;
        grow(added);
        return ByteBuffer.wrap(bytes, start, added).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalStateException("commit: " + problem);
        }
    }
}
