package org.almagest.io.stac.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.DatasetSpec;
import org.almagest.model.Limits;
import org.almagest.testing.ModelCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VersionPinsTest {
    private static final int LEASES_MAX = 4;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2025-01-01T00:00:00Z"));
    private final Catalog catalog =
            new ModelCatalog(CatalogOptions.defaults().with(Limits.defaults().with("leasesMax", LEASES_MAX)));
    private int datasets;

    @AfterEach
    void close() {
        catalog.close();
    }

    private long commit() {
        catalog.createDataset(DatasetSpec.temporal("a.d" + datasets++).build());
        return catalog.version();
    }

    @Test
    void sharesOneLeaseAmongReadersOfAVersion() {
        VersionPins pins = new VersionPins(catalog, now::get, 2);
        long version = commit();
        for (int i = 0; i < 5_000; i++) {
            try (VersionPins.Use use = pins.newest()) {
                assertEquals(version, use.version());
                use.keep();
            }
        }
        assertTrue(pins.holds(version));
        for (int i = 0; i < 3; i++) {
            commit();
            try (VersionPins.Use use = pins.newest()) {
                assertTrue(use.isPinned());
                use.keep();
            }
        }
        assertFalse(pins.holds(version), "the one used longest ago made room");
        pins.close();
    }

    @Test
    void keepsAVersionOnlyWhereAPageFollows() {
        VersionPins pins = new VersionPins(catalog, now::get, 2);
        long version = commit();
        pins.newest().close();
        assertFalse(pins.holds(version));
        VersionPins.Use first = pins.newest();
        VersionPins.Use second = pins.newest();
        first.keep();
        first.close();
        first.close();
        assertTrue(pins.holds(version));
        second.close();
        assertTrue(pins.holds(version), "kept by the first");
        long later = commit();
        assertEquals(version, pins.use(version).version());
        assertEquals(later, pins.use(later + 5).version(), "what is not held is the newest");
        pins.close();
        assertFalse(pins.holds(version));
    }

    @Test
    void letsGoBeforeTheLeaseEnds() {
        VersionPins pins = new VersionPins(catalog, now::get, 2);
        long version = commit();
        VersionPins.Use use = pins.newest();
        use.keep();
        use.close();
        now.set(now.get().plusSeconds(589));
        assertTrue(pins.holds(version));
        now.set(now.get().plusSeconds(1));
        assertFalse(pins.holds(version));
    }

    @Test
    void answersWithoutAPromiseWhereNoMoreCanBeKept() {
        VersionPins pins = new VersionPins(catalog, now::get, 100);
        for (int i = 0; i < LEASES_MAX; i++) {
            commit();
            pins.newest();
        }
        commit();
        VersionPins.Use use = pins.newest();
        assertFalse(use.isPinned());
        use.keep();
        use.close();
        pins.close();
    }
}
