package org.almagest.testing;

import static org.almagest.query.FieldOperand.field;
import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Fixtures.numbered;
import static org.almagest.testing.Fixtures.numbers;
import static org.almagest.testing.Fixtures.point;
import static org.almagest.testing.Fixtures.polygon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.batch.RowBatch;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.NotFoundException;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.TimeInterval;
import org.almagest.query.FieldOperand;
import org.almagest.query.Filter;
import org.almagest.query.Property;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.SortKey;
import org.almagest.query.SortOrder;
import org.almagest.schema.Field;
import org.junit.jupiter.api.Test;

/** Queries over several collections and over datasets with different schemas. */
public abstract class ScopeContract extends ContractSupport {
    /** Creates the suite. */
    protected ScopeContract() {}

    @Test
    void aDatasetAnswersForAllItsCollectionsInTheOrderOfIds() {
        Catalog catalog = open();
        Dataset dataset = catalog.createDataset(numbers("a.numbers"));
        List<DatapointId> expected = new ArrayList<>();
        for (String name : List.of("b", "a", "c")) {
            Collection collection = dataset.createCollection(name);
            expected.addAll(ingest(catalog, collection, numbered("1969-12-31T23:59:55Z", 10))
                    .ids());
        }
        Collections.sort(expected);
        assertEquals(expected, ids(rows(dataset, Query.allTime())));
        assertEquals(expected, ids(rows(catalog, Query.allTime())));
        Collections.reverse(expected);
        assertEquals(expected, ids(rows(dataset, Query.allTime().order(SortOrder.DESCENDING))));
        assertEquals(30, dataset.count(Query.allTime().build()));
    }

    @Test
    void severalCollectionsAreChosenByName() {
        Catalog catalog = open();
        Dataset dataset = catalog.createDataset(numbers("a.numbers"));
        for (String name : List.of("a", "b", "c")) {
            ingest(catalog, dataset.createCollection(name), numbered("2020-01-01T00:00:00Z", 10));
        }
        Query query = Query.allTime().where(field("number").lessThan(4)).build();
        assertEquals(8, dataset.query(query, List.of("a", "c")).toList().size());
        assertEquals(4, dataset.query(query, List.of("b", "b")).toList().size());
        assertEquals(8, dataset.count(query, List.of("a", "c", "a")));
        assertEquals(0, dataset.query(query, List.of()).toList().size());
        assertFails(NotFoundException.class, "No such collection d", () -> dataset.query(query, List.of("a", "d")));
        assertFails(NotFoundException.class, "No such collection d", () -> dataset.count(query, List.of("d")));
    }

    /** Creates three datasets whose fields partly agree. */
    private Catalog mixed() {
        Catalog catalog = open();
        Collection text = things(
                catalog,
                DatasetSpec.temporal("a.text")
                        .field(Field.string("label"))
                        .field(Field.string("shared"))
                        .build());
        Collection number = things(
                catalog,
                DatasetSpec.temporal("a.number")
                        .field(Field.float64("shared"))
                        .field(Field.float64("amount"))
                        .build());
        Collection place = things(
                catalog,
                DatasetSpec.spatioTemporal("a.place")
                        .field(Field.int32("shared"))
                        .build());
        ingest(
                catalog,
                text,
                Datapoint.at("2020-01-01").set("label", "x").set("shared", "5").build());
        ingest(
                catalog,
                number,
                Datapoint.at("2020-01-02").set("shared", 5.0).set("amount", 1.0).build());
        ingest(
                catalog,
                place,
                Datapoint.at("2020-01-03")
                        .geometry(point(1, 2))
                        .set("shared", 5)
                        .build());
        ingest(
                catalog,
                place,
                Datapoint.at("2020-01-04").geometry(point(50, 60)).build());
        return catalog;
    }

    private static List<Integer> days(Catalog catalog, Query.Builder query) {
        return rows(catalog, query).stream()
                .map(row -> Integer.parseInt(row.time().toString().substring(8, 10)))
                .toList();
    }

    @Test
    void aFieldThatADatasetLacksIsUnknownThere() {
        Catalog catalog = mixed();
        assertEquals(
                List.of(1), days(catalog, Query.allTime().where(field("label").equalTo("x"))));
        assertEquals(
                List.of(),
                days(catalog, Query.allTime().where(field("label").equalTo("x").not())));
        assertEquals(
                List.of(2, 3, 4),
                days(catalog, Query.allTime().where(field("label").isNull())));
        assertEquals(
                List.of(1, 2),
                days(
                        catalog,
                        Query.allTime()
                                .where(field("label")
                                        .equalTo("x")
                                        .or(field("amount").equalTo(1)))));
        assertFails(
                InvalidRequestException.class,
                "filter: field \"nope\": no dataset in scope has it",
                () -> rows(catalog, Query.allTime().where(field("nope").isNull())));
    }

    @Test
    void aFieldOfAnIncomparableTypeIsUnknownThere() {
        Catalog catalog = mixed();
        assertEquals(
                List.of(2, 3),
                days(catalog, Query.allTime().where(field("shared").equalTo(5))));
        assertEquals(
                List.of(),
                days(catalog, Query.allTime().where(field("shared").equalTo(5).not())));
        assertEquals(
                List.of(1), days(catalog, Query.allTime().where(field("shared").equalTo("5"))));
        assertEquals(
                List.of(4), days(catalog, Query.allTime().where(field("shared").isNull())));
    }

    @Test
    void selectionTakesWhatADatasetHas() {
        Catalog catalog = mixed();
        List<Datapoint> rows = rows(catalog, Query.allTime().select("shared", "geometry"));
        assertEquals(Map.of("shared", "5"), rows.get(0).values());
        assertEquals(Map.of("shared", 5.0), rows.get(1).values());
        assertEquals(Map.of("shared", 5), rows.get(2).values());
        assertEquals(point(1, 2), rows.get(2).geometry().orElseThrow());
        assertEquals(Map.of(), rows.get(3).values());
    }

    @Test
    void aSpatialFilterNeedsADatasetWithPlaces() {
        Catalog catalog = mixed();
        String refusal = "query: spatial: no dataset in scope is spatio-temporal";
        Query.Builder query = Query.allTime().intersecting(point(1, 2));
        assertEquals(List.of(3), days(catalog, query));
        assertEquals(List.of(4), days(catalog, Query.allTime().disjointFrom(point(1, 2))));
        assertFails(InvalidRequestException.class, refusal, () -> rows(catalog.dataset("a.text"), query));
        assertFails(
                InvalidRequestException.class,
                refusal,
                () -> rows(catalog.dataset("a.number").collection("things"), query));
        assertFails(
                InvalidRequestException.class,
                refusal,
                () -> catalog.dataset("a.number").count(query.build()));
    }

    @Test
    void pagesGoAcrossDatasets() {
        Catalog catalog = mixed();
        List<DatapointId> all = ids(rows(catalog, Query.allTime()));
        assertEquals(4, all.size());
        List<DatapointId> paged = new ArrayList<>();
        Page page = page(catalog.query(Query.allTime().limit(1).build()));
        paged.addAll(page.ids());
        while (page.next() != null) {
            page = page(catalog.query(
                    Query.allTime().limit(1).after(page.ids().get(0)).build()));
            paged.addAll(page.ids());
        }
        assertEquals(all, paged);
    }

    @Test
    void anEmptyCatalogAnswersNothing() {
        Catalog catalog = open();
        assertEquals(List.of(), rows(catalog, Query.allTime()));
        Dataset dataset = catalog.createDataset(numbers("a.numbers"));
        assertEquals(List.of(), rows(dataset, Query.allTime()));
        assertEquals(0, dataset.count(Query.allTime().build()));
        assertEquals(
                List.of(), rows(dataset, Query.allTime().where(field("number").equalTo(1))));
    }

    @Test
    void rowsSayWhichCollectionTheyAreFrom() {
        Catalog catalog = mixed();
        List<UUID> expected = new ArrayList<>();
        for (String slug : List.of("a.text", "a.number", "a.place", "a.place")) {
            expected.add(catalog.dataset(slug).collection("things").id());
        }
        for (Query.Builder query : List.of(
                Query.allTime(),
                Query.allTime().select("shared"),
                Query.allTime().select("geometry"))) {
            List<Datapoint> rows = rows(catalog, query);
            assertEquals(
                    expected,
                    rows.stream().map(row -> row.collectionId().orElseThrow()).toList());
            try (QueryResult answer = catalog.query(query.build())) {
                RowBatch batch = answer.batches(10).iterator().next();
                for (int row = 0; row < expected.size(); row++) {
                    assertEquals(expected.get(row), batch.collectionId(row));
                }
                assertFails(
                        IndexOutOfBoundsException.class,
                        "batch: row 4 of 4",
                        () -> batch.collectionId(expected.size()));
            }
        }
        Collection place = catalog.dataset("a.place").collection("things");
        Datapoint read = rows(place, Query.allTime()).get(0);
        assertEquals(
                Optional.of(place.id()),
                place.datapoint(read.id().orElseThrow()).collectionId());
        assertEquals(Optional.empty(), read.toBuilder().build().collectionId());
        assertEquals(read, read.toBuilder().build());
    }

    @Test
    void rowsSayWhereTheirBoxesAre() {
        Catalog catalog = open();
        Collection places = things(
                catalog,
                DatasetSpec.spatioTemporal("a.places")
                        .field(Field.int32("number"))
                        .build());
        Datapoint east = Datapoint.at("2020-01-01").geometry(point(0.1, 2)).build();
        Datapoint wraps = Datapoint.at("2020-01-02")
                .geometry(polygon(170, 1, -170, 1, -170, 2, 170, 2))
                .build();
        Collection times = things(catalog, numbers("a.numbers"));
        ingest(catalog, places, east, wraps);
        ingest(catalog, times, numbered("2020-01-03T00:00:00Z", 1));
        List<Datapoint> rows = rows(catalog, Query.allTime());
        BoundingBox point = rows.get(0).box().orElseThrow();
        assertTrue(point.contains(0.1, 2) && point.west() < 0.1 && point.east() > 0.1 && point.widthDegrees() < 1e-7);
        BoundingBox crossing = rows.get(1).box().orElseThrow();
        assertTrue(crossing.wraps() && crossing.contains(180, 1.5) && !crossing.contains(0, 1.5));
        assertEquals(Optional.empty(), rows.get(2).box());
        try (QueryResult answer = catalog.query(Query.allTime().build())) {
            RowBatch batch = answer.batches(10).iterator().next();
            for (int row = 0; row < 2; row++) {
                BoundingBox box = BoundingBox.of(
                        batch.wests()[row], batch.souths()[row], batch.easts()[row], batch.norths()[row]);
                assertEquals(box, rows.get(row).box().orElseThrow());
            }
        }
        List<Datapoint> bare = rows(catalog, Query.allTime().select("number"));
        assertEquals(Optional.empty(), bare.get(0).box());
        assertEquals(Optional.empty(), wraps.box());
        assertEquals(
                crossing, places.datapoint(rows.get(1).id().orElseThrow()).box().orElseThrow());
    }

    /** Creates datasets whose keys have different names and types, and one without a key. */
    private Catalog keyed() {
        Catalog catalog = open();
        DatasetSpec names = DatasetSpec.temporal("a.names")
                .field(Field.string("name"))
                .key("name")
                .build();
        DatasetSpec numbers = DatasetSpec.temporal("a.numbers")
                .field(Field.int64("number"))
                .key("number")
                .build();
        DatasetSpec bare =
                DatasetSpec.temporal("a.plain").field(Field.string("name")).build();
        Collection first = things(catalog, names);
        Collection second = catalog.dataset("a.names").createCollection("others");
        ingest(catalog, first, Datapoint.at("2020-01-01").set("name", "1").build());
        ingest(catalog, second, Datapoint.at("2020-01-02").set("name", "b").build());
        ingest(
                catalog,
                things(catalog, numbers),
                Datapoint.at("2020-01-03").set("number", 1).build());
        ingest(
                catalog,
                things(catalog, bare),
                Datapoint.at("2020-01-04").set("name", "b").build());
        return catalog;
    }

    @Test
    void keysAreFoundWhateverTheirFieldsAreCalled() {
        Catalog catalog = keyed();
        FieldOperand key = field(Property.KEY.name());
        assertEquals(List.of(1), days(catalog, Query.allTime().where(key.equalTo("1"))));
        assertEquals(List.of(3), days(catalog, Query.allTime().where(key.equalTo(1))));
        assertEquals(List.of(2, 3), days(catalog, Query.allTime().where(key.in("b", 1, "c"))));
        assertEquals(
                List.of(2), days(catalog, Query.allTime().where(key.equalTo("1").not())));
        assertEquals(List.of(4), days(catalog, Query.allTime().where(key.isNull())));
        assertEquals(
                List.of(1, 4),
                days(
                        catalog,
                        Query.allTime()
                                .where(key.equalTo("1")
                                        .or(field("name").equalTo("b").and(key.isNull())))));
        assertEquals(List.of(), days(catalog, Query.allTime().where(key.in("x", 7))));
        Dataset plain = catalog.dataset("a.plain");
        assertEquals(0, plain.count(Query.allTime().where(key.equalTo("b")).build()), "no dataset in scope has a key");
        assertEquals(1, plain.count(Query.allTime().where(key.isNull()).build()));
        if (can(Capability.SORT)) {
            assertEquals(
                    List.of(2, 1, 3, 4), days(catalog, Query.allTime().sort(SortKey.descending(Property.KEY.name()))));
            assertEquals(
                    1,
                    rows(plain, Query.allTime().sort(SortKey.ascending(Property.KEY.name())))
                            .size());
        }
    }

    @Test
    void collectionsAreToldApartByFilters() {
        Catalog catalog = keyed();
        UUID others = catalog.dataset("a.names").collection("others").id();
        UUID numbers = catalog.dataset("a.numbers").collection("things").id();
        FieldOperand collection = field(Property.COLLECTION.name());
        assertEquals(List.of(2), days(catalog, Query.allTime().where(collection.equalTo(others))));
        assertEquals(List.of(2), days(catalog, Query.allTime().where(collection.equalTo(others.toString()))));
        assertEquals(List.of(1, 3, 4), days(catalog, Query.allTime().where(collection.notEqualTo(others))));
        assertEquals(List.of(2, 3), days(catalog, Query.allTime().where(collection.in(numbers, others))));
        assertEquals(List.of(), days(catalog, Query.allTime().where(collection.isNull())));
        assertEquals(
                List.of(1, 3),
                days(
                        catalog,
                        Query.allTime()
                                .where(collection
                                        .equalTo(numbers)
                                        .or(field(Property.KEY.name()).equalTo("1")))));
        Filter both = collection.in(numbers, others).and(field("time").greaterThan("2020-01-02"));
        assertEquals(List.of(3), days(catalog, Query.allTime().where(both)));
        assertEquals(1, catalog.count(Query.allTime().where(both).build()));
        if (can(Capability.SORT)) {
            List<UUID> sorted =
                    rows(catalog, Query.allTime().sort(SortKey.ascending(Property.COLLECTION.name()))).stream()
                            .map(row -> row.collectionId().orElseThrow())
                            .toList();
            List<String> expected = sorted.stream().map(UUID::toString).sorted().toList();
            assertEquals(expected, sorted.stream().map(UUID::toString).toList());
        }
    }

    @Test
    void conditionsOnTimeAndIdAreAsGoodAsIntervals() {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        List<DatapointId> ids =
                ingest(catalog, things, numbered("1969-12-31T23:59:55Z", 10)).ids();
        FieldOperand time = field("time");
        String third = "1969-12-31T23:59:58Z";
        String later = "1969-12-31T23:59:58.000000001Z"; // floored, and its millisecond belongs to < and >
        assertEquals(ids.subList(0, 3), ids(rows(things, Query.allTime().where(time.lessThan(third)))));
        assertEquals(ids.subList(0, 4), ids(rows(things, Query.allTime().where(time.lessThan(later)))));
        assertEquals(ids.subList(3, 4), ids(rows(things, Query.allTime().where(time.equalTo(third)))));
        assertEquals(ids.subList(4, 10), ids(rows(things, Query.allTime().where(time.greaterThan(third)))));
        assertEquals(ids.subList(3, 10), ids(rows(things, Query.allTime().where(time.greaterThan(later)))));
        assertEquals(
                List.of(),
                ids(rows(things, Query.allTime().where(time.greaterThan(third).and(time.lessThan(third))))));
        assertEquals(
                ids.subList(2, 4),
                ids(rows(things, Query.allTime().where(time.between("1969-12-31T23:59:57Z", third)))));
        Filter ends = time.in("1969-12-31T23:59:55Z", "1970-01-01T00:00:04Z");
        assertEquals(
                List.of(ids.get(0), ids.get(9)),
                ids(rows(things, Query.allTime().where(ends))));
        assertEquals(2, things.count(Query.allTime().where(ends).build()));
        FieldOperand id = field("id");
        DatapointId sixth = ids.get(6);
        assertEquals(List.of(sixth), ids(rows(things, Query.allTime().where(id.equalTo(sixth.toUuid())))));
        assertEquals(ids.subList(0, 6), ids(rows(things, Query.allTime().where(id.lessThan(sixth.toString())))));
        assertEquals(ids.subList(7, 10), ids(rows(things, Query.allTime().where(id.greaterThan(sixth.toUuid())))));
        assertEquals(
                List.of(ids.get(1), sixth),
                ids(rows(
                        things,
                        Query.allTime().where(id.in(sixth.toUuid(), ids.get(1).toUuid())))));
        assertEquals(
                ids.subList(6, 10),
                ids(rows(
                        things,
                        Query.during(TimeInterval.closed(
                                        Instant.parse("1969-12-31T23:59:59Z"), Instant.parse("1970-01-02T00:00:00Z")))
                                .where(id.atLeast(sixth.toUuid())))));
        assertEquals(
                10,
                things.count(Query.allTime().where(time.lessThan("9999-12-31")).build()));
        assertEquals(0, things.count(Query.allTime().where(time.isNull()).build()));
    }

    @Test
    void rowsAreFoundByListsOfKeysAndIds() {
        Catalog catalog = open();
        Collection things = things(
                catalog,
                DatasetSpec.temporal("a.things")
                        .field(Field.string("name"))
                        .key("name")
                        .build());
        List<Datapoint> given = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            given.add(
                    Datapoint.at(Instant.ofEpochSecond(i)).set("name", "n" + i).build());
        }
        List<DatapointId> ids = ingest(catalog, things, given).ids();
        FieldOperand name = field("name");
        assertEquals(
                List.of(ids.get(3), ids.get(70)),
                ids(rows(things, Query.allTime().where(name.in("n70", "n3", "n100", "n3")))));
        assertEquals(List.of(ids.get(5)), ids(rows(catalog, Query.allTime().where(name.equalTo("n5")))));
        Query.Builder late = Query.during(TimeInterval.closed(Instant.ofEpochSecond(50), Instant.ofEpochSecond(99)))
                .where(name.in("n49", "n50", "n99"))
                .order(SortOrder.DESCENDING);
        assertEquals(List.of(ids.get(99), ids.get(50)), ids(rows(things, late)));
        assertEquals(2, things.count(late.build()));
        assertEquals(
                99, things.count(Query.allTime().where(name.equalTo("n5").not()).build()));
        assertEquals(
                List.of(ids.get(7), ids.get(9)),
                ids(rows(
                        things,
                        Query.allTime()
                                .where(field("id")
                                        .in(ids.get(9).toUuid(), ids.get(7).toUuid(), new UUID(1, 2))))));
        things.delete(List.of(ids.get(3)));
        assertEquals(List.of(ids.get(70)), ids(rows(things, Query.allTime().where(name.in("n70", "n3")))));
        Page first = page(things.query(
                Query.allTime().where(name.in("n70", "n80", "n90")).limit(2).build()));
        assertEquals(List.of(ids.get(70), ids.get(80)), first.ids());
        assertEquals(
                List.of(ids.get(90)),
                ids(rows(
                        things,
                        Query.allTime().where(name.in("n70", "n80", "n90")).after(ids.get(80)))));
        assertEquals(
                0,
                things.count(
                        Query.allTime().where(name.equalTo("x".repeat(70_000))).build()));
    }

    @Test
    void numbersNameKeysWhateverTheirType() {
        Catalog catalog = open();
        Collection things = things(
                catalog,
                DatasetSpec.temporal("a.things")
                        .field(Field.int64("number"))
                        .key("number")
                        .build());
        List<Datapoint> given = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            given.add(Datapoint.at(Instant.ofEpochSecond(i)).set("number", i).build());
        }
        List<DatapointId> ids = ingest(catalog, things, given).ids();
        FieldOperand number = field("number");
        for (Object five : List.of(5, 5L, 5.0, new BigDecimal("5.00"), BigInteger.valueOf(5))) {
            assertEquals(List.of(ids.get(5)), ids(rows(things, Query.allTime().where(number.equalTo(five)))));
        }
        assertEquals(
                List.of(ids.get(7)),
                ids(rows(things, Query.allTime().where(number.in(5.5, 7, new BigDecimal("1e30"), -1)))));
        assertEquals(0, things.count(Query.allTime().where(number.equalTo("5")).build()));
    }
}
