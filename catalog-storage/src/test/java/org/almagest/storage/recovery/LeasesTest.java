package org.almagest.storage.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.almagest.runtime.RandomSource;
import org.almagest.storage.fs.DiskStorage;
import org.almagest.storage.manifest.ManifestStore;
import org.almagest.storage.metadata.Manifest;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.sim.SimCall;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimFault;
import org.almagest.storage.sim.SimStorage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeasesTest {
    private static final StoreIdentity STORE = new StoreIdentity(1, 2);

    private final SimDisk disk = new SimDisk();
    private final SimStorage writing = new SimStorage(disk);
    private final SimStorage reading = new SimStorage(disk);
    private final AtomicLong numbers = new AtomicLong(0xabc);
    private final RandomSource random = numbers::getAndIncrement;
    private final Leases writer = new Leases(writing);
    private final Leases reader = new Leases(reading);
    private final ManifestStore manifests = new ManifestStore(reading, STORE);
    private long version;

    @BeforeEach
    void makeStore() throws IOException {
        new StoreFolder(writing).create(STORE, new UUID(0, 0));
        publish();
    }

    private void publish() throws IOException {
        version++;
        ManifestStore store = new ManifestStore(writing, STORE);
        store.link(store.prepare(Manifest.builder().version(version).build()));
        store.sync();
    }

    private Lease take() throws IOException {
        return reader.takeNewest(manifests, random).orElseThrow();
    }

    @Test
    void theLowestLivingLeaseIsTheOldest() throws Exception {
        assertEquals(OptionalLong.empty(), writer.oldestLeased());
        Lease first = take();
        publish();
        publish();
        Lease third = take();
        assertEquals(List.of("00000001-0000000000000abc.lease", "00000003-0000000000000abd.lease"), leases());
        assertEquals(Set.of(1L, 3L), writer.leased());
        assertEquals(OptionalLong.of(1), writer.oldestLeased());
        first.close();
        assertEquals(OptionalLong.of(3), writer.oldestLeased());
        third.close();
        third.close();
        assertEquals(OptionalLong.empty(), writer.oldestLeased());
        assertEquals(List.of(), leases());
        assertEquals(List.of(), reading.leaks());
        assertEquals(List.of(), writing.leaks());
    }

    private List<String> leases() throws IOException {
        return writing.list(StoreFolder.LEASES);
    }

    @Test
    void twoReadersOfOneVersionHoldItUntilBothAreGone() throws Exception {
        Lease one = take();
        Lease two =
                new Leases(new SimStorage(disk)).takeNewest(manifests, random).orElseThrow();
        one.close();
        assertEquals(Set.of(1L), writer.leased());
        two.close();
        assertEquals(Set.of(), writer.leased());
    }

    @Test
    void theLeaseOfAProcessThatIsGoneIsDropped() throws Exception {
        assertTrue(take().isHeld());
        reading.kill();
        assertEquals(1, leases().size());
        assertEquals(OptionalLong.empty(), writer.oldestLeased());
        assertEquals(List.of(), leases());
    }

    @Test
    void otherFilesAreLeftAlone() throws Exception {
        for (String name : List.of("readme.txt", "1-0000000000000abc.lease", "00000001-xyz.lease")) {
            writing.createNew("lease/" + name).close();
        }
        assertEquals(Set.of(), writer.leased());
        assertEquals(3, leases().size());
    }

    @Test
    void aVersionThatIsNoLongerTheNewestIsGivenUp() throws Exception {
        AtomicInteger publishes = new AtomicInteger(2);
        reading.beforeCall((call, name) -> {
            if (call == SimCall.LOCK && publishes.getAndDecrement() > 0) {
                publishUnchecked();
            }
        });
        Lease lease = take();
        assertEquals(3, lease.version());
        assertEquals(Set.of(3L), writer.leased());
        assertEquals(1, leases().size());
        lease.close();
    }

    private void publishUnchecked() {
        try {
            publish();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aLeaseThatAWriterTookForStaleIsTakenAgain() throws Exception {
        AtomicInteger sweeps = new AtomicInteger(1);
        reading.beforeCall((call, name) -> {
            // Between its lock and the look at its file: as if the writer had locked it in between and deleted it.
            if (call == SimCall.SIZE && name.startsWith("lease/") && sweeps.getAndDecrement() > 0) {
                try {
                    writing.delete(name);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        });
        Lease lease = take();
        assertEquals(List.of("00000001-0000000000000abd.lease"), leases());
        assertEquals(Set.of(1L), writer.leased());
        lease.close();
    }

    @Test
    void aFolderThatCannotBeWrittenGivesALeaseThatHoldsNothing() throws Exception {
        reading.failEvery(SimCall.LOCK, SimFault.EIO);
        Lease lease = take();
        assertFalse(lease.isHeld());
        assertEquals(1, lease.version());
        assertEquals(List.of(), leases());
        lease.close();
    }

    @Test
    void aStoreWithoutManifestHasNothingToLease() throws Exception {
        writing.delete(ManifestStore.name(1));
        assertEquals(Optional.empty(), reader.takeNewest(manifests, random));
        assertEquals(List.of(), leases());
    }

    @Test
    void anotherProcessHoldsALeaseUntilItIsKilled(@TempDir Path folder) throws Exception {
        try (DiskStorage storage = DiskStorage.openOrCreate(folder)) {
            new StoreFolder(storage).create(STORE, new UUID(0, 0));
            ManifestStore store = new ManifestStore(storage, STORE);
            store.link(store.prepare(Manifest.builder().build()));
            Leases leases = new Leases(storage);
            Process process = LeaseHolder.start(folder);
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                assertEquals("1 held", lines.readLine());
                assertEquals(OptionalLong.of(1), leases.oldestLeased());
                assertEquals(OptionalLong.of(1), leases.oldestLeased());
            } finally {
                process.destroyForcibly();
                assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            }
            assertEquals(OptionalLong.empty(), leases.oldestLeased());
            assertEquals(List.of(), storage.list(StoreFolder.LEASES));
        }
    }
}
