package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.storage.sim.CrashImage;
import org.almagest.storage.sim.CrashModel;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.almagest.testing.TestStore;
import org.jspecify.annotations.Nullable;

/** A store on a simulated disk, which knows at the end whether anything was left open. */
final class SimStore implements TestStore {
    private static final int IMAGES_LOOKED_AT = 16;

    private SimDisk disk = new SimDisk();
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
                Capability.HISTORY,
                Capability.EXTENT,
                Capability.SORT,
                Capability.SPHERICAL,
                Capability.AGGREGATION);
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
    public boolean canCrash() {
        return true;
    }

    @Override
    public Catalog crash(Catalog catalog, CatalogOptions options, long seed) {
        List<SimDisk> left = new ArrayList<>();
        for (CrashImage image : disk.crashImages(CrashModel.STRICT, seed)) {
            left.add(image.disk());
            if (left.size() > seed % IMAGES_LOOKED_AT) {
                break;
            }
        }
        catalog.close();
        close();
        disk = left.get(left.size() - 1);
        return open(options);
    }

    @Override
    public void close() {
        if (last != null) {
            assertEquals("", String.join(", ", last.leaks()), "left open");
        }
    }
}
