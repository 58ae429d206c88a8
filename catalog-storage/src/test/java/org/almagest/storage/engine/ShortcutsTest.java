package org.almagest.storage.engine;

import static org.almagest.query.FieldOperand.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.aggregate.CalendarUnit;
import org.almagest.aggregate.GridRule;
import org.almagest.geo.Wkt;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.EnumValue;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.model.TimeInterval;
import org.almagest.model.Uint64;
import org.almagest.query.CoordinateSystem;
import org.almagest.query.Filter;
import org.almagest.query.Query;
import org.almagest.query.SortKey;
import org.almagest.query.SortOrder;
import org.almagest.query.SpatialFilter;
import org.almagest.query.SpatialPredicate;
import org.almagest.query.TimeMatch;
import org.almagest.query.cql2.Cql2Text;
import org.almagest.schema.Field;
import org.almagest.storage.plan.Shortcut;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes queries fast never changes an answer. */
class ShortcutsTest {
    /** {@code -Dalmagest.shortcuts.rows=1000000 -Dalmagest.rounds=10000} makes the long run. */
    private static final int ROWS = Integer.getInteger("almagest.shortcuts.rows", 12_000);

    private static final int ROUNDS = 400;
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final long SPAN_SECONDS = Duration.ofDays(90).toSeconds();
    private static final Set<Shortcut> NONE = EnumSet.noneOf(Shortcut.class);
    private static final CatalogOptions REMEMBERING =
            CatalogOptions.defaults().withHistoryRetention(Duration.ofDays(9));
    private static final List<Long> VERSIONS = new ArrayList<>();

    @TempDir
    static Path folder;

    @BeforeAll
    static void ingest() {
        try (Catalog catalog = Catalog.open(folder, REMEMBERING)) {
            Dataset dataset = catalog.createDataset(DatasetSpec.spatioTemporal("a.b")
                    .field(Field.string("name"))
                    .field(Field.float64("cloud").queryable())
                    .field(Field.int64("orbit").queryable())
                    .field(Field.string("platform").queryable())
                    .field(Field.bool("ascending").queryable())
                    .field(Field.timestamp("processed").queryable())
                    .field(Field.enumeration(
                                    "level", new EnumValue(0, "L0"), new EnumValue(1, "L1"), new EnumValue(2, "L2"))
                            .queryable())
                    .field(Field.uint64("serial").queryable())
                    .field(Field.float32("gain").queryable())
                    .field(Field.uuid("batch").queryable())
                    .field(Field.timestamp("started").queryable())
                    .field(Field.timestamp("ended"))
                    .extent("started", "ended")
                    .build());
            SplittableRandom random = new SplittableRandom(7);
            Collection one = dataset.createCollection("one");
            Collection two = dataset.createCollection("two");
            for (int from = 0; from < ROWS; from += 1_000) {
                List<Datapoint> rows = new ArrayList<>();
                for (int i = 0; i < 1_000; i++) {
                    rows.add(row(random));
                }
                (random.nextInt(4) == 0 ? two : one).ingest(rows, IngestOptions.DEFAULT);
                VERSIONS.add(catalog.version());
                if (from == ROWS / 2_000 * 1_000) {
                    catalog.maintenance().orElseThrow().flush();
                    one.delete(query(random).build());
                }
            }
            one.delete(Query.during(interval(random)).build());
        }
    }

    private static Datapoint row(SplittableRandom random) {
        Datapoint.Builder row = Datapoint.at(START.plusMillis((long) (random.nextDouble() * SPAN_SECONDS * 1_000)))
                .geometry(geometry(random))
                .set("name", "g" + random.nextInt(1_000_000));
        if (random.nextInt(10) > 0) {
            row.set("cloud", random.nextInt(40) == 0 ? Double.NaN : anyZero(random.nextInt(10_001) / 100.0, random));
        }
        if (random.nextInt(4) > 0) {
            row.set("serial", Uint64.ofBits(random.nextLong() >>> 3 * random.nextInt(22)))
                    .set("gain", (float) anyZero(random.nextInt(-400, 400) / 4.0, random))
                    .set("batch", batch(random));
        }
        if (random.nextInt(4) > 0) {
            Instant started = START.plusSeconds(random.nextLong(SPAN_SECONDS));
            row.set("started", started).set("ended", started.plusSeconds(random.nextLong(SPAN_SECONDS / 30)));
        }
        if (random.nextInt(10) > 0) {
            row.set("orbit", (long) random.nextInt(143)).set("ascending", random.nextBoolean());
        }
        if (random.nextInt(10) > 0) {
            row.set("platform", "P" + random.nextInt(5)).set("level", "L" + random.nextInt(3));
        }
        return row.set("processed", START.plusSeconds(random.nextLong(2 * SPAN_SECONDS)))
                .build();
    }

    private static double anyZero(double value, SplittableRandom random) {
        return random.nextInt(20) == 0 ? -0.0 : random.nextInt(20) == 0 ? 0.0 : value;
    }

    /** Half of them have the highest bit, which signed comparisons take for the lowest. */
    private static UUID batch(SplittableRandom random) {
        return new UUID((long) random.nextInt(40) << 58, random.nextInt(3) - 1);
    }

    /** Small boxes anywhere, some across the antimeridian, and now and then a wide triangle or a point. */
    private static org.locationtech.jts.geom.Geometry geometry(SplittableRandom random) {
        double west = random.nextDouble() * 360 - 180;
        double south = random.nextDouble() * 178 - 90;
        double size = 0.1 + random.nextDouble() * 1.9;
        String text;
        switch (random.nextInt(20)) {
            case 0 -> text = "POINT (" + west + " " + south + ")";
            case 1 -> text = ring(west, south, west + 40, south, Math.min(west + 20, 180), Math.min(south + 30, 90));
            default ->
                text = ring(west, south, west + size, south + size / 4, west + size, south + size, west, south + size);
        }
        return Wkt.read(text, Limits.defaults());
    }

    private static String ring(double... sides) {
        StringBuilder text = new StringBuilder("POLYGON ((");
        for (int i = 0; i <= sides.length; i += 2) {
            double longitude = sides[i % sides.length];
            text.append(i == 0 ? "" : ", ")
                    .append(longitude > 180 ? longitude - 360 : longitude)
                    .append(' ')
                    .append(sides[i % sides.length + 1]);
        }
        return text.append("))").toString();
    }

    private static TimeInterval interval(SplittableRandom random) {
        Instant from = START.plusSeconds(random.nextLong(SPAN_SECONDS));
        long longest = random.nextInt(3) == 0 ? SPAN_SECONDS : SPAN_SECONDS / 30;
        return TimeInterval.of(from, from.plusSeconds(1 + random.nextLong(longest)));
    }

    private static Query.Builder query(SplittableRandom random) {
        Query.Builder query = random.nextInt(4) == 0 ? Query.allTime() : Query.during(interval(random));
        if (random.nextInt(3) > 0) {
            SpatialPredicate predicate = random.nextInt(4) > 0
                    ? SpatialPredicate.INTERSECTS
                    : SpatialPredicate.values()[random.nextInt(SpatialPredicate.values().length)];
            SpatialFilter filter = random.nextBoolean()
                    ? SpatialFilter.of(predicate, box(random))
                    : SpatialFilter.of(predicate, geometry(random));
            query.spatial(random.nextInt(4) > 0 ? filter : filter.in(CoordinateSystem.SPHERICAL));
        }
        for (int terms = random.nextInt(4); terms > 0; terms--) {
            query.where(random.nextInt(4) > 0 ? Cql2Text.parse(term(random)) : typed(random));
        }
        return random.nextInt(4) > 0 ? query : query.match(TimeMatch.EXTENT);
    }

    /** Returns a query of an earlier version now and then. */
    private static Query.Builder anyVersion(SplittableRandom random) {
        Query.Builder query = query(random);
        return random.nextInt(4) > 0 ? query : query.version(VERSIONS.get(random.nextInt(VERSIONS.size())));
    }

    /** Returns a condition on a type that CQL2 has no literals of. */
    private static Filter typed(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> compare("serial", Uint64.ofBits(random.nextLong() >>> 3 * random.nextInt(22)), random);
            case 1 -> compare("gain", (float) anyZero(random.nextInt(-400, 400) / 4.0, random), random);
            case 2 -> compare("cloud", anyZero(50, random), random);
            case 3 -> field("batch").in(batch(random), batch(random));
            default -> compare("batch", batch(random), random);
        };
    }

    private static Filter compare(String name, Object value, SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> field(name).equalTo(value);
            case 1 -> field(name).lessThan(value);
            case 2 -> field(name).atLeast(value);
            default -> field(name).notEqualTo(value);
        };
    }

    private static BoundingBox box(SplittableRandom random) {
        double south = random.nextDouble() * 170 - 90;
        double west = random.nextDouble() * 360 - 180;
        double size = random.nextInt(3) == 0 ? 60 : 4;
        double east = west + random.nextDouble() * size;
        double north = Math.min(90, south + random.nextDouble() * size);
        return BoundingBox.of(west, south, east > 180 ? east - 360 : east, north);
    }

    private static String term(SplittableRandom random) {
        String[] comparisons = {"=", "<>", "<", "<=", ">", ">="};
        String comparison = comparisons[random.nextInt(comparisons.length)];
        return switch (random.nextInt(20)) {
            case 0 -> "cloud " + comparison + " " + random.nextInt(10_001) / 100.0;
            case 1 -> "orbit " + comparison + " " + random.nextInt(-5, 150);
            case 2 -> "platform " + comparison + " 'P" + random.nextInt(6) + "'";
            case 3 -> "ascending = " + random.nextBoolean();
            case 4 ->
                "processed " + comparison + " TIMESTAMP('" + START.plusSeconds(random.nextLong(2 * SPAN_SECONDS))
                        + "')";
            case 5 -> "orbit IN (3, 7, " + random.nextInt(150) + ", 90.5)";
            case 6 -> "platform LIKE '" + (random.nextBoolean() ? "P%" : "%" + random.nextInt(5)) + "'";
            case 7 -> "cloud IS " + (random.nextBoolean() ? "NULL" : "NOT NULL");
            case 8 -> "NOT (cloud < 50 OR orbit > 70)";
            case 9 -> "cloud BETWEEN 10 AND " + random.nextInt(100);
            case 10 -> "level " + comparison + " 'L" + random.nextInt(3) + "'";
            case 11 -> "orbit " + comparison + " cloud";
            case 12 -> "(platform = 'P1' OR platform IS NULL)";
            case 13 -> "orbit + 1 " + comparison + " " + random.nextInt(150);
            case 14 -> "CASEI(platform) = CASEI('p" + random.nextInt(6) + "')";
            case 15 -> "S_INTERSECTS(geometry, " + Wkt.write(geometry(random)) + ")";
            case 16 -> "S_DISJOINT(geometry, " + Wkt.write(geometry(random)) + ")";
            case 17 -> "(S_INTERSECTS(geometry, POINT (0 0)) OR cloud < 5)";
            case 18 -> "started " + comparison + " processed";
            default -> "name < 'g" + random.nextInt(10) + "'";
        };
    }

    private static void page(Query.Builder query, SplittableRandom random) {
        if (random.nextBoolean()) {
            query.limit(random.nextInt(30));
        }
        if (random.nextBoolean()) {
            query.order(SortOrder.DESCENDING);
        }
        if (random.nextInt(4) == 0) {
            SortOrder order = SortOrder.values()[random.nextInt(2)];
            query.sort(new SortKey(random.nextBoolean() ? "cloud" : "platform", order));
        }
    }

    @Test
    void answersAreTheSameWithAndWithoutEachOfThem() {
        long[] rows = {0, 0};
        try (EmbeddedCatalog catalog = (EmbeddedCatalog) Catalog.open(folder, REMEMBERING)) {
            Dataset dataset = catalog.dataset("a.b");
            Seeded.repeat(ROUNDS, random -> {
                Query.Builder builder = anyVersion(random);
                Query counted = builder.build();
                page(builder, random);
                Query query = builder.build();
                catalog.planWith(NONE);
                List<Datapoint> expected = dataset.query(query).toList();
                Asked asked = new Asked(query, expected, counted, dataset.count(counted));
                Set<Shortcut> all = EnumSet.allOf(Shortcut.class);
                asked.check(catalog, all);
                Set<Shortcut> some = EnumSet.noneOf(Shortcut.class);
                all.stream().filter(shortcut -> random.nextBoolean()).forEach(some::add);
                asked.check(catalog, some);
                rows[0] += expected.size();
                rows[1] += expected.isEmpty() ? 0 : 1;
            });
        }
        assertTrue(rows[1] > ROUNDS / 4 || Long.getLong("almagest.seed") != null, rows[1] + " answers with rows");
    }

    @Test
    void aggregatesAreTheSameWithAndWithoutEachOfThem() {
        try (EmbeddedCatalog catalog = (EmbeddedCatalog) Catalog.open(folder, REMEMBERING)) {
            Dataset dataset = catalog.dataset("a.b");
            Seeded.repeat(ROUNDS / 16, random -> {
                Query query = random.nextInt(3) == 0
                        ? Query.during(interval(random)).build()
                        : anyVersion(random).build();
                catalog.planWith(NONE);
                List<Aggregation> wanted = aggregations(random);
                List<Aggregate> expected = dataset.aggregate(query, wanted);
                Set<Shortcut> some = EnumSet.allOf(Shortcut.class);
                catalog.planWith(some);
                assertEquals(expected, dataset.aggregate(query, wanted));
                some.removeIf(shortcut -> random.nextBoolean());
                catalog.planWith(some);
                assertEquals(expected, dataset.aggregate(query, wanted), some::toString);
            });
        }
    }

    private static List<Aggregation> aggregations(SplittableRandom random) {
        List<Aggregation> wanted = new ArrayList<>(List.of(
                Aggregation.count(),
                Aggregation.range("time"),
                Aggregation.histogram(CalendarUnit.DAY, ZoneId.of("Europe/Berlin")),
                Aggregation.geohashGrid(3),
                Aggregation.geohashGrid(2, GridRule.INTERSECTING)));
        List<String> fields = new ArrayList<>(
                List.of("cloud", "orbit", "platform", "ascending", "processed", "level", "serial", "gain", "batch"));
        for (int i = 0; i < 5; i++) {
            String field = fields.remove(random.nextInt(fields.size()));
            wanted.add(Aggregation.range(field));
            wanted.add(Aggregation.distinct(field));
        }
        return wanted;
    }

    /** A query, and the same as it is counted, with the answers that rows one by one give. */
    private record Asked(Query query, List<Datapoint> expected, Query counted, long count) {
        void check(EmbeddedCatalog catalog, Set<Shortcut> shortcuts) {
            catalog.planWith(shortcuts);
            Dataset dataset = catalog.dataset("a.b");
            String asked = query.filter().map(Cql2Text::print).orElse("") + " " + query.spatial() + " " + shortcuts;
            assertEquals(expected, dataset.query(query).toList(), asked);
            assertEquals(count, dataset.count(counted), asked);
        }
    }
}
