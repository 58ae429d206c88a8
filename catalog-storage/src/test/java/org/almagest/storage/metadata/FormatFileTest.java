package org.almagest.storage.metadata;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.UnsupportedFormatException;
import org.almagest.testing.Faults;
import org.junit.jupiter.api.Test;

class FormatFileTest {
    private static final FormatFile GOLDEN = FormatFile.create(
            new StoreIdentity(0x0102030405060708L, 0x090a0b0c0d0e0f10L),
            UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"));

    @Test
    void writesTheGoldenBytesAndReadsThem() throws Exception {
        byte[] golden = Golden.bytes("format/v1/FORMAT");
        assertArrayEquals(golden, GOLDEN.encode().array());
        assertEquals(FormatFile.BYTES, golden.length);
        assertEquals(GOLDEN, FormatFile.decode(ByteBuffer.wrap(golden)));
    }

    @Test
    void refusesEveryDamageAsDamage() throws Exception {
        byte[] golden = Golden.bytes("format/v1/FORMAT");
        Faults.assertEveryBitFlipRefused(golden, bytes -> FormatFile.decode(ByteBuffer.wrap(bytes)));
        Faults.assertEveryTruncationRefused(golden, bytes -> FormatFile.decode(ByteBuffer.wrap(bytes)));
        for (int bit = 0; bit < golden.length * Byte.SIZE; bit++) {
            ByteBuffer flipped = ByteBuffer.wrap(Faults.bitFlipped(golden, bit));
            assertThrows(CorruptSectionException.class, () -> FormatFile.decode(flipped), "bit " + bit);
        }
    }

    @Test
    void refusesVersionsItDoesNotKnow() {
        assertEquals("store: format 2.0 (this build reads 1.0) [FORMAT]", refusal(changed(FormatFile.MAJOR_OFFSET, 2)));
        assertEquals("store: format 1.7 (this build reads 1.0) [FORMAT]", refusal(changed(FormatFile.MINOR_OFFSET, 7)));
        assertEquals("store: format 0.0 (this build reads 1.0) [FORMAT]", refusal(changed(FormatFile.MAJOR_OFFSET, 0)));
        byte[] longer = Arrays.copyOf(changed(FormatFile.MAJOR_OFFSET, 3), 100);
        assertEquals("store: format 3.0 (this build reads 1.0) [FORMAT]", refusal(longer));
    }

    @Test
    void refusesAnUnknownCriticalBitAndKeepsAnOptionalOne() throws Exception {
        assertEquals(
                "store: format 1.0 with critical bits 0x4 (this build reads 1.0 with critical bits 0x0) [FORMAT]",
                refusal(changed(FormatFile.CRITICAL_BITS_OFFSET, 4)));
        byte[] optional = changed(FormatFile.OPTIONAL_BITS_OFFSET, 4);
        FormatFile read = FormatFile.decode(ByteBuffer.wrap(optional));
        assertEquals(4, read.optionalBits());
        assertArrayEquals(optional, read.encode().array());
    }

    @Test
    void refusesAReservedByteThatIsNotZero() {
        CorruptSectionException refusal = assertThrows(
                CorruptSectionException.class,
                () -> FormatFile.decode(ByteBuffer.wrap(changed(FormatFile.RESERVED_OFFSET, 1))));
        assertEquals("store: reserved: 0x00000001 (expected 0) [FORMAT @ 12]", refusal.getMessage());
    }

    @Test
    void saysWhatIsWrong() {
        CorruptSectionException size = assertThrows(
                CorruptSectionException.class, () -> FormatFile.decode(ByteBuffer.allocate(FormatFile.BYTES - 1)));
        assertEquals("store: size: 67 bytes (expected 68) [FORMAT @ 0]", size.getMessage());
        CorruptSectionException magic = assertThrows(
                CorruptSectionException.class, () -> FormatFile.decode(ByteBuffer.allocate(FormatFile.BYTES)));
        assertEquals("store: magic (expected ALMAGEST) [FORMAT @ 0]", magic.getMessage());
    }

    private static String refusal(byte[] bytes) {
        return assertThrows(UnsupportedFormatException.class, () -> FormatFile.decode(ByteBuffer.wrap(bytes)))
                .getMessage();
    }

    /** Returns the golden file with one byte changed and a checksum that fits. */
    private static byte[] changed(int offset, int value) {
        byte[] bytes = GOLDEN.encode().array();
        bytes[offset] = (byte) value;
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, FormatFile.CRC32C_OFFSET);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(FormatFile.CRC32C_OFFSET, (int) crc.getValue());
        return bytes;
    }
}
