package org.almagest.storage.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.almagest.internal.row.BoundRows;
import org.almagest.model.DatapointId;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.run.RowArrays;
import org.jspecify.annotations.Nullable;

/**
 * The bound rows of a call by id, each id once, and where each stood in the call. For one thread.
 *
 * <p>Boxes and bodies are brought into this order by whoever asks for {@link #rows} first: of a call whose rows are all
 * there already only the ids are needed.
 */
final class SortedBatch {
    private static final int NONE = -1;

    private final long[] highs;
    private final long[] lows;
    private final int[] positions;
    private final int[] rowOf;
    private final int[] givenOf;
    private final long[] sortedHighs;
    private final long[] sortedLows;
    private final int[] chunkOf;
    private final int[] firstOf;
    private final int keyType;
    private final int[] keyStarts;
    private final int[] keyEnds;
    private BoundRows @Nullable [] chunks;
    private @Nullable RowArrays rows;
    private int clashesWith = NONE;

    static SortedBatch of(List<BindChunk> chunks, DatasetSchema schema) {
        return new SortedBatch(chunks.stream().map(BindChunk::rows).toArray(BoundRows[]::new), schema);
    }

    private SortedBatch(BoundRows[] chunks, DatasetSchema schema) {
        this.chunks = chunks;
        int count = 0;
        for (BoundRows chunk : chunks) {
            count += chunk.count();
        }
        highs = new long[count];
        lows = new long[count];
        positions = new int[count];
        keyType = schema.key().map(Field::typeCode).orElse(NONE);
        chunkOf = new int[count];
        firstOf = new int[chunks.length];
        int to = 0;
        for (int i = 0; i < chunks.length; i++) {
            firstOf[i] = to;
            for (int row = 0; row < chunks[i].count(); row++) {
                highs[to] = chunks[i].idHigh(row);
                lows[to] = chunks[i].idLow(row);
                positions[to] = chunks[i].position(row);
                chunkOf[to] = i;
                to++;
            }
        }
        rowOf = new int[count];
        givenOf = firstOfEachId(IdOrder.of(highs, lows));
        sortedHighs = new long[givenOf.length];
        sortedLows = new long[givenOf.length];
        for (int row = 0; row < givenOf.length; row++) {
            sortedHighs[row] = highs[givenOf[row]];
            sortedLows[row] = lows[givenOf[row]];
        }
        keyStarts = new int[keyType == NONE ? 0 : givenOf.length];
        keyEnds = new int[keyStarts.length];
    }

    private RowArrays gather(BoundRows[] from) {
        long bodyBytes = 0;
        for (int given : givenOf) {
            BoundRows chunk = from[chunkOf[given]];
            int row = given - firstOf[chunkOf[given]];
            bodyBytes += chunk.bodyEnd(row) - chunk.bodyStart(row);
        }
        int count = givenOf.length;
        RowArrays gathered = new RowArrays(
                sortedHighs,
                sortedLows,
                new float[count * RowArrays.SIDES],
                new int[count + 1],
                new byte[Math.toIntExact(bodyBytes)],
                keyType == NONE ? null : new long[count]);
        for (int row = 0; row < count; row++) {
            int chunk = chunkOf[givenOf[row]];
            copy(from[chunk], givenOf[row] - firstOf[chunk], gathered, row);
        }
        return gathered;
    }

    /** Fills {@link #rowOf} and returns which given row each row is, the first of its id. */
    private int[] firstOfEachId(int[] order) {
        int kept = 0;
        for (int given : order) {
            if (kept == 0 || highs[given] != highs[order[kept - 1]] || lows[given] != lows[order[kept - 1]]) {
                order[kept++] = given;
            }
            rowOf[given] = kept - 1;
        }
        return kept == order.length ? order : Arrays.copyOf(order, kept);
    }

    private void copy(BoundRows from, int source, RowArrays into, int row) {
        from.copyBox(source, into.boxes(), row * RowArrays.SIDES);
        int start = from.bodyStart(source);
        int length = from.bodyEnd(source) - start;
        int to = into.offsets()[row];
        System.arraycopy(from.bytes(), start, into.bodies(), to, length);
        into.offsets()[row + 1] = to + length;
        long[] hashes = into.keyHashes();
        if (hashes != null) {
            hashes[row] = from.keyHash(source);
            keyStarts[row] = from.keyStart(source) - start + to;
            keyEnds[row] = from.keyEnd(source) - start + to;
        }
    }

    /**
     * Returns the first given row that has the key of one before it under another id, or -1; {@link #clashesWith} tells
     * which. Rows that repeat an id do not count.
     */
    int firstKeyClash() {
        long[] hashes = Objects.requireNonNull(rows().keyHashes());
        int[] table = new int[Integer.highestOneBit(Math.max(1, hashes.length)) << 2];
        for (int given = 0; given < rowOf.length; given++) {
            int row = rowOf[given];
            if (givenOf[row] != given) {
                continue;
            }
            int at = (int) hashes[row] & table.length - 1;
            while (table[at] != 0) {
                int other = table[at] - 1;
                if (hashes[other] == hashes[row] && sameKey(other, row)) {
                    clashesWith = givenOf[other];
                    return given;
                }
                at = at + 1 & table.length - 1;
            }
            table[at] = row + 1;
        }
        return NONE;
    }

    private boolean sameKey(int a, int b) {
        byte[] bodies = rows().bodies();
        return Arrays.equals(bodies, keyStarts[a], keyEnds[a], bodies, keyStarts[b], keyEnds[b]);
    }

    int clashesWith() {
        return clashesWith;
    }

    RowArrays rows() {
        RowArrays known = rows;
        if (known == null) {
            known = gather(Objects.requireNonNull(chunks));
            rows = known;
            chunks = null;
        }
        return known;
    }

    boolean isGathered() {
        return rows != null;
    }

    /** Returns how many rows there are, each id once. */
    int count() {
        return givenOf.length;
    }

    /** Returns the first half of the id of each row. */
    long[] highs() {
        return sortedHighs;
    }

    /** Returns the second half of the id of each row. */
    long[] lows() {
        return sortedLows;
    }

    int givenCount() {
        return positions.length;
    }

    int position(int given) {
        return positions[given];
    }

    int positionOf(int row) {
        return positions[givenOf[row]];
    }

    int row(int given) {
        return rowOf[given];
    }

    byte[] key(int row) {
        byte[] bodies = rows().bodies();
        byte[] key = new byte[1 + keyEnds[row] - keyStarts[row]];
        key[0] = (byte) keyType;
        System.arraycopy(bodies, keyStarts[row], key, 1, key.length - 1);
        return key;
    }

    /** Returns the id of each given row. */
    DatapointId[] ids() {
        DatapointId[] ids = new DatapointId[highs.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = new DatapointId(highs[i], lows[i]);
        }
        return ids;
    }
}
