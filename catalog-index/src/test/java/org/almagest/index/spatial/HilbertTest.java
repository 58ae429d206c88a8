package org.almagest.index.spatial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HilbertTest {
    @Test
    void theCurveStepsToANeighbourAndVisitsEveryCellOnce() {
        int side = 64;
        int shift = Hilbert.BITS - 12;
        int[] cells = new int[side * side];
        Arrays.fill(cells, -1);
        for (int x = 0; x < side; x++) {
            for (int y = 0; y < side; y++) {
                double longitude = -180 + (x + 0.5) * 360 / side;
                double latitude = -90 + (y + 0.5) * 180 / side;
                int number = (int) (Hilbert.code(longitude, latitude) >>> shift);
                assertEquals(-1, cells[number]);
                cells[number] = x * side + y;
            }
        }
        for (int i = 1; i < cells.length; i++) {
            int steps =
                    Math.abs(cells[i] / side - cells[i - 1] / side) + Math.abs(cells[i] % side - cells[i - 1] % side);
            assertEquals(1, steps);
        }
    }

    @Test
    void cornersLieInTheOutermostCells() {
        assertEquals(0, Hilbert.code(-180, -90));
        assertEquals((1L << 32) - 1, Hilbert.code(180, -90));
        assertEquals(Hilbert.code(179.9999, 89.9999), Hilbert.code(180, 90));
    }
}
