package org.almagest.testing;

import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Random tests with a receipt: every round draws from a seed of its own, and a failure names it.
 *
 * <p>{@code -Dalmagest.seed=N} runs that round alone; {@code -Dalmagest.rounds=N} runs N rounds instead
 * of what the test asks for.
 */
public final class Seeded {
    private static final String SEED = "almagest.seed";
    private static final String ROUNDS = "almagest.rounds";
    private static final long SEEDS_PER_MILLI = 1_000;

    private Seeded() {}

    /** One round of a random test. */
    @FunctionalInterface
    public interface Round {
        /** Draws everything from {@code random}, and from nothing else. */
        void run(SplittableRandom random) throws Exception;
    }

    /** Runs rounds with the seeds 0, 1, 2 …, so that a build is repeatable. */
    public static void repeat(int rounds, Round round) {
        Long seed = Long.getLong(SEED);
        if (seed != null) {
            run(seed, round);
            return;
        }
        long count = Long.getLong(ROUNDS, rounds);
        for (long next = 0; next < count; next++) {
            run(next, round);
        }
    }

    /**
     * Runs rounds with seeds that nobody used before, for as long as there is more to do; where one seed was asked for,
     * that round alone.
     *
     * @return which seeds these were
     */
    public static String fresh(BooleanSupplier more, Round round) {
        Long seed = Long.getLong(SEED);
        if (seed != null) {
            run(seed, round);
            return "seed " + seed;
        }
        long first = System.currentTimeMillis() * SEEDS_PER_MILLI;
        long next = first;
        while (more.getAsBoolean()) {
            run(next++, round);
        }
        return "seeds " + first + " to " + (next - 1);
    }

    private static void run(long seed, Round round) {
        try {
            round.run(new SplittableRandom(seed));
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + " (replay with -D" + SEED + "=" + seed + "): " + e, e);
        }
    }
}
