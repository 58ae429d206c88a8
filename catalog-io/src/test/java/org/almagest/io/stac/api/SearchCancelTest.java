package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.almagest.CatalogOptions;
import org.almagest.DatasetSpec;
import org.almagest.io.stac.StacCollection;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.testing.ModelCatalog;
import org.junit.jupiter.api.Test;

class SearchCancelTest {
    @Test
    void givesUpWhenNobodyWaits() {
        try (StacFixture fixture =
                new DirectFixture(new ModelCatalog(CatalogOptions.defaults()), StacOptions.defaults())) {
            fixture.catalog()
                    .createDataset(DatasetSpec.of("stac.c", StacCollection.schema()))
                    .createCollection("c");
            for (String id : new String[] {"a", "b"}) {
                fixture.send(
                                StacMethod.POST,
                                "/collections/c/items",
                                "application/geo+json",
                                ItemsFixture.item(
                                        id, ItemsFixture.point(0, 0), "\"datetime\":\"2025-01-01T00:00:00Z\""))
                        .is(201);
            }
            StacRequest search = StacRequest.of(StacMethod.GET, "/search?sortby=id&limit=1");
            fixture.send(search.cancelledWhen(() -> false)).is(200);
            Answer given = fixture.send(search.cancelledWhen(() -> true)).is(499);
            assertEquals("CANCELLED", given.value("code"));
        }
    }
}
