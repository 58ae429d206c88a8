package org.almagest.testing;

import static org.almagest.query.FieldOperand.field;
import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Failures.assertFailsAt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.TimeInterval;
import org.almagest.model.Uint64;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.SortKey;
import org.almagest.query.SortOrder;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sorting by fields: numbers together, text by code point, unset last both ways, then by id. */
public abstract class SortContract extends ContractSupport {
    private static final SortKey NAME_UP = SortKey.ascending("name");
    private static final SortKey NUMBER_DOWN = SortKey.descending("number");

    /** Creates the suite. */
    protected SortContract() {}

    @BeforeEach
    final void needsSort() {
        needs(Capability.SORT);
    }

    private static DatasetSpec named(String slug, Field number) {
        return DatasetSpec.temporal(slug)
                .field(Field.string("name").queryable())
                .field(number)
                .field(Field.json("notes"))
                .build();
    }

    private static Datapoint row(int second, @Nullable Object name, @Nullable Object number) {
        return Datapoint.at(Instant.parse("2020-01-01T00:00:00Z").plusSeconds(second))
                .set("name", name)
                .set("number", number)
                .build();
    }

    private static List<Datapoint> mixed(int count) {
        SplittableRandom random = new SplittableRandom(11);
        List<Datapoint> rows = new ArrayList<>();
        List<String> names = List.of("", "Z", "a", "\u00e9", "\uFFFD", "\uD83D\uDE80");
        for (int i = 0; i < count; i++) {
            rows.add(row(
                    i / 2,
                    random.nextInt(5) == 0 ? null : names.get(random.nextInt(names.size())),
                    random.nextInt(5) == 0 ? null : (Object) random.nextInt(7)));
        }
        return rows;
    }

    private static List<DatapointId> paged(Catalog catalog, Query query, int pageRows) {
        List<DatapointId> ids = new ArrayList<>();
        @Nullable PageToken token = null;
        do {
            Query.Builder next = query.toBuilder().limit(pageRows);
            if (token != null) {
                next.after(PageToken.parse(token.toString()));
            }
            try (QueryResult answer = catalog.query(next.build())) {
                answer.forEach(row -> ids.add(row.id().orElseThrow()));
                token = answer.nextToken().orElse(null);
            }
        } while (token != null);
        return ids;
    }

    @Test
    void textIsSortedByCodePointAndUnsetComesLastBothWays() {
        Catalog catalog = open();
        Collection things = things(catalog, named("a.names", Field.int64("number")));
        ingest(
                catalog,
                things,
                row(0, null, 0),
                row(1, "\uD83D\uDE80", 1),
                row(2, "a", 2),
                row(3, "", 3),
                row(4, "\uFFFD", 4),
                row(5, "Z", 5),
                row(6, "a", 6));
        assertEquals(
                List.of("3", "5", "2", "6", "4", "1", "0"),
                texts(rows(things, Query.allTime().sort(NAME_UP)), "number"));
        assertEquals(
                List.of("1", "4", "2", "6", "5", "3", "0"),
                texts(rows(things, Query.allTime().sort(SortKey.descending("name"))), "number"));
        assertEquals(
                List.of("3", "5", "6", "2", "4", "1", "0"),
                texts(rows(things, Query.allTime().sort(NAME_UP).order(SortOrder.DESCENDING)), "number"));
        assertEquals(
                List.of("3", "5", "6", "2", "4", "1", "0"),
                texts(rows(things, Query.allTime().sort(NAME_UP, NUMBER_DOWN)), "number"));
    }

    @Test
    void numbersOfAllTypesAreSortedTogether() {
        Catalog catalog = open();
        ingest(
                catalog,
                things(catalog, named("a.int32", Field.int32("number"))),
                row(0, "i32 0", 0),
                row(1, "i32 max", Integer.MAX_VALUE));
        ingest(
                catalog,
                things(catalog, named("a.int64", Field.int64("number"))),
                row(2, "i64 2^53+1", (1L << 53) + 1),
                row(3, "i64 min", Long.MIN_VALUE));
        ingest(
                catalog,
                things(catalog, named("a.uint64", Field.uint64("number"))),
                row(4, "u64 max", Uint64.ofBits(-1)),
                row(5, "u64 1", Uint64.ofBits(1)));
        ingest(
                catalog,
                things(catalog, named("a.float64", Field.float64("number"))),
                row(6, "f64 2^53", 0x1p53),
                row(7, "f64 nan", Double.NaN),
                row(8, "f64 -inf", Double.NEGATIVE_INFINITY),
                row(9, "f64 -0", -0.0));
        ingest(
                catalog,
                things(catalog, named("a.float32", Field.float32("number"))),
                row(10, "f32 0.5", 0.5f),
                row(11, "f32 inf", Float.POSITIVE_INFINITY));
        ingest(
                catalog,
                things(catalog, named("a.text", Field.string("number"))),
                row(12, "text", "0"),
                row(13, "unset", null));
        List<String> expected = List.of(
                "f64 -inf",
                "i64 min",
                "i32 0",
                "f64 -0",
                "f32 0.5",
                "u64 1",
                "i32 max",
                "f64 2^53",
                "i64 2^53+1",
                "u64 max",
                "f32 inf",
                "f64 nan",
                "text",
                "unset");
        Query.Builder up = Query.allTime().sort(SortKey.ascending("number"));
        assertEquals(expected, texts(rows(catalog, up), "name"));
        List<String> reversed = new ArrayList<>(expected.subList(0, 13));
        Collections.reverse(reversed);
        reversed.add("unset");
        assertEquals(
                reversed, texts(rows(catalog, Query.allTime().sort(NUMBER_DOWN).order(SortOrder.DESCENDING)), "name"));
        List<DatapointId> all = ids(rows(catalog, up));
        for (int size = 1; size <= 15; size++) {
            assertEquals(all, paged(catalog, up.build(), size));
        }
    }

    @Test
    void pagesOfEverySizeAreTheSameOrder() {
        Catalog catalog = open();
        Collection things = things(catalog, named("a.names", Field.int64("number")));
        Collection others = things.dataset().createCollection("others");
        List<Datapoint> rows = mixed(160);
        ingest(catalog, things, rows.subList(0, 60));
        ingest(catalog, others, rows.subList(40, 120));
        things.ingest(rows.subList(120, 160));
        List<List<SortKey>> sorts = List.of(
                List.of(NAME_UP),
                List.of(NUMBER_DOWN, NAME_UP),
                List.of(SortKey.descending("time")),
                List.of(SortKey.ascending("ingestion_time"), NUMBER_DOWN),
                List.of(SortKey.descending("id")));
        for (List<SortKey> sort : sorts) {
            for (SortOrder order : SortOrder.values()) {
                Query query = Query.during(TimeInterval.parse("2020-01-01T00:00:05/2020-01-01T00:01:10"))
                        .where(field("number").notEqualTo(3))
                        .sort(sort)
                        .order(order)
                        .build();
                List<DatapointId> all = ids(catalog.query(query).toList());
                assertDistinct(all);
                assertEquals(catalog.count(query), all.size());
                for (int size : new int[] {1, 7, 50, all.size() - 1, all.size(), all.size() + 1}) {
                    assertEquals(all, paged(catalog, query, size), () -> sort + " in pages of " + size);
                }
            }
        }
        assertEquals(
                ids(rows(catalog, Query.allTime().order(SortOrder.DESCENDING))),
                ids(rows(catalog, Query.allTime().sort(SortKey.descending("id")))));
    }

    @Test
    void aFieldNeedNotBeSelectedToBeSortedBy() {
        Catalog catalog = open();
        Collection things = things(catalog, named("a.names", Field.int64("number")));
        ingest(catalog, things, mixed(60));
        List<Datapoint> whole = rows(things, Query.allTime().sort(NAME_UP, NUMBER_DOWN));
        List<Datapoint> bare =
                rows(things, Query.allTime().sort(NAME_UP, NUMBER_DOWN).skipData());
        assertEquals(ids(whole), ids(bare));
        assertTrue(bare.stream().allMatch(row -> row.values().isEmpty()));
        assertEquals(
                ids(whole).subList(0, 10),
                ids(rows(
                        things,
                        Query.allTime()
                                .sort(NAME_UP, NUMBER_DOWN)
                                .select("number")
                                .limit(10))));
    }

    @Test
    void pagesGoOnAfterARowThatIsGone() {
        needs(Capability.DELETE);
        Catalog catalog = open();
        Collection things = things(catalog, named("a.names", Field.int64("number")));
        ingest(catalog, things, mixed(60));
        Query.Builder sorted = Query.allTime().sort(NAME_UP, NUMBER_DOWN);
        List<DatapointId> all = ids(rows(things, sorted));
        Page first = page(things.query(sorted.limit(20).build()));
        things.delete(all.subList(15, 25));
        store().settle(catalog);
        PageToken token = Objects.requireNonNull(first.next());
        assertEquals(
                all.subList(25, all.size()), ids(rows(things, sorted.limit(100).after(token))));
    }

    @Test
    void refusesWhatHasNoOrder() {
        Catalog catalog = open("sortFieldsMax", 2);
        Collection things = things(catalog, named("a.names", Field.int64("number")));
        ingest(catalog, things, mixed(5));
        assertFails(
                InvalidRequestException.class,
                "query: sort: field \"absent\": no dataset in scope has it",
                () -> rows(things, Query.allTime().sort(SortKey.ascending("absent"))));
        assertFails(
                InvalidRequestException.class,
                "query: sort: field \"notes\": has no order (expected no array, geometry or json)",
                () -> rows(things, Query.allTime().sort(SortKey.ascending("notes"))));
        assertFailsAt(
                LimitExceededException.class,
                "query: sort: ",
                () -> rows(things, Query.allTime().sort(NAME_UP, NUMBER_DOWN, NAME_UP)));
        assertEquals(5, rows(things, Query.allTime().sort(NAME_UP, NUMBER_DOWN)).size());
        assertFails(
                InvalidRequestException.class,
                "query: page token: only an id (expected 1, one for each field that the query sorts by)",
                () -> rows(things, Query.allTime().sort(NAME_UP).after(DatapointId.lowest(0))));
        assertThrows(
                InvalidRequestException.class,
                () -> rows(
                        things,
                        Query.allTime().after(new PageToken(DatapointId.lowest(0), List.of(Optional.of("a"))))));
    }

    @Test
    void theOrderLasts() {
        Catalog catalog = open();
        Collection things = things(catalog, named("a.names", Field.int64("number")));
        things.ingest(mixed(200));
        Query.Builder query = Query.allTime().sort(NUMBER_DOWN, NAME_UP);
        List<Datapoint> sorted = rows(things, query);
        clock.advance(Duration.ofHours(1));
        Catalog again = assertLasts(catalog, things, all(things));
        assertEquals(sorted, rows(again, query));
    }
}
