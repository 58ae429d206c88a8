package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.almagest.Catalog;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.InvalidRequestException;
import org.almagest.storage.fs.FileSystemKind;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.junit.jupiter.api.Test;

/** What is looked at before a store is served, and what is left to the first use. */
class OpeningTest {
    private static final String SEGMENTS = "data/00/000001.seg";

    private final SimDisk disk = new SimDisk();

    private Catalog open() throws IOException {
        return SmallStore.open(new SimStorage(disk));
    }

    private Catalog openFilled() throws IOException {
        Catalog catalog = open();
        for (Workload.Step step : Workload.beginning().steps()) {
            step.run(catalog, SmallStore.clock());
        }
        Workload.collection(catalog, "A").ingest(WorkloadRows.rows(0, 10));
        catalog.maintenance().orElseThrow().flush();
        return catalog;
    }

    private static SimDisk damaged(SimDisk image, int fromEnd) {
        byte[] bytes = image.bytes(SEGMENTS);
        int at = fromEnd > 0 ? bytes.length - fromEnd : 20;
        bytes[at] ^= 1;
        image.put(SEGMENTS, bytes);
        return image;
    }

    private static void assertRefused(SimDisk image) {
        SimStorage storage = new SimStorage(image);
        CorruptStoreException refusal = assertThrows(
                CorruptStoreException.class, () -> SmallStore.open(storage).close());
        assertTrue(refusal.getMessage().contains(SEGMENTS), refusal.getMessage());
        assertEquals(List.of(), storage.leaks());
    }

    @Test
    void afterAKillEverySegmentIsLookedAtBeforeAnythingIsServed() throws Exception {
        Catalog catalog = openFilled();
        assertRefused(damaged(disk.killImage(), 0));
        assertRefused(damaged(disk.killImage(), 100));
        SmallStore.open(new SimStorage(disk.killImage())).close();
        catalog.close();
    }

    @Test
    void afterACleanCloseThatWaitsForTheFirstUse() throws Exception {
        openFilled().close();
        damaged(disk, 0);
        try (Catalog catalog = open()) {
            assertEquals(10, Workload.collection(catalog, "A").info().count());
            assertThrows(CorruptStoreException.class, () -> ExpectedCatalog.read(catalog));
        }
    }

    @Test
    void aWriterRefusesAFileSystemOfAnotherMachine() throws Exception {
        SimStorage storage = new SimStorage(disk).kind(FileSystemKind.of("nfs4"));
        InvalidRequestException refusal = assertThrows(InvalidRequestException.class, () -> SmallStore.open(storage));
        assertEquals("store: file system: nfs4 (expected a disk of this machine) [sim]", refusal.getMessage());
        SmallStore.open(new SimStorage(disk).kind(FileSystemKind.of("tmpfs"))).close();
        EmbeddedProvider.openForReading(
                        new SimStorage(disk).kind(FileSystemKind.of("nfs4")), "sim", SmallStore.options())
                .close();
    }

    @Test
    void aReaderHoldsALeaseWhileItIsOpen() throws Exception {
        try (Catalog writer = openFilled()) {
            SimStorage reading = new SimStorage(disk);
            Catalog reader = EmbeddedProvider.openForReading(reading, "sim", SmallStore.options());
            assertEquals(1, reading.list("lease").size());
            Workload.collection(writer, "A").ingest(WorkloadRows.rows(10, 20));
            writer.maintenance().orElseThrow().flush();
            assertEquals(10, Workload.collection(reader, "A").info().count());
            SimStorage looking = new SimStorage(disk);
            reader.close();
            assertEquals(List.of(), looking.list("lease"));
            assertEquals(List.of(), reading.leaks());
        }
    }
}
