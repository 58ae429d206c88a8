package org.almagest.testing;

import static org.almagest.query.FieldOperand.field;
import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Fixtures.numbered;
import static org.almagest.testing.Fixtures.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.Bytes;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.EnumValue;
import org.almagest.model.TimeInterval;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.QueryScope;
import org.almagest.query.SortKey;
import org.almagest.query.SortOrder;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sorted answers are the same in pages of every size, over several datasets, with tokens that nobody gave. */
public abstract class SortedPagesContract extends ContractSupport {
    private static final List<String> SCALARS = List.of(
            "bool_1",
            "int32_1",
            "int64_1",
            "uint64_1",
            "float32_1",
            "float64_1",
            "string_1",
            "enum_1",
            "bytes_1",
            "duration_1",
            "timestamp_1",
            "uuid_1",
            "time",
            "ingestion_time",
            "id");

    /** Creates the suite. */
    protected SortedPagesContract() {}

    @BeforeEach
    final void needsSort() {
        needs(Capability.SORT);
    }

    private static DatasetSpec everyType(String slug) {
        DatasetSpec.Builder spec = DatasetSpec.temporal(slug);
        for (TypeKind kind : TypeKind.values()) {
            String name = kind.text() + "_1";
            if (kind == TypeKind.ENUM) {
                spec.field(Field.enumeration(name, new EnumValue(0, "OFF"), new EnumValue(1, "ON")));
            } else {
                spec.field(Field.of(name, kind));
            }
        }
        return spec.build();
    }

    /** Stores rows of few values in three calls, so that ingestion times and runs differ and values meet. */
    private Dataset filled(Catalog catalog, DatasetSpec spec, int rows) {
        Dataset dataset = catalog.createDataset(spec);
        RandomContent content = new RandomContent(new SplittableRandom(7));
        for (String name : List.of("a", "b", "a")) {
            List<Datapoint> batch = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                Datapoint.Builder row = Datapoint.at(content.time());
                for (Field field : dataset.schema().fields()) {
                    if (!content.oneIn(3)) {
                        row.set(field.name(), content.value(field.kind()));
                    }
                }
                batch.add(row.build());
            }
            clock.advance(Duration.ofSeconds(1));
            ingest(catalog, dataset.getOrCreateCollection(name), batch);
        }
        return dataset;
    }

    private static List<DatapointId> expected(List<Dataset> datasets, Query query) {
        PlainOrder order = new PlainOrder(query);
        List<PlainOrder.Place> places = new ArrayList<>();
        for (Dataset dataset : datasets) {
            rows(dataset, Query.allTime()).forEach(row -> places.add(order.of(row, dataset.schema())));
        }
        places.sort(order);
        return places.stream().map(PlainOrder.Place::id).toList();
    }

    private static List<DatapointId> paged(Catalog catalog, Query query, QueryScope scope, long size) {
        List<DatapointId> ids = new ArrayList<>();
        Query next = query.toBuilder().limit(size).build();
        while (true) {
            Page page = page(catalog.query(next, scope));
            ids.addAll(page.ids());
            assertTrue(page.ids().size() == size || page.next() == null);
            if (page.next() == null) {
                return ids;
            }
            next = next.toBuilder()
                    .after(PageToken.parse(page.next().toString()))
                    .build();
        }
    }

    @Test
    void everyTypeIsSortedInBothDirections() {
        Catalog catalog = open();
        Dataset dataset = filled(catalog, everyType("a.types"), 60);
        List<Dataset> all = List.of(dataset);
        for (String name : SCALARS) {
            for (SortOrder direction : SortOrder.values()) {
                for (SortOrder ids : SortOrder.values()) {
                    Query query = Query.allTime()
                            .sort(new SortKey(name, direction))
                            .order(ids)
                            .build();
                    assertEquals(
                            expected(all, query),
                            ids(dataset.query(query).toList()),
                            name + " " + direction + " " + ids);
                }
            }
        }
    }

    @Test
    void unsetComesLastInBothDirections() {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        List<Datapoint> rows = new ArrayList<>(numbered("2020-01-01T00:00:00Z", 3));
        rows.add(1, Datapoint.at(Instant.parse("2020-01-01T00:00:00.5Z")).build());
        ingest(catalog, things, rows);
        assertEquals(
                List.of("0", "1", "2", "null"),
                texts(rows(things, Query.allTime().sort(SortKey.ascending("number"))), "number"));
        assertEquals(
                List.of("2", "1", "0", "null"),
                texts(rows(things, Query.allTime().sort(SortKey.descending("number"))), "number"));
    }

    @Test
    void pagesOfEverySizeAreOneAnswer() {
        Catalog catalog = open();
        Dataset dataset = filled(catalog, everyType("a.types"), 25);
        List<Dataset> all = List.of(dataset);
        List<List<SortKey>> sorts = List.of(
                List.of(SortKey.descending("float64_1")),
                List.of(SortKey.ascending("string_1"), SortKey.descending("int64_1")),
                List.of(SortKey.descending("bool_1"), SortKey.ascending("enum_1"), SortKey.descending("bytes_1")),
                List.of(SortKey.descending("uint64_1"), SortKey.ascending("time")),
                List.of(SortKey.descending("time"), SortKey.ascending("uuid_1")),
                List.of(SortKey.ascending("time"), SortKey.descending("timestamp_1")),
                List.of(SortKey.descending("id")),
                List.of(SortKey.ascending("id"), SortKey.ascending("bool_1")),
                List.of(SortKey.descending("ingestion_time"), SortKey.ascending("duration_1")));
        QueryScope scope = QueryScope.datasets("a.types");
        for (List<SortKey> sort : sorts) {
            for (SortOrder ids : SortOrder.values()) {
                Query query = Query.allTime().sort(sort).order(ids).skipData().build();
                List<DatapointId> expected = expected(all, query);
                for (int size = 1; size <= expected.size() + 1; size = size < 8 ? size + 1 : size * 2) {
                    assertEquals(expected, paged(catalog, query, scope, size), sort + " " + ids + " " + size);
                }
                assertEquals(expected, paged(catalog, query, scope, expected.size()));
            }
        }
    }

    @Test
    void datasetsOfDifferentSchemasAreSortedTogether() {
        Catalog catalog = open();
        filled(
                catalog,
                DatasetSpec.temporal("a.integers").field(Field.int64("mixed")).build(),
                10);
        filled(
                catalog,
                DatasetSpec.temporal("a.unsigned").field(Field.uint64("mixed")).build(),
                10);
        filled(
                catalog,
                DatasetSpec.temporal("a.floats").field(Field.float64("mixed")).build(),
                10);
        filled(
                catalog,
                DatasetSpec.temporal("a.small")
                        .field(Field.of("mixed", TypeKind.FLOAT32))
                        .build(),
                10);
        filled(
                catalog,
                DatasetSpec.temporal("b.text").field(Field.string("mixed")).build(),
                10);
        filled(
                catalog,
                DatasetSpec.temporal("b.truth").field(Field.bool("mixed")).build(),
                10);
        filled(
                catalog,
                DatasetSpec.temporal("b.bytes")
                        .field(Field.of("mixed", TypeKind.BYTES))
                        .build(),
                10);
        filled(
                catalog,
                DatasetSpec.temporal("c.other").field(Field.string("other")).build(),
                10);
        Dataset arrays = catalog.createDataset(DatasetSpec.temporal("c.arrays")
                .field(Field.int64("mixed").array())
                .build());
        ingest(
                catalog,
                arrays.createCollection("x"),
                Datapoint.at("2020-01-01").set("mixed", List.of(-1, 1)).build());
        List<Dataset> all = catalog.datasets();
        for (SortOrder direction : SortOrder.values()) {
            Query query = Query.allTime().sort(new SortKey("mixed", direction)).build();
            List<DatapointId> expected = expected(all, query);
            for (int size : new int[] {1, 7, 100, 1_000}) {
                assertEquals(expected, paged(catalog, query, QueryScope.all(), size), direction + " " + size);
            }
        }
    }

    @Test
    void filtersSelectionAndIntervalHoldInASortedAnswer() {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        List<Datapoint> rows = numbered("2020-01-01T00:00:00Z", 2_000);
        ingest(catalog, things, rows.subList(1_000, 2_000));
        ingest(catalog, things, rows.subList(0, 1_000));
        Query.Builder query = Query.during(TimeInterval.parse("2020-01-01T00:10:00Z/2020-01-01T00:20:00Z"))
                .where(field("number").lessThan(1_000))
                .sort(SortKey.descending("number"));
        List<Datapoint> found = rows(things, query.limit(3).select("number"));
        assertEquals(List.of("999", "998", "997"), texts(found, "number"));
        assertTrue(rows(things, query.limit(3).skipData()).get(0).values().isEmpty());
        assertEquals(400, things.count(query.build()));
        assertEquals(
                400, things.count(query.after(found.get(2).id().orElseThrow()).build()), "a token does not count");
    }

    @Test
    void aFieldMayBeNamedAsInItsSource() {
        Catalog catalog = open();
        Collection things = things(
                catalog,
                DatasetSpec.temporal("a.items")
                        .field(Field.float64("eo_cloud_cover").from("/properties/eo:cloud_cover"))
                        .build());
        for (double cover : new double[] {3, 1, 2}) {
            ingest(
                    catalog,
                    things,
                    Datapoint.at("2020-01-01").set("eo_cloud_cover", cover).build());
        }
        List<Datapoint> rows = rows(things, Query.allTime().sort(SortKey.ascending("eo:cloud_cover")));
        assertEquals(List.of("1.0", "2.0", "3.0"), texts(rows, "eo_cloud_cover"));
    }

    @Test
    void rowsThatComeBetweenPagesAreSeenWhereTheyBelong() {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        List<Datapoint> rows = numbered("2020-01-01T00:00:00Z", 10);
        for (int i = 0; i < 10; i += 2) {
            ingest(catalog, things, rows.get(i));
        }
        Query query =
                Query.allTime().sort(SortKey.descending("number")).limit(2).build();
        try (QueryResult first = things.query(query)) {
            first.forEach(row -> {});
            ingest(catalog, things, rows.get(9), rows.get(5), rows.get(1));
            Query second = query.toBuilder()
                    .after(first.nextToken().orElseThrow())
                    .limit(10)
                    .build();
            assertEquals(
                    List.of("5", "4", "2", "1", "0"), texts(things.query(second).toList(), "number"));
        }
    }

    @Test
    void aTokenNeedNotBeARow() {
        Catalog catalog = open();
        Collection things = things(catalog, numbers("a.numbers"));
        ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 10));
        DatapointId lowest = new DatapointId(Long.MIN_VALUE, 0);
        Query.Builder sorted = Query.allTime().sort(SortKey.ascending("number"));
        assertEquals(5, rows(things, sorted.after(PageToken.of(lowest, 4.5))).size());
        assertEquals(6, rows(things, sorted.after(PageToken.of(lowest, 4))).size());
        assertEquals(0, rows(things, sorted.after(PageToken.of(lowest, "text"))).size());
        assertEquals(
                0,
                rows(things, sorted.after(PageToken.of(lowest, (Object) null))).size());
        Query.Builder byTime = Query.allTime().sort(SortKey.descending("time"));
        Instant fifth = Instant.parse("2020-01-01T00:00:05Z");
        assertEquals(6, rows(things, byTime.after(PageToken.of(lowest, fifth))).size());
        assertEquals(
                10,
                rows(things, byTime.after(PageToken.of(lowest, Instant.MAX))).size());
        assertEquals(
                0, rows(things, byTime.after(PageToken.of(lowest, Instant.MIN))).size());
        assertEquals(
                10,
                rows(things, byTime.after(PageToken.of(lowest, Bytes.ofHex("00"))))
                        .size());
        assertEquals(0, rows(things, byTime.after(PageToken.of(lowest, 1))).size());
        Query.Builder forwards = Query.allTime().sort(SortKey.ascending("time"));
        assertEquals(
                0,
                rows(things, forwards.after(PageToken.of(lowest, Instant.MAX))).size());
        assertEquals(
                10,
                rows(things, forwards.after(PageToken.of(lowest, Instant.MIN))).size());
    }

    @Test
    void whatCannotBeSortedByIsRefused() {
        Catalog catalog = open("sortFieldsMax", 2);
        Collection things = things(
                catalog,
                DatasetSpec.spatioTemporal("a.places")
                        .field(Field.int64("numbers").array())
                        .field(Field.int64("number"))
                        .build());
        for (String name : List.of("numbers", "geometry")) {
            assertFails(
                    InvalidRequestException.class,
                    "query: sort: field \"" + name + "\": has no order (expected no array, geometry or json)",
                    () -> rows(things, Query.allTime().sort(SortKey.ascending(name))));
        }
        assertFails(
                InvalidRequestException.class,
                "query: sort: field \"nothing\": no dataset in scope has it",
                () -> rows(catalog, Query.allTime().sort(SortKey.ascending("nothing"))));
        SortKey key = SortKey.ascending("number");
        assertEquals(0, rows(things, Query.allTime().sort(key, key)).size());
        assertFails(
                LimitExceededException.class,
                "query: sort: 3 (at most 2)",
                () -> rows(things, Query.allTime().sort(key, key, key)));
        DatapointId id = new DatapointId(1, 2);
        assertFails(
                InvalidRequestException.class,
                "query: page token: only an id (expected 1, one for each field that the query sorts by)",
                () -> rows(things, Query.allTime().sort(key).after(id)));
        assertFails(
                InvalidRequestException.class,
                "query: page token: 1 sort values (expected 0, one for each field that the query sorts by)",
                () -> rows(things, Query.allTime().after(PageToken.of(id, 3))));
    }

    @Test
    void pagesCanBeReadBackwards() {
        Catalog catalog = open();
        Dataset dataset = filled(catalog, everyType("a.things"), 40);
        List<List<SortKey>> orders = List.of(
                List.of(),
                List.of(SortKey.ascending("int32_1")),
                List.of(SortKey.descending("string_1"), SortKey.ascending("bool_1")),
                List.of(SortKey.descending("time")),
                List.of(SortKey.ascending("id")));
        for (List<SortKey> keys : orders) {
            for (SortOrder order : SortOrder.values()) {
                Query.Builder query = Query.allTime().sort(keys).order(order);
                List<DatapointId> forward = ids(rows(dataset, query));
                List<DatapointId> backward = new ArrayList<>(
                        ids(rows(dataset, query.build().toBuilder().reversed())));
                Collections.reverse(backward);
                assertEquals(forward, backward, () -> keys + " " + order);
                assertEquals(
                        forward,
                        ids(rows(dataset, query.build().toBuilder().reversed().reversed())));
                assertPagesBack(dataset, query, forward);
            }
        }
    }

    private static void assertPagesBack(Dataset dataset, Query.Builder query, List<DatapointId> forward) {
        int at = 50;
        try (QueryResult first = dataset.query(query.limit(at).build())) {
            assertEquals(forward.subList(0, at), ids(first.toList()));
            PageToken token = first.nextToken().orElseThrow(); // that of the last row of the page
            Query.Builder back =
                    query.build().toBuilder().reversed().after(token).limit(20);
            try (QueryResult before = dataset.query(back.build())) {
                List<DatapointId> found = new ArrayList<>(ids(before.toList()));
                Collections.reverse(found);
                assertEquals(forward.subList(at - 21, at - 1), found);
                back.after(before.nextToken().orElseThrow());
            }
            List<DatapointId> rest = new ArrayList<>(ids(rows(dataset, back.limit(1_000))));
            Collections.reverse(rest);
            assertEquals(forward.subList(0, at - 21), rest);
        }
    }
}
