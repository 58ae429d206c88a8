package org.almagest.testing;

import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Fixtures.measurements;
import static org.almagest.testing.Fixtures.numbers;
import static org.almagest.testing.Fixtures.r1;
import static org.almagest.testing.Fixtures.r2;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.TimeInterval;
import org.almagest.model.TimeInterval.Bound;
import org.almagest.model.TimeText;
import org.almagest.query.Query;
import org.almagest.schema.Field;
import org.junit.jupiter.api.Test;

/** Queries by time: bounds, instants, forms of text, the ends of the calendar. */
public abstract class TimeContract extends ContractSupport {
    private static final Instant Y2017 = Instant.parse("2017-01-01T00:00:00Z");
    private static final Instant Y2023 = Instant.parse("2023-01-01T00:00:00Z");

    /** Creates the suite. */
    protected TimeContract() {}

    private Collection at(String... times) {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        List<Datapoint> rows = new ArrayList<>();
        for (String time : times) {
            rows.add(
                    Datapoint.at(Instant.parse(time)).set("number", rows.size()).build());
        }
        ingest(catalog, things, rows);
        return things;
    }

    private static List<String> numbersIn(Collection things, TimeInterval interval) {
        return texts(rows(things, Query.during(interval)), "number");
    }

    @Test
    void at12IntervalsAreEqualByTheMillisecondsTheyCover() {
        TimeInterval first = TimeInterval.of(Y2017, Y2023);
        TimeInterval second = TimeInterval.closed(Y2017, Instant.parse("2022-12-31T23:59:59.999999Z"));
        assertEquals("[2017-01-01T00:00:00.000 UTC, 2023-01-01T00:00:00.000 UTC)", first.toString());
        assertEquals("[2017-01-01T00:00:00.000 UTC, 2022-12-31T23:59:59.999 UTC]", second.toString());
        assertEquals(first, second);
        assertEquals(first.hashCode(), second.hashCode());
        assertEquals(first.toString(), second.halfOpen().toString());
        assertEquals(1_483_228_800_000L, first.startMillis());
        assertEquals(1_672_531_200_000L, second.endMillis());
    }

    @Test
    void at13BoundsAreInclusiveOrNot() {
        Collection things = at("2017-01-01T00:00:00.000Z", "2022-12-31T23:59:59.999Z", "2023-01-01T00:00:00.000Z");
        Bound in = Bound.INCLUSIVE;
        Bound out = Bound.EXCLUSIVE;
        assertEquals(List.of("0", "1"), numbersIn(things, TimeInterval.of(Y2017, in, Y2023, out)));
        assertEquals(List.of("0", "1", "2"), numbersIn(things, TimeInterval.of(Y2017, in, Y2023, in)));
        assertEquals(List.of("1"), numbersIn(things, TimeInterval.of(Y2017, out, Y2023, out)));
        assertEquals(List.of("1", "2"), numbersIn(things, TimeInterval.of(Y2017, out, Y2023, in)));
        Instant finer = Instant.parse("2022-12-31T23:59:59.999999Z");
        assertEquals(List.of("0", "1"), numbersIn(things, TimeInterval.closed(Y2017, finer)));
        assertEquals(List.of("0", "1"), numbersIn(things, TimeInterval.of(Y2017, finer)));
        assertEquals(List.of("1", "2"), numbersIn(things, TimeInterval.of(finer, out, Y2023, in)));
        assertEquals(List.of("2"), numbersIn(things, TimeInterval.of(Y2023.plusNanos(1), Y2023.plusNanos(2))));
    }

    @Test
    void at14YearlyQueriesChain() {
        List<String> times = new ArrayList<>();
        for (int year = 2016; year <= 2023; year++) {
            times.add(year + "-01-01T00:00:00Z");
            times.add(year + "-12-31T23:59:59.999Z");
        }
        Collection things = at(times.toArray(new String[0]));
        List<DatapointId> chained = new ArrayList<>();
        for (int year = 2017; year < 2023; year++) {
            TimeInterval interval = TimeInterval.parse(year + "-01-01/" + (year + 1) + "-01-01");
            List<DatapointId> found = ids(rows(things, Query.during(interval)));
            assertEquals(2, found.size());
            chained.addAll(found);
        }
        assertEquals(ids(rows(things, Query.during(TimeInterval.of(Y2017, Y2023)))), chained);
        assertEquals(12, chained.size());
        assertDistinct(chained);
    }

    @Test
    void at15AnInstantIsItsMillisecond() {
        Collection things = at(
                "2024-08-01T00:00:01.361Z",
                "2024-08-01T00:00:01.362Z",
                "2024-08-01T00:00:01.362Z",
                "2024-08-01T00:00:01.363Z");
        List<Datapoint> found = rows(things, Query.at(TimeText.parseInstant("2024-08-01 00:00:01.362")));
        assertEquals(2, found.size());
        for (DatapointId id : ids(found)) {
            assertTrue(id.toString().startsWith("01910b3c-8552-"), id.toString());
        }
        assertEquals(
                2,
                rows(things, Query.at(Instant.parse("2024-08-01T00:00:01.362999999Z")))
                        .size());
        assertEquals(
                4,
                rows(things, Query.during(TimeInterval.parse("2024-08-01 00:00:01/2024-08-01 00:00:02")))
                        .size());
    }

    @Test
    void at16TimesComeInManyForms() {
        Collection things = at("2017-01-01T02:45:25.679Z", "2017-01-01T00:00:00Z");
        ZonedDateTime tokyo = ZonedDateTime.of(2017, 1, 1, 11, 45, 25, 679_000_000, ZoneId.of("Asia/Tokyo"));
        for (Instant instant : List.of(
                TimeText.parseInstant("2017-01-01T11:45:25.679+09:00"),
                tokyo.toInstant(),
                TimeText.parseInstant("2017-01-01 02:45:25.679"))) {
            List<Datapoint> found = rows(things, Query.at(instant));
            assertEquals(List.of("0"), texts(found, "number"));
            assertEquals(
                    "2017-01-01T02:45:25.679 UTC", TimeText.format(found.get(0).time()));
        }
        for (String text : List.of("2017-01-01", "2017-01-01T00:00", "1483228800")) {
            assertEquals(List.of("1"), texts(rows(things, Query.at(TimeText.parseInstant(text))), "number"));
        }
    }

    @Test
    void at17TheEndsOfAnAnswerMakeAnInterval() {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        ingest(catalog, things, Fixtures.numbered("2020-01-01T00:00:00Z", 60));
        List<Datapoint> first50 = rows(things, Query.allTime().skipData()).subList(0, 50);
        Instant start = first50.get(0).time();
        Instant end = first50.get(49).time();
        List<Datapoint> closed = rows(things, Query.during(TimeInterval.closed(start, end)));
        assertEquals(ids(first50), ids(closed));
        assertEquals(Instant.parse("2020-01-01T00:00:49Z"), closed.get(49).time());
        assertEquals(49, rows(things, Query.during(TimeInterval.of(start, end))).size());
    }

    @Test
    void at19NothingFoundIsNoError() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        Query.Builder query = Query.at(TimeText.parseInstant("1997-02-06 10:21:00"));
        assertEquals(List.of(), rows(measurements, query));
        ingest(catalog, measurements, r1(), r2());
        assertEquals(List.of(), rows(measurements, query));
        assertEquals(List.of(), rows(measurements.dataset().createCollection("Empty"), Query.allTime()));
        assertEquals(0, measurements.count(query.build()));
    }

    @Test
    void emptyIntervalsFindNothingAndReversedOnesAreRefused() {
        Collection things = at("2017-01-01T00:00:00Z");
        assertEquals(List.of(), numbersIn(things, TimeInterval.of(Y2017, Y2017)));
        assertEquals(List.of(), numbersIn(things, TimeInterval.of(Y2017, Bound.EXCLUSIVE, Y2017, Bound.INCLUSIVE)));
        assertEquals(List.of("0"), numbersIn(things, TimeInterval.closed(Y2017, Y2017)));
        assertFails(
                InvalidRequestException.class,
                "time interval: start 2023-01-01T00:00:00.000 UTC is after end 2017-01-01T00:00:00.000 UTC",
                () -> TimeInterval.of(Y2023, Y2017));
    }

    @Test
    void timesBefore1970ComeInOrder() {
        Collection things = at(
                "5999-12-31T23:59:59.999Z",
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "0001-01-01T00:00:00Z",
                "1969-12-31T23:59:59.998Z");
        assertEquals(List.of("3", "4", "2", "1", "0"), texts(all(things), "number"));
        assertEquals(List.of("4", "2"), numbersIn(things, TimeInterval.parse("1900-01-01/1970-01-01")));
        assertEquals(List.of("3", "4", "2"), numbersIn(things, TimeInterval.parse("../1970-01-01")));
        assertEquals(List.of("1", "0"), numbersIn(things, TimeInterval.parse("1970-01-01/..")));
        assertEquals(
                "things: [0001-01-01T00:00:00.000 UTC, 5999-12-31T23:59:59.999 UTC] (5 data points)",
                things.info().toString());
    }

    @Test
    void boundsBeyondTheRangeOfTimesCutNothing() {
        Collection things = at("5999-12-31T23:59:59.999Z", "0001-01-01T00:00:00Z");
        TimeInterval widest = TimeInterval.closed(TimeInterval.EARLIEST, TimeInterval.LATEST);
        assertEquals(List.of("1", "0"), numbersIn(things, widest));
        assertEquals(
                List.of("0"),
                numbersIn(things, TimeInterval.of(Instant.parse("5999-12-31T00:00:00Z"), TimeInterval.LATEST)));
        assertEquals(
                List.of("1"),
                numbersIn(things, TimeInterval.closed(TimeInterval.EARLIEST, Instant.parse("0001-01-01T00:00:00Z"))));
        assertEquals(
                List.of(),
                numbersIn(things, TimeInterval.of(TimeInterval.EARLIEST, Instant.parse("0000-01-01T00:00:00Z"))));
        assertEquals(
                List.of(),
                numbersIn(things, TimeInterval.of(Instant.parse("6000-01-01T00:00:00Z"), TimeInterval.LATEST)));
    }

    @Test
    void at32YearsOfTilesAreCountedByYear() {
        Catalog catalog = open();
        Collection tiles = things(
                catalog,
                DatasetSpec.temporal("nasa.modis")
                        .field(Field.string("granule_name"))
                        .build());
        List<Datapoint> rows = new ArrayList<>();
        for (int year = 2001; year <= 2023; year++) {
            for (int tile = 0; tile < 315; tile++) {
                rows.add(Datapoint.at(year + "-01-01")
                        .set("granule_name", "MCD12Q1." + year + "." + tile)
                        .build());
            }
        }
        List<DatapointId> ids = ingest(catalog, tiles, rows).ids();
        assertEquals(7_245, ids.size());
        assertDistinct(ids);
        assertEquals(
                1_575,
                rows(tiles, Query.during(TimeInterval.parse("2015-01-01/2020-01-01")))
                        .size());
        assertEquals(315, rows(tiles, Query.at(Y2017)).size());
        assertEquals(0, ingest(catalog, tiles, rows).created());
        assertEquals(7_245, tiles.info().count());
    }
}
