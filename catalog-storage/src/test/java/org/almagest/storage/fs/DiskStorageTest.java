package org.almagest.storage.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.almagest.storage.fs.StorageCounters.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a directory of the operating system, and what only such a one has. */
class DiskStorageTest extends StorageContract {
    @TempDir
    Path folder;

    @Override
    protected Storage open() throws IOException {
        return DiskStorage.openOrCreate(folder.resolve("store"));
    }

    @Test
    void makesTheRootWithItsParents() throws IOException {
        Path root = folder.resolve("a/b/store");
        refused(FileMissingIOException.class, "store: " + root + ": no such directory", () -> DiskStorage.open(root));
        try (DiskStorage storage = DiskStorage.openOrCreate(root)) {
            assertEquals(root.toRealPath(), storage.root());
        }
        DiskStorage.open(root).close();
        Files.createFile(folder.resolve("file"));
        for (Action open : List.<Action>of(
                () -> DiskStorage.open(folder.resolve("file")),
                () -> DiskStorage.openOrCreate(folder.resolve("file")))) {
            refused(IOException.class, "store: " + folder.resolve("file") + ": not a directory", open);
        }
    }

    @Test
    void opensAndReadsWithoutWriting() throws IOException {
        try (Storage storage = open()) {
            write(storage, "a", "x");
        }
        Path root = folder.resolve("store");
        Object before = Files.getLastModifiedTime(root);
        try (DiskStorage storage = DiskStorage.open(root)) {
            assertEquals("x", read(storage, "a"));
            storage.map("a", 0, 1).close();
        }
        assertEquals(before, Files.getLastModifiedTime(root));
    }

    @Test
    void theLockHoldsWhateverThePathIsCalled() throws IOException {
        Path link = folder.resolve("link");
        try (Storage storage = open();
                LockHandle lock = storage.tryLock("LOCK", LockMode.EXCLUSIVE).orElseThrow()) {
            Files.createSymbolicLink(link, folder.resolve("store"));
            try (DiskStorage linked = DiskStorage.open(link)) {
                assertEquals(Optional.empty(), linked.tryLock("LOCK", LockMode.EXCLUSIVE));
            }
            assertEquals("LOCK", lock.name());
        }
        assertTrue(OtherProcess.canLock(folder.resolve("store")), "released");
    }

    @Test
    void theLockHoldsAgainstOtherProcesses() throws Exception {
        Path root = folder.resolve("store");
        try (Storage storage = open();
                Storage second = open();
                LockHandle lock = storage.tryLock("LOCK", LockMode.EXCLUSIVE).orElseThrow()) {
            assertFalse(OtherProcess.canLock(root));
            // Were LOCK opened here, only to find it locked, closing it again would let the other process in.
            assertEquals(Optional.empty(), second.tryLock("LOCK", LockMode.EXCLUSIVE));
            assertFalse(OtherProcess.canLock(root), "asking twice has not dropped it");
            assertEquals("LOCK", lock.name());
        }
    }

    @Test
    void aForeignLockInThisProcessIsRespected() throws IOException {
        try (Storage storage = open()) {
            write(storage, "LOCK", "");
            try (var channel = FileChannel.open(folder.resolve("store/LOCK"), StandardOpenOption.WRITE);
                    var foreign = channel.lock()) {
                assertEquals(Optional.empty(), storage.tryLock("LOCK", LockMode.EXCLUSIVE));
                assertTrue(foreign.isValid());
            }
        }
    }

    @Test
    void aReleasedMappingIsGoneAtOnceOrRetiredUntilCollected() throws IOException {
        try (Storage storage = open()) {
            write(storage, "a", "x".repeat(10_000));
            closeMapping(storage);
            boolean arena = Runtime.version().feature() >= 22;
            assertEquals(0, storage.counters().value(Counter.MAPPED_BYTES));
            if (arena) {
                assertEquals(0, storage.counters().value(Counter.RETIRED_BYTES));
            }
            for (int i = 0; i < 1_000 && storage.counters().value(Counter.RETIRED_BYTES) > 0; i++) {
                System.gc();
            }
            assertEquals(0, storage.counters().value(Counter.RETIRED_BYTES));
        }
    }

    private static void closeMapping(Storage storage) throws IOException {
        MappedBytes mapped = storage.map("a", 0, 10_000);
        ByteBuffer view = mapped.buffer();
        assertEquals('x', view.get(9_999));
        mapped.close();
        if (Runtime.version().feature() >= 22) {
            assertThrows(IllegalStateException.class, () -> view.get(0));
        } else {
            assertEquals('x', view.get(0), "still mapped while somebody can read");
            assertEquals(10_000, storage.counters().value(Counter.RETIRED_BYTES));
        }
    }

    @Test
    void aFileCutShortUnderAMappingIsAFailureThatNamesIt() throws IOException {
        try (Storage storage = open()) {
            write(storage, "a", "x".repeat(100_000));
            try (MappedBytes mapped = storage.map("a", 0, 100_000)) {
                try (var channel = FileChannel.open(folder.resolve("store/a"), StandardOpenOption.WRITE)) {
                    channel.truncate(0);
                }
                ByteBuffer view = mapped.buffer();
                InternalError fault = assertThrows(InternalError.class, () -> sum(view));
                assertTrue(mapped.readFailure(fault).getMessage().startsWith("a: read of mapped bytes: "));
            }
        }
    }

    private static long sum(ByteBuffer bytes) {
        long sum = 0;
        while (bytes.hasRemaining()) {
            sum += bytes.get();
        }
        return sum;
    }

    @Test
    void anInterruptWhileWritingClosesNothing() throws Exception {
        try (Storage storage = open();
                AppendFile file = storage.createNew("a")) {
            Thread writer = Thread.currentThread();
            Thread pest = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    writer.interrupt();
                    Thread.onSpinWait();
                }
            });
            pest.start();
            for (int i = 0; i < 200; i++) {
                file.append(bytes("0123456789"));
                file.force(Barrier.WAL_FORCE_BEFORE_ACK);
                storage.syncDir(Storage.ROOT, Barrier.WAL_DIR_SYNC);
            }
            pest.interrupt();
            while (pest.isAlive()) {
                Thread.interrupted();
                Thread.onSpinWait();
            }
            Thread.interrupted();
            assertEquals(2_000, storage.size("a"));
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void namesWhatItIsNotAllowedTo() throws IOException {
        try (Storage storage = open()) {
            storage.mkdir("dir");
            IOException refusal = assertThrows(IOException.class, () -> storage.openRead("dir"));
            assertTrue(refusal.getMessage().startsWith("dir: open: "), refusal.getMessage());
            assertTrue(refusal.getMessage().contains("Is a directory"), refusal.getMessage());
            assertFalse(refusal instanceof FileMissingIOException);
        }
    }

    /** Asks a second JVM, since locks of files tell processes apart and not threads. */
    static final class OtherProcess {
        private OtherProcess() {}

        static boolean canLock(Path root) throws IOException {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            String classPath = System.getProperty("java.class.path");
            Process process = new ProcessBuilder(
                            java,
                            "-Xmx64m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            classPath,
                            OtherProcess.class.getName(),
                            root.toString())
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            return switch (answer) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new AssertionError(answer);
            };
        }

        public static void main(String[] arguments) throws IOException {
            try (DiskStorage storage = DiskStorage.open(Path.of(arguments[0]))) {
                System.out.println(storage.tryLock("LOCK", LockMode.EXCLUSIVE).isPresent());
            }
        }
    }
}
