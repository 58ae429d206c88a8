package org.almagest.index.column;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.almagest.error.CorruptSectionException;
import org.almagest.testing.Faults;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class CodeColumnTest {
    /** The codes 1000, 0, 1002, 1003: base 999, packed in 3 bits as 1, 0, 3, 4; by version 1. Never regenerated. */
    private static final byte[] GOLDEN_V1 = HexFormat.of()
            .parseHex("04000000" + "00000000" + "e703000000000000" + "00000000" + "03" + "01" + "0000" + "c108"
                    + "0000000000000000");

    private static byte[] body(long... codes) {
        CodeColumnBuilder builder = new CodeColumnBuilder();
        Arrays.stream(codes).forEach(builder::add);
        assertEquals(codes.length, builder.rowCount());
        ByteBuffer target = ByteBuffer.allocate(builder.bodyBytes());
        builder.write(target);
        assertEquals(0, target.remaining());
        return target.array();
    }

    private static CodeColumn open(byte[] bytes) throws CorruptSectionException {
        return CodeColumn.open(ByteBuffer.wrap(bytes), "x");
    }

    @Test
    void goldenBytesStayReadable() throws CorruptSectionException {
        CodeColumn column = open(GOLDEN_V1);
        assertEquals(4, column.rowCount());
        assertEquals(1, column.blockCount());
        assertArrayEquals(new long[] {1000, 0, 1002, 1003}, codes(column));
        assertArrayEquals(GOLDEN_V1, body(1000, 0, 1002, 1003));
    }

    private static long[] codes(CodeColumn column) {
        return IntStream.range(0, column.rowCount()).mapToLong(column::code).toArray();
    }

    @Test
    void constantsTakeNoBits() throws CorruptSectionException {
        long[] same = new long[3_000];
        Arrays.fill(same, 77);
        byte[] bytes = body(same);
        assertEquals(8 + 3 * 16 + 8, bytes.length);
        assertArrayEquals(same, codes(open(bytes)));
        assertEquals(8 + 3 * 16 + 8, body(new long[3_000]).length, "all unset");
        assertEquals(0, open(body()).blockCount());
    }

    @Test
    void everyWidthIsReadBack() throws CorruptSectionException {
        for (int width = 1; width <= Long.SIZE; width++) {
            SplittableRandom random = new SplittableRandom(width);
            int shift = Long.SIZE - width;
            long[] codes = random.longs(1_100).map(code -> code >>> shift).toArray();
            codes[0] = -1L >>> shift;
            CodeColumn column = open(body(codes));
            assertArrayEquals(codes, codes(column));
            long[] bulk = new long[codes.length];
            column.codes(0, codes.length, bulk);
            assertArrayEquals(codes, bulk);
        }
    }

    @Test
    void rangesIncludeBothEndsAndZeroMeansUnset() throws CorruptSectionException {
        CodeColumn column = open(GOLDEN_V1);
        assertEquals(0b0101, marks(column, 1000, 1002));
        assertEquals(0b1000, marks(column, 1003, -1));
        assertEquals(0b0010, marks(column, 0, 0));
        assertEquals(0b0010, marks(column, 0, 998));
        assertEquals(0b0010, marks(column, 0, 999));
        assertEquals(0b0011, marks(column, 0, 1000));
        assertEquals(0b1111, marks(column, 0, -1));
        assertEquals(0b1101, marks(column, 1, -1));
        assertEquals(0, marks(column, 1, 999));
        assertEquals(0, marks(column, 1004, -1));
        assertEquals(0, marks(column, 1001, 1001));
    }

    private static long marks(CodeColumn column, long low, long high) {
        long[] mask = new long[16];
        Arrays.fill(mask, -1);
        int count = column.markRange(0, low, high, mask);
        assertEquals(Long.bitCount(mask[0]), count);
        assertArrayEquals(new long[15], Arrays.copyOfRange(mask, 1, 16));
        return mask[0];
    }

    @Test
    void agreesWithANaiveScan() {
        Seeded.repeat(300, CodeColumnTest::checkAgainstNaiveScan);
    }

    private static void checkAgainstNaiveScan(SplittableRandom random) throws CorruptSectionException {
        long[] codes = draw(random);
        CodeColumn column = open(body(codes));
        assertArrayEquals(codes, codes(column));
        int first = random.nextInt(codes.length);
        int count = random.nextInt(codes.length - first + 1);
        long[] bulk = new long[count];
        assertEquals(count, column.codes(first, count, bulk));
        assertArrayEquals(Arrays.copyOfRange(codes, first, first + count), bulk);
        for (int i = 0; i < 10; i++) {
            long one = bound(random, codes);
            long other = bound(random, codes);
            boolean ordered = Long.compareUnsigned(one, other) <= 0;
            long low = ordered ? one : other;
            long high = ordered ? other : one;
            checkMarks(codes, column, random, low, high);
        }
    }

    private static void checkMarks(long[] codes, CodeColumn column, SplittableRandom random, long low, long high) {
        int block = random.nextInt(column.blockCount());
        byte[] truth = new byte[random.nextInt(1, 300)];
        for (int code = 0; code < truth.length; code++) {
            truth[code] = (byte) random.nextInt(2);
        }
        BitSet range = new BitSet();
        BitSet table = new BitSet();
        for (int i = 0; i < column.rowsOf(block); i++) {
            long code = codes[(block << 10) + i];
            range.set(i, in(code, low, high));
            table.set(i, truth[(int) Math.min(code & Long.MAX_VALUE, truth.length - 1)] == 1);
        }
        long[] mask = new long[16];
        assertEquals(range.cardinality(), column.markRange(block, low, high, mask));
        assertEquals(range, BitSet.valueOf(mask));
        assertEquals(table.cardinality(), column.markTrue(block, truth, mask));
        assertEquals(table, BitSet.valueOf(mask));
    }

    private static boolean in(long code, long low, long high) {
        return Long.compareUnsigned(code, low) >= 0 && Long.compareUnsigned(code, high) <= 0;
    }

    private static long bound(SplittableRandom random, long[] codes) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(3) - 1;
            case 1 -> random.nextLong() >>> random.nextInt(Long.SIZE);
            default -> codes[random.nextInt(codes.length)] + random.nextInt(-1, 2);
        };
    }

    /** Draws codes that rise in places, so that zones differ; some unset, from a few bits to all of them. */
    private static long[] draw(SplittableRandom random) {
        int shift = random.nextInt(Long.SIZE);
        long base = random.nextLong() >>> random.nextInt(Long.SIZE);
        int unset = random.nextInt(1, 6);
        long[] codes = new long[random.nextInt(1, 4_000)];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = random.nextInt(8) < unset - 1 ? 0 : base + row / 700 + (random.nextLong() >>> shift);
        }
        return codes;
    }

    @Test
    void refusesWhatDoesNotFit() {
        Faults.assertEveryTruncationRefused(GOLDEN_V1, CodeColumnTest::open);
        for (int at : new int[] {0, 3, 4, 7, 16, 19, 20, 21, 22, 23, 26, 33}) {
            byte[] bytes = GOLDEN_V1.clone();
            bytes[at] ^= (byte) 0x80;
            Faults.assertRefused(bytes, CodeColumnTest::open);
        }
        byte[] width = GOLDEN_V1.clone();
        width[20] = 57;
        assertEquals(
                "codes: block 0: kind 0x139 at 0 (expected at 0) [x @ 0]",
                assertThrows(CorruptSectionException.class, () -> open(width)).getMessage());
    }

    @Test
    void damageIsRefusedOrReadWithinBounds() {
        Seeded.repeat(300, random -> {
            byte[] bytes = body(draw(random));
            for (int i = random.nextInt(1, 10); i > 0; i--) {
                bytes[random.nextInt(Math.min(bytes.length, 100))] = (byte) random.nextInt();
            }
            try {
                CodeColumn column = open(bytes);
                long[] out = new long[column.rowCount()];
                column.codes(0, out.length, out);
                assertArrayEquals(out, codes(column));
                long[] mask = new long[16];
                for (int block = 0; block < column.blockCount(); block++) {
                    column.markRange(block, random.nextLong(), random.nextLong(), mask);
                    column.markTrue(block, new byte[3], mask);
                }
            } catch (CorruptSectionException refused) {
                assertTrue(refused.getMessage().startsWith("codes: "));
            }
        });
    }
}
