package org.almagest.storage.tombstone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almagest.storage.tombstone.Tombstones.Deletion;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class TombstonesTest {
    private static Deletion deletion(long sequence, int... rows) {
        return new Deletion(sequence, sequence * 1000, RoaringBitmap.bitmapOf(rows));
    }

    @Test
    void noneHoldsNothing() {
        assertEquals(0, Tombstones.NONE.count());
        assertTrue(Tombstones.NONE.isEmpty());
        assertFalse(Tombstones.NONE.contains(0));
        assertTrue(Tombstones.NONE.rows().isEmpty());
        assertTrue(Tombstones.NONE.rowsAt(0).isEmpty());
        assertTrue(Tombstones.NONE.rowsAt(Long.MAX_VALUE).isEmpty());
        assertEquals(0, Tombstones.NONE.maxSequence());
        assertSame(Tombstones.NONE, Tombstones.NONE.settled(10));
        assertSame(Tombstones.NONE, Tombstones.of(List.of()));
    }

    @Test
    void aDeletionCountsFromItsOwnSequenceOn() {
        Tombstones dead = Tombstones.NONE.with(deletion(5, 1, 3)).with(deletion(8, 2));
        assertEquals(3, dead.count());
        assertEquals(RoaringBitmap.bitmapOf(), dead.rowsAt(4));
        assertEquals(RoaringBitmap.bitmapOf(1, 3), dead.rowsAt(5));
        assertEquals(RoaringBitmap.bitmapOf(1, 3), dead.rowsAt(7));
        assertEquals(RoaringBitmap.bitmapOf(1, 2, 3), dead.rowsAt(8));
        assertEquals(8, dead.maxSequence());
        assertTrue(dead.contains(2));
        assertFalse(dead.contains(0));
    }

    @Test
    void deletionsOfOneCommitAreOne() {
        Tombstones dead = Tombstones.NONE.with(deletion(5, 1)).with(deletion(5, 2));
        assertEquals(List.of(deletion(5, 1, 2)), dead.deletions());
    }

    @Test
    void refusesWhatCannotBe() {
        Tombstones dead = Tombstones.NONE.with(deletion(5, 1, 3));
        assertRefused("deletion: sequence 4 (at least 5)", () -> dead.with(deletion(4, 2)));
        assertRefused("deletion: sequence 6: rows that are dead already", () -> dead.with(deletion(6, 2, 3)));
        assertRefused("deletion: sequence 0, 1 rows (at least 1 each)", () -> deletion(0, 2));
        assertRefused("deletion: sequence 1, 0 rows (at least 1 each)", () -> deletion(1));
        assertRefused(
                "deletion: sequence 5 (at least 6)", () -> Tombstones.of(List.of(deletion(5, 1), deletion(5, 2))));
        assertRefused(
                "deletion: sequence 6: rows that are dead already",
                () -> Tombstones.of(List.of(deletion(5, 1), deletion(6, 1))));
    }

    private static void assertRefused(String message, org.junit.jupiter.api.function.Executable action) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, action).getMessage());
    }

    @Test
    void settlingKeepsEveryVersionFromTheFloorOn() {
        Tombstones dead = Tombstones.of(List.of(deletion(2, 1), deletion(4, 2), deletion(6, 3), deletion(8, 4)));
        Tombstones settled = dead.settled(6);
        assertEquals(List.of(deletion(6, 1, 2, 3), deletion(8, 4)), settled.deletions());
        for (long version = 6; version < 10; version++) {
            assertEquals(dead.rowsAt(version), settled.rowsAt(version));
        }
        assertSame(dead, dead.settled(3));
        assertEquals(1, dead.settled(Long.MAX_VALUE).deletions().size());
    }

    @Test
    void equalsAMapFromRowToSequence() {
        Seeded.repeat(100, random -> {
            TreeMap<Integer, Long> model = new TreeMap<>();
            Tombstones dead = Tombstones.NONE;
            int rowCount = random.nextInt(1, 200_000);
            long floor = 0;
            long sequence = 0;
            for (int step = 0; step < 30; step++) {
                sequence += random.nextInt(3);
                if (sequence == 0) {
                    continue;
                }
                RoaringBitmap rows = new RoaringBitmap();
                int from = random.nextInt(rowCount);
                int until = random.nextInt(10) == 0 ? Math.min(rowCount, from + 5000) : from + 1;
                for (int row = from; row < until; row++) {
                    if (model.putIfAbsent(row, sequence) == null) {
                        rows.add(row);
                    }
                }
                Tombstones before = dead;
                int count = before.count();
                if (!rows.isEmpty()) {
                    dead = dead.with(new Deletion(sequence, sequence, rows));
                }
                if (random.nextInt(5) == 0) {
                    floor = random.nextLong(floor, sequence + 1);
                    dead = dead.settled(floor);
                }
                assertEquals(count, before.count());
            }
            assertModel(model, floor, dead);
            assertModel(model, floor, Tombstones.of(dead.deletions()));
        });
    }

    private static void assertModel(Map<Integer, Long> model, long floor, Tombstones dead) {
        assertEquals(model.size(), dead.count());
        model.keySet().forEach(row -> assertTrue(dead.contains(row)));
        for (long version = floor; version < dead.maxSequence() + 2; version++) {
            RoaringBitmap expected = new RoaringBitmap();
            for (Map.Entry<Integer, Long> row : model.entrySet()) {
                if (row.getValue() <= version) {
                    expected.add(row.getKey());
                }
            }
            assertEquals(expected, dead.rowsAt(version));
        }
    }
}
