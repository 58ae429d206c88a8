package org.almagest.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.query.TimeMatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real STAC items, some given the start and end of a mission, are found by extent as by looking at every item. */
class RealExtentTest {
    private static final Pattern DATETIME = Pattern.compile("\"datetime\": ?\"([^\"]+)\"");
    private static final Pattern PROPERTIES = Pattern.compile("\"properties\": ?\\{");

    @TempDir
    Path folder;

    private record Item(Instant time, Instant start, Instant end) {}

    private static Path items() {
        String data = System.getProperty("almagest.shared.data", "../../shared/data");
        Path file = Path.of(data, "stac", "pgstac-naip-items.ndjson");
        Assumptions.assumeTrue(Files.exists(file), () -> "no " + file);
        return file;
    }

    /** Gives two of three items an extent around their time, the last one of them 40 years. */
    private List<Item> write(Path from, Path to) throws IOException {
        List<Item> items = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(from)) {
            Matcher datetime = DATETIME.matcher(line);
            assertTrue(datetime.find(), line);
            Instant time = Instant.parse(datetime.group(1));
            long days = number == 998 ? 20 * 365 : number % 7;
            Instant start = time.minus(Duration.ofDays(days));
            Instant end = time.plus(Duration.ofDays(days)).plusNanos(1);
            boolean extended = number++ % 3 != 0;
            String extent = "\"start_datetime\":\"" + start + "\",\"end_datetime\":\"" + end + "\",";
            lines.add(extended ? PROPERTIES.matcher(line).replaceFirst("\"properties\":{" + extent) : line);
            items.add(extended ? new Item(time, start, end) : new Item(time, time, time));
        }
        Files.write(to, lines);
        return items;
    }

    @Test
    void extentEqualsLookingAtEveryItem() throws IOException {
        Path file = folder.resolve("items.ndjson");
        List<Item> items = write(items(), file);
        Path store = folder.resolve("store");
        CliRun.ok(store, "ingest", "stac.naip", "naip", file.toString(), "--create");
        CliRun.ok(store, "flush");
        SplittableRandom random = new SplittableRandom(11);
        try (Catalog catalog = Catalog.open(store, CatalogOptions.readOnly())) {
            Collection naip = catalog.dataset("stac.naip").collection("naip");
            assertEquals(items.size(), naip.info().count());
            for (int i = 0; i < 60; i++) {
                Instant start = Instant.parse("2010-01-01T00:00:00Z").plus(Duration.ofHours(random.nextInt(130_000)));
                TimeInterval interval =
                        TimeInterval.closed(start, start.plus(Duration.ofHours(random.nextInt(20 * 24))));
                Query query = Query.during(interval).match(TimeMatch.EXTENT).build();
                long expected = items.stream()
                        .filter(item -> interval.meets(item.start(), item.end()))
                        .count();
                assertTrue(expected > 0, "the long item is always found");
                assertEquals(expected, naip.count(query), interval.toString());
                assertEquals(
                        expected,
                        naip.query(query.toBuilder().skipData().build())
                                .toList()
                                .size());
                assertEquals(
                        items.stream()
                                .filter(item ->
                                        interval.containsMillis(item.time().toEpochMilli()))
                                .count(),
                        naip.count(Query.during(interval).build()));
            }
        }
    }
}
