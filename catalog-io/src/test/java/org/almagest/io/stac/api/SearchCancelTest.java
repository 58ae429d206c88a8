package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.almagest.CatalogOptions;
import org.almagest.DatasetSpec;
import org.almagest.io.stac.StacCollection;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacObserver;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.testing.ModelCatalog;
import org.junit.jupiter.api.Test;

class SearchCancelTest {
    @Test
    void explainsAQueryWhoseRequestIsOver() {
        AtomicReference<StacObserver.Answered> told = new AtomicReference<>();
        AtomicBoolean over = new AtomicBoolean();
        StacOptions options = StacOptions.defaults().observer((request, what) -> told.set(what));
        try (StacFixture fixture = new DirectFixture(new ModelCatalog(CatalogOptions.defaults()), options)) {
            fixture.catalog()
                    .createDataset(DatasetSpec.of("stac.c", StacCollection.schema()))
                    .createCollection("c");
            fixture.send(StacRequest.of(StacMethod.GET, "/search?sortby=id&limit=1")
                            .cancelledWhen(over::get))
                    .is(200);
            over.set(true);
            String plan = told.get().explain().orElseThrow().get();
            assertFalse(plan.isBlank());
        }
    }

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
