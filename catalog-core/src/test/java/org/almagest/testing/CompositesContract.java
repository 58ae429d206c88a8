package org.almagest.testing;

import static org.almagest.query.FieldOperand.field;
import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Fixtures.numbered;
import static org.almagest.testing.Fixtures.numbers;
import static org.almagest.testing.Fixtures.point;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.error.ConflictException;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.TimeInterval;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.SortKey;
import org.almagest.query.SortOrder;
import org.almagest.query.TimeMatch;
import org.almagest.schema.Field;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queries by the temporal extent of composites of several days, among them rows of years and rows of an instant. */
public abstract class CompositesContract extends ContractSupport {
    private static final Instant FIRST = Instant.parse("2015-01-01T00:00:00Z");
    private static final String FROM = "from_time";
    private static final String TO = "to_time";

    /** Creates the suite. */
    protected CompositesContract() {}

    @BeforeEach
    final void needsExtent() {
        needs(Capability.EXTENT);
    }

    private static DatasetSpec.Builder composites(String slug) {
        return DatasetSpec.spatioTemporal(slug)
                .field(Field.timestamp(FROM))
                .field(Field.timestamp(TO))
                .field(Field.int64("number"));
    }

    private static Datapoint.Builder row(Instant time, int number) {
        return Datapoint.at(time).geometry(point(number % 180, number % 90)).set("number", number);
    }

    private static Datapoint composite(Instant start, Instant end, int number) {
        return row(start, number).set(FROM, start).set(TO, end).build();
    }

    /** Returns seven-day composites every hour, every tenth without extent, and one row of ten years among them. */
    private static List<Datapoint> sevenDayRows(int count) {
        List<Datapoint> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant start = FIRST.plus(Duration.ofHours(i)).plusNanos(i % 3 * 400_000L);
            rows.add(
                    i % 10 == 9
                            ? row(start, i).build()
                            : composite(start, start.plus(Duration.ofDays(7)).minusNanos(1), i));
        }
        rows.add(count / 3, composite(FIRST.plusSeconds(5), FIRST.plus(Duration.ofDays(3_653)), count));
        return rows;
    }

    private static boolean meets(Datapoint row, TimeInterval interval) {
        Instant time = row.time();
        Instant start = (Instant) row.value(FROM).orElse(null);
        Instant end = (Instant) row.value(TO).orElse(null);
        return start == null || end == null ? interval.containsMillis(time.toEpochMilli()) : interval.meets(start, end);
    }

    private static TimeInterval interval(SplittableRandom random, long hours) {
        Instant start = FIRST.plus(Duration.ofMinutes(random.nextLong(-30 * 24 * 60, hours * 60 + 60 * 24 * 30)));
        long length = random.nextInt(4) == 0 ? 0 : (long) Math.exp(random.nextDouble() * 16);
        TimeInterval.Bound[] bounds = TimeInterval.Bound.values();
        return TimeInterval.of(
                start, bounds[random.nextInt(2)], start.plusMillis(length * 400), bounds[random.nextInt(2)]);
    }

    @Test
    void compositesAndATenYearRowAreFoundAsByLookingAtEveryRow() {
        Catalog catalog = open();
        Collection things =
                things(catalog, composites("a.composites").extent(FROM, TO).build());
        List<Datapoint> given = sevenDayRows(12_000);
        for (int from = 0; from < given.size(); from += 4_000) {
            ingest(catalog, things, given.subList(from, Math.min(given.size(), from + 4_000)));
        }
        List<Datapoint> all = all(things);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 60; i++) {
            TimeInterval interval = interval(random, 12_000);
            Query.Builder query = Query.during(interval);
            List<Datapoint> byTime = all.stream()
                    .filter(row -> interval.containsMillis(row.time().toEpochMilli()))
                    .toList();
            assertEquals(ids(byTime), ids(rows(things, query)), interval.toString());
            List<DatapointId> expected =
                    ids(all.stream().filter(row -> meets(row, interval)).toList());
            query.match(TimeMatch.EXTENT);
            assertEquals(expected, ids(rows(things, query)), interval.toString());
            assertEquals(expected.size(), things.count(query.build()));
            assertEquals(
                    expected.size(),
                    things.count(query.after(new DatapointId(0, 0)).build()),
                    "a token does not count");
        }
    }

    @Test
    void ordersPagesAndOtherConditionsHold() {
        Catalog catalog = open();
        Collection things =
                things(catalog, composites("a.composites").extent(FROM, TO).build());
        ingest(catalog, things, sevenDayRows(3_000));
        TimeInterval day = TimeInterval.parse("2015-02-10/2015-02-11");
        Query query = Query.during(day).match(TimeMatch.EXTENT).build();
        List<Datapoint> expected =
                all(things).stream().filter(row -> meets(row, day)).toList();
        assertEquals(175, expected.size(), "nine tenths of eight days, two rows of the day itself, and the long one");
        for (SortOrder order : SortOrder.values()) {
            List<DatapointId> ids = new ArrayList<>(ids(expected));
            if (order == SortOrder.DESCENDING) {
                Collections.reverse(ids);
            }
            List<DatapointId> paged = new ArrayList<>();
            Query next = query.toBuilder().order(order).limit(10).build();
            for (boolean more = true; more; ) {
                Page page = page(things.query(next));
                paged.addAll(page.ids());
                PageToken token = page.next();
                more = token != null;
                next = token == null ? next : next.toBuilder().after(token).build();
            }
            assertEquals(ids, paged);
        }
        Query.Builder narrowed = query.toBuilder()
                .intersecting(BoundingBox.of(0, 0, 30, 30))
                .where(field("number").greaterThan(800))
                .sort(SortKey.descending(TO));
        List<Datapoint> filtered = expected.stream()
                .filter(row -> {
                    long number = (Long) row.value("number").orElseThrow();
                    return number > 800 && number % 180 <= 30 && number % 90 <= 30;
                })
                .toList();
        PlainOrder byEnd = new PlainOrder(narrowed.build());
        List<DatapointId> sorted = filtered.stream()
                .map(row -> byEnd.of(row, things.dataset().schema()))
                .sorted(byEnd)
                .map(PlainOrder.Place::id)
                .toList();
        assertEquals(sorted, ids(rows(things, narrowed)));
        assertEquals(filtered.size(), things.count(narrowed.build()));
    }

    @Test
    void anEndThatIsUnsetIsTheTime() {
        Catalog catalog = open();
        Collection things =
                things(catalog, composites("a.composites").extent(FROM, TO).build());
        Instant time = Instant.parse("2020-06-15T00:00:00Z");
        ingest(
                catalog,
                things,
                row(time, 0).build(),
                row(time, 1).set(FROM, time.minusSeconds(10)).build(),
                row(time, 2).set(TO, time.plusSeconds(10)).build(),
                row(time, 3).set(FROM, time.plusSeconds(10)).build());
        Query.Builder before = Query.during(TimeInterval.closed(time.minusSeconds(5), time.minusSeconds(4)));
        Query.Builder after = Query.during(TimeInterval.closed(time.plusSeconds(4), time.plusSeconds(5)));
        SortKey byNumber = SortKey.ascending("number");
        assertEquals(
                List.of("1"), texts(rows(things, before.match(TimeMatch.EXTENT).sort(byNumber)), "number"));
        assertEquals(
                List.of("2", "3"),
                texts(rows(things, after.match(TimeMatch.EXTENT).sort(byNumber)), "number"));
        assertEquals(4, things.count(Query.at(time).match(TimeMatch.EXTENT).build()));
    }

    @Test
    void boundsAreComparedInNanoseconds() {
        Catalog catalog = open();
        Collection things =
                things(catalog, composites("a.composites").extent(FROM, TO).build());
        Instant time = Instant.parse("2020-06-15T00:00:00Z");
        ingest(catalog, things, composite(time.plusNanos(100), time.plusNanos(200), 0));
        for (TimeInterval.Bound bound : TimeInterval.Bound.values()) {
            long touching = bound == TimeInterval.Bound.INCLUSIVE ? 1 : 0;
            TimeInterval before = TimeInterval.of(time, bound, time.plusNanos(100), bound);
            TimeInterval after = TimeInterval.of(time.plusNanos(200), bound, time.plusMillis(5), bound);
            assertEquals(touching, things.count(byExtent(before)));
            assertEquals(touching, things.count(byExtent(after)));
        }
        assertEquals(0, things.count(byExtent(TimeInterval.closed(time, time.plusNanos(99)))));
        assertEquals(0, things.count(byExtent(TimeInterval.closed(time.plusNanos(201), time.plusMillis(1)))));
        assertEquals(1, things.count(byExtent(TimeInterval.ofInstant(time.plusNanos(150)))));
        Instant within = time.plusNanos(150);
        assertEquals(0, things.count(byExtent(TimeInterval.of(within, within))), "an empty interval");
        assertEquals(1, things.count(byExtent(TimeInterval.parse("../2021-01-01"))));
        assertEquals(1, things.count(byExtent(TimeInterval.parse("2020-01-01/.."))));
        assertEquals(0, things.count(byExtent(TimeInterval.parse("9000-01-01/.."))));
        assertEquals(1, things.count(Query.allTime().match(TimeMatch.EXTENT).build()));
    }

    private static Query byExtent(TimeInterval interval) {
        return Query.during(interval).match(TimeMatch.EXTENT).build();
    }

    @Test
    void datasetsWithoutExtentAreAskedByTime() {
        Catalog catalog = open();
        Collection things =
                things(catalog, composites("a.composites").extent(FROM, TO).build());
        Collection undeclared = things(catalog, composites("b.composites").build());
        Collection plain = things(catalog, numbers("c.numbers"));
        Instant start = Instant.parse("2020-01-01T00:00:00Z");
        Datapoint week = composite(start, start.plus(Duration.ofDays(7)), 1);
        ingest(catalog, things, week);
        ingest(catalog, undeclared, week);
        ingest(catalog, plain, numbered("2020-01-03T00:00:00Z", 5));
        Query day = byExtent(TimeInterval.parse("2020-01-03/2020-01-04"));
        assertEquals(1, things.count(day));
        assertEquals(0, undeclared.count(day));
        assertEquals(6, catalog.count(day));
        assertEquals(6, catalog.query(day).toList().size());
        assertEquals(5, catalog.count(day.toBuilder().match(TimeMatch.INSTANT).build()));
    }

    @Test
    void anExtentMayBeDeclaredLaterButNotChanged() {
        Catalog catalog = open();
        Dataset dataset = catalog.createDataset(
                composites("a.composites").field(Field.timestamp("other")).build());
        Collection things = dataset.createCollection("things");
        ingest(catalog, things, sevenDayRows(100));
        TimeInterval day = TimeInterval.parse("2015-01-06/2015-01-07");
        long byTime = things.count(byExtent(day));
        assertEquals(things.count(Query.during(day).build()), byTime);
        dataset.alter(dataset.schema().toBuilder().extent(FROM, TO).build());
        List<Datapoint> all = all(things);
        List<DatapointId> expected =
                ids(all.stream().filter(row -> meets(row, day)).toList());
        assertEquals(expected, ids(things.query(byExtent(day)).toList()));
        assertFails(
                ConflictException.class,
                "schema: extent: changed while datapoints exist (expected an empty dataset)",
                () -> dataset.alter(
                        dataset.schema().toBuilder().extent(FROM, "other").build()));
    }

    @Test
    void anExtentThatEndsBeforeItStartsIsRefused() {
        Catalog catalog = open();
        Collection things =
                things(catalog, composites("a.composites").extent(FROM, TO).build());
        Instant start = Instant.parse("2020-01-01T00:00:00Z");
        assertFails(
                InvalidRequestException.class,
                "row 1: field \"to_time\": before the start of the extent (expected at or after field \"from_time\")",
                () -> things.ingest(List.of(composite(start, start, 0), composite(start, start.minusNanos(1), 1))));
        assertEquals(0, all(things).size());
    }
}
