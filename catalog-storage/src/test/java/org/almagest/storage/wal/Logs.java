package org.almagest.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.almagest.model.DatapointId;
import org.almagest.storage.fs.Barrier;
import org.almagest.storage.fs.Storage;
import org.almagest.storage.metadata.MetadataCodec;
import org.almagest.storage.metadata.Samples;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;

/** Logs for tests, and what a replay of them gives. */
final class Logs {
    static final StoreIdentity STORE = new StoreIdentity(0x0102030405060708L, 0x090a0b0c0d0e0f10L);

    private Logs() {}

    static SimStorage storage(SimDisk disk) throws IOException {
        SimStorage storage = new SimStorage(disk);
        storage.mkdir(WalFormat.FOLDER);
        storage.syncDir(Storage.ROOT, Barrier.STORE_DIR_SYNC);
        return storage;
    }

    /** Returns a payload with two collections: deletes, a range, rows with bodies of 0, 3 and 200 bytes. */
    static byte[] commit() {
        byte[] large = new byte[200];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 7);
        }
        return new CommitEncoder(64)
                .section(3, 1)
                .delete(DatapointId.lowest(-5))
                .delete(DatapointId.lowest(Samples.MILLIS))
                .delete(new RangeDelete(-1000, 1000, 17))
                .insert(DatapointId.highest(-5), new byte[0])
                .insert(new DatapointId(5L << 16, 1), new byte[] {1, 2, 3})
                .insert(new DatapointId(5L << 16, -1), large)
                .section(5, 2)
                .insert(new DatapointId(Samples.MILLIS << 16 | 0x7abc, 0x8000000000000001L), new byte[] {9})
                .finish(1_717_171_717_000_001L);
    }

    /** Returns the frames of the golden log: each a group of its own. */
    static List<Frame> goldenFrames() {
        return List.of(
                new Frame(
                        FrameKind.METADATA,
                        1,
                        0,
                        MetadataCodec.encode(Samples.changes().get(1))),
                new Frame(FrameKind.COMMIT, 2, 1, commit()),
                Frame.close(3, 2));
    }

    static Frame frame(long sequence, long synced, int payloadBytes) {
        byte[] payload = new byte[payloadBytes];
        Arrays.fill(payload, (byte) sequence);
        return new Frame(FrameKind.COMMIT, sequence, synced, payload);
    }

    /** Writes a log, each frame forced by itself, and returns what its successor names. */
    static WalHeader.Previous write(Storage storage, WalHeader header, List<Frame> frames) throws IOException {
        try (WalWriter writer = WalWriter.create(storage, header)) {
            for (Frame frame : frames) {
                writer.append(List.of(frame));
                writer.force(Barrier.WAL_FORCE_BEFORE_ACK);
            }
            return writer.good();
        }
    }

    /** Returns frames of consecutive sequences, each synced up to the one before it. */
    static List<Frame> frames(SplittableRandom random, long first, int count) {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(frame(first + i, first + i - 1, random.nextInt(0, 900)));
        }
        return frames;
    }

    static WalReplay.Start start(long walFrom, long flushed, Long... published) {
        return new WalReplay.Start(walFrom, flushed, new TreeSet<>(List.of(published)));
    }

    /** What a replay handed on, and its outcome. */
    record Replayed(List<Frame> frames, WalReplay.Outcome outcome) {
        List<Long> sequences() {
            return frames.stream().map(Frame::sequence).toList();
        }
    }

    static Replayed replay(Storage storage, WalReplay.Start start) throws IOException {
        List<Frame> frames = new ArrayList<>();
        WalReplay.Outcome outcome = WalReplay.run(storage, STORE, start, (frame, where) -> frames.add(frame));
        return new Replayed(frames, outcome);
    }

    /** Returns the bytes of a log with these frames. */
    static byte[] bytes(WalHeader header, List<Frame> frames) throws IOException {
        SimDisk disk = new SimDisk();
        write(storage(disk), header, frames);
        return disk.bytes(WalFiles.name(header.number()));
    }

    static Storage withLog(long number, byte[] bytes) {
        SimDisk disk = new SimDisk();
        disk.put(WalFiles.name(number), bytes);
        return new SimStorage(disk);
    }

    /** Puts a checksum over a frame that was changed by hand. */
    static void reseal(byte[] log, long number, int frameOffset) {
        ByteBuffer bytes = ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN);
        int end = frameOffset + WalFormat.PAYLOAD_OFFSET + bytes.getInt(frameOffset);
        int crc = STORE.place(number, frameOffset).crc32c(log, frameOffset, end - frameOffset);
        bytes.putInt(end, crc);
    }

    /** Puts a checksum over a header that was changed by hand. */
    static void resealHeader(byte[] log) {
        ByteBuffer bytes = ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(WalFormat.HEADER_CRC_OFFSET, WalFormat.headerCrc(bytes));
    }

    static void assertSame(List<Frame> expected, List<Frame> actual) {
        if (expected.size() != actual.size()) {
            throw new AssertionError("frames: " + actual + " (expected " + expected + ")");
        }
        for (int i = 0; i < expected.size(); i++) {
            Frame left = expected.get(i);
            Frame right = actual.get(i);
            boolean same = left.kind() == right.kind()
                    && left.sequence() == right.sequence()
                    && left.syncedSequence() == right.syncedSequence()
                    && Arrays.equals(left.payload(), right.payload());
            if (!same) {
                throw new AssertionError("frame " + i + ": " + right + " (expected " + left + ")");
            }
        }
    }
}
