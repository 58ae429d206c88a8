package org.almagest.index.stats;

/**
 * About how many different values were added, in 1,024 bytes.
 *
 * <p>HyperLogLog (Flajolet, Fusy, Gandouet, Meunier 2007) with 1,024 registers: a standard error of 3 %, and counting of
 * empty registers while there are few values.
 */
final class DistinctEstimate {
    private static final int REGISTER_BITS = 10;
    private static final int REGISTERS = 1 << REGISTER_BITS;
    private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

    private final byte[] highest = new byte[REGISTERS];

    /** Adds those of some values that are not 0. */
    void add(long[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (values[i] != 0) {
                add(values[i]);
            }
        }
    }

    void add(long value) {
        long hash = mix(value);
        int register = (int) (hash >>> Long.SIZE - REGISTER_BITS);
        byte zeros = (byte) (Long.numberOfLeadingZeros(hash << REGISTER_BITS | 1L << REGISTER_BITS - 1) + 1);
        if (zeros > highest[register]) {
            highest[register] = zeros;
        }
    }

    int count() {
        double sum = 0;
        int empty = 0;
        for (byte zeros : highest) {
            sum += 1.0 / (1L << zeros);
            empty += zeros == 0 ? 1 : 0;
        }
        double estimate = ALPHA * REGISTERS * REGISTERS / sum;
        if (estimate <= 2.5 * REGISTERS && empty > 0) {
            estimate = REGISTERS * Math.log((double) REGISTERS / empty);
        }
        return (int) Math.round(Math.min(estimate, Integer.MAX_VALUE));
    }

    /** Spreads the bits of a value: the finalizer of MurmurHash3. */
    private static long mix(long value) {
        long hash = value;
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
