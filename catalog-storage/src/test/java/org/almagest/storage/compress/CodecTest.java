package org.almagest.storage.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.almagest.error.CorruptSectionException;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class CodecTest {
    /** 20 times the letter a, as written by this build and any other. */
    private static final byte[] GOLDEN_LZ4 = HexFormat.of().parseHex("1a6101005061616161" + "61");

    @Test
    void idsNeverChange() throws CorruptSectionException {
        assertEquals(0, Codec.NONE.id());
        assertEquals(1, Codec.LZ4.id());
        for (Codec codec : Codec.values()) {
            assertEquals(codec, Codec.of(codec.id(), "x"));
        }
        assertEquals(
                "codec: 2 (expected 0 or 1) [x @ 0]",
                assertThrows(CorruptSectionException.class, () -> Codec.of(2, "x"))
                        .getMessage());
    }

    @Test
    void goldenBytesStayReadable() throws CorruptSectionException {
        byte[] raw = new byte[20];
        Codec.LZ4.decompress(GOLDEN_LZ4, 0, GOLDEN_LZ4.length, raw, 20);
        byte[] expected = new byte[20];
        Arrays.fill(expected, (byte) 'a');
        assertArrayEquals(expected, raw);
        byte[] stored = new byte[Codec.LZ4.storedBytesMax(20)];
        assertEquals(GOLDEN_LZ4.length, Codec.LZ4.compress(expected, 20, stored));
        assertArrayEquals(GOLDEN_LZ4, Arrays.copyOf(stored, GOLDEN_LZ4.length));
    }

    @Test
    void givesBackWhatWasStored() {
        Seeded.repeat(500, random -> {
            for (Codec codec : Codec.values()) {
                byte[] raw = draw(random, random.nextInt(5_000));
                byte[] stored = new byte[codec.storedBytesMax(raw.length) + 3];
                int storedBytes = codec.compress(raw, raw.length, stored);
                assertTrue(raw.length <= codec.rawBytesMax(storedBytes), codec + " of " + raw.length);
                System.arraycopy(stored, 0, stored, 3, storedBytes);
                byte[] back = new byte[raw.length + 9];
                codec.decompress(stored, 3, storedBytes, back, raw.length);
                assertArrayEquals(raw, Arrays.copyOf(back, raw.length));
            }
        });
    }

    private static byte[] draw(SplittableRandom random, int length) {
        byte[] raw = new byte[length];
        int alphabet = 1 + random.nextInt(255);
        for (int i = 0; i < length; i++) {
            raw[i] = (byte) random.nextInt(alphabet);
        }
        return raw;
    }

    @Test
    void refusesAnotherRawLength() {
        for (int rawBytes : new int[] {0, 19, 21}) {
            byte[] raw = new byte[64];
            assertThrows(
                    CorruptSectionException.class,
                    () -> Codec.LZ4.decompress(GOLDEN_LZ4, 0, GOLDEN_LZ4.length, raw, rawBytes));
            assertThrows(
                    CorruptSectionException.class, () -> Codec.NONE.decompress(new byte[20], 0, 20, raw, rawBytes));
        }
    }

    @Test
    void damagedBytesAreRefusedOrGiveTheAskedLength() {
        Seeded.repeat(2_000, random -> {
            byte[] raw = draw(random, 200);
            byte[] stored = new byte[Codec.LZ4.storedBytesMax(raw.length)];
            int storedBytes = Codec.LZ4.compress(raw, raw.length, stored);
            stored[random.nextInt(storedBytes)] = (byte) random.nextInt();
            byte[] back = new byte[raw.length + 1];
            try {
                Codec.LZ4.decompress(stored, 0, storedBytes, back, raw.length);
            } catch (CorruptSectionException refused) {
                assertTrue(refused.rule().startsWith("codec 1: "));
            }
            assertEquals(0, back[raw.length], "nothing is written past the raw length");
        });
    }
}
