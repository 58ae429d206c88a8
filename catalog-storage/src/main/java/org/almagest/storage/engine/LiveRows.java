package org.almagest.storage.engine;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.row.BoundRow;
import org.almagest.internal.row.KeyHash;
import org.almagest.internal.row.RowReader;
import org.almagest.model.DatapointId;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.engine.IngestBatch.BatchRow;
import org.almagest.storage.run.RowCursor;
import org.almagest.storage.run.Run;
import org.jspecify.annotations.Nullable;

/** Finds the live rows of a collection by id and by key. For one thread. */
final class LiveRows {
    private final List<Run> runs;

    LiveRows(List<Run> runs) {
        this.runs = runs;
    }

    /** Returns which of the rows, sorted by id, have an id that is live. */
    BitSet existing(BatchRow[] rows) {
        BitSet found = new BitSet(rows.length);
        for (Run run : runs) {
            int last = run.rowCount() - 1;
            DatapointId highest = new DatapointId(run.idHigh(last), run.idLow(last));
            for (int i = firstFrom(rows, run); i < rows.length && rows[i].id().compareTo(highest) <= 0; i++) {
                if (!found.get(i) && run.find(rows[i].id().high(), rows[i].id().low()) >= 0) {
                    found.set(i);
                }
            }
        }
        return found;
    }

    private static int firstFrom(BatchRow[] rows, Run run) {
        DatapointId lowest = new DatapointId(run.idHigh(0), run.idLow(0));
        int low = 0;
        int high = rows.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows[middle].id().compareTo(lowest) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Where a live row is. */
    record Place(Run run, int ordinal) {
        DatapointId id() {
            return new DatapointId(run.idHigh(ordinal), run.idLow(ordinal));
        }
    }

    /** Returns the live row with this id. */
    @Nullable
    Place find(DatapointId id) {
        for (Run run : runs) {
            int ordinal = run.find(id.high(), id.low());
            if (ordinal >= 0) {
                return new Place(run, ordinal);
            }
        }
        return null;
    }

    /** Returns the live row with the key of a bound row. */
    @Nullable
    Place findKey(DatasetSchema schema, BoundRow row) {
        byte[] key = row.key();
        return key == null ? null : findKey(schema, key);
    }

    /** Returns the live row with this key, encoded as {@code RowBinder.encodeKey} does. */
    @Nullable
    Place findKey(DatasetSchema schema, byte[] key) {
        long hash = KeyHash.of(key);
        for (Run run : runs) {
            int[] candidates = run.keyCandidates(hash, schema);
            if (candidates.length > 0) {
                Place place = confirm(new RowReader(schema), run, candidates, key);
                if (place != null) {
                    return place;
                }
            }
        }
        return null;
    }

    private static @Nullable Place confirm(RowReader reader, Run run, int[] candidates, byte[] key) {
        RowCursor cursor = run.cursor();
        for (int ordinal : candidates) {
            cursor.seek(ordinal);
            try {
                reader.reset(cursor.bytes(), cursor.offset(), cursor.length());
            } catch (CorruptSectionException e) {
                throw e.toCorruptStore();
            }
            if (Arrays.equals(key, reader.keyBytes())) {
                return new Place(run, ordinal);
            }
        }
        return null;
    }
}
