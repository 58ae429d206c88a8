package org.almagest.storage.scan;

import java.lang.ref.WeakReference;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.PlaceTest;
import org.almagest.geo.PlanarPredicate;
import org.almagest.model.BoundingBox;
import org.almagest.model.Limits;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.query.TimeMatch;
import org.almagest.storage.run.CollectionRuns;
import org.almagest.storage.run.RunDirectory;
import org.almagest.storage.run.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out of a query over many collections those that surely have no matching row, by a directory of the snapshot that
 * is asked. Thread-safe.
 *
 * <p>A directory costs a few queries without one, so a snapshot gets one when it has been asked a few times: while rows
 * come in all the time, each is asked once or twice.
 */
public final class ManyCollections {
    /** The least number of collections in the scope of a query for which this pays. */
    public static final int COLLECTIONS_MIN = 64;

    private static final int ASKED_MIN = 3;

    private WeakReference<@Nullable Map<Long, CollectionRuns>> runs = new WeakReference<>(null);
    private int asked;
    private @Nullable RunDirectory directory;

    /** Returns the incarnations of the collections that a query has to look at; null for all. */
    public @Nullable BitSet lookedAt(Snapshot snapshot, Query query, Limits limits) {
        TimeInterval interval =
                query.timeMatch() == TimeMatch.INSTANT ? query.interval().orElse(null) : null;
        if (interval == null && query.spatial().isEmpty()) {
            return null;
        }
        RunDirectory known = directory(snapshot);
        if (known == null) {
            return null;
        }
        long first = interval == null ? Long.MIN_VALUE : interval.startMillis();
        long last = interval == null ? Long.MAX_VALUE : interval.endMillis() - 1;
        return known.collections(first, last, searchBoxes(query, limits));
    }

    /** Returns boxes one of which meets the box of every row that a query finds; null where place does not matter. */
    private static @Nullable List<BoundingBox> searchBoxes(Query query, Limits limits) {
        if (query.spatial().isEmpty()) {
            return null;
        }
        PlaceTest place = QueryTests.place(query.spatial().orElseThrow(), AntimeridianCut.of(limits), limits);
        return place.predicate() == PlanarPredicate.DISJOINT ? null : place.searchBoxes();
    }

    private synchronized @Nullable RunDirectory directory(Snapshot snapshot) {
        if (runs.get() != snapshot.runs()) {
            runs = new WeakReference<>(snapshot.runs());
            asked = 0;
            directory = null;
        }
        asked = Math.min(asked + 1, ASKED_MIN + 1);
        if (asked == ASKED_MIN) {
            directory = RunDirectory.of(snapshot);
        }
        return directory;
    }
}
