package org.almagest.storage.wal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class FrameSearchTest {
    @Test
    void combinesChecksumsAsIfTheBytesStoodTogether() {
        Seeded.repeat(500, random -> {
            byte[] bytes = new byte[random.nextInt(3_000)];
            random.nextBytes(bytes);
            int cut = random.nextInt(bytes.length + 1);
            int second = crc(bytes, cut, bytes.length - cut);
            assertEquals(
                    crc(bytes, 0, bytes.length), FrameSearch.combine(crc(bytes, 0, cut), second, bytes.length - cut));
        });
    }

    private static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    @Test
    void findsAFrameAtAnyDistance() {
        Seeded.repeat(300, random -> {
            byte[] noise = new byte[random.nextInt(2_000)];
            random.nextBytes(noise);
            int offset = WalFormat.HEADER_BYTES + noise.length;
            Frame frame = Logs.frame(9, 8, random.nextInt(2_000));
            ByteBuffer log = ByteBuffer.allocate(offset + frame.bytes() + random.nextInt(600))
                    .order(ByteOrder.LITTLE_ENDIAN);
            log.put(WalHeader.first(Logs.STORE, 1, 1).encode()).put(noise);
            WalFormat.putFrame(log, frame, Logs.STORE.place(1, offset));
            assertEquals(Optional.of(new FrameSearch.Found(offset, 9, 8)), find(log.array(), 8));
            assertEquals(Optional.empty(), find(log.array(), 9));
        });
    }

    private static Optional<FrameSearch.Found> find(byte[] log, long synced) throws Exception {
        try (WalReader reader = WalReader.open(Logs.withLog(1, log), 1, Logs.STORE)) {
            return reader.findBehind(synced);
        }
    }

    @Test
    void aFrameOfAnotherFileIsNone() throws Exception {
        byte[] log = Logs.bytes(WalHeader.first(Logs.STORE, 1, 1), List.of(Logs.frame(1, 0, 100)));
        byte[] other = Logs.bytes(WalHeader.first(Logs.STORE, 2, 1), List.of(Logs.frame(1, 0, 100)));
        System.arraycopy(
                other, WalFormat.HEADER_BYTES, log, WalFormat.HEADER_BYTES, log.length - WalFormat.HEADER_BYTES);
        assertEquals(Optional.empty(), find(log, 0));
    }

    @Test
    void manyHeadsOfLongFramesCostNoMoreThanTheirBytes() {
        int bytes = 2 << 20;
        ByteBuffer log = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        log.put(WalHeader.first(Logs.STORE, 1, 1).encode());
        // Falling words: each offset divisible by eight reads as a frame of megabytes whose synced is below its
        // sequence.
        for (int offset = WalFormat.HEADER_BYTES; offset + Long.BYTES <= bytes; offset += Long.BYTES) {
            log.putLong(offset, (long) (bytes - offset) << 22 | 1 << 20);
        }
        assertTimeout(Duration.ofSeconds(30), () -> assertEquals(Optional.empty(), find(log.array(), 1)));
        assertTrue(log.getLong(bytes / 2) > log.getLong(bytes / 2 + Long.BYTES));
    }
}
