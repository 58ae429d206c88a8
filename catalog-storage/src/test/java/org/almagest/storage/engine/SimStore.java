package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.almagest.testing.TestStore;
import org.jspecify.annotations.Nullable;

/** A store on a simulated disk, which knows at the end whether anything was left open. */
final class SimStore implements TestStore {
    private final SimDisk disk = new SimDisk();
    private @Nullable SimStorage last;

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.DURABLE,
                Capability.QUARANTINE,
                Capability.REPLACE,
                Capability.DELETE,
                Capability.DELETE_DATASETS,
                Capability.RETENTION,
                Capability.HISTORY);
    }

    @Override
    public Catalog open(CatalogOptions options) {
        SimStorage storage = new SimStorage(disk);
        last = storage;
        try {
            return options.mode() == CatalogOptions.OpenMode.READ_ONLY
                    ? EmbeddedProvider.openForReading(storage, "sim", options)
                    : EmbeddedProvider.openForWriting(storage, "sim", options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (last != null) {
            assertEquals("", String.join(", ", last.leaks()), "left open");
        }
    }
}
