package org.almagest.io.stac.collection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.io.stac.exchange.MediaType;
import org.almagest.io.stac.exchange.ProblemException;
import org.almagest.io.stac.exchange.StacAccess;
import org.almagest.io.stac.exchange.StacCaller;
import org.almagest.io.stac.exchange.StacLimits;
import org.almagest.io.stac.names.CollectionIndex;
import org.almagest.io.stac.names.Place;
import org.almagest.io.stac.names.Visible;
import org.almagest.io.stac.page.TokenSeal;
import org.almagest.io.stac.route.Link;
import org.almagest.io.stac.route.Links;
import org.almagest.io.stac.route.Rel;

/**
 * The collections as the API shows them. Safe for use by several threads.
 *
 * <p>Documents are kept as they were read, and summaries as they were found, within a fixed amount of memory.
 */
public final class CollectionViews {
    private static final long DOCUMENTS_WEIGHT = 16L << 20;
    private static final long TITLES_WEIGHT = 4L << 20;
    private static final long WEIGHT_OF_EACH = 200;
    private static final long TREE_BYTES_PER_CHAR = 8;

    private final Catalog catalog;
    private final CollectionIndex index;
    private final StacLimits limits;
    private final TokenSeal seal;
    private final KnownSummaries summaries;
    private final Weighed<UUID, Kept> documents = new Weighed<>(DOCUMENTS_WEIGHT, Kept::weight);
    private final Weighed<UUID, Title> titles = new Weighed<>(TITLES_WEIGHT, Title::weight);

    private record Kept(long version, StoredDocument document) {
        long weight() {
            return WEIGHT_OF_EACH + TREE_BYTES_PER_CHAR * document.chars();
        }
    }

    private record Title(long version, Optional<String> text) {
        long weight() {
            return WEIGHT_OF_EACH + text.map(String::length).orElse(0);
        }
    }

    /** Shows the collections of this catalog; tokens of their pages are sealed. */
    public CollectionViews(Catalog catalog, CollectionIndex index, StacLimits limits, TokenSeal seal) {
        this.catalog = catalog;
        this.index = index;
        this.limits = limits;
        this.seal = seal;
        this.summaries = new KnownSummaries(limits.summaryMillisMax());
    }

    Catalog catalog() {
        return catalog;
    }

    /** Returns the bounds. */
    public StacLimits limits() {
        return limits;
    }

    TokenSeal seal() {
        return seal;
    }

    /** Returns what a caller sees of the ids of collections. */
    Visible visibleTo(StacCaller caller) {
        return index.visibleTo(caller);
    }

    /** Tells whether an id means a collection, of whoever. */
    boolean isTaken(String stacId) {
        return index.now().place(stacId).isPresent();
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
        StoredDocument document = document(collection, documents::put);
        return CollectionView.of(place, collection, document, summaries.of(collection, summaries.forOne()));
    }

    /** Returns a look at collections for one list, with their summaries; empty for one that has gone. */
    Function<Place, Optional<CollectionView>> listed() {
        KnownSummaries.Budget budget = summaries.forList();
        return place -> find(place).map(collection -> {
            StoredDocument document = document(collection, documents::put);
            return CollectionView.of(place, collection, document, summaries.of(collection, budget));
        });
    }

    /** Returns a collection without summaries, to see whether it is one that is searched; empty where it has gone. */
    Optional<CollectionView> searched(Place place) {
        return find(place)
                .map(collection ->
                        CollectionView.of(place, collection, document(collection, documents::offer), Map.of()));
    }

    private StoredDocument document(Collection collection, BiConsumer<UUID, Kept> keeping) {
        long version = collection.documentVersion(); // before the look: what changes meanwhile is seen by the next one
        Optional<Kept> last = documents.get(collection.id()).filter(kept -> kept.version == version);
        if (last.isPresent()) {
            return last.get().document;
        }
        StoredDocument document = StoredDocument.of(collection);
        keeping.accept(collection.id(), new Kept(version, document));
        return document;
    }

    /** Returns the collection itself. */
    Collection collection(Place place) {
        return find(place).orElseThrow(() -> Visible.missing(place.stacId()));
    }

    private Optional<Collection> find(Place place) {
        return catalog.findDataset(place.slug())
                .flatMap(dataset -> dataset.findCollection(place.name()))
                .filter(found -> found.id().equals(place.collectionId()));
    }

    /**
     * Returns links to the collections that a caller may read, for the landing page.
     *
     * <p>Of more than {@code collectionsMax} of them, to the first by id.
     */
    public List<Link> childLinks(StacCaller caller, Links links) {
        List<Link> children = new ArrayList<>();
        for (Place place : visibleTo(caller).all()) {
            if (children.size() == limits.collectionsMax()) {
                break;
            }
            String address = links.collection(place.stacId());
            find(place)
                    .map(this::title)
                    .ifPresent(title -> children.add(
                            Link.of(Rel.CHILD, MediaType.JSON, address).titled(title.orElse(place.stacId()))));
        }
        return children;
    }

    /** Tells whether the landing page has a link to each collection that a caller may read. */
    public boolean hasLinksToAll(StacCaller caller) {
        return visibleTo(caller).all().size() <= limits.collectionsMax();
    }

    private Optional<String> title(Collection collection) {
        long version = collection.documentVersion();
        Optional<Title> last = titles.get(collection.id()).filter(title -> title.version == version);
        if (last.isPresent()) {
            return last.get().text;
        }
        Optional<String> text = document(collection, documents::offer).text("title");
        titles.put(collection.id(), new Title(version, text));
        return text;
    }

    /** Returns the places of all collections that a caller may read, by id in code point order. */
    List<Place> all(StacCaller caller) {
        return visibleTo(caller).all();
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
