package org.almagest.storage.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.PreconditionFailedException;
import org.almagest.internal.row.RowReader;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.engine.IngestBatch.BatchRow;
import org.almagest.storage.run.DoomedRows;
import org.almagest.storage.run.LiveRows;
import org.almagest.storage.run.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * Works out what the rows of a REPLACE call do, one after the other in the order of the call. For one thread.
 *
 * <p>Per key only the last state counts: what stood in between is never stored.
 */
final class Replacement {
    private static final Comparator<BatchRow> BY_ID = Comparator.comparing(BatchRow::id);

    private final DatasetSchema schema;
    private final LiveRows live;
    private final Map<Bytes, Standing> standings = new HashMap<>();
    private final List<BatchRow> created = new ArrayList<>();
    private final DoomedRows doomed = new DoomedRows();
    private final RowReader reader;
    private long existing;
    private long replaced;
    private long superseded;
    private long stale;

    /** Who holds a key: the row of the store, until a row of the call takes its place. */
    private static final class Standing {
        final @Nullable DatapointId storedId;
        LiveRows.@Nullable Place stored;

        @Nullable
        BatchRow row;

        /** How many rows of the call brought the one that holds the key. */
        long given;

        Standing(@Nullable DatapointId storedId, LiveRows.@Nullable Place stored) {
            this.storedId = storedId;
            this.stored = stored;
        }

        @Nullable
        DatapointId id() {
            return row == null ? storedId : row.id();
        }
    }

    private Replacement(DatasetSchema schema, LiveRows live) {
        this.schema = schema;
        this.live = live;
        this.reader = new RowReader(schema);
    }

    /**
     * Works out a call.
     *
     * @param existing which of {@code batch.rows()} have an id that is live
     * @throws PreconditionFailedException if a row expects to replace another id than it would
     */
    static Replacement of(IngestBatch batch, BitSet existing, DatasetSchema schema, LiveRows live) {
        Replacement replacement = new Replacement(schema, live);
        for (BatchRow row : batch.inOrder()) {
            boolean isLive = !existing.isEmpty() && existing.get(Arrays.binarySearch(batch.rows(), row, BY_ID));
            replacement.accept(row, isLive);
        }
        replacement.finish();
        return replacement;
    }

    private void accept(BatchRow row, boolean idIsLive) {
        byte[] key = row.bound().key();
        assert key != null : "a keyed row was bound without its key";
        Standing standing = standings.computeIfAbsent(Bytes.of(key), name -> {
            // A live row of this id has this very key, so it need not be looked up by it.
            LiveRows.Place stored = idIsLive ? null : live.findKey(schema, key);
            return new Standing(idIsLive ? row.id() : stored == null ? null : stored.id(), stored);
        });
        if (row.id().equals(standing.id())) {
            standing.given++;
            return;
        }
        checkExpectation(row, standing);
        if (standing.id() != null && isStale(row, standing)) {
            stale++;
            return;
        }
        superseded += standing.given;
        standing.row = row;
        standing.given = 1;
    }

    private boolean isStale(BatchRow row, Standing standing) {
        if (schema.version().isEmpty()) {
            return false;
        }
        Object before = standing.row != null ? versionOf(standing.row) : versionOf(place(standing));
        return isBelow(versionOf(row), before);
    }

    /** Returns where the row of the store is that held the key before the call. */
    private LiveRows.Place place(Standing standing) {
        LiveRows.Place place = standing.stored;
        if (place == null) {
            place = Objects.requireNonNull(live.find(Objects.requireNonNull(standing.storedId)));
            standing.stored = place;
        }
        return place;
    }

    private void checkExpectation(BatchRow row, Standing standing) {
        DatapointId expected = row.expectedId();
        if (expected != null && !expected.equals(standing.storedId)) {
            String key = schema.key().map(Field::name).orElseThrow();
            throw new PreconditionFailedException("row " + row.position() + ": key \"" + key + "\": "
                    + KeyText.of(schema, row.bound()) + " is live under id "
                    + (standing.storedId == null ? "no datapoint" : standing.storedId) + " (expected " + expected
                    + ")");
        }
    }

    private void finish() {
        for (Standing standing : standings.values()) {
            BatchRow row = standing.row;
            if (row == null || row.id().equals(standing.storedId)) {
                existing += standing.given; // untouched, or replaced within the call and back again
                continue;
            }
            existing += standing.given - 1;
            created.add(row);
            if (standing.storedId != null) {
                replaced++;
                doomed.add(place(standing).run(), place(standing).ordinal());
            }
        }
        created.sort(BY_ID);
    }

    private @Nullable Object versionOf(BatchRow row) {
        byte[] body = row.bound().body();
        return schema.version().isEmpty() ? null : version(body, 0, body.length);
    }

    private @Nullable Object versionOf(LiveRows.Place place) {
        if (schema.version().isEmpty()) {
            return null;
        }
        RowCursor cursor = place.run().cursor();
        cursor.seek(place.ordinal());
        return version(cursor.bytes(), cursor.offset(), cursor.length());
    }

    private @Nullable Object version(byte[] bytes, int offset, int length) {
        try {
            reader.reset(bytes, offset, length);
            Optional<Field> field = schema.version();
            return field.isEmpty() ? null : reader.value(field.get().name());
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    /** Compares two values of the version field; an unset one is below all others. */
    @SuppressWarnings("unchecked")
    private static boolean isBelow(@Nullable Object version, @Nullable Object stored) {
        if (stored == null) {
            return false;
        }
        return version == null || ((Comparable<Object>) version).compareTo(stored) < 0;
    }

    /** Returns the rows to store, by id. */
    List<BatchRow> created() {
        return created;
    }

    /** Returns the rows that go. */
    DoomedRows doomed() {
        return doomed;
    }

    long existing() {
        return existing;
    }

    long replaced() {
        return replaced;
    }

    long superseded() {
        return superseded;
    }

    long stale() {
        return stale;
    }
}
