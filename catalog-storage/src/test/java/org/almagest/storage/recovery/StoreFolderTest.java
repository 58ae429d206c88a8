package org.almagest.storage.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.InvalidRequestException;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.metadata.Manifest;
import org.almagest.storage.metadata.Samples;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreFolderTest {
    private final SimStorage storage = new SimStorage(new SimDisk());
    private final StoreFolder folder = new StoreFolder(storage);

    @BeforeEach
    void makeStore() throws IOException {
        folder.create(new StoreIdentity(1, 2), new UUID(0, 0));
    }

    private void write(String name, int bytes) throws IOException {
        try (AppendFile file = storage.createNew(name)) {
            file.append(ByteBuffer.allocate(bytes));
        }
    }

    private String refusal(Manifest manifest) {
        return assertThrows(CorruptStoreException.class, () -> folder.checkDataFiles(manifest))
                .getMessage();
    }

    @Test
    void everyFileThatTheManifestNamesIsLongEnough() throws Exception {
        Manifest manifest = Samples.manifest();
        write("data/1f/001f3b.seg", 6144);
        assertEquals("data file: missing (the manifest names it) [data/1f/001f39.del @ 0]", refusal(manifest));
        write("data/1f/001f39.del", 1023);
        assertEquals("data file: 1023 bytes (at least 1024) [data/1f/001f39.del @ 1023]", refusal(manifest));
        storage.delete("data/1f/001f39.del");
        write("data/1f/001f39.del", 1024);
        assertEquals("data file: missing (the manifest names it) [data/1f/001f3c.seg @ 0]", refusal(manifest));
        write("data/1f/001f3c.seg", 2048);
        folder.checkDataFiles(manifest);
    }

    @Test
    void filesThatNoManifestNamesGoAndOthersStay() throws Exception {
        for (String name : List.of(
                "001f3b.seg",
                "001f39.del",
                "001f3c.seg", // named
                "001f3b.del",
                "001f39.seg",
                "001f3d.del", // a right number, and nobody names it
                "001f3b.bak",
                "1f3b.del")) { // not ours
            write("data/1f/" + name, 1);
        }
        folder.deleteOrphans(Samples.manifest(), List.of());
        assertEquals(
                List.of("001f39.del", "001f3b.bak", "001f3b.seg", "001f3c.seg", "1f3b.del"), storage.list("data/1f"));
    }

    @Test
    void filesThatAReadManifestNamesStay() throws Exception {
        for (String name : List.of("001f3b.seg", "001f39.del", "001f3c.seg")) {
            write("data/1f/" + name, 1);
        }
        Manifest newest =
                Samples.manifest().successor().removeSegmentsIf(segment -> true).build();
        folder.deleteOrphans(newest, List.of(Samples.manifest()));
        assertEquals(3, storage.list("data/1f").size());
        folder.deleteOrphans(newest, List.of());
        assertEquals(List.of(), storage.list("data/1f"));
    }

    @Test
    void aStoreIsMadeBesideTheKeysAndTenantsOfAServerAndNotBesideOtherFiles() throws Exception {
        SimStorage empty = new SimStorage(new SimDisk());
        empty.mkdir("server");
        empty.mkdir("tenants");
        try (AppendFile file = empty.createNew("server/keys.json")) {
            file.append(ByteBuffer.allocate(1));
        }
        new StoreFolder(empty).checkUsable();
        new StoreFolder(empty).create(new StoreIdentity(1, 2), new UUID(0, 0));
        assertEquals(List.of("keys.json"), empty.list("server"));
        SimStorage others = new SimStorage(new SimDisk());
        others.mkdir("servers");
        assertEquals(
                "store: not a store and not empty: holds \"servers\" (expected an empty folder)",
                assertThrows(InvalidRequestException.class, () -> new StoreFolder(others).checkUsable())
                        .getMessage());
    }
}
