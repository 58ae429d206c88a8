package org.almagest.server.auth;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.runtime.Clock;
import org.almagest.runtime.RandomSource;
import org.almagest.server.keys.ApiKeyText;
import org.almagest.server.keys.ApiKeys;
import org.almagest.server.keys.Grant;
import org.almagest.server.keys.KeyQuota;
import org.almagest.server.keys.ServerFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether the time of a refusal tells a known id from an unknown one; on demand, on a machine that is idle.
 *
 * <p>Welch's t over 100,000 calls of each kind, in random order, the slowest twentieth of all left out.
 */
@Tag("bench")
class AuthTimingTest {
    private static final int CALLS = 100_000;
    private static final double T_MAX = 4.5;

    @TempDir
    Path data;

    @Test
    void theTimeOfARefusalDoesNotTellKnownIdsFromUnknownOnes() {
        ApiKeys keys = new ApiKeys(ServerFolder.in(data), Clock.system(), RandomSource.secure());
        String known = keys.create(
                        new ApiKeys.Wanted("default", "x", List.of(Grant.parse("read:*")), KeyQuota.NONE, null))
                .key()
                .id();
        Authenticator authenticator = new Authenticator(
                Credentials.open(ServerFolder.in(data), Clock.system(), Credentials.Watcher.NONE),
                RandomSource.secure());
        List<StacHeaders> ofKnown = new ArrayList<>();
        List<StacHeaders> ofUnknown = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 1_000; i++) {
            ofKnown.add(headers(withId(known, random)));
            ofUnknown.add(headers(ApiKeyText.make(random::nextLong)));
        }
        run(authenticator, ofKnown, ofUnknown); // compiled from here on
        double t = run(authenticator, ofKnown, ofUnknown);
        assertTrue(Math.abs(t) < T_MAX, "t = " + t);
    }

    private static StacHeaders headers(ApiKeyText key) {
        return StacHeaders.NONE.with("authorization", "Bearer " + key.reveal());
    }

    private static ApiKeyText withId(String id, SplittableRandom random) {
        long bits = 0;
        for (char c : id.toCharArray()) {
            bits = bits << 5 | "0123456789abcdefghjkmnpqrstvwxyz".indexOf(c);
        }
        long first = bits << 4;
        int[] call = {0};
        return ApiKeyText.make(() -> call[0]++ == 0 ? first : random.nextLong());
    }

    private static double run(Authenticator authenticator, List<StacHeaders> one, List<StacHeaders> other) {
        List<Boolean> order = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            order.add(true);
            order.add(false);
        }
        Collections.shuffle(order, new Random(7));
        long[] nanos = new long[order.size()];
        for (int i = 0; i < nanos.length; i++) {
            StacHeaders headers = (order.get(i) ? one : other).get(i % one.size());
            long start = System.nanoTime();
            authenticator.check(headers, "/stac");
            nanos[i] = System.nanoTime() - start;
        }
        long[] sorted = nanos.clone();
        java.util.Arrays.sort(sorted);
        long most = sorted[sorted.length * 19 / 20];
        Sample first = new Sample();
        Sample second = new Sample();
        for (int i = 0; i < nanos.length; i++) {
            if (nanos[i] <= most) {
                (order.get(i) ? first : second).add(nanos[i]);
            }
        }
        return (first.mean - second.mean) / Math.sqrt(first.errorSquared() + second.errorSquared());
    }

    /** Mean and variance, as Welford adds them up. */
    private static final class Sample {
        private long count;
        private double mean;
        private double squares;

        private void add(double value) {
            count++;
            double before = value - mean;
            mean += before / count;
            squares += before * (value - mean);
        }

        private double errorSquared() {
            return squares / (count - 1) / count;
        }
    }
}
