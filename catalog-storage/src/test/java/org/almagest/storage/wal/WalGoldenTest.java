package org.almagest.storage.wal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.almagest.error.CorruptStoreException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.storage.metadata.Golden;
import org.almagest.testing.Faults;
import org.junit.jupiter.api.Test;

/** The frozen layout, byte by byte, and every damage of it. */
class WalGoldenTest {
    private static final WalHeader HEADER = WalHeader.first(Logs.STORE, 1, 1);
    private static final WalReplay.Start START = Logs.start(1, 0);

    private final byte[] golden = golden("000001.wal");
    private final int secondFrame =
            WalFormat.HEADER_BYTES + Logs.goldenFrames().get(0).bytes();
    private final int closeFrame = golden.length - WalFormat.FRAME_OVERHEAD_BYTES;

    private static byte[] golden(String name) {
        try {
            return Golden.bytes("wal/v1/" + name);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void writesTheGoldenBytesAndReadsThem() throws Exception {
        assertArrayEquals(golden, Logs.bytes(HEADER, Logs.goldenFrames()));
        Logs.Replayed replayed = Logs.replay(Logs.withLog(1, golden), START);
        Logs.assertSame(Logs.goldenFrames().subList(0, 2), replayed.frames());
        assertEquals(new WalReplay.Outcome(4, 2, true, 2, 0), replayed.outcome());
    }

    @Test
    void aSuccessorNamesTheGoodBytesOfItsPredecessor() throws Exception {
        CRC32C crc = new CRC32C();
        crc.update(golden, 0, closeFrame);
        WalHeader.Previous previous = new WalHeader.Previous(1, closeFrame, (int) crc.getValue());
        byte[] successor = Logs.bytes(new WalHeader(Logs.STORE, 2, 3, previous), List.of(Logs.frame(3, 2, 5)));
        assertArrayEquals(golden("000002.wal"), successor);
    }

    @Test
    void everyBitFlipIsDamageExceptInTheLastFrame() throws Exception {
        for (int bit = 0; bit < golden.length * Byte.SIZE; bit++) {
            byte[] damaged = Faults.bitFlipped(golden, bit);
            String label = "bit " + bit;
            if (bit < closeFrame * Byte.SIZE) {
                assertThrows(CorruptStoreException.class, () -> Logs.replay(Logs.withLog(1, damaged), START), label);
            } else {
                Logs.Replayed replayed = Logs.replay(Logs.withLog(1, damaged), START);
                Logs.assertSame(Logs.goldenFrames().subList(0, 2), replayed.frames());
                assertEquals(
                        new WalReplay.Outcome(3, 2, false, 2, WalFormat.FRAME_OVERHEAD_BYTES),
                        replayed.outcome(),
                        label);
            }
        }
    }

    @Test
    void everyTruncationIsATornTail() throws Exception {
        for (int length = 0; length < golden.length; length++) {
            Logs.Replayed replayed = Logs.replay(Logs.withLog(1, Arrays.copyOf(golden, length)), START);
            int whole = length >= closeFrame ? 2 : length >= secondFrame ? 1 : 0;
            Logs.assertSame(Logs.goldenFrames().subList(0, whole), replayed.frames());
            assertFalse(replayed.outcome().closedCleanly(), "cut to " + length);
            assertEquals(1 + whole, replayed.outcome().nextSequence());
        }
    }

    @Test
    void everyZeroedSectorIsFound() throws Exception {
        byte[] log = Logs.bytes(HEADER, List.of(Logs.frame(1, 0, 2_000), Logs.frame(2, 1, 3_000), Frame.close(3, 2)));
        for (int sector = 0; sector < log.length - 512; sector += 512) {
            byte[] damaged = log.clone();
            Arrays.fill(damaged, sector, sector + 512, (byte) 0);
            assertThrows(
                    CorruptStoreException.class, () -> Logs.replay(Logs.withLog(1, damaged), START), "@ " + sector);
        }
    }

    @Test
    void bytesAfterACleanCloseAreDamage() {
        byte[] longer = Arrays.copyOf(golden, golden.length + 1);
        assertEquals(
                "log: 1 bytes after the close frame [wal/000001.wal @ " + golden.length + "]", corruption(longer, 1));
    }

    @Test
    void aWholeFrameOfAnUnknownKindIsALaterFormat() {
        assertUnsupported(4, 0, "frame kind 0 version 1 reserved 0");
        assertUnsupported(4, 4, "frame kind 4 version 1 reserved 0");
        assertUnsupported(4, 255, "frame kind 255 version 1 reserved 0");
        assertUnsupported(5, 2, "frame kind 1 version 2 reserved 0");
        assertUnsupported(6, 1, "frame kind 1 version 1 reserved 1");
    }

    private void assertUnsupported(int field, int value, String found) {
        byte[] changed = golden.clone();
        changed[secondFrame + field] = (byte) value;
        Logs.reseal(changed, 1, secondFrame);
        UnsupportedFormatException refusal =
                assertThrows(UnsupportedFormatException.class, () -> Logs.replay(Logs.withLog(1, changed), START));
        assertEquals(
                "log: format with " + found + " (this build reads kinds 1 to 3 version 1 reserved 0) [wal/000001.wal @ "
                        + secondFrame + "]",
                refusal.getMessage());
    }

    @Test
    void aWholeFrameThatContradictsItselfIsDamage() {
        byte[] changed = golden.clone();
        changed[secondFrame + WalFormat.SYNCED_SEQUENCE_OFFSET] = 2;
        Logs.reseal(changed, 1, secondFrame);
        assertEquals("log: frame: sequence 2 after 2 [wal/000001.wal @ " + secondFrame + "]", corruption(changed, 1));
    }

    @Test
    void aWholeHeaderMustBeOursAndOfAVersionWeKnow() {
        byte[] newer = header(WalFormat.MINOR_OFFSET, 1);
        assertEquals("log: format 1.1 (this build reads 1.0) [wal/000001.wal]", unsupported(newer));
        byte[] critical = header(WalFormat.CRITICAL_BITS_OFFSET, 1);
        assertEquals(
                "log: format 1.0 with critical bits 0x1 (this build reads 1.0 with critical bits 0x0) [wal/000001.wal]",
                unsupported(critical));
        assertEquals(
                "log: store 0202030405060708090a0b0c0d0e0f10 (expected 0102030405060708090a0b0c0d0e0f10)"
                        + " [wal/000001.wal @ 32]",
                corruption(header(WalFormat.STORE_ID_OFFSET, 2), 1));
        assertEquals("log: number 1 (expected 9) [wal/000009.wal @ 48]", corruption(golden, 9));
        assertEquals("log: reserved 1 (expected 0) [wal/000001.wal @ 12]", corruption(header(12, 1), 1));
        assertEquals("log: magic (expected ALMAGWAL) [wal/000001.wal @ 0]", corruption(header(0, 'B'), 1));
        byte[] ownPredecessor = header(WalFormat.PREVIOUS_NUMBER_OFFSET, 1);
        assertTrue(corruption(ownPredecessor, 1).contains("previous 1 of 0 bytes"));
    }

    @Test
    void anUnknownOptionalBitIsIgnored() throws Exception {
        byte[] optional = header(WalFormat.OPTIONAL_BITS_OFFSET, 1);
        assertEquals(
                List.of(1L, 2L), Logs.replay(Logs.withLog(1, optional), START).sequences());
    }

    private byte[] header(int offset, int value) {
        byte[] changed = golden.clone();
        changed[offset] = (byte) value;
        Logs.resealHeader(changed);
        return changed;
    }

    private static String unsupported(byte[] log) {
        return assertThrows(UnsupportedFormatException.class, () -> Logs.replay(Logs.withLog(1, log), START))
                .getMessage();
    }

    private static String corruption(byte[] log, long number) {
        return assertThrows(
                        CorruptStoreException.class,
                        () -> Logs.replay(Logs.withLog(number, log), Logs.start(number, 0)))
                .getMessage();
    }

    @Test
    void codesNeverChange() {
        assertEquals(1, FrameKind.COMMIT.code());
        assertEquals(2, FrameKind.METADATA.code());
        assertEquals(3, FrameKind.CLOSE.code());
        for (FrameKind kind : FrameKind.values()) {
            assertEquals(Optional.of(kind), FrameKind.ofCode(kind.code()));
            assertEquals(1, kind.payloadVersion());
        }
    }
}
