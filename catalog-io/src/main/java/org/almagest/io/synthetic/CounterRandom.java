package org.almagest.io.synthetic;

/** Random numbers that depend on a seed and an index alone, so that any row can be computed without the others. */
final class CounterRandom {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1p-53;

    private long state;

    /** Begins the sequence of one row. */
    void begin(long seed, long index) {
        state = mixed(mixed(seed + GOLDEN_GAMMA) ^ index * GOLDEN_GAMMA);
    }

    long next() {
        state += GOLDEN_GAMMA;
        return mixed(state);
    }

    /** Returns a number in [0, 1). */
    double unit() {
        return (next() >>> 11) * UNIT;
    }

    /** Returns a number in [low, high). */
    double between(double low, double high) {
        return low + (high - low) * unit();
    }

    /** Returns an integer in [0, bound). */
    int below(int bound) {
        return (int) Math.multiplyHigh(next() >>> 1, 2L * bound);
    }

    /** The finalizer of SplitMix64: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014). */
    private static long mixed(long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
