package org.almagest.storage.column;

import org.almagest.schema.TypeKind;

/** Floats that are short decimals, as whole numbers: 12.25 as 1225. One thread. */
final class Decimals implements NumberPacking.Source {
    /** Returned where not all floats are decimals of one scale. */
    static final int NONE = -1;

    /** Stands for NaN, which is no decimal. */
    static final long NAN = Long.MAX_VALUE;

    // Up to these, two numbers that lie side by side are never the same float at any scale.
    private static final double FLOAT32_MAX = 0x1p23;
    private static final double FLOAT64_MAX = 0x1p52;

    private final TypeKind kind;
    private final int scale;
    private final KeyBlocks floats;
    private boolean exact = true;

    Decimals(TypeKind kind, int scale, KeyBlocks floats) {
        this.kind = kind;
        this.scale = scale;
        this.floats = floats;
    }

    /** Returns the lowest scale at which all floats of rows with a value, but NaN, seem to be decimals. */
    static int scaleOf(TypeKind kind, KeyBlocks floats, Presence presence) {
        long[] block = new long[KeyBlocks.ROWS];
        int scale = 0;
        int row = 0;
        int rows;
        for (int i = 0; (rows = floats.read(i, block)) > 0; i++) {
            for (int j = 0; j < rows; j++, row++) {
                double value = value(kind, block[j]);
                while (presence.isSet(row) && !Double.isNaN(value) && !fits(kind, value, scale)) {
                    if (++scale > Numbering.DECIMAL_SCALE_MAX) {
                        return NONE;
                    }
                }
            }
        }
        return scale;
    }

    private static double value(TypeKind kind, long key) {
        return kind == TypeKind.FLOAT32 ? Numbering.toFloat(key) : Numbering.toDouble(key);
    }

    private static boolean fits(TypeKind kind, double value, int scale) {
        double power = Numbering.power(scale);
        double number = Math.rint(value * power);
        if (kind == TypeKind.FLOAT32) {
            return Math.abs(number) <= FLOAT32_MAX && isSame((float) (number / power), value);
        }
        return Math.abs(number) <= FLOAT64_MAX && isSame(number / power, value);
    }

    /** -0.0 is no decimal. */
    private static boolean isSame(double decimal, double value) {
        return decimal == value && (value != 0 || 1 / value > 0);
    }

    /** Returns whether everything that was read is its float again; a larger scale can lose what a smaller one kept. */
    boolean isExact() {
        return exact;
    }

    @Override
    public int read(int block, long[] out) {
        int rows = floats.read(block, out);
        double power = Numbering.power(scale);
        for (int i = 0; i < rows; i++) {
            double value = value(kind, out[i]);
            boolean nan = Double.isNaN(value);
            out[i] = nan ? NAN : (long) Math.rint(value * power);
            // A row without a value repeats one that has, or is 0 before the first, which fits as well.
            exact &= nan || fits(kind, value, scale);
        }
        return rows;
    }
}
