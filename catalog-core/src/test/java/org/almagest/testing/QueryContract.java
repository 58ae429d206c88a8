package org.almagest.testing;

import static org.almagest.query.FieldOperand.field;
import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Fixtures.measurements;
import static org.almagest.testing.Fixtures.numbered;
import static org.almagest.testing.Fixtures.point;
import static org.almagest.testing.Fixtures.r1;
import static org.almagest.testing.Fixtures.r2;
import static org.almagest.testing.Fixtures.r3;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.error.DeadlineExceededException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.NotFoundException;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.Limits;
import org.almagest.query.CoordinateSystem;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.SortKey;
import org.almagest.query.SortOrder;
import org.almagest.query.SpatialFilter;
import org.almagest.query.SpatialPredicate;
import org.almagest.query.TimeMatch;
import org.almagest.schema.Field;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Results: what they carry, how they are read, and what a catalog refuses to answer. */
public abstract class QueryContract extends ContractSupport {
    /** Creates the suite. */
    protected QueryContract() {}

    private static DatasetSpec places() {
        return DatasetSpec.spatioTemporal("a.places")
                .field(Field.string("name"))
                .field(Field.float64("cloud"))
                .field(Field.int64("size").queryable())
                .build();
    }

    private static Datapoint place(String day, String name) {
        return Datapoint.at(day)
                .geometry(point(1, 2))
                .set("size", 3)
                .set("cloud", 4.5)
                .set("name", name)
                .build();
    }

    @Test
    void rowsCarryAllThatWasStored() {
        Catalog catalog = open();
        Collection things = things(catalog, places());
        clock.advance(Duration.ofSeconds(5));
        DatapointId id = ingest(catalog, things, place("2020-01-01", "x")).ids().get(0);
        Datapoint row = all(things).get(0);
        assertEquals(id, row.id().orElseThrow());
        assertEquals(clock.now(), row.ingestionTime().orElseThrow());
        assertEquals(point(1, 2), row.geometry().orElseThrow());
        assertEquals(Map.of("name", "x", "cloud", 4.5, "size", 3L), row.values());
        assertEquals(List.of("name", "cloud", "size"), List.copyOf(row.values().keySet()));
    }

    @Test
    void at18SkipDataLeavesTimeIdAndIngestionTime() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        ingest(catalog, measurements, r1(), r2());
        Collection places = things(catalog, places());
        ingest(catalog, places, place("2020-01-01", "x"));
        for (Collection collection : List.of(measurements, places)) {
            List<Datapoint> full = all(collection);
            List<Datapoint> skipped = rows(collection, Query.allTime().skipData());
            assertEquals(ids(full), ids(skipped));
            for (int i = 0; i < full.size(); i++) {
                Datapoint row = skipped.get(i);
                assertEquals(Map.of(), row.values());
                assertTrue(row.geometry().isEmpty());
                assertEquals(full.get(i).time(), row.time());
                assertEquals(full.get(i).ingestionTime(), row.ingestionTime());
            }
        }
    }

    @Test
    void selectionKeepsWhatIsNamed() {
        Catalog catalog = open();
        Collection things = things(catalog, places());
        ingest(catalog, things, place("2020-01-01", "x"));
        Datapoint one = rows(things, Query.allTime().select("size", "name")).get(0);
        assertEquals(Set.of("name", "size"), one.values().keySet());
        assertTrue(one.geometry().isEmpty());
        Datapoint two = rows(things, Query.allTime().select("geometry")).get(0);
        assertEquals(Map.of(), two.values());
        assertEquals(point(1, 2), two.geometry().orElseThrow());
        Datapoint three = rows(things, Query.allTime().select("time", "id", "ingestion_time", "cloud"))
                .get(0);
        assertEquals(Map.of("cloud", 4.5), three.values());
        assertTrue(three.ingestionTime().isPresent());
        Query.Builder filtered = Query.allTime()
                .where(field("size").equalTo(3).and(field("name").equalTo("x")))
                .intersecting(point(1, 2))
                .select("cloud");
        assertEquals(Map.of("cloud", 4.5), rows(things, filtered).get(0).values());
    }

    @Test
    void unknownSelectedFieldsAreRefused() {
        Catalog catalog = open();
        Collection things = things(catalog, places());
        Collection measurements = measurements(catalog);
        String refusal = "query: select: field \"nope\": no dataset in scope has it";
        assertFails(
                InvalidRequestException.class,
                refusal,
                () -> rows(things, Query.allTime().select("name", "nope")));
        assertFails(
                InvalidRequestException.class,
                refusal,
                () -> rows(catalog, Query.allTime().select("nope")));
        assertFails(
                InvalidRequestException.class,
                "query: select: field \"geometry\": no dataset in scope has it",
                () -> rows(measurements, Query.allTime().select("geometry")));
        assertEquals(
                0,
                rows(catalog, Query.allTime().select("sensor", "cloud", "geometry"))
                        .size());
    }

    @Test
    void selectionsAndPagesHaveLimits() {
        Catalog catalog =
                open(options().with(Limits.defaults().with(Map.of("selectFieldsMax", 2L, "queryLimitMax", 10L))));
        Collection things = things(catalog, places());
        assertFails(
                LimitExceededException.class,
                "query: select: 3 (at most 2)",
                () -> rows(things, Query.allTime().select("name", "cloud", "size")));
        assertEquals(0, rows(things, Query.allTime().select("name", "cloud")).size());
        assertFails(
                LimitExceededException.class,
                "query: limit: 11 (at most 10)",
                () -> rows(things, Query.allTime().limit(11)));
        assertEquals(0, rows(things, Query.allTime().limit(10)).size());
        assertFails(
                InvalidRequestException.class,
                "query: limit: -1 (at least 0)",
                () -> Query.allTime().limit(-1));
    }

    @Test
    void refusesWhatItDoesNotDeclare() {
        Catalog catalog = open();
        Collection things = things(catalog, places());
        SpatialFilter spherical =
                SpatialFilter.of(SpatialPredicate.INTERSECTS, point(1, 2)).in(CoordinateSystem.SPHERICAL);
        Map<Capability, Query.Builder> uses = Map.of(
                Capability.SORT, Query.allTime().sort(new SortKey("name", SortOrder.ASCENDING)),
                Capability.HISTORY, Query.allTime().version(1),
                Capability.EXTENT, Query.allTime().match(TimeMatch.EXTENT),
                Capability.SPHERICAL, Query.allTime().spatial(spherical));
        Map<Capability, String> subjects = Map.of(
                Capability.SORT, "query: sort",
                Capability.HISTORY, "query: version",
                Capability.EXTENT, "query: time match",
                Capability.SPHERICAL, "query: spatial");
        uses.forEach((capability, query) -> {
            if (!can(capability)) {
                assertUndeclared(capability, subjects.get(capability), () -> rows(things, query));
                assertUndeclared(capability, subjects.get(capability), () -> things.count(query.build()));
                assertUndeclared(capability, subjects.get(capability), () -> rows(catalog, query));
            }
        });
    }

    @Test
    void at20FindsById() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        Collection other = measurements.dataset().createCollection("Other");
        DatapointId id = ingest(catalog, measurements, r1(), r2()).ids().get(1);
        DatapointId third = ingest(catalog, other, r3()).ids().get(0);
        Datapoint found = measurements.find(id).orElseThrow();
        assertEquals("B", found.values().get("sensor"));
        assertEquals(273.15, found.values().get("value"));
        assertEquals(all(measurements).get(1), found);
        assertEquals(found, measurements.dataset().find(id).orElseThrow());
        Query.Builder skipData = Query.allTime().where(field("id").equalTo(id)).skipData();
        assertEquals(Map.of(), rows(measurements, skipData).get(0).values());
        assertTrue(other.find(id).isEmpty());
        assertTrue(measurements.find(third).isEmpty());
        assertEquals(
                third, measurements.dataset().find(third).orElseThrow().id().orElseThrow());
        DatapointId absent = DatapointId.parse("0186d6b6-66cc-fcfd-91df-bbbff72499c3");
        assertTrue(measurements.find(absent).isEmpty());
        assertTrue(measurements.dataset().find(absent).isEmpty());
        assertFails(
                NotFoundException.class,
                "No such datapoint 0186d6b6-66cc-fcfd-91df-bbbff72499c3",
                () -> measurements.datapoint(absent));
        assertFails(
                InvalidRequestException.class,
                "id: \"not-a-uuid\" (expected a UUID of 36 characters)",
                () -> DatapointId.parse("not-a-uuid"));
        assertFails(
                InvalidRequestException.class,
                "id: \"1-2-3-4-5\" (expected a UUID of 36 characters)",
                () -> DatapointId.parse("1-2-3-4-5"));
        assertTrue(measurements.find(new DatapointId(id.high(), id.low() ^ 1)).isEmpty());
        assertTrue(measurements.find(new DatapointId(-1, -1)).isEmpty());
    }

    @Test
    void countsWithoutReading() {
        Catalog catalog = open();
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 100));
        Query.Builder query = Query.allTime().where(field("number").lessThan(30));
        assertEquals(30, things.count(query.build()));
        assertEquals(30, things.count(query.limit(7).select("number").build()));
        DatapointId tenth = all(things).get(9).id().orElseThrow();
        assertEquals(
                30, things.count(query.after(tenth).order(SortOrder.DESCENDING).build()));
        assertEquals(30, things.dataset().count(query.build()));
        assertEquals(100, things.dataset().count(Query.allTime().build()));
    }

    @Test
    void anAnswerIsIteratedOnce() {
        Catalog catalog = open();
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 10));
        try (QueryResult answer = things.query(Query.allTime().limit(5).build())) {
            assertFails(IllegalStateException.class, "query result: rows of this page are unread", answer::nextToken);
            Iterator<Datapoint> rows = answer.iterator();
            assertFails(IllegalStateException.class, "query result: iterated a second time", answer::iterator);
            for (int i = 0; i < 5; i++) {
                assertFails(
                        IllegalStateException.class, "query result: rows of this page are unread", answer::nextToken);
                rows.next();
            }
            assertTrue(answer.nextToken().isPresent());
            assertFalse(rows.hasNext());
            Assertions.assertThrows(NoSuchElementException.class, rows::next);
            assertTrue(answer.nextToken().isPresent());
        }
        QueryResult listed = things.query(Query.allTime().limit(5).build());
        DatapointId last = ids(listed.toList()).get(4);
        assertEquals(last, listed.nextToken().orElseThrow().after());
    }

    @Test
    void aClosedAnswerGivesNothingMore() {
        Catalog catalog = open();
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 10));
        QueryResult answer = things.query(Query.allTime().build());
        Iterator<Datapoint> rows = answer.iterator();
        rows.next();
        answer.close();
        answer.close();
        assertFails(IllegalStateException.class, "query result: closed", rows::next);
    }

    @Test
    void anAnswerEndsAtItsDeadline() {
        Catalog catalog = open();
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 5_000));
        Query query = Query.allTime().timeout(Duration.ofSeconds(10)).build();
        try (QueryResult answer = things.query(query)) {
            Iterator<Datapoint> rows = answer.iterator();
            rows.next();
            clock.advance(Duration.ofSeconds(11));
            assertFails(DeadlineExceededException.class, "deadline: passed after PT10S", () -> {
                while (rows.hasNext()) {
                    rows.next();
                }
            });
        }
        assertEquals(5_000, things.query(query).toList().size());
        assertFails(
                InvalidRequestException.class,
                "query: timeout: PT0S (more than 0)",
                () -> Query.allTime().timeout(Duration.ZERO));
    }
}
