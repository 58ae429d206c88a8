package org.almagest.storage.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.fs.FileExistsIOException;
import org.almagest.storage.fs.NoSpaceIOException;
import org.almagest.storage.sim.SimCall;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimFault;
import org.almagest.storage.sim.SimStorage;
import org.junit.jupiter.api.Test;

class WalWriterTest {
    private final SimDisk disk = new SimDisk();

    @Test
    void aGroupIsOneAppend() throws IOException {
        SimStorage storage = Logs.storage(disk);
        try (WalWriter writer = WalWriter.create(storage, WalHeader.first(Logs.STORE, 1, 1))) {
            assertEquals(WalFormat.HEADER_BYTES, writer.goodLength());
            long before = storage.calls();
            writer.append(List.of(Logs.frame(1, 0, 10), Logs.frame(2, 0, 20), Logs.frame(3, 0, 0)));
            assertEquals(before + 1, storage.calls());
            assertEquals(WalFormat.HEADER_BYTES + 3 * WalFormat.FRAME_OVERHEAD_BYTES + 30, writer.goodLength());
            writer.force(Barrier.WAL_FORCE_BEFORE_ACK);
        }
        assertEquals(List.of(1L, 2L, 3L), Logs.replay(storage, Logs.start(1, 0)).sequences());
        assertEquals(List.of(), storage.leaks());
    }

    @Test
    void afterAShortAppendTheNextLogNamesTheGoodBytes() throws IOException {
        SimStorage storage = Logs.storage(disk);
        WalHeader.Previous good;
        try (WalWriter writer = WalWriter.create(storage, WalHeader.first(Logs.STORE, 1, 1))) {
            writer.append(List.of(Logs.frame(1, 0, 10)));
            writer.force(Barrier.WAL_FORCE_BEFORE_ACK);
            storage.failNext(SimCall.APPEND, SimFault.SHORT_THEN_NO_SPACE);
            List<Frame> group = List.of(Logs.frame(2, 1, 10), Logs.frame(3, 1, 200));
            assertThrows(NoSpaceIOException.class, () -> writer.append(group));
            assertTrue(writer.isEnded());
            assertThrows(IllegalStateException.class, () -> writer.append(List.of(Logs.frame(2, 1, 1))));
            assertThrows(IllegalStateException.class, () -> writer.force(Barrier.WAL_FORCE_BEFORE_ACK));
            good = writer.good();
            assertEquals(writer.goodLength(), good.length());
        }
        assertTrue(disk.bytes(WalFiles.name(1)).length > good.length());
        // The whole frame 2 of the failed group was never acknowledged, and frame 2 of the next log takes its number.
        WalHeader.Previous end =
                Logs.write(storage, new WalHeader(Logs.STORE, 2, 2, good), List.of(Logs.frame(2, 1, 33)));
        assertEquals(2, end.number());
        Logs.Replayed replayed = Logs.replay(storage, Logs.start(1, 0));
        assertEquals(List.of(1L, 2L), replayed.sequences());
        assertEquals(33, replayed.frames().get(1).payload().length);
    }

    @Test
    void aSuccessorNeedsForcedBytes() throws IOException {
        SimStorage storage = Logs.storage(disk);
        try (WalWriter writer = WalWriter.create(storage, WalHeader.first(Logs.STORE, 1, 1))) {
            writer.append(List.of(Logs.frame(1, 0, 10)));
            assertEquals(
                    "log 1: 126 bytes (expected as many forced: 88)",
                    assertThrows(IllegalStateException.class, writer::good).getMessage());
        }
    }

    @Test
    void afterAFailedForceNothingIsWritten() throws IOException {
        SimStorage storage = Logs.storage(disk);
        try (WalWriter writer = WalWriter.create(storage, WalHeader.first(Logs.STORE, 1, 1))) {
            writer.append(List.of(Logs.frame(1, 0, 10)));
            storage.failNext(SimCall.FORCE, SimFault.EIO);
            assertThrows(IOException.class, () -> writer.force(Barrier.WAL_FORCE_BEFORE_ACK));
            assertThrows(IllegalStateException.class, () -> writer.append(List.of(Logs.frame(2, 1, 1))));
            assertThrows(IllegalStateException.class, () -> writer.force(Barrier.WAL_FORCE_BEFORE_ACK));
            assertThrows(IllegalStateException.class, writer::good);
        }
    }

    @Test
    void nothingFollowsACloseFrame() throws IOException {
        SimStorage storage = Logs.storage(disk);
        try (WalWriter writer = WalWriter.create(storage, WalHeader.first(Logs.STORE, 1, 1))) {
            assertFalse(writer.isEnded());
            writer.append(List.of(Frame.close(1, 0)));
            writer.force(Barrier.WAL_CLOSE_FORCE);
            assertThrows(IllegalStateException.class, () -> writer.append(List.of(Logs.frame(2, 1, 1))));
        }
        assertTrue(Logs.replay(storage, Logs.start(1, 0)).outcome().closedCleanly());
    }

    @Test
    void aLogThatFoundNoSpaceCanBeMadeAgain() throws IOException {
        SimStorage storage = Logs.storage(disk);
        WalHeader.Previous good = Logs.write(storage, WalHeader.first(Logs.STORE, 1, 1), List.of(Logs.frame(1, 0, 10)));
        WalHeader next = new WalHeader(Logs.STORE, 2, 2, good);
        storage.failNext(SimCall.APPEND, SimFault.SHORT_THEN_NO_SPACE);
        assertThrows(NoSpaceIOException.class, () -> WalWriter.create(storage, next));
        assertEquals(List.of(), storage.leaks());
        assertEquals(List.of(1L), WalFiles.numbers(storage));
        Logs.write(storage, next, List.of(Logs.frame(2, 1, 10)));
        assertThrows(FileExistsIOException.class, () -> WalWriter.create(storage, next));
        assertEquals(List.of(1L, 2L), Logs.replay(storage, Logs.start(1, 0)).sequences());
    }

    @Test
    void aHalfMadeLogCountsAsAbsent() throws IOException {
        SimStorage storage = Logs.storage(disk);
        WalHeader.Previous good = Logs.write(storage, WalHeader.first(Logs.STORE, 1, 1), List.of(Logs.frame(1, 0, 10)));
        byte[] header = Logs.bytes(new WalHeader(Logs.STORE, 2, 2, good), List.of());
        for (int length = 0; length < header.length; length++) {
            disk.put(WalFiles.name(2), Arrays.copyOf(header, length));
            Logs.Replayed replayed = Logs.replay(storage, Logs.start(1, 0));
            assertEquals(List.of(1L), replayed.sequences());
            assertEquals(3, replayed.outcome().nextNumber());
        }
        Logs.write(storage, new WalHeader(Logs.STORE, 3, 2, good), List.of(Logs.frame(2, 1, 10)));
        assertEquals(List.of(1L, 2L), Logs.replay(storage, Logs.start(1, 0)).sequences());
    }

    @Test
    void namesAreStrict() throws IOException {
        for (String name :
                List.of("000001.wal", "1.wal", "0000001.wal", "000000.wal", "1234567.wal", "x", "000002.WAL")) {
            disk.put("wal/" + name, new byte[0]);
        }
        SimStorage storage = Logs.storage(disk);
        assertEquals(List.of(1L, 1_234_567L), WalFiles.numbers(storage));
        WalFiles.deleteBefore(storage, 2);
        assertEquals(List.of(1_234_567L), WalFiles.numbers(storage));
        assertEquals("wal/000255.wal", WalFiles.name(255));
    }
}
