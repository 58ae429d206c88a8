package org.almagest.io.stac.names;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.io.FieldNames;

/**
 * Which STAC id means which collection, at one version of the definitions. Immutable.
 *
 * <p>A collection {@code X} of the dataset {@code stac.<x in snake case>} is {@code X}. One of another dataset is {@code X}
 * too where its document has that id, no other collection claims it and no dataset of its own does. All others are
 * {@code <slug>~<name>}. That full form is understood for every collection.
 */
public final class CollectionIds {
    private static final JsonLimits STORED = JsonLimits.of(Long.MAX_VALUE, 10_000);
    private static final String GROUP = "stac.";

    private final long definitionsVersion;
    private final List<Place> places;
    private final Map<String, Place> byId = new HashMap<>();
    private final Map<UUID, Place> byCollection = new HashMap<>();

    private CollectionIds(long definitionsVersion, List<Place> places) {
        this.definitionsVersion = definitionsVersion;
        List<Place> sorted = new ArrayList<>(places);
        sorted.sort(Comparator.comparing(Place::stacId, CollectionIds::byCodePoint));
        this.places = Collections.unmodifiableList(sorted);
        for (Place place : sorted) {
            byId.put(place.fullForm(), place);
            byCollection.put(place.collectionId(), place);
        }
        sorted.forEach(place -> byId.put(place.stacId(), place)); // after all full forms: the id wins, should they meet
    }

    /** Returns the ids of the collections as they are now. Cost: grows with the collections and their documents. */
    public static CollectionIds of(Catalog catalog) {
        long definitionsVersion = version(catalog); // before the look: what changes meanwhile is seen by the next one
        List<Candidate> found = new ArrayList<>();
        for (Dataset dataset : catalog.datasets()) {
            for (Collection collection : dataset.collections()) {
                found.add(Candidate.of(dataset.slug(), collection));
            }
        }
        Set<String> homes = new HashSet<>();
        Map<String, Integer> claims = new HashMap<>();
        for (Candidate candidate : found) {
            if (candidate.home) {
                homes.add(candidate.name);
            } else if (candidate.claims) {
                claims.merge(candidate.name, 1, Integer::sum);
            }
        }
        List<Place> places = new ArrayList<>(found.size());
        for (Candidate candidate : found) {
            boolean alone =
                    candidate.claims && !homes.contains(candidate.name) && claims.getOrDefault(candidate.name, 0) == 1;
            places.add(candidate.place(candidate.home || alone));
        }
        return new CollectionIds(definitionsVersion, places);
    }

    /** Returns the number that changes whenever an index made now could differ from one made before. */
    static long version(Catalog catalog) {
        return catalog.definitionsVersion();
    }

    /** Returns the collection that an id means: its STAC id, or its full form. */
    public Optional<Place> place(String stacId) {
        return Optional.ofNullable(byId.get(stacId));
    }

    /** Returns the collection with this id of the catalog. */
    public Optional<Place> place(UUID collectionId) {
        return Optional.ofNullable(byCollection.get(collectionId));
    }

    /**
     * Returns the STAC id of a collection.
     *
     * @throws IllegalArgumentException if there is none with this id
     */
    public String stacId(UUID collectionId) {
        return place(collectionId)
                .orElseThrow(() -> new IllegalArgumentException("no collection " + collectionId))
                .stacId();
    }

    /** Returns all collections, by STAC id in code point order. */
    public List<Place> all() {
        return places;
    }

    /** Returns the version of the definitions that these ids are of. */
    public long definitionsVersion() {
        return definitionsVersion;
    }

    /** Compares texts by code points, as UTF-8 would sort. */
    public static int byCodePoint(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean surrogates = Character.isSurrogate(a) != Character.isSurrogate(b);
                return surrogates ? Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b)) : a - b;
            }
        }
        return left.length() - right.length();
    }

    /** A collection before it is known who else claims its id. */
    private record Candidate(String slug, String name, UUID collectionId, boolean home, boolean claims) {
        static Candidate of(String slug, Collection collection) {
            String name = collection.name();
            boolean plain = name.indexOf(Place.SEPARATOR) < 0;
            boolean home = plain
                    && FieldNames.snakeCase(name)
                            .filter(snake -> slug.equals(GROUP + snake))
                            .isPresent();
            return new Candidate(slug, name, collection.id(), home, plain && !home && claimsItsName(collection));
        }

        private static boolean claimsItsName(Collection collection) {
            return collection
                    .document()
                    .filter(document -> JsonReader.read(document.text(), STORED) instanceof JsonObject object
                            && object.member("id") instanceof JsonString id
                            && id.value().equals(collection.name()))
                    .isPresent();
        }

        Place place(boolean bare) {
            return new Place(slug, name, collectionId, bare ? name : slug + Place.SEPARATOR + name);
        }
    }
}
