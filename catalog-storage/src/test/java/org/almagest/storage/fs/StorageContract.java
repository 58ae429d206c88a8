package org.almagest.storage.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.almagest.storage.fs.StorageCounters.Counter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What both the real and the simulated disk do; each test gets an empty root. */
public abstract class StorageContract {
    private final List<Storage> opened = new ArrayList<>();

    /** Opens the root of this test once more, as a process of its own as far as the implementation can. */
    protected abstract Storage open() throws IOException;

    private Storage storage() throws IOException {
        Storage storage = open();
        opened.add(storage);
        return storage;
    }

    @AfterEach
    void nothingIsLeftOpen() throws IOException {
        for (Storage storage : opened) {
            for (Counter counter :
                    List.of(Counter.OPEN_FILES, Counter.OPEN_MAPPINGS, Counter.MAPPED_BYTES, Counter.HELD_LOCKS)) {
                assertEquals(0, storage.counters().value(counter), counter.toString());
            }
            storage.close();
        }
    }

    @Test
    void listsNamesInOrder() throws IOException {
        Storage storage = storage();
        assertEquals(List.of(), storage.list(Storage.ROOT));
        storage.mkdir("wal");
        write(storage, "b", "");
        write(storage, "B", "");
        write(storage, "wal/2", "");
        write(storage, "wal/10", "");
        assertEquals(List.of("B", "b", "wal"), storage.list(Storage.ROOT));
        assertEquals(List.of("10", "2"), storage.list("wal"));
        refused(FileMissingIOException.class, "nowhere: list: no such file", () -> storage.list("nowhere"));
    }

    @Test
    void sizeTellsWhetherAFileExists() throws IOException {
        Storage storage = storage();
        storage.mkdir("dir");
        assertEquals(Storage.NO_FILE, storage.size("a"));
        assertEquals(Storage.NO_FILE, storage.size("dir"), "a directory is no file");
        assertEquals(Storage.NO_FILE, storage.size("nowhere/a"));
        write(storage, "a", "");
        assertEquals(0, storage.size("a"));
        write(storage, "b", "four");
        assertEquals(4, storage.size("b"));
    }

    @Test
    void aNameIsCreatedOnce() throws IOException {
        Storage storage = storage();
        write(storage, "a", "first");
        refused(FileExistsIOException.class, "a: create: already exists", () -> storage.createNew("a"));
        refused(FileMissingIOException.class, "no: create: no such file", () -> storage.createNew("no/a"));
        assertEquals("first", read(storage, "a"));
    }

    @Test
    void appendsEveryKindOfBuffer() throws IOException {
        Storage storage = storage();
        ByteBuffer direct = ByteBuffer.allocateDirect(600_000);
        while (direct.hasRemaining()) {
            direct.put((byte) direct.position());
        }
        direct.flip();
        ByteBuffer slice = ByteBuffer.wrap("xxsliceyy".getBytes(UTF_8), 2, 5).slice();
        try (AppendFile file = storage.createNew("a")) {
            assertEquals("a", file.name());
            file.append(slice);
            file.append(ByteBuffer.wrap("readonly".getBytes(UTF_8)).asReadOnlyBuffer());
            file.append(ByteBuffer.allocate(0));
            assertEquals(13, file.length());
            file.append(direct);
            file.force(Barrier.WAL_FORCE_BEFORE_ACK);
            assertEquals(600_013, file.length());
        }
        assertFalse(slice.hasRemaining());
        assertFalse(direct.hasRemaining());
        ByteBuffer bytes = WholeFiles.read(storage, "a", 1 << 20);
        assertEquals("slicereadonly", UTF_8.decode(bytes.slice(0, 13)).toString());
        assertEquals(direct.flip(), bytes.position(13));
    }

    @Test
    void aClosedFileTakesNothing() throws IOException {
        Storage storage = storage();
        AppendFile file = storage.createNew("a");
        file.close();
        file.close();
        refused(IOException.class, "a: append: file is closed", () -> file.append(ByteBuffer.allocate(1)));
        refused(IOException.class, "a: force: file is closed", () -> file.force(Barrier.SEGMENT_FORCE));
    }

    @Test
    void readsAnywhereAndStopsAtTheEnd() throws IOException {
        Storage storage = storage();
        write(storage, "a", "0123456789");
        try (ReadFile file = storage.openRead("a")) {
            assertEquals("a", file.name());
            assertEquals(10, file.size());
            ByteBuffer four = ByteBuffer.allocate(4);
            assertEquals(4, file.read(four, 6));
            assertEquals("6789", UTF_8.decode(four.flip()).toString());
            assertEquals(1, file.read(four.clear(), 9));
            assertEquals(1, four.position());
            assertEquals(0, file.read(four.clear(), 10));
            assertEquals(0, file.read(four.clear(), 1L << 40));
            ByteBuffer direct = ByteBuffer.allocateDirect(3);
            assertEquals(3, file.read(direct, 0));
            assertEquals("012", UTF_8.decode(direct.flip()).toString());
            assertThrows(IllegalArgumentException.class, () -> file.read(four.clear(), -1));
        }
        refused(FileMissingIOException.class, "b: open: no such file", () -> storage.openRead("b"));
    }

    @Test
    void readsAFileThatGrows() throws IOException {
        Storage storage = storage();
        try (AppendFile writer = storage.createNew("wal");
                ReadFile reader = storage.openRead("wal")) {
            assertEquals(0, reader.size());
            writer.append(bytes("one"));
            assertEquals(3, reader.size());
            writer.append(bytes("two"));
            ByteBuffer all = ByteBuffer.allocate(10);
            assertEquals(6, reader.read(all, 0));
            assertEquals("onetwo", UTF_8.decode(all.flip()).toString());
        }
    }

    @Test
    void mapsExactlyTheBytesAskedFor() throws IOException {
        Storage storage = storage();
        write(storage, "a", "x".repeat(5_000) + "0123456789");
        try (MappedBytes mapped = storage.map("a", 5_001, 3)) {
            assertEquals("a", mapped.name());
            assertEquals(3, mapped.length());
            assertEquals("123", UTF_8.decode(mapped.buffer()).toString());
            assertEquals("123", UTF_8.decode(mapped.buffer()).toString(), "every view has a position of its own");
            assertTrue(mapped.buffer().isReadOnly());
            assertEquals(ByteOrder.LITTLE_ENDIAN, mapped.buffer().order());
            assertEquals(3, storage.counters().value(Counter.MAPPED_BYTES));
            assertEquals(1, storage.counters().value(Counter.OPEN_MAPPINGS));
        }
        assertEquals(0, storage.counters().value(Counter.MAPPED_BYTES));
    }

    @Test
    void mapsUpToTheEndAndNoFurther() throws IOException {
        Storage storage = storage();
        write(storage, "a", "0123456789");
        try (MappedBytes empty = storage.map("a", 10, 0);
                MappedBytes all = storage.map("a", 0, 10)) {
            assertEquals(0, empty.buffer().remaining());
            assertEquals(10, all.buffer().remaining());
        }
        refused(EOFException.class, "a: map: 2 bytes at 9 (file has 10 bytes)", () -> storage.map("a", 9, 2));
        refused(EOFException.class, "a: map: 0 bytes at 11 (file has 10 bytes)", () -> storage.map("a", 11, 0));
        refused(
                EOFException.class,
                "a: map: 10 bytes at 9223372036854775807 (file has 10 bytes)",
                () -> storage.map("a", Long.MAX_VALUE, 10));
        refused(FileMissingIOException.class, "b: map: no such file", () -> storage.map("b", 0, 0));
        assertThrows(IllegalArgumentException.class, () -> storage.map("a", -1, 1));
        assertThrows(IllegalArgumentException.class, () -> storage.map("a", 0, 1L << 31));
    }

    @Test
    void aClosedMappingRefusesNewReaders() throws IOException {
        Storage storage = storage();
        write(storage, "a", "x");
        MappedBytes mapped = storage.map("a", 0, 1);
        mapped.close();
        mapped.close();
        IllegalStateException refusal = assertThrows(IllegalStateException.class, mapped::buffer);
        assertEquals("a: mapping: is closed", refusal.getMessage());
    }

    @Test
    void aFaultUnderAMappingNamesTheFile() throws IOException {
        Storage storage = storage();
        write(storage, "a", "x");
        try (MappedBytes mapped = storage.map("a", 0, 1)) {
            InternalError fault = new InternalError("a fault occurred in an unsafe memory access operation");
            IOException failure = mapped.readFailure(fault);
            assertEquals(
                    "a: read of mapped bytes: a fault occurred in an unsafe memory access operation",
                    failure.getMessage());
            assertEquals(fault, failure.getCause());
        }
    }

    @Test
    void publishesOnce() throws IOException {
        Storage storage = storage();
        storage.mkdir("tmp");
        storage.mkdir("manifest");
        write(storage, "tmp/1", "first");
        write(storage, "tmp/2", "second");
        storage.publish("tmp/1", "manifest/7.man");
        refused(
                FileExistsIOException.class,
                "manifest/7.man: publish: already exists",
                () -> storage.publish("tmp/2", "manifest/7.man"));
        assertEquals("first", read(storage, "manifest/7.man"));
        assertEquals(List.of("2"), storage.list("tmp"), "a refused publish changes nothing");
        refused(
                FileMissingIOException.class,
                "tmp/3: rename to manifest/8.man: no such file",
                () -> storage.publish("tmp/3", "manifest/8.man"));
        refused(
                FileMissingIOException.class,
                "none: rename to none/8.man: no such file",
                () -> storage.publish("tmp/2", "none/8.man"));
        assertEquals("second", read(storage, "tmp/2"));
    }

    @Test
    void renameReplaces() throws IOException {
        Storage storage = storage();
        storage.mkdir("tmp");
        write(storage, "OWNER", "old");
        write(storage, "tmp/owner", "new");
        storage.rename("tmp/owner", "OWNER");
        assertEquals("new", read(storage, "OWNER"));
        assertEquals(List.of(), storage.list("tmp"));
        refused(
                FileMissingIOException.class,
                "tmp/owner: rename to OWNER: no such file",
                () -> storage.rename("tmp/owner", "OWNER"));
    }

    @Test
    void aDeletedFileCanBeReadByThoseWhoHaveItOpen() throws IOException {
        Storage storage = storage();
        write(storage, "a", "still here");
        try (ReadFile file = storage.openRead("a");
                MappedBytes mapped = storage.map("a", 6, 4)) {
            storage.delete("a");
            storage.delete("a");
            assertEquals(Storage.NO_FILE, storage.size("a"));
            assertEquals("here", UTF_8.decode(mapped.buffer()).toString());
            assertEquals(10, file.read(ByteBuffer.allocate(10), 0));
        }
    }

    @Test
    void makesAndRemovesDirectories() throws IOException {
        Storage storage = storage();
        storage.mkdir("data");
        storage.mkdir("data");
        storage.mkdir("data/3a");
        assertEquals(List.of("3a"), storage.list("data"));
        refused(FileMissingIOException.class, "none: mkdir: no such file", () -> storage.mkdir("none/3a"));
        write(storage, "file", "");
        refused(FileExistsIOException.class, "file: mkdir: already exists", () -> storage.mkdir("file"));
        assertThrows(IOException.class, () -> storage.delete("data"), "it is not empty");
        storage.delete("data/3a");
        storage.delete("data");
        assertEquals(List.of("file"), storage.list(Storage.ROOT));
    }

    @Test
    void everyForceNamesItsRule() throws IOException {
        Storage storage = storage();
        storage.mkdir("wal");
        storage.syncDir(Storage.ROOT, Barrier.STORE_DIR_SYNC);
        storage.syncDir("wal", Barrier.WAL_DIR_SYNC);
        assertThrows(FileMissingIOException.class, () -> storage.syncDir("none", Barrier.WAL_DIR_SYNC));
        IllegalArgumentException wrong = assertThrows(
                IllegalArgumentException.class, () -> storage.syncDir("wal", Barrier.WAL_FORCE_BEFORE_ACK));
        assertEquals("barrier: kind: WAL_FORCE_BEFORE_ACK is FILE (expected DIRECTORY)", wrong.getMessage());
        try (AppendFile file = storage.createNew("wal/1")) {
            file.force(Barrier.WAL_HEADER_FORCE);
            file.force(Barrier.WAL_FORCE_BEFORE_ACK);
            file.force(Barrier.WAL_FORCE_BEFORE_ACK);
            assertThrows(IllegalArgumentException.class, () -> file.force(Barrier.WAL_DIR_SYNC));
        }
        assertTrue(storage.enforces(Barrier.PRE_ACK_CHECK));
        assertThrows(IllegalArgumentException.class, () -> storage.enforces(Barrier.WAL_DIR_SYNC));
        StorageCounters counters = storage.counters();
        assertEquals(3, counters.value(Counter.FILE_FORCES));
        assertEquals(2, counters.value(Counter.DIRECTORY_SYNCS));
        assertEquals(2, counters.passed(Barrier.WAL_FORCE_BEFORE_ACK));
        assertEquals(1, counters.passed(Barrier.WAL_DIR_SYNC));
        assertEquals(0, counters.passed(Barrier.SEGMENT_FORCE));
    }

    @Test
    void countsBytesAndFiles() throws IOException {
        Storage storage = storage();
        write(storage, "a", "12345");
        write(storage, "b", "123");
        read(storage, "a");
        storage.delete("b");
        storage.delete("c");
        StorageCounters counters = storage.counters();
        assertEquals(8, counters.value(Counter.BYTES_WRITTEN));
        assertEquals(5, counters.value(Counter.BYTES_READ));
        assertEquals(2, counters.value(Counter.FILES_CREATED));
        assertEquals(1, counters.value(Counter.FILES_DELETED));
        assertEquals(
                "FILE_FORCES=0, DIRECTORY_SYNCS=0, BYTES_WRITTEN=8, BYTES_READ=5, FILES_CREATED=2, FILES_DELETED=1, "
                        + "OPEN_FILES=0, HELD_LOCKS=0, OPEN_MAPPINGS=0, MAPPED_BYTES=0, RETIRED_BYTES=0",
                counters.toString());
    }

    @Test
    void noNameLeavesTheRoot() throws IOException {
        Storage storage = storage();
        for (String name : List.of(
                "",
                ".",
                "..",
                "/",
                "/etc/passwd",
                "a/",
                "a//b",
                "a/../b",
                "../a",
                "a/..",
                "./a",
                "a\\b",
                "C:a",
                "a\0b")) {
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> storage.size(name), name);
            assertEquals("file name: \"" + name + "\" (expected a relative name without \"..\")", refusal.getMessage());
            assertThrows(IllegalArgumentException.class, () -> storage.createNew(name), name);
            assertThrows(IllegalArgumentException.class, () -> storage.rename("a", name), name);
        }
        assertEquals(Storage.NO_FILE, storage.size("...a"));
        assertEquals(Storage.NO_FILE, storage.size(".nfs0001"));
    }

    @Test
    void aLockHasOneHolder() throws IOException {
        Storage first = storage();
        Storage second = storage();
        LockHandle lock = first.tryLock("LOCK", LockMode.EXCLUSIVE).orElseThrow();
        assertEquals("LOCK", lock.name());
        assertEquals(Optional.empty(), first.tryLock("LOCK", LockMode.EXCLUSIVE));
        assertEquals(Optional.empty(), second.tryLock("LOCK", LockMode.EXCLUSIVE));
        assertEquals(Optional.empty(), second.tryLock("LOCK", LockMode.SHARED));
        assertEquals(0, second.counters().value(Counter.HELD_LOCKS));
        lock.close();
        lock.close();
        try (LockHandle again = second.tryLock("LOCK", LockMode.EXCLUSIVE).orElseThrow()) {
            assertEquals(1, second.counters().value(Counter.HELD_LOCKS));
            assertEquals(Optional.empty(), first.tryLock("LOCK", LockMode.SHARED));
            assertEquals("LOCK", again.name());
        }
        assertEquals(List.of("LOCK"), first.list(Storage.ROOT));
    }

    @Test
    void closingAStorageReleasesItsLocks() throws IOException {
        Storage first = storage();
        Storage second = storage();
        assertTrue(first.tryLock("LOCK", LockMode.EXCLUSIVE).isPresent());
        first.close();
        second.tryLock("LOCK", LockMode.EXCLUSIVE).orElseThrow().close();
    }

    @Test
    void anInterruptFailsNothing() throws IOException {
        Storage storage = storage();
        storage.mkdir("wal");
        try (AppendFile file = storage.createNew("wal/1")) {
            file.append(bytes("one"));
            try (ReadFile reader = storage.openRead("wal/1")) {
                Thread.currentThread().interrupt();
                file.append(bytes("two"));
                file.force(Barrier.WAL_FORCE_BEFORE_ACK);
                storage.syncDir("wal", Barrier.WAL_DIR_SYNC);
                assertEquals(6, reader.read(ByteBuffer.allocate(6), 0));
            }
        }
        try (MappedBytes mapped = storage.map("wal/1", 0, 6);
                LockHandle lock = storage.tryLock("LOCK", LockMode.EXCLUSIVE).orElseThrow()) {
            mapped.presence().need(0, 6);
            assertEquals("onetwo", UTF_8.decode(mapped.buffer()).toString());
            assertEquals("LOCK", lock.name());
        }
        assertTrue(Thread.interrupted(), "the interrupt is still there for whom it was meant");
    }

    @Test
    void whatIsBroughtInAheadReadsTheSame() throws IOException {
        Storage storage = storage();
        byte[] written = new byte[300_000];
        new SplittableRandom(1).nextBytes(written);
        try (AppendFile file = storage.createNew("a")) {
            file.append(ByteBuffer.wrap(written));
        }
        long calls = storage.counters().value(Counter.BYTES_READ);
        for (int from : new int[] {0, 5_000}) {
            try (MappedBytes mapped = storage.map("a", from, written.length - from)) {
                ByteBuffer bytes = mapped.buffer();
                SplittableRandom random = new SplittableRandom(2);
                for (int i = 0; i < 200; i++) {
                    int at = random.nextInt(bytes.capacity());
                    int length = 1 + random.nextInt(Math.min(bytes.capacity() - at, 20_000));
                    mapped.presence().from(at / 2).need(at - at / 2, length);
                    byte[] read = new byte[length];
                    bytes.get(at, read);
                    assertArrayEquals(Arrays.copyOfRange(written, from + at, from + at + length), read);
                    if (i % 50 == 49) {
                        storage.lookAgain();
                    }
                }
            }
        }
        assertEquals(calls, storage.counters().value(Counter.BYTES_READ), "no call that a fault could meet");
    }

    @Test
    void smallFilesAreReadAndWrittenWhole() throws IOException {
        Storage storage = storage();
        WholeFiles.write(storage, "FORMAT", bytes("0123456789"), Barrier.FORMAT_FORCE);
        assertEquals(10, WholeFiles.read(storage, "FORMAT", 10).remaining());
        assertEquals(1, storage.counters().passed(Barrier.FORMAT_FORCE));
        refused(IOException.class, "FORMAT: size: 10 bytes (at most 9)", () -> WholeFiles.read(storage, "FORMAT", 9));
        assertThrows(
                FileExistsIOException.class,
                () -> WholeFiles.write(storage, "FORMAT", bytes("x"), Barrier.FORMAT_FORCE));
    }

    @Test
    void knowsWhereItLies() throws IOException {
        Storage storage = storage();
        assertTrue(storage.freeSpace() > 0);
        assertFalse(storage.kind().type().isEmpty());
    }

    @Test
    void agreesWithAMapOfNames() throws IOException {
        for (long seed = 0; seed < 20; seed++) {
            Storage storage = storage();
            String directory = "run" + seed;
            storage.mkdir(directory);
            Map<String, String> model = new TreeMap<>();
            SplittableRandom random = new SplittableRandom(seed);
            for (int step = 0; step < 60; step++) {
                step(storage, directory, model, random);
            }
            assertEquals(List.copyOf(model.keySet()), storage.list(directory), "seed " + seed);
            for (Map.Entry<String, String> entry : model.entrySet()) {
                assertEquals(entry.getValue(), read(storage, directory + '/' + entry.getKey()), "seed " + seed);
            }
        }
    }

    private static void step(Storage storage, String directory, Map<String, String> model, SplittableRandom random)
            throws IOException {
        String name = "" + (char) ('a' + random.nextInt(6));
        String other = "" + (char) ('a' + random.nextInt(6));
        String path = directory + '/' + name;
        String otherPath = directory + '/' + other;
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                String content = "content " + random.nextInt(1_000);
                assertEquals(model.putIfAbsent(name, content) == null, succeeds(() -> write(storage, path, content)));
            }
            case 2 -> {
                boolean possible = model.containsKey(name) && !model.containsKey(other);
                assertEquals(possible, succeeds(() -> storage.publish(path, otherPath)));
                if (possible) {
                    model.put(other, model.remove(name));
                }
            }
            case 3 -> {
                boolean possible = model.containsKey(name);
                assertEquals(possible, succeeds(() -> storage.rename(path, otherPath)));
                if (possible) {
                    model.put(other, model.remove(name));
                }
            }
            default -> {
                storage.delete(path);
                model.remove(name);
            }
        }
    }

    /** A call that may fail. */
    protected interface Action {
        void run() throws IOException;
    }

    /** Asserts a refusal by its type and its whole message. */
    protected static void refused(Class<? extends IOException> type, String message, Action action) {
        IOException refusal = assertThrows(type, action::run);
        assertEquals(message, refusal.getMessage());
    }

    /** Creates a file with this text, without forcing it. */
    protected static void write(Storage storage, String name, String text) throws IOException {
        try (AppendFile file = storage.createNew(name)) {
            file.append(bytes(text));
        }
    }

    /** Returns the text of a file. */
    protected static String read(Storage storage, String name) throws IOException {
        return UTF_8.decode(WholeFiles.read(storage, name, 1 << 20)).toString();
    }

    /** Returns the text as bytes to append. */
    protected static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static boolean succeeds(Action action) throws IOException {
        try {
            action.run();
            return true;
        } catch (FileExistsIOException | FileMissingIOException e) {
            return false;
        }
    }
}
