package org.almagest.storage.scan;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.almagest.geo.PlaceTest;
import org.almagest.geo.PlanarPredicate;
import org.almagest.model.BoundingBox;
import org.almagest.query.Query;
import org.almagest.storage.run.CollectionRuns;
import org.almagest.storage.run.RunDirectory;
import org.almagest.storage.run.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out of a query over many collections the segments that surely have no matching row, by a directory of all of
 * them. Thread-safe.
 *
 * <p>A directory costs a few queries without one, so it is made when there have been some, and made anew when as many
 * segments were looked into because it does not know them. Only questions to newer versions than its own count for that:
 * a lease that is asked beside the newest version would make it turn round and round. One thread makes it, and no other
 * waits for that.
 */
public final class ManyCollections {
    /** The least number of collections in the scope of a query for which this pays. */
    public static final int COLLECTIONS_MIN = 64;

    private static final int ASKED_MIN = 3;

    /** So many versions may be asked in turns without being compared again. */
    private static final int COMPARED_MAX = 4;

    /** Indexes of rows take at most this part of the heap, beside what one takes while it is made. */
    private static final int HEAP_PARTS = 32;

    private final long indexBytesMax;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger directoriesMade = new AtomicInteger();
    private final AtomicBoolean making = new AtomicBoolean();
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    /**
     * A directory.
     *
     * @param version of the snapshot that it was made of
     * @param unknown how many segments were looked into because it does not know them
     * @param compared how snapshots that were asked lately differ from it, the last one first
     */
    private record Known(RunDirectory directory, long version, AtomicLong unknown, List<Compared> compared) {
        RunDirectory.@Nullable View view(Snapshot snapshot) {
            for (Compared each : compared) {
                if (each.runs.get() == snapshot.runs()) {
                    return each.view;
                }
            }
            return null;
        }

        Known with(Snapshot snapshot, RunDirectory.View view) {
            List<Compared> all = new ArrayList<>(COMPARED_MAX);
            all.add(new Compared(new WeakReference<>(snapshot.runs()), view));
            all.addAll(compared.subList(0, Math.min(compared.size(), COMPARED_MAX - 1)));
            return new Known(directory, version, unknown, List.copyOf(all));
        }
    }

    /** How a snapshot, which is not held, differs from a directory. */
    private record Compared(WeakReference<Map<Long, CollectionRuns>> runs, RunDirectory.View view) {}

    /** What a question is answered by. */
    private record Answering(RunDirectory directory, RunDirectory.View view, boolean learns) {}

    /** Knows nothing yet. */
    public ManyCollections() {
        this(Runtime.getRuntime().maxMemory() / HEAP_PARTS);
    }

    /** Knows nothing yet, and will make indexes of rows of at most so many bytes. */
    public ManyCollections(long indexBytesMax) {
        this.indexBytesMax = indexBytesMax;
    }

    /** Returns how many bytes of memory indexes of rows take. */
    public long indexBytes() {
        Known now = known.get();
        return now == null ? 0 : now.directory.indexBytes();
    }

    /** Returns how many directories have been made so far. */
    public int directoriesMade() {
        return directoriesMade.get();
    }

    /**
     * Returns the runs that a query has to look into, of all collections of the store; null for all of them.
     *
     * @param snapshot what is read, which may be held since long
     * @param newest what is visible now
     * @param time when every match lies; null for any
     */
    public @Nullable List<RunDirectory.Chosen> chosen(
            Snapshot snapshot, Snapshot newest, Query query, RunDirectory.@Nullable Span time, Scan.Bounds bounds) {
        if (time == null && query.spatial().isEmpty()) {
            return null;
        }
        Answering now = answering(snapshot, newest);
        if (now == null) {
            return null;
        }
        List<BoundingBox> near = searchBoxes(query, bounds);
        RunDirectory.Asked asks = new RunDirectory.Asked(
                time == null ? RunDirectory.Span.ALL : time, near, now.learns, bounds.deadline());
        return now.directory.choose(snapshot, now.view, asks);
    }

    /** Returns boxes one of which meets the box of every row that a query finds; null where place does not matter. */
    private static @Nullable List<BoundingBox> searchBoxes(Query query, Scan.Bounds bounds) {
        PlaceTest place = bounds.place().of(query, bounds);
        return place == null || place.predicate() == PlanarPredicate.DISJOINT ? null : place.searchBoxes();
    }

    private @Nullable Answering answering(Snapshot snapshot, Snapshot newest) {
        Known now = known.get();
        if (now == null) {
            return asked.get() < ASKED_MIN && asked.incrementAndGet() < ASKED_MIN ? null : made(snapshot, null);
        }
        RunDirectory.View view = now.view(snapshot);
        if (view == null) {
            view = now.directory.view(snapshot);
            if (view == null) {
                return null;
            }
            known.compareAndSet(now, now.with(snapshot, view)); // else it is compared once more
        }
        // A flush replaces runs and leaves the version as it is; then the newest snapshot is known by its runs.
        boolean isOlder = snapshot.version() <= now.version && snapshot.runs() != newest.runs();
        if (isOlder) {
            return new Answering(now.directory, view, view.changedCount() == 0);
        }
        long unknown = now.unknown.addAndGet(view.changedCount());
        Answering made = unknown > now.directory.segmentCount() ? made(snapshot, now.directory) : null;
        return made == null ? new Answering(now.directory, view, true) : made;
    }

    /** Makes a directory; null where another thread does, or has done it: who asks meanwhile goes on with the one before. */
    private @Nullable Answering made(Snapshot snapshot, @Nullable RunDirectory before) {
        if (!making.compareAndSet(false, true)) {
            return null;
        }
        try {
            Known now = known.get();
            if ((now == null ? null : now.directory) != before) {
                return null;
            }
            RunDirectory made = RunDirectory.of(snapshot, before, indexBytesMax);
            RunDirectory.View view = made == null ? null : made.view(snapshot);
            if (made == null || view == null) {
                known.set(null);
                return null;
            }
            directoriesMade.incrementAndGet();
            known.set(new Known(made, snapshot.version(), new AtomicLong(), List.of()).with(snapshot, view));
            return new Answering(made, view, true);
        } finally {
            making.set(false);
        }
    }
}
