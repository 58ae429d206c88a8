package org.almagest.storage.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.testing.TestStore;

/** A store in a temporary folder, whose rows a contract finds in segments. */
final class FolderStore implements TestStore {
    private final Path folder;

    FolderStore() {
        try {
            this.folder = Files.createTempDirectory("almagest-contract");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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
        return Catalog.open(folder, options);
    }

    @Override
    public void settle(Catalog catalog) {
        catalog.maintenance().orElseThrow().flush();
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(FolderStore::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
