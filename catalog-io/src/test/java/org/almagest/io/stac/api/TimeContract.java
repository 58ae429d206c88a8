package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.almagest.DatasetSpec;
import org.almagest.internal.json.JsonNull;
import org.almagest.io.Rfc3339;
import org.almagest.model.Datapoint;
import org.almagest.model.IngestMode;
import org.almagest.schema.Field;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

/** Times: to the nanosecond, with start and end, with neither. */
abstract class TimeContract extends ItemsFixture {
    private void at(String id, String datetime) {
        put(C, id, point(0, 0), "\"datetime\":\"" + datetime + "\"");
    }

    private void during(String id, String start, String end) {
        put(
                C,
                id,
                point(0, 0),
                "\"datetime\":null,\"start_datetime\":\"" + start + "\",\"end_datetime\":\"" + end + "\"");
    }

    private List<String> found(String datetime) {
        Answer answer = search("?limit=1000&datetime=" + encoded(datetime));
        assertEquals(Integer.toString(answer.ids().size()), answer.value("numberMatched"));
        Answer counted = search("?limit=1&datetime=" + encoded(datetime));
        assertEquals(answer.value("numberMatched"), counted.value("numberMatched"), "counted, and not by the page");
        return answer.ids().stream().sorted().toList();
    }

    @Test
    void tellsTimesWithinAMillisecondApart() {
        at("a", "2025-01-01T00:00:00.1234Z");
        at("b", "2025-01-01T00:00:00.123456Z");
        at("c", "2025-01-01T00:00:00.123Z");
        at("d", "2025-01-01T00:00:00.124Z");
        assertEquals(List.of("b", "d"), found("2025-01-01T00:00:00.123456Z/.."));
        assertEquals(List.of("d"), found("2025-01-01T00:00:00.123456001Z/.."));
        assertEquals(List.of("a", "c"), found("../2025-01-01T00:00:00.123455999Z"));
        assertEquals(List.of("a", "b", "c"), found("../2025-01-01T00:00:00.123456Z"));
        assertEquals(List.of("c"), found("../2025-01-01T00:00:00.123Z"), "a server that floors finds a and b");
        assertEquals(List.of("c"), found("2025-01-01T00:00:00.123Z"));
        assertEquals(List.of("b"), found("2025-01-01T00:00:00.123456Z"));
        assertEquals(List.of(), found("2025-01-01T00:00:00.123457Z"));
        assertEquals(List.of("a", "b", "d"), found("2025-01-01T00:00:00.1230001Z/2025-01-01T00:00:00.124Z"));
    }

    @Test
    void findsAnItemThatHasOnlyStartAndEndByEachTimeBetween() {
        during("week", "2025-01-01T00:00:00Z", "2025-01-07T00:00:00Z");
        at("day", "2025-01-03T00:00:00Z");
        assertEquals(List.of("day", "week"), found("2025-01-03T00:00:00Z/2025-01-04T00:00:00Z"));
        assertEquals(List.of("week"), found("2025-01-05T00:00:00Z"), "a server that looks at datetime finds nothing");
        assertEquals(List.of("week"), found("2025-01-07T00:00:00Z/.."));
        assertEquals(List.of(), found("2025-01-07T00:00:00.000000001Z/.."));
        assertEquals(List.of("week"), found("../2025-01-01T00:00:00Z"));
        assertEquals(List.of(), found("../2024-12-31T23:59:59.999999999Z"));
        Answer item = fixture.get("/collections/c/items/week").is(200);
        assertEquals(JsonNull.NULL, item.at("properties/datetime"));
        assertEquals("2025-01-07T00:00:00Z", item.value("properties/end_datetime"));
    }

    @Test
    void filtersByTimeToTheNanosecond() {
        at("a", "2025-01-01T00:00:00.1234Z");
        at("b", "2025-01-01T00:00:00.123456Z");
        at("c", "2025-01-01T00:00:00.123Z");
        assertEquals(List.of("b"), filtered("datetime = TIMESTAMP('2025-01-01T00:00:00.123456Z')"));
        assertEquals(List.of("a", "c"), filtered("datetime <> TIMESTAMP('2025-01-01T00:00:00.123456Z')"));
        assertEquals(List.of("c"), filtered("datetime <= TIMESTAMP('2025-01-01T00:00:00.123Z')"));
        assertEquals(List.of("a", "b"), filtered("datetime > TIMESTAMP('2025-01-01T00:00:00.123Z')"));
        assertEquals(List.of("a", "b"), filtered("NOT datetime <= TIMESTAMP('2025-01-01T00:00:00.123Z')"));
        assertEquals(
                List.of("a"),
                filtered(
                        "datetime BETWEEN TIMESTAMP('2025-01-01T00:00:00.1231Z') AND TIMESTAMP('2025-01-01T00:00:00.1234Z')"));
        assertEquals(List.of("b"), filtered("T_AFTER(datetime, TIMESTAMP('2025-01-01T00:00:00.1234Z'))"));
        assertEquals(
                List.of("a", "b"),
                filtered("T_DURING(datetime, INTERVAL('2025-01-01T00:00:00.1230001Z','2025-01-01T00:00:00.2Z'))"));
        assertEquals(List.of(), filtered("datetime IS NULL"));
        assertEquals(
                List.of("a", "c"),
                filtered(
                        "datetime IN (TIMESTAMP('2025-01-01T00:00:00.1234Z'), TIMESTAMP('2025-01-01T00:00:00.123Z'))"));
        assertEquals(List.of("b"), filtered("properties.datetime > TIMESTAMP('2025-01-01T00:00:00.1234Z')"));
    }

    @Test
    void staysExactBesideADatasetWithAnotherFieldOfThatName() {
        at("a", "2025-01-01T00:00:00.1234Z");
        fixture.catalog()
                .createDataset(DatasetSpec.temporal("sensors.heat")
                        .field(Field.string("datetime").queryable())
                        .build())
                .createCollection("roof")
                .ingest(
                        List.of(Datapoint.at("2025-01-01T00:00:00.100Z")
                                .set("datetime", "noon")
                                .build()),
                        IngestMode.SKIP_EXISTING);
        assertEquals(1, found("../2025-01-01T00:00:00.123Z").size());
        assertEquals(2, found("../2025-01-01T00:00:00.1234Z").size());
        assertEquals(
                1, filtered("datetime <= TIMESTAMP('2025-01-01T00:00:00.123Z')").size());
        assertEquals(List.of("a"), filtered("datetime = TIMESTAMP('2025-01-01T00:00:00.1234Z')"));
    }

    @Test
    void takesTheTimeForAnEndThatIsMissing() {
        put(
                C,
                "open",
                point(0, 0),
                "\"datetime\":\"2025-01-01T00:00:00.0005Z\",\"start_datetime\":\"2025-01-01T00:00:00Z\"");
        during("both", "2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z");
        assertEquals(List.of("both", "open"), found("../2025-01-01T00:00:00.0001Z"), "from its start on");
        assertEquals(List.of(), found("../2024-12-31T23:59:59.9999Z"));
    }

    /** Against a list that is looked through, with times and bounds around three milliseconds. */
    @Test
    void agreesWithAListOfTimes() {
        Seeded.repeat(3, random -> {
            begin(StacOptions.defaults());
            Map<String, Instant> times = new LinkedHashMap<>();
            for (int i = 0; i < 12; i++) {
                Instant time = instant(random);
                times.put("i" + i, time);
                at("i" + i, Rfc3339.format(time));
            }
            for (int i = 0; i < 25; i++) {
                Instant one = instant(random);
                Instant other = instant(random);
                Instant first = one.isBefore(other) ? one : other;
                Instant last = one.isBefore(other) ? other : one;
                List<String> expected = times.entrySet().stream()
                        .filter(entry -> !entry.getValue().isBefore(first)
                                && !entry.getValue().isAfter(last))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList();
                assertEquals(expected, found(first + "/" + last), first + "/" + last + " of " + times);
                String between = "datetime >= TIMESTAMP('" + first + "') AND NOT datetime > TIMESTAMP('" + last + "')";
                assertEquals(expected, filtered(between), between + " of " + times);
            }
        });
    }

    private static Instant instant(SplittableRandom random) {
        long micros = random.nextInt(3) * 1_000L + random.nextInt(3) * 400L;
        return Instant.parse("2025-01-01T00:00:00Z").plusNanos(micros * 1_000);
    }
}
