package org.almagest.storage.wal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.almagest.model.DatapointId;

/**
 * What one commit changes in one collection. A view of the payload's bytes; safe to share between threads.
 *
 * <p>Rows and deletes count from 0 and ascend strictly by id.
 */
public final class CommitSection {
    static final int ROW_INTS = 3;

    private static final Comparator<RangeDelete> RANGE_ORDER = Comparator.comparingLong(RangeDelete::startMillis)
            .thenComparingLong(RangeDelete::endMillis)
            .thenComparingLong(RangeDelete::upToSequence);

    private final ByteBuffer bytes;
    private final long collection;
    private final int schemaVersion;
    private final Parts parts;

    /** Where the parts begin, in the payload, and how many there are; rows as triples id, body, length. */
    record Parts(int deletesAt, int deleteCount, int rangesAt, int rangeCount, int[] rows) {}

    CommitSection(ByteBuffer bytes, long collection, int schemaVersion, Parts parts) {
        assert parts.rows.length % ROW_INTS == 0 : parts.rows.length;
        this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.collection = collection;
        this.schemaVersion = schemaVersion;
        this.parts = parts;
    }

    /** Returns the incarnation of the collection. */
    public long collection() {
        return collection;
    }

    /** Returns the version of the schema that the rows were checked against. */
    public int schemaVersion() {
        return schemaVersion;
    }

    /** Returns how many ids are deleted. */
    public int deleteCount() {
        return parts.deleteCount;
    }

    /** Returns a deleted id. */
    public DatapointId delete(int index) {
        int at = parts.deletesAt + Math.multiplyExact(checked(index, parts.deleteCount), DatapointId.BYTES);
        return new DatapointId(high(bytes, at), low(bytes, at));
    }

    /** Returns the deletes by span of time; a new list. */
    public List<RangeDelete> ranges() {
        List<RangeDelete> ranges = new ArrayList<>(parts.rangeCount);
        for (int i = 0; i < parts.rangeCount; i++) {
            int at = parts.rangesAt + i * CommitPayload.RANGE_BYTES;
            ranges.add(new RangeDelete(
                    bytes.getLong(at), bytes.getLong(at + Long.BYTES), bytes.getLong(at + 2 * Long.BYTES)));
        }
        return ranges;
    }

    /** Returns how many rows are inserted. */
    public int rowCount() {
        return parts.rows.length / ROW_INTS;
    }

    /** Returns the first eight bytes of a row's id. */
    public long idHigh(int row) {
        return high(bytes, parts.rows[row * ROW_INTS]);
    }

    /** Returns the last eight bytes of a row's id. */
    public long idLow(int row) {
        return low(bytes, parts.rows[row * ROW_INTS]);
    }

    /** Returns where a row's body begins in {@link CommitPayload#bytes}. */
    public int bodyOffset(int row) {
        return parts.rows[row * ROW_INTS + 1];
    }

    /** Returns how many bytes a row's body has. */
    public int bodyLength(int row) {
        return parts.rows[row * ROW_INTS + 2];
    }

    /** Tells whether an id is both deleted and inserted; both ascend, so one pass finds it. */
    boolean deletesAnInsert() {
        int row = 0;
        for (int i = 0; i < parts.deleteCount; i++) {
            int delete = parts.deletesAt + i * DatapointId.BYTES;
            while (row < parts.rows.length && compareIds(bytes, parts.rows[row], delete) < 0) {
                row += ROW_INTS;
            }
            if (row < parts.rows.length && compareIds(bytes, parts.rows[row], delete) == 0) {
                return true;
            }
        }
        return false;
    }

    /** Compares the ids at two offsets, in the order of ids. */
    static int compareIds(ByteBuffer bytes, int left, int right) {
        return DatapointId.compare(high(bytes, left), low(bytes, left), high(bytes, right), low(bytes, right));
    }

    static int compare(RangeDelete left, RangeDelete right) {
        return RANGE_ORDER.compare(left, right);
    }

    private static long high(ByteBuffer bytes, int at) {
        assert bytes.order() == ByteOrder.LITTLE_ENDIAN : bytes.order();
        return Long.reverseBytes(bytes.getLong(at));
    }

    private static long low(ByteBuffer bytes, int at) {
        return Long.reverseBytes(bytes.getLong(at + Long.BYTES));
    }

    private static int checked(int index, int count) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("delete " + index + " of " + count);
        }
        return index;
    }
}
