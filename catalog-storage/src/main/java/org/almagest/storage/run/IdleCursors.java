package org.almagest.storage.run;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/**
 * The cursors that no thread uses at the moment: making one costs more than reading a row. Thread-safe.
 *
 * <p>There is room for a bounded number, however many segments and threads there are: a place for each stripe of threads
 * and some segments, in which the last one that was given back stays.
 */
final class IdleCursors {
    /** A cursor holds unpacked parts of pages, which are longer only around huge values. */
    private static final int HELD_BYTES_MAX = 1 << 17;

    /** So many shares of that part the largest that is kept may hold: a sixteenth of the heap, if all were as large. */
    private static final int SHARES_MAX = 4;

    /** Part of the heap that cursors of ordinary rows may take, and about what one of them takes. */
    private static final int HEAP_PART = 64;

    private static final int CURSOR_BYTES = 32 << 10;
    private static final int PLACES_MIN = 16;
    private static final int PLACES_MAX = 64;

    private final int places;
    private final long heldBytesMax;
    private final AtomicReferenceArray<@Nullable Idle> idle;
    private final AtomicInteger runs = new AtomicInteger();

    private record Idle(SegmentRun run, DatasetSchema schema, FieldCursor cursor) {}

    IdleCursors() {
        this(Runtime.getRuntime().maxMemory());
    }

    IdleCursors(long heapBytes) {
        long affordable = heapBytes / HEAP_PART / CURSOR_BYTES / Stripes.count();
        places = (int) Math.max(PLACES_MIN, Math.min(PLACES_MAX, affordable));
        long share = heapBytes / HEAP_PART / places / Stripes.count();
        heldBytesMax = Math.min(HELD_BYTES_MAX, SHARES_MAX * share);
        idle = new AtomicReferenceArray<>(places * Stripes.count());
    }

    /** Returns a number for a run, by which it has its place: runs that are opened together have places of their own. */
    int number() {
        return runs.getAndIncrement();
    }

    /** Takes a cursor of a run that returns rows of a schema; null where none is idle. */
    @Nullable
    FieldCursor take(SegmentRun run, DatasetSchema schema) {
        int place = place(run);
        Idle known = idle.get(place);
        boolean fits = known != null && known.run == run && known.schema == schema;
        return fits && idle.compareAndSet(place, known, null) ? known.cursor : null;
    }

    /** Tells whether a cursor that holds so many bytes is not worth keeping. */
    boolean isLarge(long heldBytes) {
        return heldBytes > heldBytesMax;
    }

    /** Keeps a cursor until it is taken, or another one has to lie in its place. */
    void put(SegmentRun run, DatasetSchema schema, FieldCursor cursor, long heldBytes) {
        if (!isLarge(heldBytes)) {
            idle.set(place(run), new Idle(run, schema, cursor));
        }
    }

    private int place(SegmentRun run) {
        return Stripes.ownStripe() * places + Math.floorMod(run.number(), places);
    }

    /** Drops the cursors of a file that is let go. */
    void forget(long fileNumber) {
        for (int i = 0; i < idle.length(); i++) {
            Idle known = idle.get(i);
            if (known != null && known.run.entry().location().fileNumber() == fileNumber) {
                idle.compareAndSet(i, known, null);
            }
        }
    }

    /** Drops all cursors. */
    void forgetAll() {
        for (int i = 0; i < idle.length(); i++) {
            idle.set(i, null);
        }
    }

    /** Returns how many there may be of each stripe. */
    int places() {
        return places;
    }

    /** Returns how many there are; for tests. */
    int count() {
        int count = 0;
        for (int i = 0; i < idle.length(); i++) {
            count += idle.get(i) == null ? 0 : 1;
        }
        return count;
    }
}
