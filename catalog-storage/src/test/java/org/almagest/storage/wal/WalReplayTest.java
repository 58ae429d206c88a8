package org.almagest.storage.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.almagest.error.CorruptStoreException;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.sim.CrashImage;
import org.almagest.storage.sim.CrashModel;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.almagest.testing.Faults;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class WalReplayTest {
    private final SimDisk disk = new SimDisk();
    private final SimStorage storage = open();

    private SimStorage open() {
        try {
            return Logs.storage(disk);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aLogWithoutFramesGivesNothing() throws IOException {
        Logs.write(storage, WalHeader.first(Logs.STORE, 4, 12), List.of());
        Logs.Replayed replayed = Logs.replay(storage, Logs.start(4, 11));
        assertEquals(new WalReplay.Outcome(12, 5, false, 0, 0), replayed.outcome());
    }

    @Test
    void framesUpToTheFlushedSequenceAreSkipped() throws IOException {
        chain(3, 4);
        Logs.Replayed replayed = Logs.replay(storage, Logs.start(1, 5));
        assertEquals(List.of(6L, 7L, 8L, 9L, 10L, 11L, 12L), replayed.sequences());
        assertEquals(new WalReplay.Outcome(13, 4, false, 7, 0), replayed.outcome());
        assertEquals(List.of(), Logs.replay(storage, Logs.start(1, 12)).sequences());
        assertEquals(
                List.of(9L, 10L, 11L, 12L),
                Logs.replay(storage, Logs.start(3, 8)).sequences());
    }

    @Test
    void aFlushedSequenceAboveAllFramesLeadsOn() throws IOException {
        chain(1, 4);
        assertEquals(21, Logs.replay(storage, Logs.start(1, 20)).outcome().nextSequence());
    }

    /** Writes logs 1 to {@code logs} with {@code each} frames each, and returns the offsets of the frames. */
    private List<Integer> chain(int logs, int each) throws IOException {
        WalHeader.Previous previous = WalHeader.Previous.NONE;
        List<Integer> offsets = new ArrayList<>();
        for (int number = 1; number <= logs; number++) {
            long first = (number - 1L) * each + 1;
            List<Frame> frames = LongStream.range(first, first + each)
                    .mapToObj(sequence -> Logs.frame(sequence, sequence - 1, 40))
                    .toList();
            previous = Logs.write(storage, new WalHeader(Logs.STORE, number, first, previous), frames);
        }
        for (int i = 0; i <= each; i++) {
            offsets.add(WalFormat.HEADER_BYTES + i * (WalFormat.FRAME_OVERHEAD_BYTES + 40));
        }
        return offsets;
    }

    @Test
    void publishedSequencesCountAsPresentWhereverTheyFall() throws IOException {
        Logs.write(
                storage,
                WalHeader.first(Logs.STORE, 1, 1),
                List.of(Logs.frame(2, 0, 1), Logs.frame(3, 2, 1), Logs.frame(6, 5, 1)));
        Logs.Replayed replayed = Logs.replay(storage, Logs.start(1, 0, 1L, 4L, 5L, 7L, 8L));
        assertEquals(List.of(2L, 3L, 6L), replayed.sequences());
        assertEquals(9, replayed.outcome().nextSequence());
    }

    @Test
    void aPublishedSequenceBehindAGapProvesALoss() throws IOException {
        Logs.write(storage, WalHeader.first(Logs.STORE, 1, 1), List.of(Logs.frame(1, 0, 1)));
        assertEquals(
                "log: frame 2 is missing (3 was published) [wal/000001.wal @ 0]", corruption(Logs.start(1, 0, 3L)));
    }

    @Test
    void aGapBetweenWholeFramesIsDamage() throws IOException {
        Logs.write(storage, WalHeader.first(Logs.STORE, 1, 1), List.of(Logs.frame(1, 0, 1), Logs.frame(3, 1, 1)));
        assertEquals("log: frame 3 (expected 2) [wal/000001.wal @ 117]", corruption(Logs.start(1, 0)));
        assertEquals(List.of(3L), Logs.replay(storage, Logs.start(1, 2)).sequences());
    }

    @Test
    void aFrameThatStepsBackIsDamage() throws IOException {
        Logs.write(storage, WalHeader.first(Logs.STORE, 1, 1), List.of(Logs.frame(2, 1, 1), Logs.frame(2, 1, 1)));
        assertEquals("log: frame 2 (at least 3) [wal/000001.wal @ 117]", corruption(Logs.start(1, 1)));
        Logs.write(storage, WalHeader.first(Logs.STORE, 7, 5), List.of(Logs.frame(4, 3, 1)));
        assertEquals("log: frame 4 (at least 5) [wal/000007.wal @ 88]", corruption(Logs.start(7, 3)));
    }

    private String corruption(WalReplay.Start start) {
        return assertThrows(CorruptStoreException.class, () -> Logs.replay(storage, start))
                .getMessage();
    }

    @Test
    void aHoleIsATailUntilALaterFrameKnewIt() throws IOException {
        // Frames 2 and 3 are one group: 3 does not know whether 2 was durable. Frame 4 does.
        List<Frame> group = List.of(Logs.frame(1, 0, 40), Logs.frame(2, 1, 40), Logs.frame(3, 1, 40));
        int second = WalFormat.HEADER_BYTES + group.get(0).bytes();
        byte[] unacknowledged = Logs.bytes(WalHeader.first(Logs.STORE, 1, 1), group);
        unacknowledged[second + 30] ^= 1;
        disk.put(WalFiles.name(1), unacknowledged);
        Logs.Replayed replayed = Logs.replay(storage, Logs.start(1, 0));
        assertEquals(List.of(1L), replayed.sequences());
        assertEquals(
                2L * (WalFormat.FRAME_OVERHEAD_BYTES + 40), replayed.outcome().discardedBytes());

        List<Frame> more = new ArrayList<>(group);
        more.add(Logs.frame(4, 3, 40));
        byte[] acknowledged = Logs.bytes(WalHeader.first(Logs.STORE, 1, 1), more);
        acknowledged[second + 30] ^= 1;
        disk.put(WalFiles.name(1), acknowledged);
        assertEquals(
                "log: frame 2 is damaged (frame 4 says that 3 was durable) [wal/000001.wal @ " + second + "]",
                corruption(Logs.start(1, 0)));
        // The same damage among frames that segments contain is still damage, not a tail.
        assertEquals(
                "log: frame 2 is damaged (frame 4 says that 3 was durable) [wal/000001.wal @ " + second + "]",
                corruption(Logs.start(1, 3)));
    }

    @Test
    void aLogWithASuccessorMustBeWhole() throws IOException {
        List<Integer> offsets = chain(2, 3);
        byte[] whole = disk.bytes(WalFiles.name(1));
        for (int bit = WalFormat.HEADER_BYTES * Byte.SIZE; bit < whole.length * Byte.SIZE; bit += 5) {
            disk.put(WalFiles.name(1), Faults.bitFlipped(whole, bit));
            assertThrows(CorruptStoreException.class, () -> Logs.replay(storage, Logs.start(1, 0)), "bit " + bit);
        }
        for (int length = 0; length < whole.length; length++) {
            disk.put(WalFiles.name(1), Arrays.copyOf(whole, length));
            assertThrows(CorruptStoreException.class, () -> Logs.replay(storage, Logs.start(1, 0)), "cut " + length);
        }
        disk.put(WalFiles.name(1), Arrays.copyOf(whole, offsets.get(2)));
        assertEquals(
                "log: no frame (log 2 says " + whole.length + " good bytes) [wal/000001.wal @ " + offsets.get(2) + "]",
                corruption(Logs.start(1, 0)));
        disk.remove(WalFiles.name(1));
        assertEquals("log: no file (the manifest needs it) [wal/000001.wal @ 0]", corruption(Logs.start(1, 0)));
    }

    @Test
    void anotherLogInTheMiddleIsNoticed() throws IOException {
        chain(3, 2);
        disk.remove(WalFiles.name(2));
        assertEquals("log: missing or damaged (log 3 follows it) [wal/000002.wal @ 0]", corruption(Logs.start(1, 0)));
        // A log 2 of the same shape, with other content, from another run of the same store.
        WalHeader.Previous other = Logs.write(
                storage, WalHeader.first(Logs.STORE, 2, 3), List.of(Logs.frame(3, 2, 41), Logs.frame(4, 3, 39)));
        assertTrue(corruption(Logs.start(2, 2)).startsWith("log: crc32c of " + other.length() + " bytes"));
    }

    @Test
    void aRecoveryThatWasCutOffLeavesAnEmptyChainBehind() throws IOException {
        chain(2, 2);
        Logs.write(storage, WalHeader.first(Logs.STORE, 3, 5), List.of());
        assertEquals(
                List.of(1L, 2L, 3L, 4L), Logs.replay(storage, Logs.start(1, 0)).sequences());
        assertEquals(4, Logs.replay(storage, Logs.start(1, 0)).outcome().nextNumber());
        assertEquals(List.of(), Logs.replay(storage, Logs.start(3, 4)).sequences());
    }

    @Test
    void framesOutsideTheChainAreDamage() throws IOException {
        chain(2, 2);
        Logs.write(storage, WalHeader.first(Logs.STORE, 3, 5), List.of(Logs.frame(5, 4, 1)));
        assertEquals("log: frame 5 outside the chain from log 1 [wal/000003.wal @ 88]", corruption(Logs.start(1, 0)));
        assertEquals(List.of(5L), Logs.replay(storage, Logs.start(3, 4)).sequences());
    }

    @Test
    void aDamagedHeaderBeforeWholeFramesIsDamage() throws IOException {
        chain(1, 4);
        byte[] damaged = disk.bytes(WalFiles.name(1));
        Arrays.fill(damaged, 0, 200, (byte) 0);
        disk.put(WalFiles.name(1), damaged);
        assertEquals("log: header is damaged (frame 3 is whole) [wal/000001.wal @ 0]", corruption(Logs.start(1, 0)));
    }

    @Test
    void aLogIsNeverFollowedAfterACleanClose() throws IOException {
        WalHeader.Previous closed = Logs.write(storage, WalHeader.first(Logs.STORE, 1, 1), List.of(Frame.close(1, 0)));
        assertTrue(Logs.replay(storage, Logs.start(1, 0)).outcome().closedCleanly());
        Logs.write(storage, new WalHeader(Logs.STORE, 2, 2, closed), List.of());
        assertEquals("log: close frame before log 2 [wal/000001.wal @ 88]", corruption(Logs.start(1, 0)));
    }

    @Test
    void aFileBeyondEveryLimitIsRefusedUnread() throws IOException {
        byte[] hostile = Logs.bytes(WalHeader.first(Logs.STORE, 1, 1), List.of(Logs.frame(1, 0, 100)));
        hostile[WalFormat.HEADER_BYTES + 3] = 0x7f; // a payload of 2 GiB
        disk.put(WalFiles.name(1), hostile);
        assertEquals(List.of(), Logs.replay(storage, Logs.start(1, 0)).sequences());
    }

    @Test
    void acknowledgedGroupsSurviveEveryCrash() {
        Seeded.repeat(60, random -> {
            SimDisk crashing = new SimDisk();
            SimStorage writing = Logs.storage(crashing);
            WalHeader.Previous previous = WalHeader.Previous.NONE;
            long written = 0;
            long acknowledged = 0;
            for (int number = 1; number <= 3; number++) {
                try (WalWriter writer =
                        WalWriter.create(writing, new WalHeader(Logs.STORE, number, written + 1, previous))) {
                    for (int groups = random.nextInt(3); groups > 0; groups--) {
                        int size = random.nextInt(1, 4);
                        List<Frame> group = new ArrayList<>();
                        for (int i = 0; i < size; i++) {
                            group.add(Logs.frame(++written, acknowledged, random.nextInt(700)));
                        }
                        writer.append(group);
                        assertImages(crashing, acknowledged, written, random.nextLong());
                        writer.force(Barrier.WAL_FORCE_BEFORE_ACK);
                        acknowledged = written;
                        assertImages(crashing, acknowledged, written, random.nextLong());
                    }
                    previous = writer.good();
                }
            }
        });
    }

    private static void assertImages(SimDisk crashing, long acknowledged, long written, long seed) throws IOException {
        for (CrashModel.Tail tail : CrashModel.Tail.values()) {
            for (CrashImage image : crashing.crashImages(CrashModel.STRICT.with(tail), seed)) {
                List<Long> sequences = Logs.replay(new SimStorage(image.disk()), Logs.start(1, 0))
                        .sequences();
                long last = sequences.size();
                assertEquals(LongStream.rangeClosed(1, last).boxed().toList(), sequences, image.label());
                assertTrue(last >= acknowledged && last <= written, image.label() + ": " + last);
            }
        }
    }
}
