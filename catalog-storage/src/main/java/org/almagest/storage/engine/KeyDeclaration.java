package org.almagest.storage.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.almagest.error.ConflictException;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.Quoted;
import org.almagest.internal.row.KeyHash;
import org.almagest.internal.row.RowReader;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.run.LiveRun;
import org.almagest.storage.run.RowCursor;
import org.almagest.storage.run.Run;

/** Checks that the rows of a collection can have a key that is declared after they were stored. */
final class KeyDeclaration {
    private final String key;
    private final String subject;
    private final String place;
    private final RowReader reader;

    private KeyDeclaration(DatasetSchema schema, String collection) {
        this.key = schema.key().orElseThrow().name();
        this.subject = "schema: key " + Quoted.text(key) + ": ";
        this.place = " [collection " + Quoted.text(collection) + "]";
        this.reader = new RowReader(schema);
    }

    /**
     * Checks that every live row has a key of its own; reads all rows, and keeps eight bytes for each.
     *
     * @throws ConflictException naming the first row without a key, or the first two with the same
     */
    static void check(DatasetSchema schema, String collection, List<LiveRun<?>> runs) {
        KeyDeclaration declaration = new KeyDeclaration(schema, collection);
        Set<Long> repeated = declaration.repeatedHashes(runs);
        if (!repeated.isEmpty()) {
            declaration.compareKeys(runs, repeated);
        }
    }

    /** Returns the hashes that several keys have, which are mostly equal keys. */
    private Set<Long> repeatedHashes(List<LiveRun<?>> runs) {
        int rows = Math.toIntExact(runs.stream().mapToLong(LiveRun::liveCount).sum());
        long[] hashes = new long[rows];
        int[] filled = {0};
        for (LiveRun<?> run : runs) {
            forEachLive(run, (id, bytes) -> hashes[filled[0]++] = KeyHash.of(bytes));
        }
        Arrays.sort(hashes);
        Set<Long> repeated = new HashSet<>();
        for (int i = 1; i < hashes.length; i++) {
            if (hashes[i] == hashes[i - 1]) {
                repeated.add(hashes[i]);
            }
        }
        return repeated;
    }

    private void compareKeys(List<LiveRun<?>> runs, Set<Long> hashes) {
        Map<Bytes, DatapointId> seen = new HashMap<>();
        for (LiveRun<?> run : runs) {
            forEachLive(run, (id, bytes) -> {
                if (hashes.contains(KeyHash.of(bytes))) {
                    DatapointId other = seen.putIfAbsent(Bytes.of(bytes), id);
                    if (other != null) {
                        DatapointId first = other.compareTo(id) < 0 ? other : id;
                        throw new ConflictException(subject + KeyText.of(keyValue()) + " is live under ids " + first
                                + " and " + (first == id ? other : id) + " (expected one datapoint per key)" + place);
                    }
                }
            });
        }
    }

    private interface KeyedRow {
        void accept(DatapointId id, byte[] key);
    }

    private void forEachLive(LiveRun<?> live, KeyedRow consumer) {
        Run run = live.run();
        RowCursor cursor = run.cursor();
        for (int row = 0; row < run.rowCount(); row++) {
            if (!live.isLive(row)) {
                continue;
            }
            DatapointId id = new DatapointId(run.idHigh(row), run.idLow(row));
            cursor.seek(row);
            byte[] bytes;
            try {
                reader.reset(cursor.bytes(), cursor.offset(), cursor.length());
                bytes = reader.keyBytes();
            } catch (CorruptSectionException e) {
                throw e.toCorruptStore();
            }
            if (bytes == null) {
                throw new ConflictException(subject + "unset in datapoint " + id + " (expected a value)" + place);
            }
            consumer.accept(id, bytes);
        }
    }

    private Object keyValue() {
        try {
            return Objects.requireNonNull(reader.value(key));
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }
}
