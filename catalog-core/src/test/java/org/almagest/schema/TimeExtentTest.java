package org.almagest.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.almagest.model.TimeInterval;
import org.almagest.model.TimeInterval.Bound;
import org.almagest.testing.Seeded;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimeExtentTest {
    private static final Instant TIME = Instant.parse("2020-01-02T00:00:00Z");

    private static boolean matches(TimeInterval interval, @Nullable Instant from, @Nullable Instant to) {
        return TimeExtent.meets(interval, TIME, from, to);
    }

    private static Instant nanos(long number) {
        return TIME.plusNanos(number);
    }

    private static TimeInterval interval(long start, Bound startBound, long end, Bound endBound) {
        return TimeInterval.of(nanos(start), startBound, nanos(end), endBound);
    }

    @Test
    void bothEndsOfTheExtentAreInclusive() {
        TimeInterval halfOpen = interval(10, Bound.INCLUSIVE, 20, Bound.EXCLUSIVE);
        assertEquals(true, matches(halfOpen, nanos(5), nanos(10)));
        assertEquals(false, matches(halfOpen, nanos(5), nanos(9)));
        assertEquals(true, matches(halfOpen, nanos(19), nanos(30)));
        assertEquals(false, matches(halfOpen, nanos(20), nanos(30)));
        assertEquals(true, matches(halfOpen, nanos(0), nanos(30)));
        TimeInterval other = interval(10, Bound.EXCLUSIVE, 20, Bound.INCLUSIVE);
        assertEquals(false, matches(other, nanos(5), nanos(10)));
        assertEquals(true, matches(other, nanos(5), nanos(11)));
        assertEquals(true, matches(other, nanos(20), nanos(30)));
        assertEquals(false, matches(other, nanos(21), nanos(30)));
    }

    @Test
    void anEmptyIntervalMeetsNothing() {
        for (Bound start : Bound.values()) {
            for (Bound end : Bound.values()) {
                boolean closed = start == Bound.INCLUSIVE && end == Bound.INCLUSIVE;
                assertEquals(closed, matches(interval(10, start, 10, end), nanos(0), nanos(20)));
            }
        }
    }

    @Test
    void withOneFieldTheOtherEndIsTheTime() {
        TimeInterval before = interval(-20, Bound.INCLUSIVE, -10, Bound.INCLUSIVE);
        TimeInterval after = interval(10, Bound.INCLUSIVE, 20, Bound.INCLUSIVE);
        assertEquals(true, matches(before, nanos(-15), null));
        assertEquals(true, matches(before, nanos(-30), null));
        assertEquals(false, matches(before, nanos(-5), null));
        assertEquals(true, matches(before, null, nanos(-15)));
        assertEquals(true, matches(after, null, nanos(15)));
        assertEquals(true, matches(after, nanos(15), null));
        assertEquals(false, matches(after, null, nanos(-15)));
    }

    @Test
    void withoutFieldsTheTimeAloneCounts() {
        TimeInterval finer = interval(1, Bound.INCLUSIVE, 2, Bound.EXCLUSIVE);
        assertEquals(true, finer.containsMillis(TIME.toEpochMilli()));
        assertEquals(true, matches(finer, null, null));
        assertEquals(false, matches(finer, TIME, TIME));
        assertEquals(false, matches(interval(0, Bound.EXCLUSIVE, 2_000_000, Bound.EXCLUSIVE), null, null));
    }

    @Test
    void agreesWithCountingHalfNanoseconds() {
        Seeded.repeat(20_000, random -> {
            int start = random.nextInt(6);
            int end = start + random.nextInt(4);
            Bound startBound = Bound.values()[random.nextInt(2)];
            Bound endBound = Bound.values()[random.nextInt(2)];
            int first = random.nextInt(10);
            int last = first + random.nextInt(4);
            boolean expected = false;
            for (int half = 2 * first; half <= 2 * last; half++) {
                boolean above = half > 2 * start || half == 2 * start && startBound == Bound.INCLUSIVE;
                boolean below = half < 2 * end || half == 2 * end && endBound == Bound.INCLUSIVE;
                expected |= above && below;
            }
            TimeInterval interval = interval(start, startBound, end, endBound);
            assertEquals(expected, interval.meets(nanos(first), nanos(last)), interval + " " + first + " " + last);
            assertEquals(expected, matches(interval, nanos(last), nanos(first)), "the fields the other way round");
        });
    }
}
