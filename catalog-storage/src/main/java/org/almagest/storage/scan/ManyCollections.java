package org.almagest.storage.scan;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.PlaceTest;
import org.almagest.geo.PlanarPredicate;
import org.almagest.model.BoundingBox;
import org.almagest.model.Limits;
import org.almagest.model.TimeInterval;
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
 * segments were looked into because it does not know them.
 */
public final class ManyCollections {
    /** The least number of collections in the scope of a query for which this pays. */
    public static final int COLLECTIONS_MIN = 64;

    private static final int ASKED_MIN = 3;

    /** Indexes of rows take at most this part of the heap, beside what one takes while it is made. */
    private static final int HEAP_PARTS = 32;

    private final long indexBytesMax;
    private WeakReference<@Nullable Map<Long, CollectionRuns>> runs = new WeakReference<>(null);
    private int asked;
    private long unknown;
    private @Nullable Known known;

    /** A directory, and how the snapshot that was asked last differs from it. */
    private record Known(RunDirectory directory, RunDirectory.View view) {}

    /** Knows nothing yet. */
    public ManyCollections() {
        this(Runtime.getRuntime().maxMemory() / HEAP_PARTS);
    }

    /** Knows nothing yet, and will make indexes of rows of at most so many bytes. */
    public ManyCollections(long indexBytesMax) {
        this.indexBytesMax = indexBytesMax;
    }

    /** Returns how many bytes of memory indexes of rows take. */
    public synchronized long indexBytes() {
        return known == null ? 0 : known.directory.indexBytes();
    }

    /**
     * Returns the runs that a query has to look into, of all collections of the store; null for all of them.
     *
     * @param interval that the time of every match lies in; null for any
     */
    public @Nullable List<RunDirectory.Chosen> chosen(
            Snapshot snapshot, Query query, @Nullable TimeInterval interval, Scan.Bounds bounds) {
        if (interval == null && query.spatial().isEmpty()) {
            return null;
        }
        Known now = known(snapshot);
        if (now == null) {
            return null;
        }
        long first = interval == null ? Long.MIN_VALUE : interval.startMillis();
        long last = interval == null ? Long.MAX_VALUE : interval.endMillis() - 1;
        RunDirectory.Asked asks =
                new RunDirectory.Asked(first, last, searchBoxes(query, bounds.limits()), bounds.deadline());
        return now.directory.choose(snapshot, now.view, asks);
    }

    /** Returns boxes one of which meets the box of every row that a query finds; null where place does not matter. */
    private static @Nullable List<BoundingBox> searchBoxes(Query query, Limits limits) {
        if (query.spatial().isEmpty()) {
            return null;
        }
        PlaceTest place = QueryTests.place(query.spatial().orElseThrow(), AntimeridianCut.of(limits), limits);
        return place.predicate() == PlanarPredicate.DISJOINT ? null : place.searchBoxes();
    }

    private synchronized @Nullable Known known(Snapshot snapshot) {
        asked = Math.min(asked + 1, ASKED_MIN);
        Known now = known;
        if (now == null) {
            return asked < ASKED_MIN ? null : know(snapshot, RunDirectory.of(snapshot, null, indexBytesMax));
        }
        if (runs.get() != snapshot.runs()) {
            now = know(snapshot, now.directory);
        }
        if (now == null) {
            return null;
        }
        unknown += now.view.changedCount();
        return unknown > now.directory.segmentCount()
                ? know(snapshot, RunDirectory.of(snapshot, now.directory, indexBytesMax))
                : now;
    }

    private @Nullable Known know(Snapshot snapshot, @Nullable RunDirectory directory) {
        RunDirectory.View view = directory == null ? null : directory.view(snapshot);
        Known now = directory == null || view == null ? null : new Known(directory, view);
        if (now == null || known == null || now.directory != known.directory) {
            unknown = 0;
        }
        runs = new WeakReference<>(snapshot.runs());
        known = now;
        return now;
    }
}
