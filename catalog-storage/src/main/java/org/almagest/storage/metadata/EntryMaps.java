package org.almagest.storage.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All datasets and collections, and the ways to find one. Immutable; each change makes another one in O(log n). Checks
 * nothing: {@link CatalogMetadata} does before it changes something.
 *
 * @param slugs the incarnation of each dataset, deleted ones included
 * @param deleted the datasets that are deleted and can be restored
 * @param names the incarnations of the collections of each dataset by name; a dataset without any may have no entry
 * @param ids the incarnation of each dataset and collection
 * @param encodedBytes how long all entries are as records of a manifest
 */
record EntryMaps(
        SortedTree<Long, DatasetEntry> datasets,
        SortedTree<String, Long> slugs,
        SortedTree<Long, DatasetEntry> deleted,
        SortedTree<Long, CollectionEntry> collections,
        SortedTree<Long, SortedTree<String, Long>> names,
        SortedTree<IdKey, Long> ids,
        long encodedBytes) {
    static final EntryMaps EMPTY = new EntryMaps(
            SortedTree.empty(),
            SortedTree.empty(),
            SortedTree.empty(),
            SortedTree.empty(),
            SortedTree.empty(),
            SortedTree.empty(),
            0);

    /** An id in some order; the one of {@link UUID} is not to be used. */
    record IdKey(long high, long low) implements Comparable<IdKey> {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof IdKey id && high == id.high && low == id.low;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(31 * high + low);
        }

        static IdKey of(UUID id) {
            return new IdKey(id.getMostSignificantBits(), id.getLeastSignificantBits());
        }

        @Override
        public int compareTo(IdKey other) {
            int byHigh = Long.compare(high, other.high);
            return byHigh != 0 ? byHigh : Long.compare(low, other.low);
        }
    }

    /** Returns these maps with a dataset, in the place of the one with its incarnation. */
    EntryMaps put(DatasetEntry dataset) {
        Long key = dataset.incarnation();
        return new EntryMaps(
                datasets.put(key, dataset),
                slugs.put(dataset.slug(), key),
                dataset.isDeleted() ? deleted.put(key, dataset) : deleted.remove(key),
                collections,
                names,
                ids.put(IdKey.of(dataset.id()), key),
                encodedBytes - bytes(datasets.get(key)) + bytes(dataset));
    }

    /** Returns these maps with a collection, in the place of the one with its incarnation. */
    EntryMaps put(CollectionEntry collection) {
        Long key = collection.incarnation();
        return new EntryMaps(
                datasets,
                slugs,
                deleted,
                collections.put(key, collection),
                names.put(collection.dataset(), namesOf(collection.dataset()).put(collection.name(), key)),
                ids.put(IdKey.of(collection.id()), key),
                encodedBytes - bytes(collections.get(key)) + bytes(collection));
    }

    /**
     * Returns these maps with many collections, none of which is in them: in one step, instead of a path of every tree
     * for each.
     *
     * @param added with incarnations, ids and names of their own, ascending by incarnation
     * @param bytes how long they are as records of a manifest
     */
    EntryMaps putAll(List<CollectionEntry> added, long bytes) {
        assert collections.size() == 0 && names.size() == 0 : collections.size();
        TreeMap<IdKey, Long> allIds = new TreeMap<>();
        for (DatasetEntry dataset : datasets.values()) {
            allIds.put(IdKey.of(dataset.id()), dataset.incarnation());
        }
        TreeMap<Long, TreeMap<String, Long>> allNames = new TreeMap<>();
        List<Long> keys = new ArrayList<>(added.size());
        for (CollectionEntry collection : added) {
            Long key = collection.incarnation();
            keys.add(key);
            allIds.put(IdKey.of(collection.id()), key);
            TreeMap<String, Long> ofDataset = allNames.get(collection.dataset());
            if (ofDataset == null) {
                ofDataset = new TreeMap<>();
                allNames.put(collection.dataset(), ofDataset);
            }
            ofDataset.put(collection.name(), key);
        }
        SortedTree<Long, SortedTree<String, Long>> namesOfAll = SortedTree.empty();
        for (Map.Entry<Long, TreeMap<String, Long>> ofDataset : allNames.entrySet()) {
            namesOfAll = namesOfAll.put(ofDataset.getKey(), tree(ofDataset.getValue()));
        }
        return new EntryMaps(
                datasets,
                slugs,
                deleted,
                SortedTree.ofSorted(keys, added),
                namesOfAll,
                tree(allIds),
                encodedBytes + bytes);
    }

    private static <K extends Comparable<K>, V> SortedTree<K, V> tree(TreeMap<K, V> map) {
        return SortedTree.ofSorted(new ArrayList<>(map.keySet()), new ArrayList<>(map.values()));
    }

    /** Returns these maps without a collection that is in them. */
    EntryMaps remove(CollectionEntry collection) {
        return new EntryMaps(
                datasets,
                slugs,
                deleted,
                collections.remove(collection.incarnation()),
                names.put(collection.dataset(), namesOf(collection.dataset()).remove(collection.name())),
                ids.remove(IdKey.of(collection.id())),
                encodedBytes - bytes(collection));
    }

    /** Returns these maps without a dataset that is in them, and without its collections. */
    EntryMaps remove(DatasetEntry dataset) {
        EntryMaps rest = this;
        for (CollectionEntry collection : collectionsOf(dataset.incarnation())) {
            rest = rest.remove(collection);
        }
        return new EntryMaps(
                rest.datasets.remove(dataset.incarnation()),
                rest.slugs.remove(dataset.slug()),
                rest.deleted.remove(dataset.incarnation()),
                rest.collections,
                rest.names.remove(dataset.incarnation()),
                rest.ids.remove(IdKey.of(dataset.id())),
                rest.encodedBytes - bytes(dataset));
    }

    /** Returns the incarnations of the collections of a dataset by name. */
    SortedTree<String, Long> namesOf(long dataset) {
        SortedTree<String, Long> found = names.get(dataset);
        return found == null ? SortedTree.empty() : found;
    }

    /** Returns the collections of a dataset by name; a new list. */
    List<CollectionEntry> collectionsOf(long dataset) {
        List<Long> incarnations = namesOf(dataset).values();
        List<CollectionEntry> all = new ArrayList<>(incarnations.size());
        for (Long incarnation : incarnations) {
            all.add(Objects.requireNonNull(collections.get(incarnation)));
        }
        return all;
    }

    private static long bytes(@Nullable DatasetEntry dataset) {
        if (dataset == null) {
            return 0;
        }
        WireWriter out = new WireWriter();
        Records.write(dataset, out);
        return out.size();
    }

    private static long bytes(@Nullable CollectionEntry collection) {
        if (collection == null) {
            return 0;
        }
        WireWriter out = new WireWriter();
        Records.write(collection, out);
        return out.size();
    }
}
