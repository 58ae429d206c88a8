package org.almagest.internal.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.almagest.error.CorruptSectionException;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class VarintTest {
    private static String written(long value) {
        byte[] bytes = new byte[Varint.BYTES_MAX];
        int length = Varint.put(bytes, 0, value);
        ByteBuffer buffer = ByteBuffer.allocate(Varint.BYTES_MAX);
        Varint.put(buffer, value);
        assertEquals(buffer.position(), length);
        assertEquals(Varint.length(value), length);
        assertEquals(ByteBuffer.wrap(bytes), buffer.rewind());
        return HexFormat.of().formatHex(Arrays.copyOf(bytes, length));
    }

    private static long read(String hex) throws CorruptSectionException {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        long value = Varint.get(bytes, "row 7");
        assertEquals(0, bytes.remaining());
        return value;
    }

    @Test
    void writesTheKnownBytes() {
        assertEquals("00", written(0));
        assertEquals("7f", written(127));
        assertEquals("8001", written(128));
        assertEquals("ff7f", written(16_383));
        assertEquals("808001", written(16_384));
        assertEquals("ffffffffffffffff7f", written(Long.MAX_VALUE));
        assertEquals("ffffffffffffffffff01", written(-1));
    }

    @Test
    void readsWhatItWrote() throws CorruptSectionException {
        for (int bit = 0; bit < Long.SIZE; bit++) {
            for (long value : new long[] {1L << bit, (1L << bit) - 1, -1L << bit}) {
                assertEquals(value, read(written(value)));
                assertEquals(value, Varint.unzigzag(Varint.zigzag(value)));
            }
        }
    }

    @Test
    void readsWhatItWroteOfAnyValue() {
        Seeded.repeat(1_000, random -> {
            long value = random.nextLong() >>> random.nextInt(Long.SIZE);
            assertEquals(value, read(written(value)));
        });
    }

    @Test
    void zigzagMakesSmallValuesOfEitherSignSmall() {
        assertEquals(0, Varint.zigzag(0));
        assertEquals(1, Varint.zigzag(-1));
        assertEquals(2, Varint.zigzag(1));
        assertEquals(-1, Varint.zigzag(Long.MIN_VALUE));
    }

    @Test
    void refusesWhatItWouldNotWrite() {
        assertRefused("", "varint: cut short [row 7 @ 0]");
        assertRefused("80", "varint: cut short [row 7 @ 0]");
        assertRefused("8000", "varint: not the shortest form [row 7 @ 0]");
        assertRefused("ffffffffffffffffff02", "varint: more than 64 bits [row 7 @ 0]");
        assertRefused("ffffffffffffffffffff01", "varint: more than 10 bytes [row 7 @ 0]");
    }

    private static void assertRefused(String hex, String message) {
        assertEquals(
                message,
                assertThrows(CorruptSectionException.class, () -> read(hex)).getMessage());
    }
}
