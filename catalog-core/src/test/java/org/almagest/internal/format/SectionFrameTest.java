package org.almagest.internal.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.almagest.error.CorruptSectionException;
import org.almagest.testing.Faults;
import org.junit.jupiter.api.Test;

class SectionFrameTest {
    private static final SectionFrame FRAME = new SectionFrame("id column", 0x44494C41, 1);
    private static final Place PLACE = new Place(0x0102030405060708L, 0x090a0b0c0d0e0f10L, 0x018f3cL, 1_114_112);
    private static final String FILE = "data/8f/018f3c.seg";

    /** The body 0a0b0c at {@link #PLACE}, as written by version 1. Never regenerated. */
    private static final String GOLDEN = "414c4944" + "01000000" + "0300000000000000" + "0a0b0c" + "7c31b13e";

    private static byte[] golden() {
        return HexFormat.of().parseHex(GOLDEN);
    }

    private static byte[] body(byte[] section, Place place) throws CorruptSectionException {
        ByteBuffer body = FRAME.unwrap(ByteBuffer.wrap(section), place, FILE);
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return bytes;
    }

    @Test
    void goldenBytesStayReadable() throws CorruptSectionException {
        assertArrayEquals(new byte[] {10, 11, 12}, body(golden(), PLACE));
    }

    @Test
    void writesTheGoldenBytes() {
        ByteBuffer body = ByteBuffer.wrap(new byte[] {9, 10, 11, 12, 13}, 1, 3);
        assertEquals(GOLDEN, HexFormat.of().formatHex(FRAME.wrap(body, PLACE).array()));
        assertEquals(1, body.position(), "the caller's position stays");
    }

    @Test
    void anEmptyBodyIsWhole() throws CorruptSectionException {
        byte[] section = FRAME.wrap(ByteBuffer.allocate(0), PLACE).array();
        assertEquals(SectionFrame.OVERHEAD_BYTES, section.length);
        assertEquals(0, body(section, PLACE).length);
    }

    @Test
    void refusesEveryBitFlipAndEveryTruncation() {
        Faults.assertEveryBitFlipRefused(golden(), bytes -> body(bytes, PLACE));
        Faults.assertEveryTruncationRefused(golden(), bytes -> body(bytes, PLACE));
    }

    @Test
    void refusesTheRightBytesInTheWrongPlace() {
        Place[] others = {
            PLACE.at(0),
            new Place(1, PLACE.storeIdLow(), PLACE.fileNumber(), PLACE.offset()),
            new Place(PLACE.storeIdHigh(), 1, PLACE.fileNumber(), PLACE.offset()),
            new Place(PLACE.storeIdHigh(), PLACE.storeIdLow(), 1, PLACE.offset())
        };
        for (Place other : others) {
            assertThrows(CorruptSectionException.class, () -> body(golden(), other), other.toString());
        }
    }

    @Test
    void failuresNameProblemFileAndOffset() {
        byte[] magic = golden();
        magic[0] = 0x40;
        assertMessage(magic, "id column: magic 0x44494c40 (expected 0x44494c41) [data/8f/018f3c.seg @ 1114112]");
        byte[] version = golden();
        version[4] = 2;
        assertMessage(version, "id column: version 2 (expected 1) [data/8f/018f3c.seg @ 1114112]");
        byte[] length = golden();
        length[8] = 4;
        assertMessage(length, "id column: length 4 (expected 3) [data/8f/018f3c.seg @ 1114112]");
        byte[] crc = golden();
        crc[22] = 0;
        assertMessage(crc, "id column: crc32c 0x3eb1317c (expected 0x00b1317c) [data/8f/018f3c.seg @ 1114112]");
        assertMessage(new byte[19], "id column: 19 bytes (at least 20) [data/8f/018f3c.seg @ 1114112]");
    }

    @Test
    void aChecksumFedInPiecesIsTheSame() {
        byte[] bytes = {1, 2, 3, 4};
        CRC32C pieces = PLACE.begin();
        pieces.update(bytes, 0, 1);
        pieces.update(bytes, 1, 3);
        assertEquals(PLACE.crc32c(bytes, 0, 4), (int) pieces.getValue());
        assertEquals(PLACE.crc32c(bytes, 0, 4), PLACE.crc32c(ByteBuffer.wrap(bytes)));
        assertEquals(PLACE.crc32c(bytes, 1, 2), PLACE.crc32c(ByteBuffer.wrap(bytes, 1, 2)));
    }

    private static void assertMessage(byte[] section, String message) {
        assertEquals(
                message,
                assertThrows(CorruptSectionException.class, () -> body(section, PLACE))
                        .getMessage());
    }
}
