package org.almagest.io.stac.names;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.almagest.error.Quoted;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.StacAccess;
import org.almagest.io.stac.exchange.StacCaller;
import org.almagest.query.QueryScope;

/**
 * What one caller sees of the collections: what he may not read does not exist for him. One thread.
 *
 * <p>Who has which STAC id is decided over all collections before, so that an id does not tell what else there is.
 */
public final class Visible {
    /** Odd, with bits all over: the golden ratio of 2^64. */
    private static final long MIXED = 0x9E3779B97F4A7C15L;

    private final CollectionIds ids;
    private final StacCaller caller;
    private final Map<String, Boolean> readable = new HashMap<>();

    private Visible(CollectionIds ids, StacCaller caller) {
        this.ids = ids;
        this.caller = caller;
    }

    /** Returns what this caller sees. Cost: the caller is asked once for each dataset that is looked at. */
    public static Visible of(CollectionIds ids, StacCaller caller) {
        return new Visible(ids, caller);
    }

    /** Returns the collection that an id means, if it may be seen. */
    public Optional<Place> place(String stacId) {
        return ids.place(stacId).filter(this::isSeen);
    }

    /**
     * Returns the collection that an id means.
     *
     * @throws ProblemException if there is none that may be seen, 404
     */
    public Place require(String stacId) {
        return place(stacId).orElseThrow(() -> missing(stacId));
    }

    /**
     * Returns the collection that an id means, for somebody who wants to do more than read.
     *
     * @throws ProblemException if there is none that may be seen, 404; if that may only be read, 403
     */
    public Place requireFor(StacAccess access, String stacId) {
        Place place = require(stacId);
        if (!caller.may(access, place.slug())) {
            throw forbidden("collection " + Quoted.text(stacId), access);
        }
        return place;
    }

    /** Returns the answer to an id that means no collection, or none that may be seen. */
    public static ProblemException missing(String stacId) {
        return ProblemException.notFound("collection " + Quoted.text(stacId) + ": not found");
    }

    /** Returns the answer to what a caller may not do, 403. */
    public static ProblemException forbidden(String what, StacAccess access) {
        return ProblemException.of(
                403, "PERMISSION_DENIED", what + ": not allowed (expected the right " + access + ")");
    }

    /** Returns the collection with this id of the catalog, if it may be seen. */
    public Optional<Place> place(UUID collectionId) {
        return ids.place(collectionId).filter(this::isSeen);
    }

    /** Returns all collections that may be seen, by STAC id in code point order. */
    public List<Place> all() {
        if (seesEverything()) {
            return ids.all();
        }
        List<Place> seen = new ArrayList<>();
        for (Place place : ids.all()) {
            if (isSeen(place)) {
                seen.add(place);
            }
        }
        return seen;
    }

    /** Returns the ids that these were taken from. */
    public CollectionIds ids() {
        return ids;
    }

    /**
     * Returns a digest of the collections among these that may be seen: equal for callers to whom a search shows the same.
     *
     * @param stacIds empty for all collections
     */
    public long digest(Optional<List<String>> stacIds) {
        if (seesEverything()) {
            return 1;
        }
        List<Place> seen = stacIds.map(given -> given.stream()
                        .map(this::place)
                        .flatMap(Optional::stream)
                        .toList())
                .orElseGet(this::all);
        long digest = 2;
        for (Place place : seen) {
            UUID id = place.collectionId();
            digest = Long.rotateLeft(digest, 23) * MIXED + (id.getMostSignificantBits() ^ id.getLeastSignificantBits());
        }
        return digest;
    }

    /** Returns the scope of everything that may be seen; empty where that is nothing. */
    public Optional<QueryScope> scope() {
        if (seesEverything() && !ids.all().isEmpty()) {
            return Optional.of(QueryScope.all());
        }
        return new ScopeOf(ids).places(all());
    }

    /** Returns the scope of the collections that these STAC ids mean; unknown ones are left out, empty where all are. */
    public Optional<QueryScope> scope(List<String> stacIds) {
        List<Place> chosen = new ArrayList<>();
        for (String id : stacIds) {
            place(id).ifPresent(chosen::add);
        }
        return new ScopeOf(ids).places(chosen);
    }

    /** Only of these callers it is known that they may read what is made after the look, too. */
    private boolean seesEverything() {
        return caller == StacCaller.ANYBODY || caller == StacCaller.READER;
    }

    private boolean isSeen(Place place) {
        return readable.computeIfAbsent(place.slug(), slug -> caller.may(StacAccess.READ, slug));
    }
}
