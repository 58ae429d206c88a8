package org.almagest.storage.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.almagest.storage.fs.AppendFile;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.sim.CrashModel.Journal;
import org.almagest.storage.sim.CrashModel.Tail;
import org.junit.jupiter.api.Test;

/** That the model of a power cut has the outcomes of a real one, the well-known surprises among them, and no others. */
class SimDiskTest {
    private final SimDisk disk = new SimDisk();
    private final SimStorage storage = new SimStorage(disk);

    @Test
    void whatIsForcedAndSyncedStays() throws IOException {
        write("a", "durable", true);
        sync(Storage.ROOT);
        assertEquals(Set.of("a=durable"), outcomes(CrashModel.STRICT));
    }

    @Test
    void aForcedFileWithoutASyncedNameMayVanish() throws IOException {
        write("a", "bytes", true);
        assertEquals(Set.of("", "a=bytes"), outcomes(CrashModel.STRICT));
    }

    @Test
    void aSyncedNameWithoutAForcedFileMayBeEmpty() throws IOException {
        write("a", "bytes", false);
        sync(Storage.ROOT);
        assertEquals(Set.of("a=", "a=bytes"), outcomes(CrashModel.STRICT));
    }

    @Test
    void aRenameWithoutAForceMayReplaceByNothing() throws IOException {
        write("a", "old", true);
        sync(Storage.ROOT);
        write("b", "new", false);
        storage.rename("b", "a");
        assertTrue(outcomes(CrashModel.STRICT).contains("a="), "the classic");
        assertEquals(Set.of("a=old", "a=old b=", "a=old b=new", "a=", "a=new"), outcomes(CrashModel.STRICT));
    }

    @Test
    void aRenameIsOneStepAcrossDirectories() throws IOException {
        storage.mkdir("tmp");
        storage.mkdir("data");
        write("tmp/a", "x", true);
        sync(Storage.ROOT);
        sync("tmp");
        storage.rename("tmp/a", "data/b");
        assertEquals(Set.of("tmp/a=x", "data/b=x"), outcomes(CrashModel.STRICT));
        sync("data");
        assertEquals(Set.of("data/b=x"), outcomes(CrashModel.STRICT));
    }

    @Test
    void aPublishedNameMayComeWithItsTemporaryOne() throws IOException {
        storage.mkdir("tmp");
        sync(Storage.ROOT);
        write("tmp/m", "x", true);
        storage.publish("tmp/m", "m");
        sync(Storage.ROOT);
        assertEquals(Set.of("m=x", "m=x tmp/m=x"), outcomes(CrashModel.STRICT));
    }

    @Test
    void syncingOneDirectoryLeavesTheOthersPending() throws IOException {
        storage.mkdir("a");
        storage.mkdir("b");
        sync(Storage.ROOT);
        write("a/1", "", true);
        write("b/1", "", true);
        sync("b");
        assertEquals(Set.of("b/1=", "a/1= b/1="), outcomes(CrashModel.STRICT));
    }

    @Test
    void aDirectoryThatVanishesTakesItsFilesAlong() throws IOException {
        storage.mkdir("a");
        write("a/1", "x", true);
        sync("a");
        assertEquals(Set.of("", "a/1=x"), outcomes(CrashModel.STRICT));
    }

    @Test
    void aDeletedNameMayComeBack() throws IOException {
        write("a", "x", true);
        sync(Storage.ROOT);
        storage.delete("a");
        assertEquals(Set.of("", "a=x"), outcomes(CrashModel.STRICT));
    }

    @Test
    void sectorsOfOneWriteArriveInAnyOrder() throws IOException {
        storage.createNew("a").close();
        sync(Storage.ROOT);
        try (AppendFile file = storage.createNew("b")) {
            sync(Storage.ROOT);
            file.append(ByteBuffer.wrap(filled(1_025, 'x')));
        }
        Set<String> outcomes = new TreeSet<>();
        for (CrashImage image : disk.crashImages(CrashModel.STRICT, 1)) {
            outcomes.add(runs(image.disk().bytes("b")));
        }
        assertEquals(Set.of("", "512x", "512-512x", "1024x", "1024-1x", "512x512-1x", "512-513x", "1025x"), outcomes);
    }

    @Test
    void granulesOf4KibibytesTearLess() throws IOException {
        try (AppendFile file = storage.createNew("a")) {
            sync(Storage.ROOT);
            file.append(ByteBuffer.wrap(filled(5_000, 'x')));
        }
        Set<String> outcomes = new TreeSet<>();
        for (CrashImage image : disk.crashImages(CrashModel.STRICT.withGranuleBytes(4_096), 1)) {
            outcomes.add(runs(image.disk().bytes("a")));
        }
        assertEquals(Set.of("", "4096x", "4096-904x", "5000x"), outcomes);
    }

    @Test
    void aSectorWrittenTwiceShowsEitherState() throws IOException {
        try (AppendFile file = storage.createNew("a")) {
            sync(Storage.ROOT);
            file.append(bytes("one"));
            file.force(Barrier.WAL_FORCE_BEFORE_ACK);
            file.append(bytes("two"));
            file.append(bytes("three"));
        }
        assertEquals(Set.of("a=one", "a=onetwo", "a=onetwothree"), outcomes(CrashModel.STRICT));
    }

    @Test
    void theSizeMayArriveBeforeTheBytes() throws IOException {
        try (AppendFile file = storage.createNew("a")) {
            sync(Storage.ROOT);
            file.append(bytes("one"));
            file.force(Barrier.WAL_FORCE_BEFORE_ACK);
            file.append(bytes("two"));
        }
        assertEquals(Set.of("a=one\0\0\0", "a=onetwo"), outcomes(CrashModel.STRICT.with(Tail.ZEROS)));
    }

    @Test
    void theBytesOfAnotherFileMayShowInstead() throws IOException {
        write("older", "ONETWO", true);
        try (AppendFile file = storage.createNew("a")) {
            sync(Storage.ROOT);
            file.append(bytes("one"));
            file.force(Barrier.WAL_FORCE_BEFORE_ACK);
            file.append(bytes("two"));
        }
        assertEquals(
                Set.of("a=oneTWO older=ONETWO", "a=onetwo older=ONETWO"), outcomes(CrashModel.STRICT.with(Tail.STALE)));
    }

    @Test
    void anOrderedJournalKeepsTheOrderOfNames() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            write(name, "x", false);
        }
        assertEquals(
                Set.of("", "a=", "a=x", "a= b=", "a=x b=x", "a= b= c=", "a=x b=x c=x"),
                outcomes(CrashModel.STRICT.with(Journal.ORDERED)));
        assertTrue(outcomes(CrashModel.STRICT).contains("c=x"), "an unordered one does not");
    }

    @Test
    void manyPendingThingsAreSampled() throws IOException {
        for (int i = 0; i < 30; i++) {
            write(String.format("%02d", i), "x", false);
        }
        int images = 0;
        Set<String> labels = new TreeSet<>();
        for (CrashImage image : disk.crashImages(CrashModel.STRICT.withSubsets(7), 42)) {
            labels.add(image.label());
            images++;
        }
        assertEquals(60, disk.pendingCount(CrashModel.STRICT));
        assertEquals(1 + 60 + 7, images, "none, every other prefix, subsets");
        assertEquals(images, labels.size());
        assertTrue(labels.contains("random subset 6 of 60, seed 42"));
    }

    @Test
    void theSameSeedGivesTheSameImages() throws IOException {
        for (int i = 0; i < 10; i++) {
            write("f" + i, "x", false);
        }
        assertEquals(labelled(7), labelled(7));
        assertNotEquals(labelled(7), labelled(8));
    }

    private List<String> labelled(long seed) {
        List<String> states = new ArrayList<>();
        disk.crashImages(CrashModel.STRICT, seed).forEach(image -> states.add(state(image.disk())));
        return states;
    }

    @Test
    void imagesAreDisksOfTheirOwn() throws IOException {
        write("a", "x", true);
        sync(Storage.ROOT);
        for (CrashImage image : disk.crashImages(CrashModel.STRICT, 1)) {
            SimStorage reopened = new SimStorage(image.disk());
            reopened.delete("a");
            reopened.createNew("b").close();
            assertEquals("b=", state(image.disk()));
        }
        assertEquals("a=x", state(disk));
    }

    @Test
    void killThenPowerCutCanStillLoseWhatWasServed() throws IOException {
        try (AppendFile file = storage.createNew("a")) {
            sync(Storage.ROOT);
            file.append(bytes("one"));
            SimDisk killed = disk.killImage();
            file.append(bytes("two"));
            file.force(Barrier.WAL_FORCE_BEFORE_ACK);
            assertEquals("a=one", state(killed), "the next process reads it");
            assertEquals(Set.of("a=", "a=one"), outcomes(killed, CrashModel.STRICT), "and may lose it yet");
        }
        assertEquals("a=onetwo", state(disk));
    }

    @Test
    void oldNameChangesBecomeDurableByThemselves() throws IOException {
        for (int i = 0; i < 100; i++) {
            write("tmp", "", true);
            storage.delete("tmp");
        }
        assertEquals(SimDisk.PENDING_NAMES_MAX, disk.pendingCount(CrashModel.STRICT));
    }

    @Test
    void plantsAndRemovesDamage() throws IOException {
        write("a", "good", true);
        disk.put("a", bytes("bad").array());
        disk.put("data/3a/b", new byte[] {'x'});
        assertEquals("a=bad data/3a/b=x", state(disk));
        assertEquals(Set.of("a=bad data/3a/b=x"), outcomes(CrashModel.STRICT));
        disk.remove("a");
        assertEquals(Set.of("data/3a/b=x"), outcomes(CrashModel.STRICT));
        assertEquals(List.of("data"), storage.list(Storage.ROOT));
    }

    @Test
    void aSectorMayGoAstray() {
        disk.put("a", filled(512, 'a'));
        disk.put("b", filled(1_300, 'b'));
        String what = disk.misdirectSector(3);
        assertFalse(what.isEmpty());
        String bytes = runs(disk.bytes("a")) + " " + runs(disk.bytes("b"));
        assertTrue(Set.of("512b 1300b", "512a 512a788b", "512a 512b512a276b").contains(bytes), what + ": " + bytes);
        SimDisk uniform = new SimDisk();
        uniform.put("a", filled(512, 'a'));
        assertEquals("", uniform.misdirectSector(3));
    }

    private Set<String> outcomes(CrashModel model) {
        return outcomes(disk, model);
    }

    private static Set<String> outcomes(SimDisk disk, CrashModel model) {
        Set<String> outcomes = new TreeSet<>();
        for (CrashImage image : disk.crashImages(model, 1)) {
            assertEquals(0, image.disk().pendingCount(model));
            outcomes.add(state(image.disk()));
        }
        return outcomes;
    }

    private static String state(SimDisk disk) {
        return String.join(
                " ",
                disk.files().stream()
                        .map(name -> name + "=" + new String(disk.bytes(name), UTF_8))
                        .toList());
    }

    /** Describes runs of equal bytes, as in {@code 512x}; zero bytes show as {@code -}. */
    private static String runs(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int from = 0; from < bytes.length; ) {
            int to = from;
            while (to < bytes.length && bytes[to] == bytes[from]) {
                to++;
            }
            text.append(to - from).append(bytes[from] == 0 ? '-' : (char) bytes[from]);
            from = to;
        }
        return text.toString();
    }

    private static byte[] filled(int count, char value) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private void write(String name, String text, boolean force) throws IOException {
        try (AppendFile file = storage.createNew(name)) {
            file.append(bytes(text));
            if (force) {
                file.force(Barrier.SEGMENT_FORCE);
            }
        }
    }

    private void sync(String directory) throws IOException {
        storage.syncDir(directory, Barrier.SEGMENT_DIR_SYNC);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
