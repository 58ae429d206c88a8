package org.almagest.storage.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.fs.LockHandle;
import org.almagest.storage.fs.LockMode;
import org.almagest.storage.fs.NoSpaceIOException;
import org.almagest.storage.fs.ReadFile;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.fs.StorageContract;
import org.junit.jupiter.api.Test;

/** The contract on the simulated disk, and what a test can order on top of it. */
class SimStorageTest extends StorageContract {
    private final SimDisk disk = new SimDisk();

    @Override
    protected Storage open() {
        return new SimStorage(disk);
    }

    @Test
    void sharedLocksExcludeOnlyExclusiveOnes() throws IOException {
        SimStorage first = new SimStorage(disk);
        SimStorage second = new SimStorage(disk);
        LockHandle one = first.tryLock("lease", LockMode.SHARED).orElseThrow();
        LockHandle two = second.tryLock("lease", LockMode.SHARED).orElseThrow();
        assertEquals(Optional.empty(), new SimStorage(disk).tryLock("lease", LockMode.EXCLUSIVE));
        one.close();
        assertEquals(Optional.empty(), new SimStorage(disk).tryLock("lease", LockMode.EXCLUSIVE));
        two.close();
        assertTrue(new SimStorage(disk).tryLock("lease", LockMode.EXCLUSIVE).isPresent());
    }

    @Test
    void theLockFileIsNeverOpenedByItsHolder() throws IOException {
        SimStorage storage = new SimStorage(disk);
        LockHandle lock = storage.tryLock("LOCK", LockMode.EXCLUSIVE).orElseThrow();
        assertThrows(AssertionError.class, () -> storage.openRead("LOCK"));
        lock.close();
        storage.openRead("LOCK").close();
    }

    @Test
    void aLostLockIsFreeForOthersAndTheLoserGoesOn() throws IOException {
        SimStorage stale = new SimStorage(disk);
        LockHandle lock = stale.tryLock("LOCK", LockMode.EXCLUSIVE).orElseThrow();
        stale.loseLocks();
        assertTrue(new SimStorage(disk).tryLock("LOCK", LockMode.EXCLUSIVE).isPresent());
        write(stale, "a", "still writing");
        lock.close();
        assertEquals(Optional.empty(), new SimStorage(disk).tryLock("LOCK", LockMode.EXCLUSIVE));
    }

    @Test
    void onlySealedFilesAreMapped() throws IOException {
        SimStorage storage = new SimStorage(disk);
        try (AppendFile file = storage.createNew("a")) {
            assertEquals(0, file.length());
            assertThrows(IllegalStateException.class, () -> storage.map("a", 0, 0));
            assertEquals(List.of("append a"), storage.leaks());
        }
        storage.map("a", 0, 0).close();
        assertEquals(List.of(), storage.leaks());
    }

    @Test
    void crashesBeforeTheOrderedCall() throws IOException {
        SimStorage storage = new SimStorage(disk);
        storage.crashAt(4);
        AppendFile file = storage.createNew("a");
        LockHandle lock = storage.tryLock("LOCK", LockMode.EXCLUSIVE).orElseThrow();
        file.append(bytes("one"));
        SimCrash crash = assertThrows(SimCrash.class, () -> file.append(bytes("two")));
        assertEquals("crashed at call 4, APPEND a", crash.getMessage());
        assertThrows(SimCrash.class, () -> file.force(Barrier.SEGMENT_FORCE));
        assertThrows(SimCrash.class, () -> storage.list(Storage.ROOT));
        assertEquals(4, storage.calls());
        file.close();
        lock.close();
        assertEquals(List.of(), storage.leaks());
        assertEquals("one", read(new SimStorage(disk), "a"), "the page cache survives a process");
        assertTrue(new SimStorage(disk).tryLock("LOCK", LockMode.EXCLUSIVE).isPresent());
    }

    @Test
    void oneRunCanBeCutAtEveryCall() throws IOException {
        SimStorage storage = new SimStorage(disk);
        List<String> seen = new ArrayList<>();
        storage.beforeCall((call, name) -> {
            int images = 0;
            for (CrashImage image : disk.crashImages(CrashModel.STRICT, 1)) {
                assertFalse(image.label().isEmpty());
                images++;
            }
            seen.add(call + " " + name + " " + images);
        });
        write(storage, "a", "one");
        storage.syncDir(Storage.ROOT, Barrier.STORE_DIR_SYNC);
        storage.delete("a");
        assertEquals(
                List.of("CREATE a 1", "APPEND a 2", "SYNC_DIRECTORY  4", "DELETE a 2"),
                seen,
                "nothing pending, the name, name and bytes, only the bytes");
    }

    @Test
    void failsOnceOrUntilCleared() throws IOException {
        SimStorage storage = new SimStorage(disk);
        storage.failAt(2, SimFault.EIO);
        assertEquals(List.of(), storage.list(Storage.ROOT));
        refused(IOException.class, "store: LIST: Input/output error", () -> storage.list(Storage.ROOT));
        assertEquals(List.of(), storage.list(Storage.ROOT));
        storage.failFrom(5, SimFault.NO_SPACE);
        assertEquals(List.of(), storage.list(Storage.ROOT));
        assertEquals(List.of(), storage.list(Storage.ROOT), "a full disk can be read");
        refused(NoSpaceIOException.class, "a: CREATE: No space left on device", () -> storage.createNew("a"));
        assertThrows(NoSpaceIOException.class, () -> storage.mkdir("a"));
        storage.clearFaults();
        storage.mkdir("a");
        storage.failNext(SimCall.READ, SimFault.EIO);
        write(storage, "b", "x");
        try (ReadFile file = storage.openRead("b")) {
            assertThrows(IOException.class, () -> file.read(ByteBuffer.allocate(1), 0));
            assertEquals(1, file.read(ByteBuffer.allocate(1), 0));
        }
        storage.failEvery(SimCall.SYNC_DIRECTORY, SimFault.EIO);
        assertThrows(IOException.class, () -> storage.syncDir("a", Barrier.WAL_DIR_SYNC));
        assertThrows(IOException.class, () -> storage.syncDir("a", Barrier.WAL_DIR_SYNC));
    }

    @Test
    void aShortWriteEndsTheFile() throws IOException {
        SimStorage storage = new SimStorage(disk);
        storage.failNext(SimCall.APPEND, SimFault.SHORT_THEN_NO_SPACE);
        try (AppendFile file = storage.createNew("a")) {
            refused(
                    NoSpaceIOException.class,
                    "a: append: No space left on device (2 of 5 bytes landed)",
                    () -> file.append(bytes("12345")));
            assertEquals(2, file.length());
            refused(IOException.class, "a: append: file has failed before", () -> file.append(bytes("6")));
        }
        assertEquals("12", read(storage, "a"));
    }

    @Test
    void aFullDiskTakesWhatFitsAndRecovers() throws IOException {
        SimStorage storage = new SimStorage(disk);
        write(storage, "reserve", "1234567890");
        disk.capacityBytes(14);
        assertEquals(4, storage.freeSpace());
        try (AppendFile file = storage.createNew("a")) {
            refused(
                    NoSpaceIOException.class,
                    "a: append: No space left on device (4 of 6 bytes landed)",
                    () -> file.append(bytes("123456")));
        }
        storage.delete("reserve");
        write(storage, "b", "1234567890");
        assertEquals(0, storage.freeSpace());
    }

    @Test
    void aFailedForceLosesBytesThatCanStillBeRead() throws IOException {
        SimStorage storage = new SimStorage(disk);
        try (AppendFile file = storage.createNew("a")) {
            storage.syncDir(Storage.ROOT, Barrier.STORE_DIR_SYNC);
            file.append(bytes("old"));
            file.force(Barrier.WAL_FORCE_BEFORE_ACK);
            file.append(bytes("new"));
            storage.failNext(SimCall.FORCE, SimFault.FORCE_DROPS);
            refused(IOException.class, "a: force: Input/output error", () -> file.force(Barrier.WAL_FORCE_BEFORE_ACK));
            assertThrows(IOException.class, () -> file.force(Barrier.WAL_FORCE_BEFORE_ACK), "no second try");
        }
        assertEquals("oldnew", read(storage, "a"));
        assertEquals(0, disk.pendingCount(CrashModel.STRICT));
        SimDisk killed = disk.killImage();
        assertEquals("oldnew", read(new SimStorage(killed), "a"));
        killed.dropCaches();
        assertEquals("old", read(new SimStorage(killed), "a"));
        for (CrashImage image : disk.crashImages(CrashModel.STRICT, 1)) {
            assertArrayEquals(bytes("old").array(), image.disk().bytes("a"), image.label());
        }
    }

    @Test
    void aBarrierCanBeSwitchedOff() throws IOException {
        SimStorage storage = new SimStorage(disk)
                .switchOff(Barrier.SEGMENT_FORCE)
                .switchOff(Barrier.SEGMENT_DIR_SYNC)
                .switchOff(Barrier.PRE_ACK_CHECK);
        try (AppendFile file = storage.createNew("a")) {
            file.append(bytes("x"));
            file.force(Barrier.SEGMENT_FORCE);
            storage.syncDir(Storage.ROOT, Barrier.SEGMENT_DIR_SYNC);
            assertEquals(2, disk.pendingCount(CrashModel.STRICT));
            file.force(Barrier.TOMBSTONE_FORCE);
            storage.syncDir(Storage.ROOT, Barrier.STORE_DIR_SYNC);
            assertEquals(0, disk.pendingCount(CrashModel.STRICT));
        }
        assertFalse(storage.enforces(Barrier.PRE_ACK_CHECK));
        assertTrue(storage.enforces(Barrier.CLAIM_BEFORE_LOG_READ));
        assertEquals(0, storage.counters().passed(Barrier.SEGMENT_FORCE));
    }
}
