package org.almagest.bench.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairedTimesTest {
    private static final int PAIRS = 7;

    @Test
    void seesASlowdownOfEveryPair() {
        assertEquals(List.of("b"), times(1.0, 1.3).slower());
    }

    @Test
    void takesOneQuietPairAsProofOfNoise() {
        PairedTimes times = times(1.0, 3.0);
        times.putCurrent("b", 4, 100);
        assertEquals(List.of(), times.slower());
    }

    @Test
    void toleratesTheLimitItself() {
        assertEquals(List.of(), times(1.0, PairedTimes.SLOWER).slower());
    }

    @Test
    void printsALineForEachClass() {
        assertEquals(3, times(1.0, 1.3).table().lines().count());
    }

    private static PairedTimes times(double factorOfA1, double factorOfB) {
        PairedTimes times = new PairedTimes(PAIRS);
        for (int pair = 0; pair < PAIRS; pair++) {
            times.putBaseline("a1", pair, 50);
            times.putCurrent("a1", pair, 50 * factorOfA1);
            times.putBaseline("b", pair, 100);
            times.putCurrent("b", pair, 100 * factorOfB);
        }
        return times;
    }
}
