package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.Dataset;
import org.almagest.DatasetSpec;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.query.SpatialFilter;
import org.almagest.query.SpatialPredicate;
import org.almagest.schema.Field;
import org.almagest.storage.plan.Shortcut;
import org.almagest.storage.scan.ManyCollections;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries over more collections than are looked at one by one. */
class ManyCollectionsTest {
    private static final int COLLECTIONS = 2 * ManyCollections.COLLECTIONS_MIN;
    private static final long START = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    private static final long SPAN = 400L * 86_400_000;

    @TempDir
    Path folder;

    private record Row(long name, long millis, double west, double south) {
        boolean matches(long from, long to, BoundingBox box) {
            return millis >= from
                    && millis < to
                    && west <= box.east()
                    && west + 1 >= box.west()
                    && south <= box.north()
                    && south + 1 >= box.south();
        }

        Datapoint datapoint() {
            double east = west + 1;
            double north = south + 1;
            return Datapoint.at(Instant.ofEpochMilli(millis))
                    .set("name", name)
                    .geometry("POLYGON ((" + west + " " + south + ", " + east + " " + south + ", " + east + " " + north
                            + ", " + west + " " + north + ", " + west + " " + south + "))")
                    .build();
        }
    }

    @Test
    void everyRowIsFoundHoweverOftenASnapshotWasAsked() {
        SplittableRandom made = new SplittableRandom(5);
        List<Row> rows = new ArrayList<>();
        try (Catalog catalog = Catalog.open(folder)) {
            Dataset dataset = catalog.createDataset(DatasetSpec.spatioTemporal("many.collections")
                    .field(Field.int64("name"))
                    .build());
            for (int i = 0; i < COLLECTIONS; i++) {
                store(dataset.getOrCreateCollection("c" + i), 3, made, rows);
            }
            catalog.maintenance().orElseThrow().flush();
            ask(dataset, rows);
            store(dataset.collection("c7"), 20, made, rows); // in memory, and another snapshot
            ask(dataset, rows);
            ((EmbeddedCatalog) catalog).planWith(EnumSet.noneOf(Shortcut.class));
            ask(dataset, rows);
        }
    }

    private static void store(Collection collection, int count, SplittableRandom random, List<Row> rows) {
        List<Datapoint> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long millis = START + random.nextLong(SPAN);
            Row row =
                    new Row(rows.size(), millis, random.nextInt(-1790, 1780) / 10.0, random.nextInt(-890, 880) / 10.0);
            rows.add(row);
            batch.add(row.datapoint());
        }
        collection.ingest(batch);
    }

    private static void ask(Dataset dataset, List<Row> rows) {
        Seeded.repeat(40, random -> {
            long from = START + random.nextLong(SPAN);
            long to = from + 1 + random.nextLong(SPAN / 4);
            double west = random.nextInt(-180, 150);
            double south = random.nextInt(-90, 60);
            BoundingBox box = BoundingBox.of(west, south, west + random.nextInt(30), south + random.nextInt(30));
            TimeInterval interval = TimeInterval.of(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
            assertEquals(
                    named(rows, from, to, box),
                    found(dataset, Query.during(interval).intersecting(box).build()));
            assertEquals(
                    named(rows, Long.MIN_VALUE, Long.MAX_VALUE, box),
                    found(dataset, Query.allTime().intersecting(box).build()));
            long inTime = named(rows, from, to, BoundingBox.GLOBE).size();
            assertEquals(inTime, dataset.count(Query.during(interval).build()));
            SpatialFilter apart = SpatialFilter.of(SpatialPredicate.DISJOINT, box);
            assertEquals(
                    inTime - named(rows, from, to, box).size(),
                    dataset.count(Query.during(interval).spatial(apart).build()));
        });
    }

    private static TreeSet<Long> named(List<Row> rows, long from, long to, BoundingBox box) {
        TreeSet<Long> names = new TreeSet<>();
        for (Row row : rows) {
            if (row.matches(from, to, box)) {
                names.add(row.name());
            }
        }
        return names;
    }

    private static TreeSet<Long> found(Dataset dataset, Query query) {
        TreeSet<Long> names = new TreeSet<>();
        for (Datapoint row : dataset.query(query).toList()) {
            names.add((Long) row.value("name").orElseThrow());
        }
        return names;
    }
}
