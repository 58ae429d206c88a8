package org.almagest.index.spatial;

/** The Hilbert curve over longitude and latitude, 16 bits each: positions that are close on it are close on Earth. */
final class Hilbert {
    /** Bits of a code. */
    static final int BITS = 32;

    private static final int SIDE_BITS = BITS / 2;
    private static final double SIDE_CELLS = 1 << SIDE_BITS;

    /** For each of four orientations and each quarter (x bit, y bit): its number on the curve and the orientation inside. */
    private static final byte[] STEPS = steps();

    private Hilbert() {}

    /** Returns the code of a position in degrees, 0 to 2^32 - 1. */
    static long code(double longitude, double latitude) {
        int x = cell((longitude + 180) / 360);
        int y = cell((latitude + 90) / 180);
        long code = 0;
        int orientation = 0;
        for (int bit = SIDE_BITS - 1; bit >= 0; bit--) {
            int step = STEPS[orientation << 2 | (x >>> bit & 1) << 1 | y >>> bit & 1];
            code = code << 2 | step & 3;
            orientation = step >>> 2;
        }
        return code;
    }

    private static int cell(double part) {
        return Math.max(0, Math.min((int) (part * SIDE_CELLS), (1 << SIDE_BITS) - 1));
    }

    /** Orientations: bit 0 swaps the axes, bit 1 turns both around; swapping comes after turning. */
    private static byte[] steps() {
        byte[] steps = new byte[16];
        for (int orientation = 0; orientation < 4; orientation++) {
            for (int quarter = 0; quarter < 4; quarter++) {
                int turn = orientation >>> 1;
                int x = quarter >>> 1 ^ turn;
                int y = quarter & 1 ^ turn;
                boolean swapped = (orientation & 1) != 0;
                int along = swapped ? y : x;
                int across = swapped ? x : y;
                // The basic curve runs (0,0), (0,1), (1,1), (1,0); its ends are mirrored at a diagonal.
                int number = 3 * along ^ across;
                int inside = number == 0 ? orientation ^ 1 : number == 3 ? orientation ^ 3 : orientation;
                steps[orientation << 2 | quarter] = (byte) (inside << 2 | number);
            }
        }
        return steps;
    }
}
