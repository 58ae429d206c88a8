package org.almagest.storage.run;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.row.KeyHash;
import org.almagest.internal.row.RowReader;
import org.almagest.internal.row.ValueCodec;
import org.almagest.model.DatapointId;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Finds the live rows of a collection by id, by key and by time. For one thread. */
public final class LiveRows {
    private final List<LiveRun<?>> runs;

    /** The rows of the runs of one collection. */
    public LiveRows(List<LiveRun<?>> runs) {
        this.runs = runs;
    }

    /** Where a live row is. */
    public record Place(Run run, int ordinal) {
        /** Returns the id of the row. */
        public DatapointId id() {
            return new DatapointId(run.idHigh(ordinal), run.idLow(ordinal));
        }

        /** Returns the commit that stored the row. */
        public long sequence() {
            return run.sequence(ordinal);
        }
    }

    /** Returns the live row with this id. */
    public @Nullable Place find(DatapointId id) {
        for (LiveRun<?> live : runs) {
            try {
                int ordinal = live.findLive(id.high(), id.low());
                if (ordinal >= 0) {
                    return new Place(live.run(), ordinal);
                }
            } catch (InternalError e) {
                throw live.run().unreadable(e);
            }
        }
        return null;
    }

    /** Returns the live row with this key, encoded as {@code RowBinder.encodeKey} does. */
    public @Nullable Place findKey(DatasetSchema schema, byte[] key) {
        return findKey(schema, key, KeyHash.of(key));
    }

    /** Returns the live row with this key, whose {@link KeyHash} is known. */
    public @Nullable Place findKey(DatasetSchema schema, byte[] key, long hash) {
        for (LiveRun<?> live : runs) {
            try {
                Place place = findKey(live, schema, key, hash);
                if (place != null) {
                    return place;
                }
            } catch (InternalError e) {
                throw live.run().unreadable(e);
            }
        }
        return null;
    }

    /**
     * Keys that are looked for together, numbered from 0.
     *
     * @param hashes the {@link KeyHash} of each
     * @param except those that are not looked for
     * @param encoded gives a key as {@code RowBinder.encodeKey} does; asked for few of them
     */
    public record Keys(long[] hashes, BitSet except, IntFunction<byte[]> encoded) {}

    /** A key, by its number, and the live row that has it. */
    public record Held(int number, Place place) {}

    /**
     * Returns the first of some keys that a live row has.
     *
     * <p>Run by run, not key by key: so the filter of a run stays in the processor's cache for all of them.
     */
    public @Nullable Held firstHeld(DatasetSchema schema, Keys keys) {
        Held first = null;
        for (LiveRun<?> live : runs) {
            try {
                Held found = firstHeld(live, schema, keys, first == null ? keys.hashes().length : first.number());
                first = found == null ? first : found;
            } catch (InternalError e) {
                throw live.run().unreadable(e);
            }
        }
        return first;
    }

    private static @Nullable Held firstHeld(LiveRun<?> live, DatasetSchema schema, Keys keys, int end) {
        Run run = live.run();
        long[] hashes = keys.hashes();
        for (int i = keys.except().nextClearBit(0); i < end; i = keys.except().nextClearBit(i + 1)) {
            int[] candidates = run.keyCandidates(hashes[i], schema);
            if (candidates.length > 0) {
                Place place = confirm(live, schema, candidates, keys.encoded().apply(i));
                if (place != null) {
                    return new Held(i, place);
                }
            }
        }
        return null;
    }

    private static @Nullable Place findKey(LiveRun<?> live, DatasetSchema schema, byte[] key, long hash) {
        int[] candidates = live.run().keyCandidates(hash, schema);
        return candidates.length == 0 ? null : confirm(live, schema, candidates, key);
    }

    private static @Nullable Place confirm(LiveRun<?> live, DatasetSchema schema, int[] candidates, byte[] key) {
        return live.run() instanceof MemoryRun
                ? confirm(new RowReader(schema), live, candidates, key)
                : confirm(schema, live, candidates, key);
    }

    /** Reads only the key of candidates; the body of a row on disk would have to be put together first. */
    private static @Nullable Place confirm(DatasetSchema schema, LiveRun<?> live, int[] candidates, byte[] key) {
        Run run = live.run();
        Field field = schema.key().orElseThrow();
        Object value = value(field, key);
        FieldCursor fields = run.borrow(schema);
        Place found = null;
        for (int i = 0; i < candidates.length && found == null; i++) {
            if (live.isLive(candidates[i])) {
                fields.seek(candidates[i]);
                if (value.equals(fields.value(field.name()))) {
                    found = new Place(run, candidates[i]);
                }
            }
        }
        run.giveBack(fields, schema);
        return found;
    }

    /** Returns the value of an encoded key: of two keys of a type, equal bytes are equal values. */
    private static Object value(Field field, byte[] key) {
        try {
            return ValueCodec.decode(field, key, 1, key.length);
        } catch (CorruptSectionException e) {
            throw e.toCorruptStore();
        }
    }

    private static @Nullable Place confirm(RowReader reader, LiveRun<?> live, int[] candidates, byte[] key) {
        RowCursor cursor = live.run().cursor();
        for (int ordinal : candidates) {
            if (!live.isLive(ordinal)) {
                continue;
            }
            cursor.seek(ordinal);
            try {
                reader.reset(cursor.bytes(), cursor.offset(), cursor.length());
            } catch (CorruptSectionException e) {
                throw e.toCorruptStore();
            }
            if (Arrays.equals(key, reader.keyBytes())) {
                return new Place(live.run(), ordinal);
            }
        }
        return null;
    }

    /**
     * Collects the live rows of a span of time, up to a commit.
     *
     * <p>The span begins at {@code startMillis} and ends before {@code endMillis}, in Unix milliseconds.
     *
     * <p>Cost: two searches a run, where all rows of the run are old enough; else a look at each row of the span.
     */
    public void addSpan(DoomedRows doomed, long startMillis, long endMillis, long upToSequence) {
        DatapointId first = DatapointId.lowest(startMillis);
        DatapointId last = DatapointId.highest(endMillis - 1);
        for (LiveRun<?> live : runs) {
            try {
                addSpan(doomed, live, first, last, upToSequence);
            } catch (InternalError e) {
                throw live.run().unreadable(e);
            }
        }
    }

    private static void addSpan(
            DoomedRows doomed, LiveRun<?> live, DatapointId first, DatapointId last, long upToSequence) {
        Run run = live.run();
        int from = run.lowerBound(first.high(), first.low());
        int to = run.lowerBound(last.high(), last.low());
        while (to < run.rowCount() && run.idHigh(to) == last.high() && run.idLow(to) == last.low()) {
            to++;
        }
        if (from < to && run.sequenceMin() <= upToSequence) {
            RoaringBitmap rows = RoaringBitmap.bitmapOfRange(from, to);
            rows.andNot(live.dead().rows());
            doomed.addAll(run, run.sequenceMax() <= upToSequence ? rows : old(run, rows, upToSequence));
        }
    }

    private static RoaringBitmap old(Run run, RoaringBitmap rows, long upToSequence) {
        RoaringBitmap old = new RoaringBitmap();
        rows.forEach((int ordinal) -> {
            if (run.sequence(ordinal) <= upToSequence) {
                old.add(ordinal);
            }
        });
        return old;
    }
}
