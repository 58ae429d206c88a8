package org.almagest.index.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.almagest.error.CorruptSectionException;
import org.almagest.model.DatapointId;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class IdColumnTest {
    /** The ids (-2^16, 1), (0, 0), (0, -1), as written by version 1. Never regenerated. */
    private static final byte[] GOLDEN_V1 = HexFormat.of()
            .parseHex("ffffffffffff0000" + "0000000000000001" + "0000000000000000" + "0000000000000000"
                    + "0000000000000000" + "ffffffffffffffff");

    private static IdColumn open(byte[] bytes) throws CorruptSectionException {
        return IdColumn.open(ByteBuffer.wrap(bytes), "x");
    }

    private static IdColumn column(Iterable<DatapointId> ids, int count) throws CorruptSectionException {
        ByteBuffer body = ByteBuffer.allocate(count * IdColumn.ROW_BYTES);
        ids.forEach(id -> body.putLong(id.high()).putLong(id.low()));
        return IdColumn.open(body.flip(), "x");
    }

    @Test
    void goldenBytesStayReadable() throws CorruptSectionException {
        IdColumn ids = open(GOLDEN_V1);
        assertEquals(3, ids.count());
        assertEquals(-1L << 16, ids.high(0));
        assertEquals(1, ids.low(0));
        assertEquals(0, ids.find(-1L << 16, 1), "before 1970 comes first");
        assertEquals(2, ids.find(0, -1), "the low half is unsigned");
        assertEquals(IdColumn.NOT_FOUND, ids.find(0, 1));
        assertEquals(3, ids.firstUnsorted());
    }

    @Test
    void boundsOfTheSearchAreInclusiveBelow() throws CorruptSectionException {
        IdColumn ids = open(GOLDEN_V1);
        assertEquals(0, ids.lowerBound(Long.MIN_VALUE, 0));
        assertEquals(0, ids.lowerBound(-1L << 16, 1));
        assertEquals(1, ids.lowerBound(-1L << 16, 2));
        assertEquals(2, ids.lowerBound(0, 1));
        assertEquals(3, ids.lowerBound(1, 0));
        assertEquals(0, open(new byte[0]).lowerBound(0, 0), "no rows");
    }

    @Test
    void refusesHalfAnId() {
        assertEquals(
                "id column: 17 bytes (expected a multiple of 16) [x @ 0]",
                assertThrows(CorruptSectionException.class, () -> open(new byte[17]))
                        .getMessage());
    }

    @Test
    void agreesWithANaiveSearch() {
        Seeded.repeat(1_000, IdColumnTest::checkAgainstNaiveSearch);
    }

    private static void checkAgainstNaiveSearch(SplittableRandom random) throws CorruptSectionException {
        List<DatapointId> sorted = draw(random);
        IdColumn ids = column(sorted, sorted.size());
        assertEquals(sorted.size(), ids.firstUnsorted());
        for (int i = 0; i < 50; i++) {
            DatapointId wanted = near(random, sorted);
            int expected = 0;
            while (expected < sorted.size() && sorted.get(expected).compareTo(wanted) < 0) {
                expected++;
            }
            assertEquals(expected, ids.lowerBound(wanted.high(), wanted.low()), wanted::toString);
            boolean there = expected < sorted.size() && sorted.get(expected).equals(wanted);
            assertEquals(there ? expected : IdColumn.NOT_FOUND, ids.find(wanted.high(), wanted.low()));
        }
    }

    /** Draws even ids, crowded ones, and ones whose distances grow, on which interpolation guesses worst. */
    private static List<DatapointId> draw(SplittableRandom random) {
        TreeSet<DatapointId> ids = new TreeSet<>();
        int shape = random.nextInt(3);
        int count = random.nextInt(600);
        for (int i = 0; i < count; i++) {
            long high = switch (shape) {
                case 0 -> random.nextLong();
                case 1 -> random.nextLong(-3, 4);
                default -> (random.nextBoolean() ? 1 : -1) * (random.nextLong() >>> random.nextInt(1, 64));
            };
            ids.add(new DatapointId(high, random.nextInt(4) == 0 ? random.nextInt(-2, 3) : random.nextLong()));
        }
        return new ArrayList<>(ids);
    }

    private static DatapointId near(SplittableRandom random, List<DatapointId> sorted) {
        if (sorted.isEmpty() || random.nextInt(5) == 0) {
            return new DatapointId(random.nextLong(), random.nextLong());
        }
        DatapointId id = sorted.get(random.nextInt(sorted.size()));
        return new DatapointId(id.high(), id.low() + random.nextInt(-1, 2));
    }

    @Test
    void namesTheFirstRowBelowTheOneBefore() throws CorruptSectionException {
        DatapointId id = new DatapointId(5, 5);
        assertEquals(2, column(List.of(id, id), 2).firstUnsorted());
        assertEquals(0, column(List.of(id, id), 2).find(5, 5), "the first of equal ids");
        assertEquals(0, column(List.of(id, id), 2).lowerBound(5, 5));
        assertEquals(
                2,
                column(List.of(new DatapointId(1, 1), id, new DatapointId(5, 4)), 3)
                        .firstUnsorted());
        assertEquals(1, column(List.of(id), 1).firstUnsorted());
    }
}
