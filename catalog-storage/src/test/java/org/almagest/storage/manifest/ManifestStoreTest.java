package org.almagest.storage.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.almagest.error.CorruptStoreException;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.fs.FileMissingIOException;
import org.almagest.storage.manifest.ManifestStore.Publication;
import org.almagest.storage.metadata.Manifest;
import org.almagest.storage.metadata.Samples;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.sim.CrashImage;
import org.almagest.storage.sim.CrashModel;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.junit.jupiter.api.Test;

class ManifestStoreTest {
    private static final StoreIdentity STORE = new StoreIdentity(1, 2);

    private final SimDisk disk = new SimDisk();
    private final SimStorage storage = open(disk);
    private final ManifestStore manifests = new ManifestStore(storage, STORE);

    private static SimStorage open(SimDisk disk) {
        try {
            SimStorage storage = new SimStorage(disk);
            storage.mkdir(ManifestStore.FOLDER);
            storage.mkdir("tmp");
            storage.syncDir("", Barrier.STORE_DIR_SYNC);
            return storage;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Publication publish(ManifestStore store, Manifest manifest) throws IOException {
        Publication publication = store.link(store.prepare(manifest));
        store.sync();
        return publication;
    }

    @Test
    void aNewStoreHasNone() throws IOException {
        assertEquals(OptionalLong.empty(), manifests.newestVersion());
        assertFalse(manifests.exists(1));
        assertThrows(FileMissingIOException.class, () -> manifests.read(1));
    }

    @Test
    void whatIsPublishedIsRead() throws Exception {
        Manifest manifest = Samples.manifest();
        assertEquals(Publication.LINKED, publish(manifests, manifest));
        assertEquals(OptionalLong.of(7), manifests.newestVersion());
        assertTrue(manifests.exists(7));
        assertFalse(manifests.exists(8));
        ManifestFormatTest.assertSame(manifest, manifests.read(7));
        assertEquals(List.of("manifest/00000007.man"), disk.files());
        assertEquals(List.of(), storage.leaks());
    }

    @Test
    void aVersionIsGivenOnce() throws Exception {
        Manifest ours = Manifest.builder().epoch(2).build();
        ManifestStore.Prepared prepared = manifests.prepare(ours);
        ManifestStore rival = new ManifestStore(new SimStorage(disk), STORE);
        disk.put("tmp/rival", disk.bytes(prepared.temporary()));
        assertEquals(Publication.LINKED, rival.link(new ManifestStore.Prepared(1, "tmp/rival", 0)));
        assertEquals(Publication.ALREADY_EXISTS, manifests.link(prepared));
    }

    @Test
    void aLeftoverOfAnEarlierAttemptIsNoObstacle() throws Exception {
        manifests.prepare(Manifest.builder().epoch(2).build());
        assertEquals(
                Publication.LINKED,
                publish(manifests, Manifest.builder().epoch(5).build()));
        assertEquals(5, manifests.read(1).epoch());
    }

    @Test
    void theLastTwoAndThoseFromThePinnedOneOnStay() throws Exception {
        Manifest manifest = Manifest.builder().build();
        for (int i = 0; i < 6; i++) {
            publish(manifests, manifest);
            manifest = manifest.successor().build();
        }
        manifests.deleteOld(6, 2);
        assertEquals(List.of(2L, 3L, 4L, 5L, 6L), manifests.versions());
        manifests.deleteOld(6, Long.MAX_VALUE);
        assertEquals(List.of(5L, 6L), manifests.versions());
    }

    @Test
    void damageOfTheNewestIsNeverAnsweredWithAnOlderOne() throws Exception {
        publish(manifests, Manifest.builder().build());
        publish(manifests, Manifest.builder().build().successor().build());
        byte[] bytes = disk.bytes(ManifestStore.name(2));
        bytes[70] ^= 1;
        disk.put(ManifestStore.name(2), bytes);
        CorruptStoreException refusal = assertThrows(CorruptStoreException.class, () -> manifests.read(2));
        assertEquals("manifest/00000002.man", refusal.file());
        disk.put(ManifestStore.name(2), disk.bytes(ManifestStore.name(1)));
        assertEquals(
                "manifest: version 1 (expected 2) [manifest/00000002.man @ 48]",
                assertThrows(CorruptStoreException.class, () -> manifests.read(2))
                        .getMessage());
        disk.put(ManifestStore.name(2), Arrays.copyOf(bytes, 10));
        assertEquals(
                "manifest: 10 bytes (at least 68) [manifest/00000002.man @ 0]",
                assertThrows(CorruptStoreException.class, () -> manifests.read(2))
                        .getMessage());
    }

    @Test
    void namesAreStrict() throws IOException {
        for (String name : List.of("00000001.man", "1.man", "000000001.man", "00000000.man", "x", "123456789.man")) {
            disk.put("manifest/" + name, new byte[0]);
        }
        assertEquals(List.of(1L, 123_456_789L), manifests.versions());
        assertEquals("manifest/00000012.man", ManifestStore.name(12));
    }

    @Test
    void aCrashLeavesTheOldOrTheNewOne() throws Exception {
        Manifest first = Manifest.builder().build();
        for (long call = 1; ; call++) {
            SimDisk crashing = new SimDisk();
            SimStorage process = open(crashing);
            ManifestStore store = new ManifestStore(process, STORE);
            publish(store, first);
            long before = process.calls();
            process.crashAt(before + call);
            boolean done = publishUntilCrash(store, first.successor().build());
            for (CrashImage image : crashing.crashImages(CrashModel.STRICT, call)) {
                ManifestStore reopened = new ManifestStore(new SimStorage(image.disk()), STORE);
                long newest = reopened.newestVersion().orElseThrow();
                assertTrue(newest == 2 || newest == 1 && !done, image.label());
                assertEquals(newest, reopened.read(newest).version());
            }
            if (done) {
                return;
            }
        }
    }

    private static boolean publishUntilCrash(ManifestStore store, Manifest next) throws IOException {
        try {
            publish(store, next);
            return true;
        } catch (org.almagest.storage.sim.SimCrash crash) {
            return false;
        }
    }

    @Test
    void writingInPlaceIsCaughtByACrash() throws Exception {
        boolean caught = false;
        for (long call = 1; call < 12; call++) {
            SimDisk crashing = new SimDisk();
            SimStorage process = open(crashing).switchOff(Barrier.TEMP_THEN_PUBLISH);
            ManifestStore store = new ManifestStore(process, STORE);
            publish(store, Manifest.builder().build());
            process.crashAt(process.calls() + call);
            publishUntilCrash(store, Manifest.builder().build().successor().build());
            for (CrashImage image : crashing.crashImages(CrashModel.STRICT, call)) {
                ManifestStore reopened = new ManifestStore(new SimStorage(image.disk()), STORE);
                try {
                    reopened.read(reopened.newestVersion().orElseThrow());
                } catch (CorruptStoreException expected) {
                    caught = true;
                }
            }
        }
        assertTrue(caught);
    }

    @Test
    void thirtyThousandSegmentsStayOneSmallFile() throws Exception {
        Manifest large = Samples.large(3_000, 10);
        ManifestStore.Prepared prepared = manifests.prepare(large);
        assertTrue(prepared.bytes() < 8 << 20, prepared.bytes() + " bytes");
        manifests.link(prepared);
        ManifestFormatTest.assertSame(large, manifests.read(1));
    }
}
