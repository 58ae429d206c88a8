package org.almagest.testing;

import static org.almagest.query.FieldOperand.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.aggregate.Bucket;
import org.almagest.aggregate.CalendarUnit;
import org.almagest.model.Datapoint;
import org.almagest.query.Query;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Histograms by the clocks and calendars of time zones. */
public abstract class HistogramContract extends ContractSupport {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");

    /** Creates the suite. */
    protected HistogramContract() {}

    @BeforeEach
    final void needsAggregation() {
        needs(Capability.AGGREGATION);
    }

    private Collection at(String... times) {
        return at(Stream.of(times).map(Instant::parse).toList());
    }

    private Collection at(List<Instant> times) {
        Catalog catalog = open(another(), options());
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        List<Datapoint> rows = new ArrayList<>();
        for (Instant time : times) {
            rows.add(Datapoint.at(time).set("number", rows.size()).build());
        }
        ingest(catalog, things, rows);
        return things;
    }

    private Collection every(Duration step, String first, int count) {
        List<Instant> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            times.add(Instant.parse(first).plus(step.multipliedBy(i)));
        }
        return at(times);
    }

    private static List<Bucket> buckets(Collection things, CalendarUnit unit, ZoneId zone, Query query) {
        Aggregate answer = things.aggregate(query, List.of(Aggregation.histogram(unit, zone)))
                .get(0);
        return ((Aggregate.Buckets) answer).buckets();
    }

    /** Returns the buckets, which are the same whether rows are looked at or counted by time alone. */
    private static List<String> histogram(Collection things, CalendarUnit unit, ZoneId zone) {
        List<Bucket> byTime = buckets(things, unit, zone, Query.allTime().build());
        Query looking = Query.allTime().where(field("number").atLeast(0)).build();
        assertEquals(byTime, buckets(things, unit, zone, looking));
        byTime.forEach(bucket ->
                assertEquals(bucket.value(), OffsetDateTime.parse(bucket.key()).toInstant()));
        return byTime.stream()
                .map(bucket -> bucket.key() + " " + bucket.count())
                .toList();
    }

    @Test
    void emptyBucketsBetweenOthersAreThere() {
        Collection things = at("2020-01-01T00:00:00Z", "2020-01-01T00:00:02.999Z", "2020-01-01T00:00:03Z");
        assertEquals(
                List.of(
                        "2020-01-01T00:00:00Z 1",
                        "2020-01-01T00:00:01Z 0",
                        "2020-01-01T00:00:02Z 1",
                        "2020-01-01T00:00:03Z 1"),
                histogram(things, CalendarUnit.SECOND, UTC));
        for (CalendarUnit unit : CalendarUnit.values()) {
            if (unit.compareTo(CalendarUnit.MINUTE) >= 0 && unit != CalendarUnit.WEEK) {
                assertEquals(List.of("2020-01-01T00:00:00Z 3"), histogram(things, unit, UTC));
            }
        }
    }

    @Test
    void anHourThatIsLeftOutIsNoBucketAndOneThatIsRepeatedIsTwo() {
        assertEquals(
                List.of("2025-03-30T01:00:00+01:00 1", "2025-03-30T03:00:00+02:00 1", "2025-03-30T04:00:00+02:00 1"),
                histogram(every(Duration.ofHours(1), "2025-03-30T00:59:59.999Z", 3), CalendarUnit.HOUR, BERLIN));
        assertEquals(
                List.of("2025-10-26T02:00:00+02:00 2", "2025-10-26T02:00:00+01:00 2", "2025-10-26T03:00:00+01:00 1"),
                histogram(every(Duration.ofMinutes(30), "2025-10-26T00:00:00Z", 5), CalendarUnit.HOUR, BERLIN));
    }

    @Test
    void daysAreAsLongAsTheyAreInTheZone() {
        Collection things = every(Duration.ofHours(1), "2025-03-28T23:00:00Z", 24 * 3);
        assertEquals(
                List.of(
                        "2025-03-29T00:00:00+01:00 24",
                        "2025-03-30T00:00:00+01:00 23",
                        "2025-03-31T00:00:00+02:00 24",
                        "2025-04-01T00:00:00+02:00 1"),
                histogram(things, CalendarUnit.DAY, BERLIN));
        assertEquals(
                List.of("2025-10-26T00:00:00+02:00 25", "2025-10-27T00:00:00+01:00 1"),
                histogram(every(Duration.ofHours(1), "2025-10-25T22:00:00Z", 26), CalendarUnit.DAY, BERLIN));
        assertEquals(
                List.of("2025-03-01T00:00:00+01:00 71", "2025-04-01T00:00:00+02:00 1"),
                histogram(things, CalendarUnit.MONTH, BERLIN));
    }

    @Test
    void clocksThatGoBackByHalfAnHourBeginABucket() {
        assertEquals(
                List.of(
                        "2025-04-06T01:00:00+11:00 4",
                        "2025-04-06T01:30:00+10:30 2",
                        "2025-04-06T02:00:00+10:30 4",
                        "2025-04-06T03:00:00+10:30 1"),
                histogram(every(Duration.ofMinutes(15), "2025-04-05T14:00:00Z", 11), CalendarUnit.HOUR, LORD_HOWE));
        assertEquals(
                List.of("2025-10-05T01:00:00+10:30 4", "2025-10-05T02:30:00+11:00 2", "2025-10-05T03:00:00+11:00 3"),
                histogram(every(Duration.ofMinutes(15), "2025-10-04T14:30:00Z", 9), CalendarUnit.HOUR, LORD_HOWE));
    }

    @Test
    void aDayThatBeginsTwiceBeginsTheFirstTime() {
        ZoneId zone = ZoneId.of("America/St_Johns"); // went back from 00:01 to 23:01 of the day before
        assertEquals(
                List.of("2010-11-06T00:00:00-02:30 1", "2010-11-07T00:00:00-02:30 5"),
                histogram(every(Duration.ofMinutes(20), "2010-11-07T02:20:00Z", 6), CalendarUnit.DAY, zone));
        assertEquals(
                List.of(
                        "2010-11-06T23:00:00-02:30 1",
                        "2010-11-07T00:00:00-02:30 1",
                        "2010-11-06T23:01:00-03:30 2",
                        "2010-11-07T00:00:00-03:30 1"),
                histogram(
                        at(
                                "2010-11-07T02:29:59Z",
                                "2010-11-07T02:30:59Z",
                                "2010-11-07T02:31:00Z",
                                "2010-11-07T03:29:00Z",
                                "2010-11-07T03:30:00Z"),
                        CalendarUnit.HOUR,
                        zone));
    }

    @Test
    void aDayThatIsLeftOutIsNoBucket() {
        assertEquals(
                List.of("2011-12-29T00:00:00-10:00 4", "2011-12-31T00:00:00+14:00 3"),
                histogram(
                        every(Duration.ofHours(6), "2011-12-29T10:00:00Z", 7),
                        CalendarUnit.DAY,
                        ZoneId.of("Pacific/Apia")));
    }

    @Test
    void weeksBeginOnMondayWhateverTheYear() {
        Collection things = every(Duration.ofDays(1), "2020-12-27T12:00:00Z", 15);
        assertEquals(
                List.of("2020-12-21T00:00:00Z 1", "2020-12-28T00:00:00Z 7", "2021-01-04T00:00:00Z 7"),
                histogram(things, CalendarUnit.WEEK, UTC));
        assertEquals(
                List.of("2020-01-01T00:00:00Z 5", "2021-01-01T00:00:00Z 10"),
                histogram(things, CalendarUnit.YEAR, UTC));
    }

    @Test
    void monthsAndQuartersAndYearsGoBackBeyond1970() {
        Collection things = at("0001-01-01T00:00:00Z", "0001-04-01T00:00:00Z", "0002-03-31T23:59:59.999Z");
        assertEquals(
                List.of(
                        "0001-01-01T00:00:00Z 1",
                        "0001-04-01T00:00:00Z 1",
                        "0001-07-01T00:00:00Z 0",
                        "0001-10-01T00:00:00Z 0",
                        "0002-01-01T00:00:00Z 1"),
                histogram(things, CalendarUnit.QUARTER, UTC));
        assertEquals(15, histogram(things, CalendarUnit.MONTH, UTC).size());
        assertEquals(
                List.of("0000-01-01T00:00:00-09:00 1", "0001-01-01T00:00:00-09:00 1", "0002-01-01T00:00:00-09:00 1"),
                histogram(things, CalendarUnit.YEAR, ZoneOffset.ofHours(-9)));
        assertEquals(
                List.of("1968-01-01T00:00:00Z 1", "1969-01-01T00:00:00Z 1", "1970-01-01T00:00:00Z 1"),
                histogram(
                        at("1968-02-29T00:00:00Z", "1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00Z"),
                        CalendarUnit.YEAR,
                        UTC));
        assertEquals(
                List.of("1969-12-31T23:59:00Z 1", "1970-01-01T00:00:00Z 1"),
                histogram(at("1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00Z"), CalendarUnit.MINUTE, UTC));
    }

    @Test
    void offsetsThatAreNoWholeMinutesAreRoundedInTheTextOnly() {
        // Until 1893-04-01 Berlin was 53 minutes and 28 seconds ahead.
        assertEquals(
                List.of("1892-12-31T23:59:32+00:53 1"),
                histogram(at("1892-12-31T23:06:32Z"), CalendarUnit.DAY, BERLIN));
        assertEquals(
                List.of("1893-03-31T22:59:32+00:53 1", "1893-04-01T00:06:32+01:00 2"),
                histogram(
                        at("1893-03-31T23:06:31.999Z", "1893-03-31T23:06:32Z", "1893-03-31T23:59:59Z"),
                        CalendarUnit.HOUR,
                        BERLIN));
    }

    @Test
    void aHistogramOfManyRowsCountsEachOnce() {
        Collection things = every(Duration.ofMinutes(7), "2025-03-29T00:00:00Z", 2_000);
        for (ZoneId zone : List.of(UTC, BERLIN, LORD_HOWE)) {
            for (CalendarUnit unit : CalendarUnit.values()) {
                if (unit != CalendarUnit.SECOND) {
                    List<Bucket> all =
                            buckets(things, unit, zone, Query.allTime().build());
                    assertEquals(2_000, all.stream().mapToLong(Bucket::count).sum());
                    for (int i = 1; i < all.size(); i++) {
                        Instant before = (Instant) all.get(i - 1).value();
                        assertTrue(before.isBefore((Instant) all.get(i).value()));
                    }
                }
            }
        }
    }
}
