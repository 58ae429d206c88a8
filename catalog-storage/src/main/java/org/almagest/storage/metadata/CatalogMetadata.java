package org.almagest.storage.metadata;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.Quoted;
import org.almagest.storage.metadata.MetadataChange.CollectionCreated;
import org.almagest.storage.metadata.MetadataChange.DatasetAltered;
import org.almagest.storage.metadata.MetadataChange.DatasetCreated;
import org.almagest.storage.metadata.MetadataChange.DocumentPut;

/**
 * The datasets and collections of one version of the store. Immutable; a change makes another one in O(log n).
 *
 * <p>Incarnation, slug, id, and the name within a dataset each lead to one entry, and every collection's dataset is
 * there.
 */
public final class CatalogMetadata {
    /** Nothing; the first incarnation is 1. */
    public static final CatalogMetadata EMPTY = new CatalogMetadata(Maps.EMPTY, 1);

    private final Maps maps;
    private final long nextIncarnation;

    private CatalogMetadata(Maps maps, long nextIncarnation) {
        this.maps = maps;
        this.nextIncarnation = nextIncarnation;
    }

    private record Maps(
            SortedTree<Long, DatasetEntry> datasets,
            SortedTree<String, Long> slugs,
            SortedTree<Long, CollectionEntry> collections,
            SortedTree<Long, SortedTree<String, Long>> names,
            SortedTree<IdKey, Long> ids) {
        static final Maps EMPTY = new Maps(
                SortedTree.empty(), SortedTree.empty(), SortedTree.empty(), SortedTree.empty(), SortedTree.empty());
    }

    /** An id in some order; the one of {@link UUID} is not to be used. */
    private record IdKey(long high, long low) implements Comparable<IdKey> {
        static IdKey of(UUID id) {
            return new IdKey(id.getMostSignificantBits(), id.getLeastSignificantBits());
        }

        @Override
        public int compareTo(IdKey other) {
            int byHigh = Long.compare(high, other.high);
            return byHigh != 0 ? byHigh : Long.compare(low, other.low);
        }
    }

    /** Returns the number that the next dataset or collection gets. */
    public long nextIncarnation() {
        return nextIncarnation;
    }

    /** Returns this metadata with a higher next incarnation, so that numbers of what was purged stay unused. */
    public CatalogMetadata withNextIncarnation(long next) {
        if (next < nextIncarnation) {
            throw new IllegalArgumentException("next incarnation: " + next + " (at least " + nextIncarnation + ")");
        }
        return new CatalogMetadata(maps, next);
    }

    /** Returns all datasets by incarnation, which is the order of creation; a new list. */
    public List<DatasetEntry> datasets() {
        return maps.datasets.values();
    }

    /** Returns all collections by incarnation, which is the order of creation; a new list. */
    public List<CollectionEntry> collections() {
        return maps.collections.values();
    }

    /** Returns the dataset with this incarnation. */
    public Optional<DatasetEntry> dataset(long incarnation) {
        return Optional.ofNullable(maps.datasets.get(incarnation));
    }

    /** Returns the dataset with this slug. */
    public Optional<DatasetEntry> dataset(String slug) {
        return Optional.ofNullable(maps.slugs.get(slug)).map(maps.datasets::get);
    }

    /** Returns the collection with this incarnation. */
    public Optional<CollectionEntry> collection(long incarnation) {
        return Optional.ofNullable(maps.collections.get(incarnation));
    }

    /** Returns the collection with this name in a dataset. */
    public Optional<CollectionEntry> collection(long dataset, String name) {
        return Optional.ofNullable(maps.names.get(dataset))
                .map(names -> names.get(name))
                .map(maps.collections::get);
    }

    /** Returns the collections of a dataset by name, in the order of UTF-16 units; a new list. */
    public List<CollectionEntry> collectionsOf(long dataset) {
        SortedTree<String, Long> names = maps.names.get(dataset);
        return names == null
                ? List.of()
                : names.values().stream()
                        .map(incarnation -> collection(incarnation).orElseThrow())
                        .toList();
    }

    /** Returns the incarnation of the dataset or collection that has this id. */
    public Optional<Long> incarnationOf(UUID id) {
        return Optional.ofNullable(maps.ids.get(IdKey.of(id)));
    }

    /**
     * Returns this metadata after a change.
     *
     * @param where the frame, for the message
     * @throws CorruptSectionException if the change does not follow from this metadata: what is created exists, what is
     *     altered does not, a number is used again or left out
     */
    public CatalogMetadata apply(MetadataChange change, String where) throws CorruptSectionException {
        // A chain of tests, because pattern switch is not in 17; MetadataChangesTest visits every permitted type.
        if (change instanceof DatasetCreated created) {
            return with(created.dataset(), where);
        }
        if (change instanceof CollectionCreated created) {
            require(!created.collection().hasDocument(), "collection with a document at creation", where);
            return with(created.collection(), where);
        }
        if (change instanceof DatasetAltered altered) {
            return altered(altered, where);
        }
        if (change instanceof DocumentPut put) {
            return documented(put, where);
        }
        throw new IllegalArgumentException("metadata: no such change: " + change);
    }

    private CatalogMetadata altered(DatasetAltered altered, String where) throws CorruptSectionException {
        DatasetEntry before = maps.datasets.get(altered.dataset());
        if (before == null) {
            throw corrupt("no dataset " + altered.dataset(), where);
        }
        boolean follows = altered.schemaVersion() == before.schemaVersion() + 1
                && altered.schema().kind() == before.schema().kind();
        require(follows, "schema version " + altered.schemaVersion() + " after " + before.schemaVersion(), where);
        DatasetEntry after = before.altered(altered.schema(), altered.schemaVersion());
        return new CatalogMetadata(
                new Maps(
                        maps.datasets.put(before.incarnation(), after),
                        maps.slugs,
                        maps.collections,
                        maps.names,
                        maps.ids),
                nextIncarnation);
    }

    private CatalogMetadata documented(DocumentPut put, String where) throws CorruptSectionException {
        CollectionEntry before = maps.collections.get(put.collection());
        if (before == null) {
            throw corrupt("no collection " + put.collection(), where);
        }
        boolean follows = put.documentVersion() == before.documentVersion() + 1;
        require(follows, "document version " + put.documentVersion() + " after " + before.documentVersion(), where);
        CollectionEntry after = before.documented(put.document(), put.documentVersion());
        return new CatalogMetadata(
                new Maps(
                        maps.datasets,
                        maps.slugs,
                        maps.collections.put(before.incarnation(), after),
                        maps.names,
                        maps.ids),
                nextIncarnation);
    }

    /** Returns this metadata with a dataset whose incarnation is new. */
    CatalogMetadata with(DatasetEntry dataset, String where) throws CorruptSectionException {
        requireNew(dataset.incarnation(), dataset.id(), where);
        require(maps.slugs.get(dataset.slug()) == null, "dataset " + Quoted.text(dataset.slug()) + " exists", where);
        return new CatalogMetadata(
                new Maps(
                        maps.datasets.put(dataset.incarnation(), dataset),
                        maps.slugs.put(dataset.slug(), dataset.incarnation()),
                        maps.collections,
                        maps.names,
                        maps.ids.put(IdKey.of(dataset.id()), dataset.incarnation())),
                dataset.incarnation() + 1);
    }

    /** Returns this metadata with a collection whose incarnation is new. */
    CatalogMetadata with(CollectionEntry collection, String where) throws CorruptSectionException {
        requireNew(collection.incarnation(), collection.id(), where);
        return place(collection, where);
    }

    private CatalogMetadata place(CollectionEntry collection, String where) throws CorruptSectionException {
        long number = collection.incarnation();
        require(maps.datasets.get(collection.dataset()) != null, "no dataset " + collection.dataset(), where);
        SortedTree<String, Long> names = maps.names.get(collection.dataset());
        SortedTree<String, Long> siblings = names == null ? SortedTree.empty() : names;
        String subject = "collection " + Quoted.text(collection.name());
        require(siblings.get(collection.name()) == null, subject + " exists", where);
        return new CatalogMetadata(
                new Maps(
                        maps.datasets,
                        maps.slugs,
                        maps.collections.put(number, collection),
                        maps.names.put(collection.dataset(), siblings.put(collection.name(), number)),
                        maps.ids.put(IdKey.of(collection.id()), number)),
                Math.max(nextIncarnation, number + 1));
    }

    /** Returns this metadata with a collection of a manifest, where datasets come before all collections. */
    CatalogMetadata withListed(CollectionEntry collection, String where) throws CorruptSectionException {
        long number = collection.incarnation();
        boolean free = number >= 1 && maps.datasets.get(number) == null && maps.collections.get(number) == null;
        require(free, "incarnation " + number + " used again", where);
        require(maps.ids.get(IdKey.of(collection.id())) == null, "id " + collection.id() + " used again", where);
        return place(collection, where);
    }

    private void requireNew(long incarnation, UUID id, String where) throws CorruptSectionException {
        require(incarnation >= nextIncarnation, "incarnation " + incarnation + " used again", where);
        require(incarnation < Long.MAX_VALUE, "incarnation " + incarnation, where);
        require(maps.ids.get(IdKey.of(id)) == null, "id " + id + " used again", where);
    }

    private static void require(boolean holds, String problem, String where) throws CorruptSectionException {
        if (!holds) {
            throw corrupt(problem, where);
        }
    }

    private static CorruptSectionException corrupt(String problem, String where) {
        return new CorruptSectionException("metadata: " + problem, where);
    }
}
