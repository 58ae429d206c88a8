package org.almagest.index.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.almagest.error.CorruptSectionException;
import org.almagest.testing.Faults;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class ZoneMapTest {
    /** The codes 5, 0, 2^64 - 1, of which two are known to differ, as written by version 1. Never regenerated. */
    private static final byte[] GOLDEN_V1 = HexFormat.of()
            .parseHex("03000000" + "01000000" + "0500000000000000" + "ffffffffffffffff" + "01000000" + "02000000"
                    + "0500000000000000" + "ffffffffffffffff" + "01000000");

    private static byte[] body(ZoneMapBuilder builder) {
        ByteBuffer target = ByteBuffer.allocate(builder.bodyBytes());
        builder.write(target);
        assertEquals(0, target.remaining());
        return target.array();
    }

    private static ZoneMapBuilder builder(long... codes) {
        ZoneMapBuilder builder = new ZoneMapBuilder();
        Arrays.stream(codes).forEach(builder::add);
        return builder;
    }

    private static ZoneMap open(byte[] bytes) throws CorruptSectionException {
        return ZoneMap.open(ByteBuffer.wrap(bytes), "x");
    }

    @Test
    void goldenBytesStayReadable() throws CorruptSectionException {
        ZoneMap map = open(GOLDEN_V1);
        assertEquals(3, map.rowCount());
        assertEquals(1, map.zoneCount());
        assertEquals(5, map.min());
        assertEquals(-1, map.max());
        assertEquals(1, map.unsetCount());
        assertEquals(2, map.distinctCount());
        assertTrue(map.isDistinctCountExact());
        assertArrayEquals(GOLDEN_V1, body(builder(5, 0, -1).distinctCount(2)));
    }

    @Test
    void rangesIncludeBothEndsAndZeroMeansUnset() throws CorruptSectionException {
        ZoneMap map = open(body(builder(5, 0, 9)));
        assertTrue(map.mayMeet(0, 9, 20));
        assertTrue(map.mayMeet(0, 1, 5));
        assertFalse(map.mayMeet(0, 10, -1));
        assertFalse(map.mayMeet(0, 1, 4));
        assertTrue(map.mayMeet(0, 0, 0));
        assertTrue(map.isWithin(0, 0, 9));
        assertFalse(map.isWithin(0, 1, 9), "a row is unset");
        assertTrue(open(body(builder(5, 9))).isWithin(0, 5, 9));
        assertFalse(open(body(builder(5, 9))).isWithin(0, 6, 9));
        assertFalse(open(body(builder(5, 9))).mayMeet(0, 0, 0));
        ZoneMap unset = open(body(builder(0, 0)));
        assertTrue(unset.isWithin(0, 0, 0));
        assertFalse(unset.mayMeet(0, 1, -1));
        assertEquals(0, open(body(builder())).zoneCount());
    }

    @Test
    void aZoneMeetsWhatLiesBetweenItsCodes() throws CorruptSectionException {
        ZoneMapBuilder builder = new ZoneMapBuilder();
        LongStream.range(0, 5_000).forEach(row -> builder.add(1 + row / 1024));
        ZoneMap map = open(body(builder));
        for (int zone = 0; zone < 5; zone++) {
            assertEquals(zone == 3, map.mayMeet(zone, 4, 4));
            assertEquals(zone >= 3, map.mayMeet(zone, 4, 9));
            assertFalse(map.mayMeet(zone, 6, 9));
        }
        assertEquals(904, map.rowsOf(4));
    }

    @Test
    void agreesWithANaiveCount() {
        Seeded.repeat(200, ZoneMapTest::checkAgainstNaiveCount);
    }

    private static void checkAgainstNaiveCount(SplittableRandom random) throws CorruptSectionException {
        int spread = random.nextInt(Long.SIZE);
        long[] codes = random.longs(random.nextInt(5_000))
                .map(code -> random.nextInt(4) == 0 ? 0 : code >>> spread)
                .toArray();
        ZoneMap map = open(body(builder(codes)));
        for (int zone = 0; zone < map.zoneCount(); zone++) {
            long[] part = Arrays.copyOfRange(codes, zone << 10, Math.min(codes.length, zone + 1 << 10));
            assertEquals(Arrays.stream(part).filter(code -> code == 0).count(), map.unsetCount(zone));
            assertEquals(lowest(part), map.min(zone));
            assertEquals(highest(part), map.max(zone));
        }
        assertEquals(lowest(codes), map.min());
        assertEquals(highest(codes), map.max());
        long distinct =
                Arrays.stream(codes).filter(code -> code != 0).distinct().count();
        assertTrue(
                Math.abs(map.distinctCount() - distinct) <= 1 + distinct * 0.15, map.distinctCount() + " " + distinct);
        assertFalse(map.isDistinctCountExact());
    }

    private static long lowest(long[] codes) {
        return Arrays.stream(codes)
                        .filter(code -> code != 0)
                        .map(code -> code ^ Long.MIN_VALUE)
                        .min()
                        .orElse(Long.MIN_VALUE)
                ^ Long.MIN_VALUE;
    }

    private static long highest(long[] codes) {
        return Arrays.stream(codes).map(code -> code ^ Long.MIN_VALUE).max().orElse(Long.MIN_VALUE) ^ Long.MIN_VALUE;
    }

    @Test
    void refusesEveryContradiction() {
        Faults.assertEveryTruncationRefused(GOLDEN_V1, ZoneMapTest::open);
        // Told only once: how many rows the only zone has, how many codes differ, whether they were counted.
        for (int bit = 0; bit < GOLDEN_V1.length * 8; bit++) {
            int at = bit / 8;
            if (bit >= 10 && !(at == 28 && bit % 8 < 2) && !(at == 4 && bit % 8 == 0)) {
                Faults.assertRefused(Faults.bitFlipped(GOLDEN_V1, bit), ZoneMapTest::open);
            }
        }
        assertEquals(
                "zone map: zone 0: 4 of 3 unset, from 5 to 18446744073709551615 [x @ 0]",
                assertThrows(CorruptSectionException.class, () -> {
                            byte[] bytes = GOLDEN_V1.clone();
                            bytes[48] = 4;
                            open(bytes);
                        })
                        .getMessage());
    }
}
