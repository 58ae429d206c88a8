package org.almagest.bench.workload;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.almagest.Catalog;
import org.almagest.Dataset;
import org.almagest.bench.data.Area;
import org.almagest.bench.data.Granule;
import org.almagest.bench.data.GranuleSource;
import org.almagest.bench.data.PolygonShape;
import org.almagest.bench.data.TimeSpan;
import org.almagest.bench.peer.Peer;
import org.almagest.bench.peer.Peers;
import org.almagest.bench.peer.SqliteNames;
import org.almagest.io.synthetic.GranuleGenerator.Width;
import org.almagest.model.Datapoint;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.almagest.query.SortOrder;
import org.almagest.query.cql2.Cql2Text;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

/**
 * Asks the engine, SQLite and brute force the same random questions over the same rows: the sets of rows must be equal.
 *
 * <p>A question is a window of time, an area (none, a box, a box across the antimeridian, a polygon) and a nested condition
 * on the fields, each there or not. Beside the set, the engine's count must be right, and the times of a short page in
 * either order. Arguments: a folder that does not exist yet, rows, questions, seed.
 */
public final class Differential {
    private static final int BATCH_ROWS = 10_000;
    private static final int PAGE_ROWS_MAX = 50;

    private final List<Granule> rows;
    private final Dataset dataset;
    private final SqliteNames sqlite;

    private Differential(List<Granule> rows, Dataset dataset, SqliteNames sqlite) {
        this.rows = rows;
        this.dataset = dataset;
        this.sqlite = sqlite;
    }

    /** Runs the questions; ends with status 1 at the first answer that differs. */
    public static void main(String[] args) throws Exception {
        if (args.length != 4) {
            System.err.println("Usage: Differential FOLDER ROWS QUESTIONS SEED");
            System.exit(1);
        }
        run(Path.of(args[0]), Long.parseLong(args[1]), Integer.parseInt(args[2]), Long.parseLong(args[3]), System.out);
    }

    /**
     * Fills both stores and asks.
     *
     * @throws IllegalStateException naming the question, when two answers differ
     */
    static void run(Path folder, long rowCount, int questions, long seed, PrintStream out)
            throws IOException, SQLException {
        GranuleSource source = GranuleSource.of(rowCount, Width.NARROW);
        List<Granule> rows = new ArrayList<>();
        for (long first = 0; first < rowCount; first += BATCH_ROWS) {
            rows.addAll(source.batch(first, (int) Math.min(BATCH_ROWS, rowCount - first)));
        }
        for (String engine : List.of("almagest", "sqlite")) {
            try (Peer peer = Peers.open(engine, folder.resolve(engine), source)) {
                for (int first = 0; first < rows.size(); first += BATCH_ROWS) {
                    peer.ingest(rows.subList(first, Math.min(rows.size(), first + BATCH_ROWS)));
                }
                peer.finish();
            }
        }
        try (Catalog catalog = Catalog.open(folder.resolve("almagest"));
                SqliteNames sqlite = SqliteNames.open(folder.resolve("sqlite"))) {
            Dataset dataset = catalog.datasets().get(0);
            Differential differential = new Differential(rows, dataset, sqlite);
            SplittableRandom random = new SplittableRandom(seed);
            long found = 0;
            for (int i = 0; i < questions; i++) {
                found += differential.ask(random.split(), "question " + i + " of seed " + seed);
            }
            out.printf(
                    Locale.ROOT,
                    "%,d questions over %,d rows: engine, SQLite and brute force agree; %,d rows found%n",
                    questions,
                    rowCount,
                    found);
        }
    }

    private long ask(SplittableRandom random, String which) throws SQLException {
        TimeSpan time = random.nextInt(3) == 0 ? TimeSpan.ALL : window(random);
        Area area = random.nextInt(3) == 0 ? null : area(random);
        Granule example = rows.get(random.nextInt(rows.size()));
        RandomCondition condition = random.nextInt(5) == 0 ? null : RandomCondition.of(random, example);
        String text = which + ": " + time + " " + area + " " + (condition == null ? "" : condition.cql2());

        List<Granule> expected = bruteForce(time, area, condition);
        SortedSet<String> names = new TreeSet<>();
        expected.forEach(row -> names.add(row.name()));
        Query.Builder query = query(time, area, condition);
        SortedSet<String> ours = new TreeSet<>();
        try (QueryResult result = dataset.query(query.build())) {
            for (Datapoint row : result) {
                ours.add((String) row.value("granule_name").orElseThrow());
            }
        }
        same(text, "the engine", ours, names);
        same(text, "SQLite", sqlite.matching(time, area, condition == null ? "true" : condition.sql()), names);
        long count = dataset.count(query(time, area, condition).build());
        if (count != names.size()) {
            throw new IllegalStateException(text + ": counted " + count + " (expected " + names.size() + ")");
        }
        page(text, random, expected, query);
        return count;
    }

    private void page(String text, SplittableRandom random, List<Granule> expected, Query.Builder query) {
        SortOrder order = random.nextBoolean() ? SortOrder.ASCENDING : SortOrder.DESCENDING;
        int limit = 1 + random.nextInt(PAGE_ROWS_MAX);
        Comparator<Long> byTime = order == SortOrder.ASCENDING ? Comparator.naturalOrder() : Comparator.reverseOrder();
        List<Long> first = expected.stream()
                .map(Granule::timeMillis)
                .sorted(byTime)
                .limit(limit)
                .toList();
        List<Long> page = dataset.query(query.order(order).limit(limit).build()).toList().stream()
                .map(row -> row.time().toEpochMilli())
                .toList();
        if (!page.equals(first)) {
            throw new IllegalStateException(
                    text + ": page of " + limit + " " + order + ": times " + page + " (expected " + first + ")");
        }
    }

    private static void same(String text, String who, SortedSet<String> found, SortedSet<String> expected) {
        if (!found.equals(expected)) {
            SortedSet<String> more = new TreeSet<>(found);
            more.removeAll(expected);
            SortedSet<String> less = new TreeSet<>(expected);
            less.removeAll(found);
            throw new IllegalStateException(text + ": " + who + " found " + found.size() + " rows (expected "
                    + expected.size() + "), too many: " + more.stream().limit(3).toList() + ", missing: "
                    + less.stream().limit(3).toList());
        }
    }

    private List<Granule> bruteForce(TimeSpan time, @Nullable Area area, @Nullable RandomCondition condition) {
        PreparedGeometry prepared = area == null ? null : PreparedGeometryFactory.prepare(area.geometry());
        List<Granule> found = new ArrayList<>();
        for (Granule row : rows) {
            if (time.contains(row.timeMillis())
                    && (condition == null || condition.holds(row))
                    && (prepared == null || prepared.intersects(row.geometry()))) {
                found.add(row);
            }
        }
        return found;
    }

    private static Query.Builder query(TimeSpan time, @Nullable Area area, @Nullable RandomCondition condition) {
        Query.Builder query = Peers.query(time, area);
        if (condition != null) {
            query.where(Cql2Text.parse(condition.cql2()));
        }
        return query;
    }

    private TimeSpan window(SplittableRandom random) {
        long length = 1
                + random.nextLong(
                        random.nextBoolean() ? GranuleSource.MILLIS_PER_DAY : 400 * GranuleSource.MILLIS_PER_DAY);
        long start = rows.get(random.nextInt(rows.size())).timeMillis() - random.nextLong(length);
        return new TimeSpan(start, start + length);
    }

    private static Area area(SplittableRandom random) {
        double degrees = Math.pow(10, random.nextDouble(-1, 0.9));
        return switch (random.nextInt(4)) {
            case 0 -> PolygonShape.box(random, degrees, PolygonShape.Place.ANYWHERE);
            case 1 -> PolygonShape.box(random, degrees, PolygonShape.Place.ANTIMERIDIAN);
            default -> PolygonShape.star(random, 2 * degrees, random.nextInt(4, 100));
        };
    }
}
