package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.almagest.schema.DatasetSchema;
import org.almagest.storage.metadata.CatalogMetadata;
import org.almagest.storage.metadata.CollectionEntry;
import org.almagest.storage.metadata.DatasetEntry;
import org.almagest.storage.metadata.MetadataChange.DatasetCreated;
import org.almagest.storage.metadata.MetadataChange.DatasetDeleted;
import org.almagest.storage.metadata.Samples;
import org.almagest.storage.scan.ManyCollections;
import org.junit.jupiter.api.Test;

class EngineScopeTest {
    private static final int MANY = ManyCollections.COLLECTIONS_MIN;

    @Test
    void aScopeIsLargeByItsOwnCollections() throws Exception {
        CatalogMetadata metadata = metadata(MANY);
        assertTrue(whole(metadata, 1).isLarge());
        assertFalse(whole(metadata, MANY + 2).isLarge(), "a dataset without collections");
        assertTrue(new Engine.Scope(metadata.datasets(), null, metadata).isLarge());
        List<CollectionEntry> named = metadata.collectionsOf(1);
        List<DatasetEntry> datasets = List.of(metadata.dataset(1).orElseThrow());
        assertTrue(new Engine.Scope(datasets, named, metadata).isLarge());
        assertFalse(new Engine.Scope(datasets, named.subList(1, MANY), metadata).isLarge());
        assertFalse(whole(metadata(MANY - 1), 1).isLarge());
    }

    @Test
    void askingHowLargeAScopeIsListsNothing() throws Exception {
        CatalogMetadata metadata = metadata(MANY);
        List<CollectionEntry> listed = metadata.collectionsOf(1);
        assertFalse(whole(metadata, MANY + 2).isLarge());
        assertTrue(listed == metadata.collectionsOf(1), "the list was thrown out by that of another dataset");
    }

    @Test
    void collectionsAreCountedAsTheyAreListed() throws Exception {
        CatalogMetadata metadata = metadata(5);
        assertEquals(5, metadata.collectionCountOf(1));
        assertEquals(0, metadata.collectionCountOf(7));
        CatalogMetadata deleted = metadata.apply(new DatasetDeleted(1, 1), "test");
        assertEquals(deleted.collectionsOf(1).size(), deleted.collectionCountOf(1));
    }

    /** A dataset with so many collections, and one without any. */
    private static CatalogMetadata metadata(int collections) throws Exception {
        DatasetSchema schema = DatasetSchema.temporal().build();
        DatasetEntry other =
                new DatasetEntry(collections + 2, "other", new UUID(0, 9), "", schema, 1, OptionalLong.empty());
        return Samples.large(collections, 1).metadata().apply(new DatasetCreated(other), "test");
    }

    private static Engine.Scope whole(CatalogMetadata metadata, long dataset) {
        return new Engine.Scope(List.of(metadata.dataset(dataset).orElseThrow()), null, metadata);
    }
}
