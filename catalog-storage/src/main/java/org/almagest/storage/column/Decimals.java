package org.almagest.storage.column;

import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/** Floats that are short decimals, as whole numbers: 12.25 as 1225. One thread. */
final class Decimals {
    /** Stands for NaN, which is no decimal. */
    static final long NAN = Long.MAX_VALUE;

    // Up to these, two numbers that lie side by side are never the same float at any scale.
    private static final double FLOAT32_MAX = 0x1p23;
    private static final double FLOAT64_MAX = 0x1p52;

    private final TypeKind kind;
    private final KeyBlocks floats;
    private final Presence presence;
    private final long[] block = new long[KeyBlocks.ROWS];
    private int scale;
    private int settledFrom;

    private Decimals(TypeKind kind, KeyBlocks floats, Presence presence) {
        this.kind = kind;
        this.floats = floats;
        this.presence = presence;
    }

    /**
     * Whole numbers that are floats.
     *
     * @param scale what they are divided by is this power of ten
     */
    record Scaled(KeyBlocks numbers, int scale) {}

    /** Returns all floats at the lowest scale at which those of rows with a value, but NaN, are decimals; else null. */
    static @Nullable Scaled of(TypeKind kind, KeyBlocks floats, Presence presence) {
        Decimals decimals = new Decimals(kind, floats, presence);
        return decimals.findScale() ? decimals.scaled() : null;
    }

    private boolean findScale() {
        int rows;
        for (int i = 0; (rows = floats.read(i, block)) > 0; i++) {
            rows = presence.keepSet(i * KeyBlocks.ROWS, rows, block);
            for (int j = 0; j < rows; j++) {
                double value = value(block[j]);
                while (!fits(value) && !Double.isNaN(value)) {
                    settledFrom = i + 1;
                    if (++scale > Numbering.DECIMAL_SCALE_MAX) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Returns null where a scale that was found later loses what a smaller one kept. */
    private @Nullable Scaled scaled() {
        KeyBlocks numbers = new KeyBlocks();
        double power = Numbering.power(scale);
        int rows;
        for (int i = 0; (rows = floats.read(i, block)) > 0; i++) {
            for (int j = 0; j < rows; j++) {
                double value = value(block[j]);
                boolean nan = Double.isNaN(value);
                // A row without a value repeats one that has, or is 0 before the first, which fits as well.
                if (i < settledFrom && !nan && !fits(value)) {
                    return null;
                }
                block[j] = nan ? NAN : (long) Math.rint(value * power);
            }
            numbers.add(block, rows);
        }
        return new Scaled(numbers, scale);
    }

    private double value(long key) {
        return kind == TypeKind.FLOAT32 ? Numbering.toFloat(key) : Numbering.toDouble(key);
    }

    private boolean fits(double value) {
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
}
