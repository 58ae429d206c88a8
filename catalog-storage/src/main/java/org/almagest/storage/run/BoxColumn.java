package org.almagest.storage.run;

/**
 * The index boxes of the rows of a run, in degrees, rounded outwards to float32; west above east wraps.
 *
 * <p>A row without geometry has {@code NaN} on every side. Safe to share between threads.
 */
public interface BoxColumn {
    /** Returns the western side. */
    float west(int ordinal);

    /** Returns the southern side. */
    float south(int ordinal);

    /** Returns the eastern side. */
    float east(int ordinal);

    /** Returns the northern side. */
    float north(int ordinal);

    /** Copies the boxes of consecutive rows, each as west, south, east, north. */
    default void copy(int first, int count, float[] into) {
        for (int i = 0; i < count; i++) {
            into[4 * i] = west(first + i);
            into[4 * i + 1] = south(first + i);
            into[4 * i + 2] = east(first + i);
            into[4 * i + 3] = north(first + i);
        }
    }
}
