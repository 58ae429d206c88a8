package org.almagest.storage.engine;

import java.util.BitSet;
import java.util.HashMap;
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
    private static final int NO_ROW = -1;

    private final IngestBatch batch;
    private final DatasetSchema schema;
    private final LiveRows live;
    private final Map<Bytes, Standing> standings = new HashMap<>();
    private final BitSet created = new BitSet();
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

        int row = NO_ROW;

        /** How many rows of the call brought the one that holds the key. */
        long given;

        Standing(@Nullable DatapointId storedId, LiveRows.@Nullable Place stored) {
            this.storedId = storedId;
            this.stored = stored;
        }
    }

    private Replacement(IngestBatch batch, DatasetSchema schema, LiveRows live) {
        this.batch = batch;
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
        Replacement replacement = new Replacement(batch, schema, live);
        for (int given = 0; given < batch.givenCount(); given++) {
            replacement.accept(given, existing.get(batch.row(given)));
        }
        replacement.finish();
        return replacement;
    }

    private void accept(int given, boolean idIsLive) {
        int row = batch.row(given);
        byte[] key = batch.key(row);
        Standing standing = standings.computeIfAbsent(Bytes.of(key), name -> {
            // A live row of this id has this very key, so it need not be looked up by it.
            LiveRows.Place stored = idIsLive ? null : live.findKey(schema, key, batch.keyHash(row));
            return new Standing(idIsLive ? batch.rows().id(row) : stored == null ? null : stored.id(), stored);
        });
        if (holdsKey(standing, row)) {
            standing.given++;
            return;
        }
        checkExpectation(given, standing);
        if ((standing.row != NO_ROW || standing.storedId != null) && isStale(row, standing)) {
            stale++;
            return;
        }
        superseded += standing.given;
        standing.row = row;
        standing.given = 1;
    }

    private boolean holdsKey(Standing standing, int row) {
        return standing.row == NO_ROW ? batch.rows().id(row).equals(standing.storedId) : standing.row == row;
    }

    private boolean isStale(int row, Standing standing) {
        if (schema.version().isEmpty()) {
            return false;
        }
        Object before = standing.row != NO_ROW ? versionOf(standing.row) : versionOf(place(standing));
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

    private void checkExpectation(int given, Standing standing) {
        DatapointId expected = batch.expectedId(given);
        if (expected != null && !expected.equals(standing.storedId)) {
            String key = schema.key().map(Field::name).orElseThrow();
            throw new PreconditionFailedException("row " + batch.position(given) + ": key \"" + key + "\": "
                    + batch.keyText(batch.row(given)) + " is live under id "
                    + (standing.storedId == null ? "no datapoint" : standing.storedId) + " (expected " + expected
                    + ")");
        }
    }

    private void finish() {
        for (Standing standing : standings.values()) {
            int row = standing.row;
            if (row == NO_ROW || batch.rows().id(row).equals(standing.storedId)) {
                existing += standing.given; // untouched, or replaced within the call and back again
                continue;
            }
            existing += standing.given - 1;
            created.set(row);
            if (standing.storedId != null) {
                replaced++;
                doomed.add(place(standing).run(), place(standing).ordinal());
            }
        }
    }

    private @Nullable Object versionOf(int row) {
        int start = batch.rows().offsets()[row];
        int length = batch.rows().offsets()[row + 1] - start;
        return schema.version().isEmpty() ? null : version(batch.rows().bodies(), start, length);
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

    /** Returns which rows of the batch are to be stored. */
    BitSet created() {
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
