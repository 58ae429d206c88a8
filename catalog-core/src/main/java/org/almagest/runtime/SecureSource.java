package org.almagest.runtime;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** Bits that nobody can predict. */
final class SecureSource implements RandomSource {
    /** Made when it is first needed: finding its provider takes a tenth of opening a store. */
    private static final class Holder {
        private static final SecureRandom RANDOM = new SecureRandom();
    }

    @Override
    public long nextLong() {
        return Holder.RANDOM.nextLong();
    }

    @Override
    public long nextUnique() {
        // Each has another seed; those of a process go on from the nanoseconds of its clocks.
        return new SplittableRandom().nextLong();
    }
}
