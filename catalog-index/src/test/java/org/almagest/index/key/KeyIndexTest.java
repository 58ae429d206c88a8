package org.almagest.index.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.almagest.error.CorruptSectionException;
import org.almagest.testing.Faults;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class KeyIndexTest {
    /** Rows 0, 1, 2 with the hashes 7, -1, 7, as written by version 2. Never regenerated. */
    private static final byte[] GOLDEN_V2 = HexFormat.of()
            .parseHex("03000000"
                    + "01000000"
                    + "0000000000000000"
                    + "8040010000102002"
                    + "0000408082210000"
                    + "ffffffffffffffff"
                    + "0700000000000000"
                    + "0700000000000000"
                    + "01000000"
                    + "00000000"
                    + "02000000");

    private static byte[] body(long... hashes) {
        KeyIndexBuilder builder = new KeyIndexBuilder();
        Arrays.stream(hashes).forEach(builder::add);
        ByteBuffer target = ByteBuffer.allocate(builder.bodyBytes());
        builder.write(target);
        assertEquals(0, target.remaining());
        return target.array();
    }

    private static KeyIndex open(byte[] bytes) throws CorruptSectionException {
        return KeyIndex.open(ByteBuffer.wrap(bytes), "x");
    }

    @Test
    void goldenBytesStayReadable() throws CorruptSectionException {
        KeyIndex index = open(GOLDEN_V2);
        assertArrayEquals(new int[] {0, 2}, index.candidates(7));
        assertArrayEquals(new int[] {1}, index.candidates(-1));
        assertArrayEquals(new int[] {}, index.candidates(8));
        assertEquals("", index.findProblem());
        assertArrayEquals(GOLDEN_V2, body(7, -1, 7));
    }

    @Test
    void anEmptyIndexHasNoCandidates() throws CorruptSectionException {
        assertArrayEquals(new int[] {}, open(body()).candidates(0));
    }

    @Test
    void extremeHashesAreFound() throws CorruptSectionException {
        KeyIndex index = open(body(Long.MAX_VALUE, Long.MIN_VALUE, 0));
        assertArrayEquals(new int[] {0}, index.candidates(Long.MAX_VALUE));
        assertArrayEquals(new int[] {1}, index.candidates(Long.MIN_VALUE));
        assertArrayEquals(new int[] {2}, index.candidates(0));
    }

    @Test
    void agreesWithANaiveScan() {
        Seeded.repeat(1_000, KeyIndexTest::checkAgainstNaiveScan);
    }

    private static void checkAgainstNaiveScan(SplittableRandom random) throws CorruptSectionException {
        // From all bits, so that hashes are spread, to a few, so that they repeat and crowd.
        int shift = random.nextInt(Long.SIZE);
        long[] hashes =
                random.longs(random.nextInt(500)).map(hash -> hash >> shift).toArray();
        KeyIndex index = open(body(hashes));
        assertEquals("", index.findProblem());
        for (int i = 0; i < 50; i++) {
            long hash = hashes.length > 0 && random.nextBoolean()
                    ? hashes[random.nextInt(hashes.length)] + random.nextInt(2)
                    : random.nextLong() >> shift;
            int[] expected = IntStream.range(0, hashes.length)
                    .filter(row -> hashes[row] == hash)
                    .toArray();
            assertArrayEquals(expected, index.candidates(hash));
        }
    }

    @Test
    void theFilterAdmitsFewHashesThatAreNotThere() throws CorruptSectionException {
        SplittableRandom random = new SplittableRandom(3);
        long[] hashes = random.longs(100_000).toArray();
        KeyIndex index = open(body(hashes));
        assertTrue(Arrays.stream(hashes).allMatch(index::mayHave));
        long admitted = random.longs(100_000).filter(index::mayHave).count();
        assertTrue(admitted < 2_500, admitted + " of 100000");
    }

    @Test
    void unevenHashesAreFoundToo() throws CorruptSectionException {
        long[] hashes = new long[10_000];
        for (int row = 0; row < hashes.length; row++) {
            hashes[row] = row < 9_000 ? Long.MIN_VALUE + row : Long.MAX_VALUE - row;
        }
        KeyIndex index = open(body(hashes));
        assertEquals("", index.findProblem());
        for (int row = 0; row < hashes.length; row++) {
            assertArrayEquals(new int[] {row}, index.candidates(hashes[row]));
        }
    }

    @Test
    void manyRowsOfOneKeyAreLaidOutInLinearTime() throws CorruptSectionException {
        assertEquals("", open(body(new long[300_000])).findProblem());
    }

    @Test
    void refusesACountThatTheBytesDoNotHold() {
        Faults.assertRefused(new byte[7], KeyIndexTest::open);
        Faults.assertEveryTruncationRefused(GOLDEN_V2, KeyIndexTest::open);
        for (int count : new int[] {-1, 2, 4, 1 << 30, KeyIndex.COUNT_MAX + 1, Integer.MAX_VALUE}) {
            byte[] bytes = GOLDEN_V2.clone();
            ByteBuffer.wrap(bytes).putInt(0, Integer.reverseBytes(count));
            Faults.assertRefused(bytes, KeyIndexTest::open);
        }
        byte[] blocks = GOLDEN_V2.clone();
        blocks[4] = 2;
        assertEquals(
                "key index: 2 blocks (expected 1) [x @ 0]",
                assertThrows(CorruptSectionException.class, () -> open(blocks)).getMessage());
        byte[] reserved = GOLDEN_V2.clone();
        reserved[8] = 1;
        assertEquals(
                "key index: reserved: 1 (expected 0) [x @ 0]",
                assertThrows(CorruptSectionException.class, () -> open(reserved))
                        .getMessage());
    }

    @Test
    void refusesARowThatIsNotThere() throws CorruptSectionException {
        byte[] bytes = GOLDEN_V2.clone();
        bytes[bytes.length - 4] = 3;
        KeyIndex index = open(bytes);
        assertEquals(
                "key index: entry 2: row 3 (at most 2) [x @ 0]",
                assertThrows(CorruptSectionException.class, () -> index.candidates(7))
                        .getMessage());
        assertEquals("entry 2: row 3 (at most 2)", index.findProblem());
    }

    @Test
    void namesWhatIsOutOfOrderOrTwice() throws CorruptSectionException {
        byte[] twice = GOLDEN_V2.clone();
        twice[rowOffset(twice, 1)] = 1;
        assertEquals("entry 1: row 1 (named twice)", open(twice).findProblem());
        byte[] order = GOLDEN_V2.clone();
        order[16 + 16 + 8] = 9;
        assertEquals("entry 1: not in the filter", open(order).findProblem());
        ByteBuffer.wrap(order).putLong(16, -1).putLong(24, -1);
        assertEquals("entry 2: out of order", open(order).findProblem());
        byte[] filter = GOLDEN_V2.clone();
        ByteBuffer.wrap(filter).putLong(16, 0);
        assertEquals("entry 0: not in the filter", open(filter).findProblem());
    }

    private static int rowOffset(byte[] body, int entry) {
        return body.length - 4 * (3 - entry);
    }
}
