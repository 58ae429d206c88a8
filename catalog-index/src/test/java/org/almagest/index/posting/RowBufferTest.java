package org.almagest.index.posting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class RowBufferTest {
    @Test
    void rowsAreAppendedAndDropped() {
        RowBuffer rows = new RowBuffer();
        for (int i = 0; i < 1_000; i++) {
            rows.add(i);
        }
        assertEquals(1_000, rows.count());
        assertEquals(999, rows.row(999));
        rows.clear();
        assertEquals(0, rows.count());
        rows.sortDistinct(0, 0, 0);
        assertEquals(0, rows.count());
    }

    @Test
    void sortingAgreesWithStreamsWhateverItChooses() {
        RowBuffer rows = new RowBuffer();
        Seeded.repeat(500, random -> checkSorting(rows, random));
    }

    private static void checkSorting(RowBuffer rows, SplittableRandom random) {
        rows.clear();
        rows.add(7);
        int first = random.nextInt(1_000);
        int end = first + random.nextInt(1, 1 << random.nextInt(1, 16));
        int[] drawn = random.ints(random.nextInt(1, 500), first, end).toArray();
        for (int row : drawn) {
            rows.add(row);
        }
        rows.sortDistinct(1, first, end);
        int[] expected = Arrays.stream(drawn).sorted().distinct().toArray();
        assertArrayEquals(expected, Arrays.copyOfRange(rows.array(), 1, rows.count()));
        assertEquals(7, rows.row(0), "those before stay");
    }
}
