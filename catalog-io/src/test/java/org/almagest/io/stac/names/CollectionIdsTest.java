package org.almagest.io.stac.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.DatasetSpec;
import org.almagest.io.stac.StacCollection;
import org.almagest.io.stac.exchange.StacAccess;
import org.almagest.io.stac.exchange.StacCaller;
import org.almagest.model.Json;
import org.almagest.query.QueryScope;
import org.almagest.testing.ModelCatalog;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class CollectionIdsTest {
    private final Catalog catalog = new ModelCatalog(CatalogOptions.defaults());

    @Test
    void aCollectionOfItsHomeDatasetHasItsName() {
        add(StacCollection.slug("sentinel-2-l2A"), "sentinel-2-l2A", "");
        assertEquals(List.of("sentinel-2-l2A"), ids());
    }

    @Test
    void aCollectionElsewhereHasTheFullForm() {
        add("open_data.copernicus.sentinel2_msi", "S2A_S2MSI2A", "");
        assertEquals(List.of("open_data.copernicus.sentinel2_msi~S2A_S2MSI2A"), ids());
    }

    @Test
    void aDocumentGivesTheBareNameWhereNobodyElseClaimsIt() {
        add("mine.things", "naip", "naip");
        add("mine.things", "other", "somebody");
        assertEquals(List.of("mine.things~other", "naip"), ids());
        add("yours.things", "naip", "naip");
        assertEquals(List.of("mine.things~naip", "mine.things~other", "yours.things~naip"), ids());
    }

    @Test
    void theHomeDatasetWinsOverDocuments() {
        add("mine.things", "naip", "naip");
        add("stac.naip", "naip", "");
        assertEquals(List.of("mine.things~naip", "naip"), ids());
        assertEquals(
                "stac.naip",
                CollectionIds.of(catalog).place("naip").orElseThrow().slug());
    }

    @Test
    void theFullFormOfEveryCollectionIsUnderstood() {
        add("stac.naip", "naip", "");
        add("mine.things", "x", "x");
        CollectionIds found = CollectionIds.of(catalog);
        assertEquals("naip", found.place("stac.naip~naip").orElseThrow().stacId());
        assertEquals("x", found.place("mine.things~x").orElseThrow().stacId());
        assertEquals(Optional.empty(), found.place("mine.things~naip"));
        assertTrue(found.place("naip").orElseThrow().isNamed("stac.naip~naip"));
    }

    @Test
    void aNameWithATildeIsAlwaysInFullForm() {
        add("stac.a_b", "a~b", "a~b");
        assertEquals(List.of("stac.a_b~a~b"), ids());
        assertEquals(
                "a~b",
                CollectionIds.of(catalog).place("stac.a_b~a~b").orElseThrow().name());
    }

    @Test
    void idsAreInTheOrderOfCodePoints() {
        add("stac.z", "z", "");
        add("mine.things", "\uD83D\uDE00", "\uD83D\uDE00");
        add("mine.things", "\uFF21", "\uFF21");
        assertEquals(List.of("z", "\uFF21", "\uD83D\uDE00"), ids());
    }

    @Test
    void anIdIsFoundByCollection() {
        UUID id = add("stac.naip", "naip", "");
        CollectionIds found = CollectionIds.of(catalog);
        assertEquals("naip", found.stacId(id));
        assertThrows(IllegalArgumentException.class, () -> found.stacId(new UUID(1, 2)));
    }

    @Test
    void theIndexIsMadeAgainAfterAChangeOnly() {
        CollectionIndex index = new CollectionIndex(catalog);
        add("stac.naip", "naip", "");
        CollectionIds first = index.now();
        assertSame(first, index.now());
        add("mine.things", "naip", "naip");
        assertNotSame(first, index.now());
        assertEquals(List.of("mine.things~naip", "naip"), names(index.now().all()));
    }

    @Test
    void whatMayNotBeReadDoesNotExistAndChangesNoId() {
        add("mine.things", "naip", "naip");
        add("yours.things", "naip", "naip");
        Visible mine = Visible.of(CollectionIds.of(catalog), only("mine.things"));
        assertEquals(List.of("mine.things~naip"), names(mine.all()));
        assertEquals(Optional.empty(), mine.place("yours.things~naip"));
        assertEquals(Optional.empty(), mine.place("naip"));
        assertEquals(Optional.empty(), mine.scope(List.of("yours.things~naip", "naip", "nothing")));
        assertEquals(Set.of("mine.things"), mine.scope().orElseThrow().slugs());
    }

    @Test
    void everybodySeesWhatIsMadeAfterTheLook() {
        assertEquals(
                Optional.empty(),
                Visible.of(CollectionIds.of(catalog), StacCaller.ANYBODY).scope());
        add("stac.naip", "naip", "");
        assertTrue(Visible.of(CollectionIds.of(catalog), StacCaller.READER)
                .scope()
                .orElseThrow()
                .isAll());
    }

    @Test
    void aScopeNamesWholeDatasetsWhereAllOfThemIsMeant() {
        add("stac.a", "a", "");
        add("stac.a", "A", "");
        add("stac.b", "b", "");
        Visible visible = Visible.of(CollectionIds.of(catalog), StacCaller.ANYBODY);
        QueryScope part = visible.scope(List.of("a", "b", "a")).orElseThrow();
        assertEquals(Set.of("stac.a", "stac.b"), part.slugs());
        assertEquals(Set.of("a"), part.collectionsOf("stac.a"));
        assertEquals(Set.of(), part.collectionsOf("stac.b"));
        assertEquals(Set.of(), visible.scope(List.of("A", "a")).orElseThrow().collectionsOf("stac.a"));
    }

    @Test
    void scopesOfManyCollectionsHoldExactlyThem() {
        for (int i = 0; i < 40; i++) {
            add("d" + i, "x", "");
            add("d" + i, "y", "");
        }
        CollectionIds all = CollectionIds.of(catalog);
        Visible visible = Visible.of(all, StacCaller.ANYBODY);
        Seeded.repeat(50, random -> {
            List<String> chosen = new ArrayList<>();
            all.all().stream().filter(place -> random.nextInt(3) == 0).forEach(place -> chosen.add(place.stacId()));
            Optional<QueryScope> scope = visible.scope(chosen);
            for (Place place : all.all()) {
                boolean inside = scope.filter(found -> found.slugs().contains(place.slug())
                                && (found.collectionsOf(place.slug()).isEmpty()
                                        || found.collectionsOf(place.slug()).contains(place.name())))
                        .isPresent();
                assertEquals(chosen.contains(place.stacId()), inside, place.stacId());
            }
        });
    }

    private UUID add(String slug, String name, String documentId) {
        var dataset = catalog.findDataset(slug)
                .orElseGet(() -> catalog.createDataset(DatasetSpec.of(slug, StacCollection.schema())));
        var collection = dataset.createCollection(name);
        if (!documentId.isEmpty()) {
            collection.putDocument(Json.parse("{\"type\":\"Collection\",\"id\":\"" + documentId + "\"}"));
        }
        return collection.id();
    }

    private List<String> ids() {
        return names(CollectionIds.of(catalog).all());
    }

    private static List<String> names(List<Place> places) {
        return places.stream().map(Place::stacId).toList();
    }

    private static StacCaller only(String slug) {
        return new StacCaller() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public String tenant() {
                return "test";
            }

            @Override
            public boolean may(StacAccess access, String datasetSlug) {
                return datasetSlug.equals(slug);
            }
        };
    }
}
