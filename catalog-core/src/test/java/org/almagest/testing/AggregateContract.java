package org.almagest.testing;

import static org.almagest.query.FieldOperand.field;
import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Fixtures.point;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.aggregate.Bucket;
import org.almagest.aggregate.CalendarUnit;
import org.almagest.error.CatalogException;
import org.almagest.error.ConflictException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.NotFoundException;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.EnumValue;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.model.OnInvalid;
import org.almagest.model.TimeInterval;
import org.almagest.model.Uint64;
import org.almagest.query.Query;
import org.almagest.query.QueryScope;
import org.almagest.query.SortKey;
import org.almagest.query.SortOrder;
import org.almagest.query.TimeMatch;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.EnumType;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts, ranges, grids and distinct values: exact, whatever has been stored, deleted and flushed. */
public abstract class AggregateContract extends ContractSupport {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Query ALL = Query.allTime().build();

    private static final List<String> SLUGS = List.of("a.one", "a.two");

    /** Creates the suite. */
    protected AggregateContract() {}

    @BeforeEach
    final void needsAggregation() {
        needs(Capability.AGGREGATION);
    }

    static Aggregate one(Collection collection, Query query, Aggregation wanted) {
        return collection.aggregate(query, List.of(wanted)).get(0);
    }

    /** Returns buckets as {@code key count}. */
    static List<String> texts(Aggregate answer) {
        return ((Aggregate.Buckets) answer)
                .buckets().stream()
                        .map(bucket -> bucket.key() + " " + bucket.count())
                        .toList();
    }

    static long sum(Aggregate answer) {
        return ((Aggregate.Buckets) answer)
                .buckets().stream().mapToLong(Bucket::count).sum();
    }

    private static DatasetSpec values() {
        return DatasetSpec.temporal("a.values")
                .field(Field.string("name").queryable())
                .field(Field.int64("number").queryable())
                .field(Field.float64("share"))
                .field(Field.of("mode", new EnumType(List.of(new EnumValue(0, "OFF"), new EnumValue(1, "ON")))))
                .field(Field.json("notes"))
                .field(Field.string("tags").array())
                .build();
    }

    private static Datapoint value(String time, @Nullable Object name, @Nullable Object number) {
        return Datapoint.at(time).set("name", name).set("number", number).build();
    }

    @Test
    void answersComeInTheOrderOfTheAggregations() {
        Catalog catalog = open();
        Collection things = things(catalog, values());
        ingest(
                catalog,
                things,
                value("2020-01-01", "b", 3),
                value("2020-01-02", "a", null),
                value("2020-01-02T01:00", "b", -7));
        List<Aggregate> answers = things.aggregate(
                ALL,
                List.of(
                        Aggregation.distinct("name"),
                        Aggregation.count(),
                        Aggregation.range("number"),
                        Aggregation.count()));
        assertEquals(
                List.of(
                        new Aggregate.Buckets(List.of(new Bucket("b", "b", 2), new Bucket("a", "a", 1))),
                        new Aggregate.Total(3),
                        Aggregate.Extremes.of(-7L, 3L),
                        new Aggregate.Total(3)),
                answers);
        assertEquals(List.of(), things.aggregate(ALL, List.of()));
    }

    @Test
    void whereNothingMatchesThereIsNothing() {
        Catalog catalog = open();
        Collection things = things(catalog, values());
        List<Aggregation> wanted = List.of(
                Aggregation.count(),
                Aggregation.range("time"),
                Aggregation.range("number"),
                Aggregation.histogram(CalendarUnit.DAY, UTC),
                Aggregation.distinct("name"));
        Aggregate.Extremes none = Aggregate.Extremes.none();
        Aggregate.Buckets empty = new Aggregate.Buckets(List.of());
        List<Aggregate> expected = List.of(new Aggregate.Total(0), none, none, empty, empty);
        assertEquals(expected, things.aggregate(ALL, wanted));
        ingest(catalog, things, value("2020-01-01", "b", 3));
        assertEquals(
                expected,
                things.aggregate(Query.at(Instant.parse("2020-01-02T00:00:00Z")).build(), wanted));
        Query nobody = Query.allTime().where(field("number").greaterThan(3)).build();
        assertEquals(expected, things.aggregate(nobody, wanted));
    }

    @Test
    void pageAndOrderOfAQueryDoNotMatter() {
        Catalog catalog = open();
        Collection things = things(catalog, values());
        ingest(catalog, things, value("2020-01-01", "b", 3), value("2020-01-02", "a", 4), value("2020-01-03", "c", 5));
        DatapointId second = ids(all(things)).get(1);
        List<Aggregation> wanted = List.of(Aggregation.count(), Aggregation.range("number"));
        List<Aggregate> expected = things.aggregate(ALL, wanted);
        for (Query.Builder query : List.of(
                Query.allTime().limit(1),
                Query.allTime().limit(0),
                Query.allTime().after(second),
                Query.allTime().skipData(),
                Query.allTime().order(SortOrder.DESCENDING).after(second))) {
            assertEquals(expected, things.aggregate(query.build(), wanted));
        }
        if (can(Capability.SORT)) {
            Query sorted =
                    Query.allTime().sort(SortKey.descending("name")).limit(1).build();
            assertEquals(expected, things.aggregate(sorted, wanted));
        }
    }

    @Test
    void extremesAreOfTheOrderOfSorting() {
        Catalog catalog = open();
        Collection things = things(catalog, values());
        ingest(
                catalog,
                things,
                Datapoint.at("2020-01-01")
                        .set("name", "\uD83D\uDE80")
                        .set("share", Double.NaN)
                        .set("mode", "ON")
                        .build(),
                Datapoint.at("2020-01-02")
                        .set("name", "\uFFFD")
                        .set("share", -0.0)
                        .build(),
                Datapoint.at("2020-01-03")
                        .set("name", "")
                        .set("share", Double.POSITIVE_INFINITY)
                        .set("mode", "OFF")
                        .build());
        Instant stored = all(things).get(0).ingestionTime().orElseThrow();
        assertEquals(
                List.of(
                        extremes("", "\uD83D\uDE80"),
                        extremes(0.0, Double.NaN),
                        extremes("OFF", "ON"),
                        extremes(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2020-01-03T00:00:00Z")),
                        extremes(stored, stored),
                        extremes(ids(all(things)).get(0), ids(all(things)).get(2))),
                things.aggregate(
                        ALL,
                        Stream.of("name", "share", "mode", "time", "ingestion_time", "id")
                                .map(Aggregation::range)
                                .toList()));
        Query late = Query.during(TimeInterval.parse("2020-01-02/..")).build();
        assertEquals(extremes(0.0, Double.POSITIVE_INFINITY), one(things, late, Aggregation.range("share")));
    }

    private static Aggregate extremes(Object min, Object max) {
        return Aggregate.Extremes.of(min, max);
    }

    @Test
    void distinctValuesComeByCountThenByValue() {
        Catalog catalog = open();
        Collection things = things(catalog, values());
        List<Datapoint> rows = new ArrayList<>();
        Object[] names = {"b", "a", null, "c", "c", "\uFFFD", "\uD83D\uDE80", ""};
        for (int i = 0; i < names.length; i++) {
            rows.add(value("2020-01-0" + (i + 1), names[i], i % 2));
        }
        ingest(catalog, things, rows);
        Instant stored = all(things).get(0).ingestionTime().orElseThrow();
        assertEquals(
                List.of("c 2", " 1", "a 1", "b 1", "\uFFFD 1", "\uD83D\uDE80 1"),
                texts(one(things, ALL, Aggregation.distinct("name"))));
        Query named = Query.allTime().where(field("name").isNull().not()).build();
        assertEquals(List.of("1 4", "0 3"), texts(one(things, named, Aggregation.distinct("number"))));
        assertEquals(
                8,
                ((Aggregate.Buckets) one(things, ALL, Aggregation.distinct("id")))
                        .buckets()
                        .size());
        assertEquals(List.of(stored + " 8"), texts(one(things, ALL, Aggregation.distinct("ingestion_time"))));
    }

    @Test
    void equalNumbersOfDifferentTypesAreOneValue() {
        Catalog catalog = open();
        Object[][] stored = {
            {Field.int32("number"), 1, 0, -3},
            {Field.int64("number"), 1L, (1L << 53) + 1, Long.MIN_VALUE},
            {Field.uint64("number"), Uint64.ofBits(1), Uint64.ofBits(Long.MIN_VALUE), Uint64.ofBits(-1)},
            {Field.float64("number"), 1.0, 0x1p63, -0.0, Double.NaN, 0x1p53, -0x1p63, 0x1p64, 0.5},
            {Field.float32("number"), 1f, 0.1f, Float.NaN, 0.5f},
            {Field.string("number"), "1"},
        };
        for (int i = 0; i < stored.length; i++) {
            Field field = (Field) stored[i][0];
            Collection things =
                    things(catalog, DatasetSpec.temporal("a.d" + i).field(field).build());
            List<Datapoint> rows = new ArrayList<>();
            for (int k = 1; k < stored[i].length; k++) {
                rows.add(Datapoint.at("2020-01-0" + k)
                        .set("number", stored[i][k])
                        .build());
            }
            ingest(catalog, things, rows);
        }
        List<Bucket> expected = List.of(
                new Bucket("1", 1L, 5),
                new Bucket("-9223372036854775808", Long.MIN_VALUE, 2),
                new Bucket("0", 0L, 2),
                new Bucket("0.5", 0.5, 2),
                new Bucket("9223372036854775808", Uint64.ofBits(Long.MIN_VALUE), 2),
                new Bucket("NaN", Double.NaN, 2),
                new Bucket("-3", -3L, 1),
                new Bucket("0.10000000149011612", (double) 0.1f, 1),
                new Bucket("9007199254740992", 0x1p53, 1),
                new Bucket("9007199254740993", (1L << 53) + 1, 1),
                new Bucket("18446744073709551615", Uint64.ofBits(-1), 1),
                new Bucket("18446744073709552000", 0x1p64, 1),
                new Bucket("1", "1", 1));
        assertEquals(
                List.of(new Aggregate.Buckets(expected), extremes(Long.MIN_VALUE, "1")),
                catalog.aggregate(ALL, List.of(Aggregation.distinct("number"), Aggregation.range("number"))));
        QueryScope floats = QueryScope.datasets("a.d3");
        assertEquals(
                extremes(-0x1p63, Double.NaN),
                catalog.aggregate(ALL, List.of(Aggregation.range("number")), floats)
                        .get(0));
    }

    @Test
    void aBucketTooManyIsRefusedAndNotCut() {
        Catalog catalog = open("bucketsMax", 3);
        Collection things = things(catalog, values());
        ingest(catalog, things, value("2020-01-01", "a", 1), value("2020-01-03T23:59:59.999", "b", 2));
        List<Aggregation> days = List.of(Aggregation.histogram(CalendarUnit.DAY, UTC));
        assertEquals(
                3,
                ((Aggregate.Buckets) things.aggregate(ALL, days).get(0))
                        .buckets()
                        .size());
        ingest(catalog, things, value("2020-01-04", "c", 3));
        assertFails(
                LimitExceededException.class,
                "aggregate: histogram by day in UTC: buckets: 4 (at most 3)",
                () -> things.aggregate(ALL, days));
        Query some = Query.allTime().where(field("number").notEqualTo(2)).build();
        assertFails(
                LimitExceededException.class,
                "aggregate: histogram by day in UTC: buckets: 4 (at most 3)",
                () -> things.aggregate(some, days));
        assertEquals(3, sum(one(things, ALL, Aggregation.distinct("name"))));
        ingest(catalog, things, value("2020-01-04", "d", 3));
        assertEquals(
                3,
                ((Aggregate.Buckets) one(things, ALL, Aggregation.distinct("number")))
                        .buckets()
                        .size());
        assertFails(
                LimitExceededException.class,
                "aggregate: distinct values of \"name\": buckets: 4 (at most 3)",
                () -> one(things, ALL, Aggregation.distinct("name")));
    }

    @Test
    void distinctValuesAreBoundedInBytes() {
        Catalog catalog = open("bucketBytesMax", 1_000);
        Collection things = things(catalog, values());
        ingest(catalog, things, value("2020-01-01", "a".repeat(468), 1));
        assertEquals(1, sum(one(things, ALL, Aggregation.distinct("name"))));
        ingest(catalog, things, value("2020-01-01", "b", 1));
        assertFails(
                LimitExceededException.class,
                "aggregate: distinct values of \"name\": bytes: 1066 (at most 1000)",
                () -> one(things, ALL, Aggregation.distinct("name")));
    }

    @Test
    void refusesWhatMakesNoSense() {
        Catalog catalog = open("aggregationsMax", 2);
        Collection things = things(catalog, values());
        assertRefused(things, Aggregation.range("absent"), "range: field \"absent\": no dataset in scope has it");
        assertRefused(things, Aggregation.distinct("absent"), "distinct: field \"absent\": no dataset in scope has it");
        String noOrder = ": has no order (expected no array, geometry or json)";
        assertRefused(things, Aggregation.range("notes"), "range: field \"notes\"" + noOrder);
        assertRefused(things, Aggregation.distinct("tags"), "distinct: field \"tags\"" + noOrder);
        assertRefused(things, Aggregation.range("geometry"), "range: field \"geometry\": no dataset in scope has it");
        assertRefused(things, Aggregation.geohashGrid(3), "geohash grid: no dataset in scope is spatio-temporal");
        Collection places = things(catalog, GeohashGridContract.places());
        assertRefused(places, Aggregation.range("geometry"), "range: field \"geometry\"" + noOrder);
        List<Aggregation> counts = List.of(Aggregation.count(), Aggregation.count());
        assertEquals(2, things.aggregate(ALL, counts).size());
        assertFails(
                LimitExceededException.class,
                "aggregate: aggregations: 3 (at most 2)",
                () -> things.aggregate(ALL, List.of(Aggregation.count(), Aggregation.count(), Aggregation.count())));
        assertFails(
                InvalidRequestException.class,
                "filter: field \"absent\": no dataset in scope has it",
                () -> things.aggregate(
                        Query.allTime().where(field("absent").equalTo(1)).build(), counts));
        for (int precision : new int[] {0, 13}) {
            assertFails(
                    InvalidRequestException.class,
                    "aggregate: geohash grid: precision: " + precision + " (expected 1 to 12)",
                    () -> Aggregation.geohashGrid(precision));
        }
    }

    private static void assertRefused(Collection things, Aggregation wanted, String message) {
        assertFails(InvalidRequestException.class, "aggregate: " + message, () -> one(things, ALL, wanted));
    }

    @Test
    void severalDatasetsAndCollectionsAreAskedTogether() {
        Catalog catalog = open();
        Dataset dataset = catalog.createDataset(values());
        for (String name : List.of("a", "b", "c")) {
            ingest(catalog, dataset.createCollection(name), value("2020-01-01", name, 1));
        }
        ingest(
                catalog,
                things(catalog, GeohashGridContract.places()),
                Datapoint.at("2020-01-03")
                        .geometry(point(1, 1))
                        .set("number", 2)
                        .build());
        List<Aggregation> wanted = List.of(
                Aggregation.count(), Aggregation.distinct("name"), Aggregation.histogram(CalendarUnit.DAY, UTC));
        List<Bucket> names = List.of(new Bucket("a", "a", 1), new Bucket("b", "b", 1), new Bucket("c", "c", 1));
        List<Aggregate> everything = catalog.aggregate(ALL, wanted);
        assertEquals(new Aggregate.Total(4), everything.get(0));
        assertEquals(new Aggregate.Buckets(names), everything.get(1));
        assertEquals(
                List.of("2020-01-01T00:00:00Z 3", "2020-01-02T00:00:00Z 0", "2020-01-03T00:00:00Z 1"),
                texts(everything.get(2)));
        assertEquals(new Aggregate.Total(3), dataset.aggregate(ALL, wanted).get(0));
        List<Aggregate> two = dataset.aggregate(ALL, wanted, List.of("c", "a", "c"));
        assertEquals(List.of("a 1", "c 1"), texts(two.get(1)));
        assertEquals(
                new Aggregate.Total(0),
                dataset.aggregate(ALL, wanted, List.of()).get(0));
        assertFails(
                NotFoundException.class, "No such collection d", () -> dataset.aggregate(ALL, wanted, List.of("d")));
        QueryScope scope = QueryScope.collections("a.values", List.of("b")).and(QueryScope.datasets("a.places"));
        assertEquals(
                new Aggregate.Total(2), catalog.aggregate(ALL, wanted, scope).get(0));
        assertEquals(
                List.of("s00 1"),
                texts(catalog.aggregate(ALL, List.of(Aggregation.geohashGrid(3)))
                        .get(0)));
    }

    @Test
    void whatIsDeletedAndWhatWasAreCountedAsTheyAreAsked() {
        needs(Capability.DELETE);
        needs(Capability.HISTORY);
        Catalog catalog = open(options().withHistoryRetention(Duration.ofHours(1)));
        Collection things = things(catalog, values());
        List<Datapoint> rows = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            rows.add(value("2020-01-" + (10 + i / 5), "name" + i % 3, i));
        }
        ingest(catalog, things, rows);
        long before = catalog.version();
        things.delete(ids(all(things)).subList(0, 12));
        things.ingest(List.of(value("2021-01-01", "late", 50)));
        store().settle(catalog);
        List<Aggregation> wanted = List.of(
                Aggregation.count(),
                Aggregation.range("number"),
                Aggregation.range("time"),
                Aggregation.distinct("name"),
                Aggregation.histogram(CalendarUnit.YEAR, UTC));
        List<Aggregate> now = things.aggregate(ALL, wanted);
        assertEquals(new Aggregate.Total(39), now.get(0));
        assertEquals(
                extremes(Instant.parse("2020-01-12T00:00:00Z"), Instant.parse("2021-01-01T00:00:00Z")), now.get(2));
        assertEquals(List.of("2020-01-01T00:00:00Z 38", "2021-01-01T00:00:00Z 1"), texts(now.get(4)));
        List<Aggregate> then = things.aggregate(Query.allTime().version(before).build(), wanted);
        assertEquals(new Aggregate.Total(50), then.get(0));
        assertEquals(extremes(0L, 49L), then.get(1));
        assertEquals(
                extremes(Instant.parse("2020-01-10T00:00:00Z"), Instant.parse("2020-01-19T00:00:00Z")), then.get(2));
        assertEquals(List.of("name0 17", "name1 17", "name2 16"), texts(then.get(3)));
        assertEquals(List.of("2020-01-01T00:00:00Z 50"), texts(then.get(4)));
        things.delete(ALL);
        store().settle(catalog);
        assertEquals(List.of(), texts(one(things, ALL, Aggregation.histogram(CalendarUnit.DAY, UTC))));
        assertEquals(then, things.aggregate(Query.allTime().version(before).build(), wanted));
    }

    @Test
    void rowsAreChosenByTheirExtentAndCountedByTheirTime() {
        needs(Capability.EXTENT);
        Catalog catalog = open();
        Collection things = things(
                catalog,
                DatasetSpec.temporal("a.spans")
                        .field(Field.timestamp("began"))
                        .field(Field.timestamp("ended"))
                        .extent("began", "ended")
                        .build());
        Instant day = Instant.parse("2020-01-01T00:00:00Z");
        List<Datapoint> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Instant time = day.plus(Duration.ofDays(i));
            rows.add(Datapoint.at(time)
                    .set("began", time)
                    .set("ended", time.plus(Duration.ofDays(2)))
                    .build());
        }
        ingest(catalog, things, rows);
        Instant fifth = day.plus(Duration.ofDays(4));
        Query meeting = Query.at(fifth).match(TimeMatch.EXTENT).build();
        assertEquals(
                List.of("2020-01-03T00:00:00Z 1", "2020-01-04T00:00:00Z 1", "2020-01-05T00:00:00Z 1"),
                texts(one(things, meeting, Aggregation.histogram(CalendarUnit.DAY, UTC))));
        assertEquals(extremes(fifth.minus(Duration.ofDays(2)), fifth), one(things, meeting, Aggregation.range("time")));
    }

    @Test
    void randomAggregationsAgreeWithTheModel() {
        Seeded.repeat(20, random -> {
            RandomContent content = new RandomContent(random);
            Limits limits =
                    CommitContract.smallLog().with("bucketsMax", content.one(List.of(3L, 30L, 1_000L, 30_000L)));
            CatalogOptions options = options().with(limits).withHistoryRetention(Duration.ofHours(1));
            clock.set(START);
            Catalog model = new ModelCatalog(options);
            Catalog tested = open(another(), options);
            fill(content, List.of(model, tested));
            for (int i = 0; i < 25; i++) {
                ScriptAggregate step = step(content, model);
                assertEquals(outcome(step, model), outcome(step, tested), step::toString);
            }
            model.close();
            tested.close();
        });
    }

    /** Does the same to all catalogs: rows, deletions, rows of which some were there before. */
    private void fill(RandomContent content, List<Catalog> catalogs) {
        for (String slug : SLUGS) {
            DatasetSpec spec = content.spec(slug);
            catalogs.forEach(catalog -> catalog.createDataset(spec).createCollection("things"));
            IngestOptions quarantining = IngestOptions.DEFAULT.with(OnInvalid.QUARANTINE);
            for (int round = 0; round < 4; round++) {
                List<Datapoint> rows = new ArrayList<>();
                for (int i = content.random().nextInt(200); i >= 0; i--) {
                    rows.add(content.row(spec.schema()));
                }
                Query gone = new RandomQueries(content, List.of(spec.schema())).conditions(Set.of());
                for (Catalog catalog : catalogs) {
                    Collection things = catalog.dataset(slug).collection("things");
                    try {
                        things.ingest(rows, quarantining);
                    } catch (ConflictException e) {
                        assertEquals(true, spec.schema().key().isPresent(), e::getMessage);
                    }
                    if (can(Capability.DELETE) && round % 2 == 1) {
                        outcome(() -> things.delete(gone) + "");
                    }
                }
                store().settle(catalogs.get(1));
                clock.advance(Duration.ofSeconds(1));
            }
        }
    }

    private ScriptAggregate step(RandomContent content, Catalog model) {
        List<DatasetSchema> schemas =
                SLUGS.stream().map(slug -> model.dataset(slug).schema()).toList();
        int asked = content.random().nextInt(3);
        List<DatasetSchema> used = asked == 2 ? schemas : schemas.subList(asked, asked + 1);
        Query.Builder query = new RandomQueries(content, used).query(store().capabilities()).toBuilder();
        if (can(Capability.HISTORY) && content.oneIn(4)) {
            query.version(content.random().nextLong(model.oldestVersion(), model.version() + 1));
        }
        return new ScriptAggregate(
                new ScriptOperation.Scope(asked == 2 ? null : SLUGS.get(asked), List.of()),
                query.build(),
                new RandomAggregates(content, used).several());
    }

    private static String outcome(ScriptAggregate step, Catalog catalog) {
        return outcome(() -> step.answer(catalog));
    }

    private static String outcome(Supplier<String> step) {
        try {
            return step.get();
        } catch (CatalogException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    @Test
    void datapointsAreCountedByCollection() {
        Catalog catalog = open();
        Dataset dataset = catalog.createDataset(Fixtures.numbers("a.numbers"));
        Collection one = dataset.createCollection("one");
        Collection two = dataset.createCollection("two");
        dataset.createCollection("empty");
        ingest(catalog, one, Fixtures.numbered("2020-01-01T00:00:00Z", 5));
        List<DatapointId> ids = ingest(catalog, two, Fixtures.numbered("2020-01-01T00:00:00Z", 8))
                .ids();
        assertEquals(
                List.of(Bucket.ofValue(two.id(), 8), Bucket.ofValue(one.id(), 5)),
                byCollection(catalog, Query.allTime()));
        two.delete(ids.subList(1, 8));
        assertEquals(
                List.of(Bucket.ofValue(one.id(), 5), Bucket.ofValue(two.id(), 1)),
                byCollection(catalog, Query.allTime()));
        String number = dataset.schema().fields().get(0).name();
        assertEquals(
                List.of(Bucket.ofValue(one.id(), 4)),
                byCollection(catalog, Query.allTime().where(field(number).atLeast(1))));
        assertEquals(List.of(), byCollection(catalog, Query.at(Instant.EPOCH)));
    }

    private static List<Bucket> byCollection(Catalog catalog, Query.Builder query) {
        return ((Aggregate.Buckets) catalog.aggregate(query.build(), List.of(Aggregation.byCollection()))
                        .get(0))
                .buckets();
    }
}
