package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.model.Datapoint;
import org.almagest.query.Query;
import org.almagest.runtime.Scheduler;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.manifest.DataFiles;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.almagest.testing.Fixtures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Data files that nobody needs go after a clean close: those in the way at opening, the others while the store runs. */
class TidyingTest {
    private static final int FOLDERS = 2;

    private final SimDisk disk = new SimDisk();
    private final Held held = new Held();

    /** Runs everything at once, but keeps what is to be done later. */
    private static final class Held implements Scheduler {
        private @Nullable Runnable later;

        @Override
        public Worker worker(String name) {
            return Scheduler.inline().worker(name);
        }

        @Override
        public void later(Worker worker, Duration delay, Runnable task) {
            later = task;
        }
    }

    private Catalog open() throws IOException {
        CatalogOptions options = SmallStore.options(held);
        return EmbeddedProvider.openForWriting(new SimStorage(disk), "sim", options);
    }

    private void runWhatWasPutOff() {
        Runnable task = held.later;
        assertNotNull(task);
        task.run();
    }

    private Set<String> dataFiles() throws IOException {
        Set<String> files = new TreeSet<>();
        try (SimStorage storage = new SimStorage(disk)) {
            for (int i = 0; i < FOLDERS; i++) {
                for (String name : storage.list(DataFiles.folder(i))) {
                    files.add(DataFiles.folder(i) + "/" + name);
                }
            }
        }
        return files;
    }

    private void leave(String path) throws IOException {
        try (SimStorage storage = new SimStorage(disk);
                AppendFile file = storage.createNew(path)) {
            file.append(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        }
    }

    private static void store(Catalog catalog, Collection things, int number) {
        Datapoint row = Datapoint.at(SmallStore.NOW.plusSeconds(number))
                .set("number", number)
                .build();
        things.ingest(List.of(row));
        catalog.maintenance().orElseThrow().flush();
    }

    /** Makes a store whose next data files are in the second folder; returns how many rows it has. */
    private int fill() throws IOException {
        int rows = 0;
        try (Catalog catalog = open()) {
            Collection things =
                    catalog.createDataset(Fixtures.numbers("a.numbers")).createCollection("things");
            while (dataFiles().stream().noneMatch(file -> file.startsWith(DataFiles.folder(1)))) {
                store(catalog, things, rows++);
            }
        }
        return rows;
    }

    @Test
    void filesThatNobodyNamesGoAndNewOnesStay() throws IOException {
        int rows = fill();
        Set<String> needed = dataFiles();
        String old = DataFiles.segment(7);
        String ahead = DataFiles.segment(DataFiles.NUMBERS_PER_FOLDER + 200);
        assertFalse(needed.contains(old) || needed.contains(ahead), needed.toString());
        leave(old);
        leave(ahead);
        try (Catalog catalog = open()) {
            assertTrue(dataFiles().contains(old), "looked for later");
            assertFalse(dataFiles().contains(ahead), "it would be in the way");
            Collection things = catalog.dataset("a.numbers").collection("things");
            store(catalog, things, rows++);
            catalog.maintenance().orElseThrow().compact();
            store(catalog, things, rows++);
            Set<String> expected = dataFiles();
            expected.remove(old);
            runWhatWasPutOff();
            assertEquals(expected, dataFiles());
            assertEquals(rows, things.query(Query.allTime().build()).toList().size());
        }
        try (Catalog catalog = open()) {
            assertEquals(rows, catalog.query(Query.allTime().build()).toList().size());
        }
    }
}
