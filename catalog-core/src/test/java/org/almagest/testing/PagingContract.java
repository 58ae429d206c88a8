package org.almagest.testing;

import static org.almagest.query.FieldOperand.field;
import static org.almagest.testing.Fixtures.numbered;
import static org.almagest.testing.Fixtures.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestOptions;
import org.almagest.model.TimeInterval;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.SortOrder;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pages of every size are the same answer, once each, in order. */
public abstract class PagingContract extends ContractSupport {
    /** Creates the suite. */
    protected PagingContract() {}

    /** Asks a query page by page until there is no more, or {@code rowsMax} rows were read. */
    private static List<DatapointId> paged(Dataset dataset, Query query, long pageRows, long rowsMax) {
        List<DatapointId> ids = new ArrayList<>();
        @Nullable PageToken token = query.pageToken().orElse(null);
        do {
            Query.Builder next = query.toBuilder().limit(pageRows);
            Page page = page(dataset.query((token == null ? next : next.after(token)).build()));
            ids.addAll(page.ids());
            assertTrue(page.ids().size() <= pageRows);
            assertTrue(page.next() == null || page.ids().size() == pageRows);
            token = page.next();
        } while (token != null && ids.size() < rowsMax);
        return ids;
    }

    private static List<DatapointId> paged(Dataset dataset, Query query, long pageRows) {
        return paged(dataset, query, pageRows, Long.MAX_VALUE);
    }

    private static Map<String, Integer> landsatCounts() {
        Map<String, Integer> counts = new TreeMap<>();
        counts.put("L1GT", 19_624);
        counts.put("L1T", 1_281);
        counts.put("L1TP", 65_313);
        counts.put("L2SP", 25_375);
        return counts;
    }

    private static Datapoint scene(String collection, int number) {
        Instant start = Instant.parse("2020-01-01T00:00:00Z");
        return Datapoint.at(start.plusMillis(number * 7_919L % 65_313 * 480_000L))
                .set("name", collection + "-" + number)
                .build();
    }

    @Test
    @Tag("slow")
    void at37EveryPageSizeGivesTheSameRows() throws InterruptedException {
        Catalog catalog = open();
        Dataset dataset = catalog.createDataset(DatasetSpec.temporal("usgs.landsat8")
                .field(Field.string("name"))
                .build());
        List<Thread> loads = new ArrayList<>();
        landsatCounts().forEach((name, count) -> {
            Collection collection = dataset.createCollection(name);
            Thread load = new Thread(() -> load(collection, count));
            loads.add(load);
            load.start();
        });
        for (Thread load : loads) {
            load.join();
        }
        store().settle(catalog);
        landsatCounts()
                .forEach((name, count) -> assertEquals(
                        count.longValue(), dataset.collection(name).info().count()));
        Query query = Query.during(TimeInterval.parse("2020-01-01/2021-01-01")).build();
        List<DatapointId> all =
                ids(dataset.query(query.toBuilder().skipData().build()).toList());
        assertEquals(111_593, all.size());
        assertEquals(111_593, dataset.count(query));
        assertDistinct(all);
        List<DatapointId> sorted = new ArrayList<>(all);
        Collections.sort(sorted);
        assertEquals(sorted, all);
        Query skipData = query.toBuilder().skipData().build();
        assertEquals(all.subList(0, 2_000), paged(dataset, skipData, 1, 2_000));
        for (int size : new int[] {2, 3, 7, 100, 999, 1_000, 8_191, 8_192, 10_000}) {
            assertTrue(all.equals(paged(dataset, skipData, size)), "pages of " + size + " rows");
        }
    }

    private static void load(Collection collection, int count) {
        List<Datapoint> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(scene(collection.name(), i));
        }
        AtomicLong progress = new AtomicLong();
        collection.ingestAll(rows.iterator(), IngestOptions.DEFAULT, result -> {
            assertTrue(result.created() > 0);
            progress.addAndGet(result.created());
        });
        assertEquals(count, progress.get());
    }

    @Test
    void pagesGoOnInBothDirections() {
        Catalog catalog = open();
        Dataset dataset = catalog.createDataset(numbers("a.numbers"));
        ingest(catalog, dataset.createCollection("x"), numbered("1969-12-31T23:59:30Z", 60));
        ingest(catalog, dataset.createCollection("y"), numbered("1969-12-31T23:59:40Z", 60));
        Query ascending = Query.allTime().build();
        Query descending = Query.allTime().order(SortOrder.DESCENDING).build();
        List<DatapointId> all = ids(dataset.query(ascending).toList());
        List<DatapointId> reversed = new ArrayList<>(all);
        Collections.reverse(reversed);
        assertEquals(120, all.size());
        assertEquals(reversed, ids(dataset.query(descending).toList()));
        for (int size = 1; size <= 121; size++) {
            assertEquals(all, paged(dataset, ascending, size), "pages of " + size);
            assertEquals(reversed, paged(dataset, descending, size), "descending pages of " + size);
        }
    }

    @Test
    void pagesOfAFilteredQueryAreFullUntilTheLast() {
        Catalog catalog = open();
        Dataset dataset = catalog.createDataset(numbers("a.numbers"));
        ingest(catalog, dataset.createCollection("x"), numbered("2020-01-01T00:00:00Z", 3_000));
        Query.Builder rare = Query.during(TimeInterval.parse("2020-01-01T00:00:10/2020-01-01T00:40:00"))
                .where(field("number").between(100, 2_999).and(field("number").notEqualTo(101)));
        for (SortOrder order : SortOrder.values()) {
            Query query = rare.order(order).build();
            List<DatapointId> all = ids(dataset.query(query).toList());
            assertEquals(2_299, all.size());
            for (int size : new int[] {1_000, 2_298, 2_299, 2_300}) {
                assertEquals(all, paged(dataset, query, size));
            }
        }
    }

    @Test
    void aTokenNeedNotBeARow() {
        Catalog catalog = open();
        Dataset dataset = catalog.createDataset(numbers("a.numbers"));
        Collection things = dataset.createCollection("x");
        List<DatapointId> ids =
                ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 10)).ids();
        long time = ids.get(4).timeMillis();
        Query.Builder up = Query.allTime();
        Query.Builder down = Query.allTime().order(SortOrder.DESCENDING);
        assertEquals(ids.subList(4, 10), ids(rows(things, up.after(DatapointId.lowest(time)))));
        assertEquals(ids.subList(5, 10), ids(rows(things, up.after(DatapointId.highest(time)))));
        assertEquals(ids.subList(5, 10), ids(rows(things, up.after(ids.get(4)))));
        assertEquals(4, rows(things, down.after(DatapointId.lowest(time))).size());
        assertEquals(5, rows(things, down.after(DatapointId.highest(time))).size());
        assertEquals(
                List.of(ids.get(3), ids.get(2)),
                ids(rows(things, down.after(ids.get(4)).limit(2))));
        assertEquals(ids, ids(rows(things, up.after(new DatapointId(Long.MIN_VALUE, 0)))));
        assertEquals(List.of(), rows(things, up.after(new DatapointId(Long.MAX_VALUE, -1))));
        assertEquals(List.of(), rows(things, up.after(ids.get(9))));
        assertEquals(
                ids.get(4),
                PageToken.parse(new PageToken(ids.get(4)).toString()).after());
    }

    @Test
    void aLimitOfZeroIsAnEmptyPage() {
        Catalog catalog = open();
        Dataset dataset = catalog.createDataset(numbers("a.numbers"));
        ingest(catalog, dataset.createCollection("x"), numbered("2020-01-01T00:00:00Z", 10));
        Page page = page(dataset.query(Query.allTime().limit(0).build()));
        assertEquals(new Page(List.of(), null), page);
    }

    @Test
    void theLastPageHasNoToken() {
        Catalog catalog = open();
        Dataset dataset = catalog.createDataset(numbers("a.numbers"));
        List<DatapointId> ids = ingest(catalog, dataset.createCollection("x"), numbered("2020-01-01T00:00:00Z", 10))
                .ids();
        assertEquals(new Page(ids, null), page(dataset.query(Query.allTime().build())));
        assertEquals(
                new Page(ids, null),
                page(dataset.query(Query.allTime().limit(11).build())));
        assertEquals(
                new Page(ids, null),
                page(dataset.query(Query.allTime().limit(10).build())));
        assertEquals(
                new Page(ids.subList(0, 9), new PageToken(ids.get(8))),
                page(dataset.query(Query.allTime().limit(9).build())));
    }

    @Test
    void rowsThatComeBetweenPagesAreSeenWhereTheyBelong() {
        Catalog catalog = open();
        Dataset dataset = catalog.createDataset(numbers("a.numbers"));
        Collection things = dataset.createCollection("x");
        List<Datapoint> rows = numbered("2020-01-01T00:00:00Z", 20);
        ingest(catalog, things, rows.subList(0, 10));
        Page first = page(dataset.query(Query.allTime().limit(6).build()));
        Datapoint before = rows.get(0).toBuilder()
                .time(rows.get(0).time().minus(Duration.ofDays(1)))
                .build();
        ingest(catalog, things, before, rows.get(15));
        Page second = page(
                dataset.query(Query.allTime().limit(6).after(first.ids().get(5)).build()));
        assertEquals(ids(all(things)).subList(7, 12), second.ids());
        assertEquals(null, second.next());
    }
}
