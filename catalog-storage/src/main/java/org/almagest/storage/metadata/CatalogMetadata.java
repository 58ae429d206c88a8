package org.almagest.storage.metadata;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.Quoted;
import org.almagest.storage.metadata.EntryMaps.IdKey;
import org.almagest.storage.metadata.MetadataChange.CollectionCreated;
import org.almagest.storage.metadata.MetadataChange.CollectionPurged;
import org.almagest.storage.metadata.MetadataChange.DatasetAltered;
import org.almagest.storage.metadata.MetadataChange.DatasetCreated;
import org.almagest.storage.metadata.MetadataChange.DatasetDeleted;
import org.almagest.storage.metadata.MetadataChange.DatasetPurged;
import org.almagest.storage.metadata.MetadataChange.DatasetRestored;
import org.almagest.storage.metadata.MetadataChange.DocumentPut;
import org.almagest.storage.metadata.MetadataChange.RetentionPut;
import org.jspecify.annotations.Nullable;

/**
 * The datasets and collections of one version of the store. Immutable; a change makes another one in O(log n).
 *
 * <p>Incarnation, slug, id, and the name within a dataset each lead to one entry, and every collection's dataset is
 * there. A deleted dataset and its collections are hidden from what users see; until they are purged they keep slug and
 * ids, and methods that say "any" or "all" return them too.
 */
public final class CatalogMetadata {
    /** Nothing; the first incarnation is 1. */
    public static final CatalogMetadata EMPTY = new CatalogMetadata(EntryMaps.EMPTY, 1);

    private final EntryMaps maps;
    private final long nextIncarnation;

    /** What was listed last: with thousands of collections, listing takes longer than most queries. */
    private volatile @Nullable Listed listed;

    private record Listed(long dataset, List<CollectionEntry> collections) {}

    private CatalogMetadata(EntryMaps maps, long nextIncarnation) {
        this.maps = maps;
        this.nextIncarnation = nextIncarnation;
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

    /** Returns how many bytes all entries take in a manifest, deleted ones included; in constant time. */
    public long encodedBytes() {
        return maps.encodedBytes();
    }

    /** Returns how many datasets there are, deleted ones included; in constant time. */
    public int datasetCount() {
        return maps.datasets().size();
    }

    /** Returns how many collections there are, those of deleted datasets included; in constant time. */
    public int collectionCount() {
        return maps.collections().size();
    }

    /** Returns all living datasets by incarnation, which is the order of creation; a new list. */
    public List<DatasetEntry> datasets() {
        List<DatasetEntry> all = allDatasets();
        return maps.deleted().size() == 0
                ? all
                : all.stream().filter(dataset -> !dataset.isDeleted()).toList();
    }

    /** Returns the datasets that are deleted and not purged, by incarnation; a new list. */
    public List<DatasetEntry> deletedDatasets() {
        return maps.deleted().values();
    }

    /** Returns all datasets by incarnation, deleted ones included; a new list. */
    public List<DatasetEntry> allDatasets() {
        return maps.datasets().values();
    }

    /** Returns all collections of living datasets by incarnation, which is the order of creation; a new list. */
    public List<CollectionEntry> collections() {
        List<CollectionEntry> all = allCollections();
        return maps.deleted().size() == 0
                ? all
                : all.stream()
                        .filter(collection -> isLiving(collection.dataset()))
                        .toList();
    }

    /** Returns all collections by incarnation, those of deleted datasets included; a new list. */
    public List<CollectionEntry> allCollections() {
        return maps.collections().values();
    }

    private boolean isLiving(long dataset) {
        return maps.deleted().get(dataset) == null;
    }

    /** Returns the living dataset with this incarnation. */
    public Optional<DatasetEntry> dataset(long incarnation) {
        return living(maps.datasets().get(incarnation));
    }

    /** Returns the dataset with this incarnation, deleted or not. */
    public Optional<DatasetEntry> anyDataset(long incarnation) {
        return Optional.ofNullable(maps.datasets().get(incarnation));
    }

    /** Returns the living dataset with this slug. */
    public Optional<DatasetEntry> dataset(String slug) {
        Long incarnation = maps.slugs().get(slug);
        return incarnation == null ? Optional.empty() : living(maps.datasets().get(incarnation));
    }

    private static Optional<DatasetEntry> living(@Nullable DatasetEntry dataset) {
        return dataset == null || dataset.isDeleted() ? Optional.empty() : Optional.of(dataset);
    }

    /** Returns the dataset that holds this slug, deleted or not. */
    public Optional<DatasetEntry> reserved(String slug) {
        Long incarnation = maps.slugs().get(slug);
        return incarnation == null ? Optional.empty() : anyDataset(incarnation);
    }

    /** Returns the collection of a living dataset with this incarnation. */
    public Optional<CollectionEntry> collection(long incarnation) {
        CollectionEntry collection = maps.collections().get(incarnation);
        return collection == null || !isLiving(collection.dataset()) ? Optional.empty() : Optional.of(collection);
    }

    /** Returns the collection with this incarnation, whether its dataset is deleted or not. */
    public Optional<CollectionEntry> anyCollection(long incarnation) {
        return Optional.ofNullable(maps.collections().get(incarnation));
    }

    /** Returns the collection with this name in a living dataset. */
    public Optional<CollectionEntry> collection(long dataset, String name) {
        Long incarnation = maps.namesOf(dataset).get(name);
        return incarnation == null ? Optional.empty() : collection(incarnation);
    }

    /** Returns the collections of a living dataset by name, in the order of UTF-16 units; immutable. */
    public List<CollectionEntry> collectionsOf(long dataset) {
        return isLiving(dataset) ? allCollectionsOf(dataset) : List.of();
    }

    /** Returns the collections of a dataset, deleted or not, by name, in the order of UTF-16 units; immutable. */
    public List<CollectionEntry> allCollectionsOf(long dataset) {
        Listed last = listed;
        if (last == null || last.dataset != dataset) {
            last = new Listed(dataset, Collections.unmodifiableList(maps.collectionsOf(dataset)));
            listed = last;
        }
        return last.collections;
    }

    /** Returns how many collections a living dataset has; in constant time. */
    public int collectionCountOf(long dataset) {
        return isLiving(dataset) ? maps.namesOf(dataset).size() : 0;
    }

    /** Returns the incarnation of the dataset or collection, deleted or not, that has this id. */
    public Optional<Long> incarnationOf(UUID id) {
        return Optional.ofNullable(maps.ids().get(IdKey.of(id)));
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
            require(!created.dataset().isDeleted(), "dataset deleted at creation", where);
            return with(created.dataset(), where);
        }
        if (change instanceof CollectionCreated created) {
            return created(created.collection(), where);
        }
        if (change instanceof DatasetAltered altered) {
            return altered(altered, where);
        }
        if (change instanceof DocumentPut put) {
            return documented(put, where);
        }
        if (change instanceof RetentionPut put) {
            CollectionEntry before = present(collection(put.collection()), "collection", put.collection(), where);
            return with(maps.put(before.retaining(put.retention())));
        }
        return ended(change, where);
    }

    private CatalogMetadata ended(MetadataChange change, String where) throws CorruptSectionException {
        if (change instanceof DatasetDeleted deleted) {
            DatasetEntry before = present(dataset(deleted.dataset()), "dataset", deleted.dataset(), where);
            return with(maps.put(before.deleted(OptionalLong.of(deleted.deletedMicros()))));
        }
        if (change instanceof DatasetRestored restored) {
            DatasetEntry before = maps.deleted().get(restored.dataset());
            return with(maps.put(present(before, "deleted dataset", restored.dataset(), where)
                    .deleted(OptionalLong.empty())));
        }
        if (change instanceof DatasetPurged purged) {
            return with(maps.remove(present(anyDataset(purged.dataset()), "dataset", purged.dataset(), where)));
        }
        if (change instanceof CollectionPurged purged) {
            return with(
                    maps.remove(present(anyCollection(purged.collection()), "collection", purged.collection(), where)));
        }
        throw new IllegalArgumentException("metadata: no such change: " + change);
    }

    private CatalogMetadata created(CollectionEntry collection, String where) throws CorruptSectionException {
        boolean firstOrNone = collection.documentVersion() <= 1;
        require(firstOrNone, "document version " + collection.documentVersion() + " at creation", where);
        require(collection.retention().isEmpty(), "collection with a retention at creation", where);
        present(dataset(collection.dataset()), "dataset", collection.dataset(), where);
        requireNew(collection.incarnation(), collection.id(), where);
        return place(collection, where);
    }

    private CatalogMetadata altered(DatasetAltered altered, String where) throws CorruptSectionException {
        DatasetEntry before = present(dataset(altered.dataset()), "dataset", altered.dataset(), where);
        boolean follows = altered.schemaVersion() == before.schemaVersion() + 1
                && altered.schema().kind() == before.schema().kind();
        require(follows, "schema version " + altered.schemaVersion() + " after " + before.schemaVersion(), where);
        return with(maps.put(before.altered(altered.schema(), altered.schemaVersion())));
    }

    private CatalogMetadata documented(DocumentPut put, String where) throws CorruptSectionException {
        CollectionEntry before = present(collection(put.collection()), "collection", put.collection(), where);
        boolean follows = put.documentVersion() == before.documentVersion() + 1;
        require(follows, "document version " + put.documentVersion() + " after " + before.documentVersion(), where);
        return with(maps.put(before.documented(put.document(), put.documentVersion())));
    }

    private CatalogMetadata with(EntryMaps changed) {
        return new CatalogMetadata(changed, nextIncarnation);
    }

    /** Returns this metadata with a dataset whose incarnation is new. */
    CatalogMetadata with(DatasetEntry dataset, String where) throws CorruptSectionException {
        requireNew(dataset.incarnation(), dataset.id(), where);
        require(reserved(dataset.slug()).isEmpty(), "dataset " + Quoted.text(dataset.slug()) + " exists", where);
        return new CatalogMetadata(maps.put(dataset), dataset.incarnation() + 1);
    }

    private CatalogMetadata place(CollectionEntry collection, String where) throws CorruptSectionException {
        long number = collection.incarnation();
        present(anyDataset(collection.dataset()), "dataset", collection.dataset(), where);
        String subject = "collection " + Quoted.text(collection.name());
        require(maps.namesOf(collection.dataset()).get(collection.name()) == null, subject + " exists", where);
        return new CatalogMetadata(maps.put(collection), Math.max(nextIncarnation, number + 1));
    }

    /**
     * Returns this metadata, which has only datasets, with the collections of a manifest.
     *
     * @param bytes how long they are there
     */
    CatalogMetadata withListed(List<CollectionEntry> collections, long bytes, String where)
            throws CorruptSectionException {
        Set<IdKey> ids = new HashSet<>();
        Map<Long, Set<String>> names = new HashMap<>();
        long next = nextIncarnation;
        long before = 0;
        for (CollectionEntry collection : collections) {
            long number = collection.incarnation();
            if (number <= before || maps.datasets().get(number) != null) {
                require(false, "incarnation " + number + " used again", where);
            }
            boolean free = ids.add(IdKey.of(collection.id()))
                    && incarnationOf(collection.id()).isEmpty();
            if (!free) {
                require(false, "id " + collection.id() + " used again", where);
            }
            present(anyDataset(collection.dataset()), "dataset", collection.dataset(), where);
            Set<String> known = names.get(collection.dataset());
            if (known == null) {
                known = new HashSet<>();
                names.put(collection.dataset(), known);
            }
            if (!known.add(collection.name())) { // the message takes longer than the look
                require(false, "collection " + Quoted.text(collection.name()) + " exists", where);
            }
            next = Math.max(next, number + 1);
            before = number;
        }
        return new CatalogMetadata(maps.putAll(collections, bytes), next);
    }

    private void requireNew(long incarnation, UUID id, String where) throws CorruptSectionException {
        require(incarnation >= nextIncarnation, "incarnation " + incarnation + " used again", where);
        require(incarnation < Long.MAX_VALUE, "incarnation " + incarnation, where);
        require(incarnationOf(id).isEmpty(), "id " + id + " used again", where);
    }

    private static <T> T present(Optional<T> found, String what, long incarnation, String where)
            throws CorruptSectionException {
        return present(found.orElse(null), what, incarnation, where);
    }

    private static <T> T present(@Nullable T found, String what, long incarnation, String where)
            throws CorruptSectionException {
        if (found == null) {
            throw new CorruptSectionException("metadata: no " + what + " " + incarnation, where);
        }
        return found;
    }

    private static void require(boolean holds, String problem, String where) throws CorruptSectionException {
        if (!holds) {
            throw new CorruptSectionException("metadata: " + problem, where);
        }
    }
}
