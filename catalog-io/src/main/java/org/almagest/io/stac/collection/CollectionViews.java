package org.almagest.io.stac.collection;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.StacAccess;
import org.almagest.io.stac.exchange.StacCaller;
import org.almagest.io.stac.exchange.StacLimits;
import org.almagest.io.stac.names.CollectionIds;
import org.almagest.io.stac.names.CollectionIndex;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.names.Visible;
import org.almagest.io.stac.route.Link;
import org.almagest.io.stac.route.Links;
import org.almagest.io.stac.route.Rel;
import org.almagest.runtime.Stopwatch;

/**
 * The collections as the API shows them, made again when they have changed. Safe for use by several threads.
 *
 * <p>Summaries take looks at the datapoints; they may be as old as two hundred times what the last look took, so that
 * ingest does not make every request pay for one.
 */
public final class CollectionViews {
    private static final long REST = 200;
    private static final int SPARE = 1_000;

    private final Catalog catalog;
    private final CollectionIndex index;
    private final StacLimits limits;
    private final Map<UUID, Kept> kept = new ConcurrentHashMap<>();

    private record Kept(Change change, CollectionView view, Known summaries) {}

    /** Where a collection, its document and its datapoints were last changed. */
    private record Change(Place place, long document, long datapoints) {}

    /** Summaries, and the nanoseconds from which on they are looked for again. */
    private record Known(long version, Map<String, String> texts, long agedAt) {
        boolean isRecent(long datapoints) {
            return version == datapoints || Stopwatch.nanos() - agedAt < 0;
        }
    }

    /** Shows the collections of this catalog. */
    public CollectionViews(Catalog catalog, CollectionIndex index, StacLimits limits) {
        this.catalog = catalog;
        this.index = index;
        this.limits = limits;
    }

    Catalog catalog() {
        return catalog;
    }

    /** Returns the bounds. */
    public StacLimits limits() {
        return limits;
    }

    /** Returns what a caller sees of the ids of collections. */
    Visible visibleTo(StacCaller caller) {
        return index.visibleTo(caller);
    }

    /**
     * Returns the place of a collection that a caller may read.
     *
     * @throws ProblemException if there is none, 404
     */
    Place place(StacCaller caller, String stacId) {
        return visibleTo(caller).require(stacId);
    }

    /**
     * Returns a collection as it is now.
     *
     * @throws ProblemException if it has gone, 404
     */
    CollectionView view(Place place) {
        Collection collection = collection(place);
        // Before the look: what changes meanwhile is seen by the next one.
        Change change = new Change(place, collection.documentVersion(), collection.lastChange());
        Kept last = kept.get(place.collectionId());
        if (last != null && last.change.equals(change) && last.summaries.isRecent(change.datapoints)) {
            return last.view;
        }
        Known summaries = summaries(
                collection, change.datapoints, Optional.ofNullable(last).map(Kept::summaries));
        CollectionView view = CollectionView.of(place, collection, summaries.texts);
        kept.put(place.collectionId(), new Kept(change, view, summaries));
        forgetDeleted();
        return view;
    }

    private void forgetDeleted() {
        CollectionIds ids = index.now();
        if (kept.size() > ids.all().size() + SPARE) {
            kept.keySet().removeIf(id -> ids.place(id).isEmpty());
        }
    }

    private Known summaries(Collection collection, long version, Optional<Known> last) {
        long now = Stopwatch.nanos();
        if (last.isPresent() && last.get().isRecent(version)) {
            return last.get();
        }
        Map<String, String> texts = Summaries.of(collection, limits.summaryMillisMax());
        long end = Stopwatch.nanos();
        return new Known(version, texts, end + REST * (end - now));
    }

    /** Returns the collection itself. */
    Collection collection(Place place) {
        return catalog.findDataset(place.slug())
                .flatMap(dataset -> dataset.findCollection(place.name()))
                .filter(found -> found.id().equals(place.collectionId()))
                .orElseThrow(() -> Visible.missing(place.stacId()));
    }

    /**
     * Returns links to the collections that a caller may read, for the landing page.
     *
     * <p>Of more than {@code collectionsMax} of them, to the first by id.
     */
    public List<Link> childLinks(StacCaller caller, Links links) {
        return visibleTo(caller).all().stream()
                .limit(limits.collectionsMax())
                .map(this::view)
                .map(view -> Link.of(
                                Rel.CHILD,
                                MediaType.JSON,
                                links.collection(view.place().stacId()))
                        .titled(view.title()))
                .toList();
    }

    /** Returns all collections that a caller may read, by id in code point order. */
    List<CollectionView> all(StacCaller caller) {
        return visibleTo(caller).all().stream().map(this::view).toList();
    }

    /**
     * Returns the place of a collection that a caller may change.
     *
     * @throws ProblemException if there is none, 404; if it may only be read, 403
     */
    Place placeFor(StacAccess access, StacCaller caller, String stacId) {
        return visibleTo(caller).requireFor(access, stacId);
    }
}
