package org.almagest.index.posting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.almagest.error.CorruptSectionException;
import org.almagest.testing.Faults;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class ValuePostingsTest {
    /** Rows 0, 1, 2 with the codes 7, 0, 7, as written by version 1. Never regenerated. */
    private static final byte[] GOLDEN_V1 = HexFormat.of()
            .parseHex("03000000" + "02000000" + "0000000000000000" + "00000000" + "01000000" + "0700000000000000"
                    + "12000000" + "02000000" + "3a300000" + "01000000" + "0000" + "0000" + "10000000" + "0100"
                    + "3a300000" + "01000000" + "0000" + "0100" + "10000000" + "0000" + "0200");

    private static byte[] body(long... codes) {
        ValuePostingsBuilder builder = new ValuePostingsBuilder();
        Arrays.stream(codes).forEach(builder::add);
        ByteBuffer target = ByteBuffer.allocate(builder.bodyBytes());
        builder.write(target);
        assertEquals(0, target.remaining());
        return target.array();
    }

    private static ValuePostings open(byte[] bytes) throws CorruptSectionException {
        return ValuePostings.open(ByteBuffer.wrap(bytes), "x");
    }

    private static int[] rows(RowSet rows) {
        RowBuffer out = new RowBuffer();
        assertEquals(rows.count(), rows.append(0, Integer.MAX_VALUE, out));
        return Arrays.copyOf(out.array(), out.count());
    }

    @Test
    void goldenBytesStayReadable() throws CorruptSectionException {
        ValuePostings postings = open(GOLDEN_V1);
        assertEquals(3, postings.rowCount());
        assertEquals(2, postings.codeCount());
        assertEquals(7, postings.code(1));
        assertEquals(2, postings.countAt(1));
        assertArrayEquals(new int[] {0, 2}, rows(postings.rows(7, 7)));
        assertArrayEquals(new int[] {1}, rows(postings.rows(0, 0)));
        assertArrayEquals(new int[] {}, rows(postings.rows(6, 6)));
        assertEquals("", postings.findProblem());
        assertArrayEquals(GOLDEN_V1, body(7, 0, 7));
    }

    @Test
    void rangesOfCodesIncludeBothEnds() throws CorruptSectionException {
        ValuePostings postings = open(body(1, 2, 3, 4, 2));
        assertArrayEquals(new int[] {1, 2, 4}, rows(postings.rows(2, 3)));
        assertArrayEquals(new int[] {}, rows(postings.rows(3, 2)));
        assertEquals(5, postings.rows(0, Long.MAX_VALUE).count());
        assertEquals(0, open(body()).codeCount());
        assertEquals(0, open(body()).rows(0, Long.MAX_VALUE).count());
    }

    @Test
    void partsOfASetAreAppendedByRange() throws CorruptSectionException {
        RowSet rows = open(body(new long[200_000])).rows(0, 0);
        RowBuffer out = new RowBuffer();
        assertEquals(3, rows.append(70_000, 70_003, out));
        assertEquals(70_002, out.row(2));
        assertEquals(0, rows.append(5, 5, out));
        assertEquals(130_000, rows.count(70_000, 300_000));
        assertTrue(rows.contains(199_999) && !rows.contains(200_000));
    }

    @Test
    void agreesWithANaiveScan() {
        Seeded.repeat(60, ValuePostingsTest::checkAgainstNaiveScan);
    }

    private static void checkAgainstNaiveScan(SplittableRandom random) throws CorruptSectionException {
        long[] codes = draw(random);
        ValuePostings postings = open(body(codes));
        assertEquals("", postings.findProblem());
        for (int i = 0; i < 4; i++) {
            long one = codes[random.nextInt(codes.length)] + random.nextInt(2);
            long other = codes[random.nextInt(codes.length)];
            long low = Math.min(one, other);
            long high = Math.max(one, other);
            assertArrayEquals(naive(codes, code -> code == one), rows(postings.rows(one, one)));
            int[] between = naive(codes, code -> code >= low && code <= high);
            assertArrayEquals(between, rows(postings.rows(low, high)));
        }
    }

    private static int[] naive(long[] codes, LongPredicate wanted) {
        return IntStream.range(0, codes.length)
                .filter(row -> wanted.test(codes[row]))
                .toArray();
    }

    /** Draws a few codes or many, scattered or in runs, so that all three kinds of containers appear. */
    private static long[] draw(SplittableRandom random) {
        long[] codes = new long[random.nextInt(1, 1 << random.nextInt(1, 18))];
        long limit = random.nextInt(8) == 0 ? 1L << 30 : random.nextInt(1, 20);
        int stay = random.nextInt(3) * 50;
        for (int row = 0; row < codes.length; row++) {
            codes[row] = row > 0 && random.nextInt(stay + 1) > 0 ? codes[row - 1] : random.nextLong(limit);
        }
        return codes;
    }

    @Test
    void refusesWhatDoesNotFit() {
        Faults.assertEveryTruncationRefused(GOLDEN_V1, bytes -> {
            String problem = open(bytes).findProblem();
            if (!problem.isEmpty()) {
                throw new CorruptSectionException(problem, "x");
            }
        });
        assertEquals(
                "postings: 3 rows in all (expected 4) [x @ 0]",
                assertThrows(CorruptSectionException.class, () -> {
                            byte[] bytes = GOLDEN_V1.clone();
                            bytes[0] = 4;
                            open(bytes);
                        })
                        .getMessage());
        byte[] order = GOLDEN_V1.clone();
        order[8] = 8;
        assertEquals(
                "postings: entry 1: key 7, 2 rows in bytes 18 to 38 [x @ 0]",
                assertThrows(CorruptSectionException.class, () -> open(order)).getMessage());
        byte[] row = GOLDEN_V1.clone();
        row[row.length - 2] = 3;
        assertEquals(
                "postings: entry 1: container 0: not 2 rows of 3 [x @ 0]",
                assertThrows(CorruptSectionException.class, () -> open(row).rows(7, 7))
                        .getMessage());
    }

    @Test
    void damageIsRefusedOrReadWithinBounds() {
        Seeded.repeat(300, random -> {
            byte[] bytes = body(draw(random));
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                int reach = random.nextBoolean() ? Math.min(bytes.length, 400) : bytes.length;
                bytes[random.nextInt(reach)] = (byte) random.nextInt();
            }
            try {
                ValuePostings postings = open(bytes);
                for (int row : rows(postings.rows(0, Long.MAX_VALUE))) {
                    assertTrue(row >= 0 && row < postings.rowCount());
                }
            } catch (CorruptSectionException refused) {
                assertTrue(refused.getMessage().startsWith("postings: "));
            }
        });
    }
}
