package org.almagest.testing;

import static org.almagest.query.FieldOperand.field;
import static org.almagest.testing.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.Datapoint;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.query.SortOrder;
import org.almagest.query.TimeMatch;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queries by temporal extent: both ends inclusive, in nanoseconds; the instant where there is none. */
public abstract class ExtentContract extends ContractSupport {
    private static final Instant DAY_ONE = Instant.parse("2020-01-01T00:00:00Z");

    /** Creates the suite. */
    protected ExtentContract() {}

    @BeforeEach
    final void needsExtent() {
        needs(Capability.EXTENT);
    }

    private static DatasetSpec spans() {
        return DatasetSpec.temporal("a.spans")
                .field(Field.timestamp("began").queryable())
                .field(Field.timestamp("ended"))
                .field(Field.int64("number").queryable())
                .extent("began", "ended")
                .build();
    }

    private static Datapoint span(Instant time, @Nullable Instant began, @Nullable Instant ended, int number) {
        return Datapoint.at(time)
                .set("began", began)
                .set("ended", ended)
                .set("number", number)
                .build();
    }

    private static Query.Builder meeting(TimeInterval interval) {
        return Query.during(interval).match(TimeMatch.EXTENT);
    }

    private static TimeInterval of(Instant start, boolean withStart, Instant end, boolean withEnd) {
        return TimeInterval.of(
                start,
                withStart ? TimeInterval.Bound.INCLUSIVE : TimeInterval.Bound.EXCLUSIVE,
                end,
                withEnd ? TimeInterval.Bound.INCLUSIVE : TimeInterval.Bound.EXCLUSIVE);
    }

    @Test
    void bothEndsCountToTheNanosecond() {
        Catalog catalog = open();
        Collection things = things(catalog, spans());
        Instant began = DAY_ONE.plusNanos(5);
        Instant ended = DAY_ONE.plusSeconds(60).plusNanos(7);
        ingest(catalog, things, span(DAY_ONE.minusSeconds(9), began, ended, 1));
        Instant before = began.minusSeconds(10);
        Instant after = ended.plusSeconds(10);
        assertEquals(1, rows(things, meeting(of(before, true, began, true))).size());
        assertEquals(0, rows(things, meeting(of(before, true, began, false))).size());
        assertEquals(
                0,
                rows(things, meeting(of(before, true, began.minusNanos(1), true)))
                        .size());
        assertEquals(1, rows(things, meeting(of(ended, true, after, false))).size());
        assertEquals(0, rows(things, meeting(of(ended, false, after, true))).size());
        assertEquals(
                0,
                rows(things, meeting(of(ended.plusNanos(1), true, after, true))).size());
        assertEquals(
                1,
                rows(things, meeting(of(began.plusNanos(1), true, began.plusNanos(1), true)))
                        .size());
        assertEquals(
                0,
                rows(things, meeting(of(began.plusNanos(1), true, began.plusNanos(1), false)))
                        .size());
        assertEquals(
                1, rows(things, Query.during(of(before, true, began, false))).size());
        assertEquals(0, rows(things, Query.during(of(began, true, after, true))).size());
    }

    @Test
    void whatIsUnsetIsTheInstant() {
        Catalog catalog = open();
        Collection things = things(catalog, spans());
        Instant hour = DAY_ONE.plus(Duration.ofHours(1));
        ingest(
                catalog,
                things,
                span(DAY_ONE, null, null, 0),
                span(DAY_ONE, DAY_ONE.minusSeconds(3_600), null, 1),
                span(DAY_ONE, null, hour, 2),
                span(DAY_ONE, hour, null, 3),
                span(DAY_ONE.plusMillis(1), null, null, 4));
        assertEquals(
                List.of("0", "1", "2", "3"), sortedNumbers(rows(things, meeting(of(DAY_ONE, true, DAY_ONE, true)))));
        assertEquals(
                List.of("1"),
                sortedNumbers(rows(things, meeting(of(DAY_ONE.minusSeconds(9), true, DAY_ONE.minusSeconds(1), true)))));
        assertEquals(
                List.of("2", "3"), sortedNumbers(rows(things, meeting(of(DAY_ONE.plusSeconds(1), true, hour, false)))));
        assertEquals(List.of("2", "3"), sortedNumbers(rows(things, meeting(of(hour, true, hour, true)))));
        assertEquals(
                List.of("2", "3", "4"),
                sortedNumbers(rows(things, meeting(of(DAY_ONE.plusNanos(1_500_000), true, hour, true)))));
        assertEquals(5, rows(things, Query.allTime().match(TimeMatch.EXTENT)).size());
    }

    @Test
    void anExtentDoesNotEndBeforeItBegins() {
        Collection things = things(open(), spans());
        assertFails(
                InvalidRequestException.class,
                "row 0: field \"ended\": before the start of the extent (expected at or after field \"began\")",
                () -> things.ingest(List.of(span(DAY_ONE, DAY_ONE, DAY_ONE.minusNanos(1), 1))));
        assertEquals(
                1, things.ingest(List.of(span(DAY_ONE, DAY_ONE, DAY_ONE, 1))).created());
    }

    private static List<String> sortedNumbers(List<Datapoint> rows) {
        return texts(rows, "number").stream().sorted().toList();
    }

    @Test
    void datasetsWithoutAnExtentAreAskedByTheInstant() {
        Catalog catalog = open();
        Collection plain = things(catalog, Fixtures.numbers("a.numbers"));
        ingest(catalog, plain, Fixtures.numbered("2020-01-01T00:00:00Z", 10));
        Collection things = things(catalog, spans());
        ingest(catalog, things, span(DAY_ONE.minusSeconds(99), DAY_ONE, DAY_ONE.plusSeconds(99), 100));
        TimeInterval interval = of(DAY_ONE.plusSeconds(5), true, DAY_ONE.plusSeconds(50), true);
        assertEquals(5, rows(plain, meeting(interval)).size());
        assertEquals(6, rows(catalog, meeting(interval)).size());
        assertEquals(5, rows(catalog, Query.during(interval)).size());
        assertEquals(6, catalog.count(meeting(interval).build()));
    }

    @Test
    void compositesAndOneLongRowEqualBruteForce() {
        Catalog catalog = open();
        Collection things = things(catalog, spans());
        SplittableRandom random = new SplittableRandom(5);
        List<Datapoint> rows = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            Instant time = DAY_ONE.plus(Duration.ofHours(i * 7L));
            rows.add(
                    random.nextInt(10) == 0
                            ? span(time, null, null, i)
                            : span(
                                    time,
                                    time.minus(Duration.ofHours(random.nextInt(100))),
                                    time.plus(Duration.ofDays(7)),
                                    i));
        }
        rows.add(span(
                Instant.parse("2020-06-01T00:00:00Z"),
                Instant.parse("2015-01-01T00:00:00Z"),
                Instant.parse("2025-01-01T00:00:00Z"),
                9_999));
        ingest(catalog, things, rows);
        List<Datapoint> stored = all(things);
        Catalog again = assertLasts(catalog, things, stored);
        Collection found = again.dataset("a.spans").collection("things");
        for (int i = 0; i < 60; i++) {
            Instant start = DAY_ONE.plus(Duration.ofHours(random.nextInt(-2_000, 14_000)));
            Instant end = start.plus(Duration.ofHours(random.nextInt(1, 200)));
            TimeInterval interval = of(start, random.nextBoolean(), end, random.nextBoolean());
            Predicate<Datapoint> meets = row -> meets(interval, row);
            List<Datapoint> expected = stored.stream().filter(meets).toList();
            assertEquals(expected, rows(found, meeting(interval)), interval::toString);
            assertEquals(expected.size(), found.count(meeting(interval).build()));
            assertEquals(
                    expected.stream()
                            .filter(row -> (Long) row.values().get("number") >= 700)
                            .toList(),
                    rows(found, meeting(interval).where(field("number").atLeast(700))));
            assertEquals(
                    stored.stream()
                            .filter(row -> interval.containsMillis(row.time().toEpochMilli()))
                            .toList(),
                    rows(found, Query.during(interval)));
        }
    }

    /** What the schema says of extents: between both ends, {@code time} in the place of one that is unset. */
    private static boolean meets(TimeInterval interval, Datapoint row) {
        Instant began = (Instant) row.values().get("began");
        Instant ended = (Instant) row.values().get("ended");
        if (began == null && ended == null) {
            return interval.containsMillis(row.time().toEpochMilli());
        }
        Instant one = began == null ? row.time() : began;
        Instant other = ended == null ? row.time() : ended;
        return one.isAfter(other) ? interval.meets(other, one) : interval.meets(one, other);
    }

    @Test
    void alsoChoosesWhatIsDeleted() {
        needs(Capability.DELETE);
        Catalog catalog = open();
        Collection things = things(catalog, spans());
        Instant later = DAY_ONE.plus(Duration.ofDays(900));
        ingest(
                catalog,
                things,
                span(DAY_ONE, null, null, 1),
                span(DAY_ONE, DAY_ONE, later, 2),
                span(later.plusSeconds(1), later.minusSeconds(1), later.plusSeconds(1), 3));
        assertEquals(
                2,
                things.delete(
                        meeting(of(later.minusSeconds(1), true, later, true)).build()));
        assertEquals(List.of("1"), texts(all(things), "number"));
        assertLasts(catalog, things, all(things));
    }

    /** Rows near each other, mostly without an extent, with one end of it, or with ends finer than a millisecond. */
    private static List<Datapoint> fine(SplittableRandom random, int noneOneIn) {
        List<Datapoint> rows = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            Instant time = DAY_ONE.plusMillis(i * 10L);
            Instant began = random.nextInt(4) == 0 ? null : time.minusNanos(random.nextInt(3) * 500_000L);
            Instant ended = random.nextInt(4) == 0 ? null : time.plusNanos(random.nextInt(60) * 500_000L);
            boolean none = random.nextInt(noneOneIn) == 0;
            rows.add(span(time, none ? null : began, none ? null : ended, i));
        }
        return rows;
    }

    @Test
    void columnsOfBothEndsTellTheSame() {
        Catalog catalog = open();
        SplittableRandom random = new SplittableRandom(8);
        for (int noneOneIn : new int[] {1, 2, 50}) {
            String slug = "a.spans" + noneOneIn;
            DatasetSpec spec = DatasetSpec.temporal(slug)
                    .field(Field.timestamp("began").queryable())
                    .field(Field.timestamp("ended").queryable())
                    .field(Field.int64("number").queryable())
                    .extent("began", "ended")
                    .build();
            Collection things = things(catalog, spec);
            ingest(catalog, things, fine(random, noneOneIn));
            List<Datapoint> stored = all(things);
            for (int i = 0; i < 60; i++) {
                Instant start = DAY_ONE.plusNanos(random.nextInt(-2, 61_000) * 500_000L);
                Instant end = start.plusNanos((random.nextInt(30) == 0 ? 0 : random.nextInt(1, 30_000)) * 500_000L);
                TimeInterval interval = of(start, random.nextBoolean(), end, random.nextBoolean());
                List<Datapoint> expected =
                        stored.stream().filter(row -> meets(interval, row)).toList();
                assertEquals(expected, rows(things, meeting(interval)), () -> slug + " " + interval);
                assertEquals(expected.size(), things.count(meeting(interval).build()));
                assertEquals(
                        expected.stream()
                                .filter(row -> (Long) row.values().get("number") % 7 < 3)
                                .count(),
                        things.count(meeting(interval)
                                .where(field("number").modulo(7).lessThan(3))
                                .build()));
                List<Datapoint> backwards = new ArrayList<>(expected);
                Collections.reverse(backwards);
                int rows = Math.min(5, backwards.size());
                assertEquals(
                        backwards.subList(0, rows),
                        rows(
                                things,
                                meeting(interval).order(SortOrder.DESCENDING).limit(5)));
            }
        }
    }

    @Test
    void aCollectionTellsHowFarItReaches() {
        Catalog catalog = open();
        Collection things = things(catalog, spans());
        ingest(catalog, things, span(DAY_ONE, null, null, 1));
        assertEquals(Optional.of(DAY_ONE), things.info().extentFirst());
        Instant began = DAY_ONE.minusSeconds(5).plusNanos(1);
        ingest(
                catalog,
                things,
                span(DAY_ONE.plusSeconds(1), began, DAY_ONE.plusSeconds(7).plusNanos(1), 2));
        for (int i = 0; i < 2; i++) {
            assertEquals(Optional.of(DAY_ONE.minusSeconds(5)), things.info().extentFirst());
            assertEquals(
                    Optional.of(DAY_ONE.plusSeconds(7).plusMillis(1)),
                    things.info().extentLast());
            assertEquals(Optional.of(DAY_ONE), things.info().first());
            store().settle(catalog);
        }
    }
}
