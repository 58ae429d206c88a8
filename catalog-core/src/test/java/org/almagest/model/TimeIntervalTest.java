package org.almagest.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.TimeInterval.Bound;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeIntervalTest {
    private static final Instant START = Instant.parse("2017-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2023-01-01T00:00:00Z");
    private static final TimeInterval I1 = TimeInterval.of(START, END);
    private static final TimeInterval I2 = TimeInterval.closed(START, Instant.parse("2022-12-31T23:59:59.999999Z"));

    private static void assertRefused(String message, String text) {
        Exception e = assertThrows(InvalidRequestException.class, () -> TimeInterval.parse(text));
        assertEquals(message, e.getMessage());
    }

    @Test
    void textSaysWhichBoundsBelong() {
        assertEquals("[2017-01-01T00:00:00.000 UTC, 2023-01-01T00:00:00.000 UTC)", I1.toString());
        assertEquals("[2017-01-01T00:00:00.000 UTC, 2022-12-31T23:59:59.999 UTC]", I2.toString());
        assertEquals(I1.toString(), I2.halfOpen().toString());
        assertEquals(
                "(2017-01-01T00:00:00.000 UTC, 2023-01-01T00:00:00.000 UTC]",
                TimeInterval.of(START, Bound.EXCLUSIVE, END, Bound.INCLUSIVE).toString());
    }

    @Test
    void intervalsOfTheSameMillisecondsAreEqual() {
        assertEquals(I1, I2);
        assertEquals(I1.hashCode(), I2.hashCode());
        assertEquals(1_483_228_800_000L, I2.startMillis());
        assertEquals(1_672_531_200_000L, I2.endMillis());
        assertNotEquals(I1, TimeInterval.closed(START, END));
        assertNotEquals(I1, TimeInterval.of(START.plusMillis(1), END));
    }

    /** The points a, b, c of the acceptance scenario: the start, the last millisecond, the end. */
    @ParameterizedTest
    @CsvSource({"[, ),true,true,false", "[, ],true,true,true", "(, ),false,true,false", "(, ],false,true,true"})
    void boundsBelongAsStated(String start, String end, boolean a, boolean b, boolean c) {
        TimeInterval interval = TimeInterval.of(
                START,
                start.equals("[") ? Bound.INCLUSIVE : Bound.EXCLUSIVE,
                END,
                end.equals("]") ? Bound.INCLUSIVE : Bound.EXCLUSIVE);
        assertEquals(a, interval.containsMillis(START.toEpochMilli()));
        assertEquals(b, interval.containsMillis(END.toEpochMilli() - 1));
        assertEquals(c, interval.containsMillis(END.toEpochMilli()));
    }

    @Test
    void aBoundFinerThanAMillisecondExcludesNothingItCouldMatch() {
        Instant fine = Instant.parse("2025-03-28T11:44:23.000500Z");
        long millis = Instant.parse("2025-03-28T11:44:23Z").toEpochMilli();
        TimeInterval from = TimeInterval.of(fine, Bound.EXCLUSIVE, END.plusSeconds(99_999_999), Bound.EXCLUSIVE);
        assertTrue(from.containsMillis(millis));
        assertFalse(from.containsMillis(millis - 1));
        assertEquals(Bound.INCLUSIVE, from.startBound());
        TimeInterval to = TimeInterval.of(START, fine);
        assertTrue(to.containsMillis(millis));
        assertFalse(to.containsMillis(millis + 1));
        assertEquals(Bound.INCLUSIVE, to.endBound());
        assertEquals(fine, to.end(), "as given, for the extent");
    }

    @Test
    void halfOpenYearsFollowEachOtherWithoutRepeat() {
        long[] points = LongStream.rangeClosed(2016, 2023)
                .flatMap(
                        year -> LongStream.of(millis(year + "-01-01T00:00:00Z"), millis(year + "-12-31T23:59:59.999Z")))
                .toArray();
        int sum = 0;
        for (int year = 2017; year <= 2022; year++) {
            int in = count(points, TimeInterval.parse(year + "-01-01/" + (year + 1) + "-01-01"));
            assertEquals(2, in);
            sum += in;
        }
        assertEquals(sum, count(points, I1));
    }

    private static int count(long[] points, TimeInterval interval) {
        return (int) LongStream.of(points).filter(interval::containsMillis).count();
    }

    private static long millis(String text) {
        return Instant.parse(text).toEpochMilli();
    }

    @Test
    void anInstantIsItsMillisecond() {
        TimeInterval interval = TimeInterval.parse("2024-08-01 00:00:01.362");
        long millis = millis("2024-08-01T00:00:01.362Z");
        assertFalse(interval.containsMillis(millis - 1));
        assertTrue(interval.containsMillis(millis));
        assertFalse(interval.containsMillis(millis + 1));
        assertEquals(interval, TimeInterval.ofInstant(Instant.parse("2024-08-01T00:00:01.362999Z")));
        ZonedDateTime tokyo = ZonedDateTime.of(2024, 8, 1, 9, 0, 1, 362_000_000, ZoneId.of("Asia/Tokyo"));
        assertEquals(interval, TimeInterval.ofInstant(tokyo.toInstant()));
    }

    @Test
    void severalInstantsAreCoveredFromFirstToLast() {
        List<Instant> times = List.of(START.plusSeconds(7), START, START.plusSeconds(49));
        TimeInterval interval = TimeInterval.covering(times);
        assertEquals(TimeInterval.closed(START, START.plusSeconds(49)), interval);
        Exception e = assertThrows(InvalidRequestException.class, () -> TimeInterval.covering(List.of()));
        assertEquals("time interval: no instants (expected at least 1)", e.getMessage());
    }

    @Test
    void readsTheFormsPeopleWrite() {
        assertEquals(I1, TimeInterval.parse("2017-01-01/2023-01-01"));
        assertEquals(I1, TimeInterval.parse(" [ 2017-01-01 / 2023-01-01 ) "));
        assertEquals(I1, TimeInterval.parse("[2017-01-01, 2023-01-01)"));
        assertEquals(I1, TimeInterval.parse("1483228800/1672531200"));
        assertEquals(TimeInterval.closed(START, END), TimeInterval.parse("[2017-01-01/2023-01-01]"));
        assertEquals(TimeInterval.closed(START, END), TimeInterval.parseClosed("2017-01-01/2023-01-01"));
        assertEquals(I1, TimeInterval.parseClosed("[2017-01-01/2023-01-01)"));
        assertEquals(
                TimeInterval.ofInstant(Instant.parse("2017-01-01T00:00:00.5Z")),
                TimeInterval.parse("2017-01-01T00:00:00,5"),
                "a comma may begin the fraction");
    }

    @Test
    void aSideMayBeOpen() {
        TimeInterval from = TimeInterval.parse("2017-01-01/..");
        assertEquals(from, TimeInterval.parseClosed("2017-01-01/"));
        assertTrue(from.containsMillis(millis("5999-12-31T23:59:59.999Z")));
        assertEquals(253_402_300_800_000L, from.halfOpen().endMillis());
        TimeInterval to = TimeInterval.parse("../2017-01-01");
        assertEquals(to, TimeInterval.parse("/2017-01-01"));
        assertTrue(to.containsMillis(millis("0001-01-01T00:00:00Z")));
        assertFalse(to.containsMillis(START.toEpochMilli()));
    }

    @Test
    void refusesWhatIsNoInterval() {
        assertRefused("time interval \"../..\": open at both ends (expected a bound)", "../..");
        assertRefused("time interval \"a/b/c\": not an interval (expected START/END)", "a/b/c");
        assertRefused(
                "time interval \"[2017-01-01/2018-01-01\": not an interval (expected START/END)",
                "[2017-01-01/2018-01-01");
        assertRefused(
                "time interval: start 2023-01-01T00:00:00.000 UTC is after end 2017-01-01T00:00:00.000 UTC",
                "2023-01-01/2017-01-01");
        Exception e = assertThrows(
                InvalidRequestException.class, () -> TimeInterval.of(START, TimeInterval.LATEST.plusNanos(1)));
        assertEquals("time interval: end: year (expected -9999 to 9999)", e.getMessage());
    }

    @Test
    void anEmptyIntervalHoldsNothing() {
        assertTrue(TimeInterval.of(START, START).isEmpty());
        assertTrue(
                TimeInterval.of(START, Bound.EXCLUSIVE, START, Bound.INCLUSIVE).isEmpty());
        assertFalse(TimeInterval.closed(START, START).isEmpty());
        assertTrue(TimeInterval.of(START, START).halfOpen().isEmpty());
    }

    @Test
    void agreesWithBoundsComparedAsInstants() {
        Seeded.repeat(2_000, TimeIntervalTest::checkAgainstInstants);
    }

    private static void checkAgainstInstants(SplittableRandom random) {
        Instant a = Instant.ofEpochSecond(0, 250_000L * random.nextInt(-40, 40));
        Instant b = Instant.ofEpochSecond(0, 250_000L * random.nextInt(-40, 40));
        Instant start = a.isBefore(b) ? a : b;
        Instant end = a.isBefore(b) ? b : a;
        Bound startBound = Bound.values()[random.nextInt(2)];
        Bound endBound = Bound.values()[random.nextInt(2)];
        TimeInterval interval = TimeInterval.of(start, startBound, end, endBound);
        for (long millis = -12; millis <= 12; millis++) {
            boolean afterStart = floored(start) < millis
                    || floored(start) == millis && (startBound == Bound.INCLUSIVE || !isWhole(start));
            boolean beforeEnd =
                    floored(end) > millis || floored(end) == millis && (endBound == Bound.INCLUSIVE || !isWhole(end));
            assertEquals(afterStart && beforeEnd, interval.containsMillis(millis), interval + " at " + millis);
            assertEquals(interval.containsMillis(millis), interval.halfOpen().containsMillis(millis));
        }
        assertEquals(interval, interval.halfOpen());
        if (isWhole(start) && isWhole(end)) {
            assertEquals(interval, TimeInterval.parse(interval.toString()));
        }
    }

    private static long floored(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond() * 1_000_000_000L + instant.getNano(), 1_000_000);
    }

    private static boolean isWhole(Instant instant) {
        return instant.getNano() % 1_000_000 == 0;
    }
}
