package org.almagest.io.stac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.almagest.error.InvalidRequestException;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonValue;
import org.almagest.internal.row.BoundRow;
import org.almagest.internal.row.RowBinder;
import org.almagest.io.NewFields;
import org.almagest.io.SharedFiles;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.io.SourceRow;
import org.almagest.io.Sources;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestOptions;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StacTest {
    private static final UUID COLLECTION = new UUID(1, 2);

    @TempDir
    Path folder;

    @Test
    void naipItemsComeBackEqual() throws IOException {
        checkRoundTrip(SharedFiles.file("stac/pgstac-naip-items.ndjson"), 1_000);
    }

    @Test
    void itemsWithTwoTypesOfYearComeBackEqual() throws IOException {
        SourceReader reader = checkRoundTrip(SharedFiles.file("stac/pgstac-items.ndjson"), 100);
        assertEquals(
                List.of(
                        "property \"naip:year\": number in a field of string: 1 row, first in line 1 (kept in other_properties)"),
                reader.notices().stream()
                        .map(notice -> notice.replaceFirst("line \\d+", "line 1"))
                        .toList());
    }

    @Test
    void idsDoNotDependOnTheOrderOfItems() throws IOException {
        for (String name : List.of("stac/pgstac-items.ndjson", "stac/pgstac-naip-items.ndjson")) {
            List<String> lines = new ArrayList<>(Files.readAllLines(SharedFiles.file(name)));
            Map<Object, DatapointId> forward = ids(lines);
            Collections.reverse(lines);
            assertEquals(forward, ids(lines), name);
        }
    }

    private Map<Object, DatapointId> ids(List<String> lines) throws IOException {
        Path file = Sources.file(folder, "order.ndjson", lines.toArray(String[]::new));
        try (SourceReader reader = StacFiles.open(file, null, SourceOptions.DEFAULT)) {
            List<Datapoint> rows = Sources.datapoints(reader);
            RowBinder binder =
                    new RowBinder(reader.schema().numbered(), COLLECTION, Limits.defaults(), IngestOptions.DEFAULT);
            Map<Object, DatapointId> ids = new TreeMap<>();
            for (Datapoint row : rows) {
                BoundRow bound = binder.bind(0, row);
                ids.put(row.value("item_id").orElseThrow(), bound.id());
            }
            return ids;
        }
    }

    private static SourceReader checkRoundTrip(Path file, int count) throws IOException {
        SourceReader reader = StacFiles.open(file, null, SourceOptions.DEFAULT);
        List<Datapoint> rows = Sources.datapoints(reader);
        List<String> lines = Files.readAllLines(file);
        StacItems items = new StacItems(reader.schema());
        assertEquals(count, rows.size());
        for (int i = 0; i < count; i++) {
            assertEquals(normalized(lines.get(i)), items.item(rows.get(i)).text(), "line " + (i + 1));
        }
        return reader;
    }

    /** What docs/format/stac-mapping.md says about links, written a second time. */
    private static String normalized(String item) {
        JsonObject object = (JsonObject) JsonReader.read(item, JsonLimits.of(Long.MAX_VALUE, 1_000));
        Map<String, JsonValue> members = new TreeMap<>(object.members());
        List<JsonValue> links = new ArrayList<>();
        if (members.get("links") instanceof JsonArray given) {
            given.elements().stream()
                    .filter(link -> !link.toString()
                            .matches("(?s).*rel=JsonString\\[value=(root|self|parent|collection|items)\\].*"))
                    .forEach(links::add);
        }
        members.put("links", new JsonArray(links));
        return CanonicalJson.text(new JsonObject(members));
    }

    @Test
    void everythingThatFitsNoFieldComesBackToo() throws IOException {
        String item = item(
                "\"datetime\":\"2020-01-01T00:00:00.123456789Z\",\"created\":\"2020-01-01\",\"updated\":\"2020-01-02T03:04:05.5Z\","
                        + "\"eo:cloud_cover\":\"12\",\"a:b\":1,\"a_b\":2,\"n\":null,\"e\":[],\"m\":[1,\"x\"],\"o\":{\"k\":[]},"
                        + "\"big\":9007199254740993,\"neg\":-1.5e-7,\"id\":\"x\",\"2m\":true,\"\u6e29\u5ea6\":3,\"x/y~z\":4,"
                        + "\"proj:epsg\":32633,\"proj:shape\":[1,2],\"nulls\":[1,null],\"deep\":[[1],[2]]",
                ",\"foreign\":{\"a\":1},\"rights\":\"mine\"");
        Path file = Sources.file(folder, "a.ndjson", item);
        SourceReader reader = StacFiles.open(file, null, SourceOptions.DEFAULT);
        Datapoint row = Sources.datapoints(reader).get(0);
        assertEquals(
                Json.parse(item).text(),
                new StacItems(reader.schema()).item(row).text());
        assertEquals(
                "{\"/foreign\":{\"a\":1},\"/properties/a_b\":2,\"/properties/big\":9007199254740993,"
                        + "\"/properties/created\":\"2020-01-01\",\"/properties/e\":[],\"/properties/eo:cloud_cover\":\"12\","
                        + "\"/properties/id\":\"x\",\"/properties/m\":[1,\"x\"],\"/properties/n\":null,"
                        + "\"/properties/nulls\":[1,null],\"/properties/\u6e29\u5ea6\":3,\"/rights\":\"mine\"}",
                row.value("other_properties").orElseThrow().toString());
        assertEquals(
                Instant.parse("2020-01-01T00:00:00.123456789Z"),
                row.value("datetime").orElseThrow());
        assertEquals(32633L, row.value("proj_epsg").orElseThrow());
        assertEquals(List.of(1L, 2L), row.value("proj_shape").orElseThrow());
        assertEquals(true, row.value("f_2m").orElseThrow());
        assertEquals(4.0, row.value("x_y_z").orElseThrow());
        assertEquals("[[1],[2]]", row.value("deep").orElseThrow().toString());
        assertEquals(
                List.of(
                        "property \"eo:cloud_cover\": text in a field of float64: 1 row, first in line 1 (kept in other_properties)"),
                reader.notices().stream()
                        .filter(notice -> notice.contains("cloud"))
                        .toList());
    }

    @Test
    void timesComeBackAsTheyWere() throws IOException {
        for (String time : List.of(
                "\"2020-01-01T00:00:00Z\"",
                "\"2020-01-01T00:00:00.5Z\"",
                "\"2020-01-01T00:00:00.500Z\"",
                "\"2020-01-01T00:00:00.123Z\"",
                "\"2020-01-01T00:00:00.1234Z\"",
                "\"2020-01-01T01:00:00+01:00\"",
                "\"2020-01-01\"",
                "null")) {
            String item = item(
                    "\"datetime\":" + time + ",\"start_datetime\":\"2020-01-01T00:00:00Z\","
                            + "\"end_datetime\":\"2020-01-02T00:00:00.25Z\"",
                    "");
            SourceReader reader = StacFiles.open(Sources.file(folder, "a.ndjson", item), null, SourceOptions.DEFAULT);
            Datapoint row = Sources.datapoints(reader).get(0);
            assertEquals(
                    Json.parse(item).text(),
                    new StacItems(reader.schema()).item(row).text());
            assertEquals(1_577_836_800L, row.time().getEpochSecond());
        }
    }

    @Test
    void boxesAreKeptOnlyWhereTheyAreNotThoseOfTheGeometry() throws IOException {
        String whole = item("\"datetime\":\"2020-01-01T00:00:00Z\"", "");
        List<String> items = List.of(
                whole,
                whole.replace("[1,2,1,2]", "[0,2,1,2]"),
                whole.replace("[1,2,1,2]", "[1,2,0,1,2,0]"),
                whole.replace("[1,2]}", "[1,2,3]}").replace("[1,2,1,2]", "[1,2,3,1,2,3]"));
        SourceReader reader = StacFiles.open(
                Sources.file(folder, "a.ndjson", items.toArray(String[]::new)), null, SourceOptions.DEFAULT);
        List<Datapoint> rows = Sources.datapoints(reader);
        StacItems back = new StacItems(reader.schema());
        for (int i = 0; i < items.size(); i++) {
            assertEquals(Json.parse(items.get(i)).text(), back.item(rows.get(i)).text());
            assertEquals(i == 1 || i == 2, rows.get(i).value("bbox").isPresent(), "item " + i);
        }
    }

    @Test
    void aBoxThatReachesAPoleIsOfAGeometryAroundIt() throws IOException {
        String ring = "{\"type\":\"Polygon\",\"coordinates\":[[[-120,60],[0,60],[120,60],[-120,60]]]}";
        String item = item("\"datetime\":\"2020-01-01T00:00:00Z\"", "")
                .replace("{\"type\":\"Point\",\"coordinates\":[1,2]}", ring);
        for (String box : List.of("[-180,60,180,90]", "[-180,60,0,180,90,0]")) {
            Path file = Sources.file(folder, "a.ndjson", item.replace("[1,2,1,2]", box));
            List<SourceRow> rows = Sources.all(StacFiles.open(file, null, SourceOptions.DEFAULT));
            assertEquals(AntimeridianRule.SHORT_WAY, rows.get(0).antimeridian(), box);
        }
        Path drawn = Sources.file(folder, "a.ndjson", item.replace("[1,2,1,2]", "[-120,60,120,60]"));
        assertEquals(
                AntimeridianRule.AS_DRAWN,
                Sources.all(StacFiles.open(drawn, null, SourceOptions.DEFAULT))
                        .get(0)
                        .antimeridian());
    }

    @Test
    void aBoxDecidesHowWideEdgesAreMeant() throws IOException {
        String ring = "{\"type\":\"Polygon\",\"coordinates\":[[[-170,0],[170,0],[170,10],[-170,10],[-170,0]]]}";
        String item = item("\"datetime\":\"2020-01-01T00:00:00Z\"", "")
                .replace("{\"type\":\"Point\",\"coordinates\":[1,2]}", ring);
        Path file = Sources.file(
                folder,
                "a.ndjson",
                item.replace("[1,2,1,2]", "[-170,0,170,10]"),
                item.replace("[1,2,1,2]", "[170,0,-170,10]"),
                item.replace(",\"bbox\":[1,2,1,2]", ""));
        List<SourceRow> rows = Sources.all(StacFiles.open(file, null, SourceOptions.DEFAULT));
        assertEquals(
                List.of(AntimeridianRule.AS_DRAWN, AntimeridianRule.CROSSING, AntimeridianRule.SHORT_WAY),
                rows.stream().map(SourceRow::antimeridian).toList());
    }

    @Test
    void geometriesOfEveryKindAndNoneComeBack() throws IOException {
        for (String geometry : List.of(
                "null",
                "{\"type\":\"MultiPoint\",\"coordinates\":[[1,2],[3,4]]}",
                "{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4]]}",
                "{\"type\":\"MultiLineString\",\"coordinates\":[[[1,2],[3,4]]]}",
                "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}",
                "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[1,0],[1,1],[0,0]]]]}",
                "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\",\"coordinates\":[1,2]}]}",
                "{\"type\":\"Polygon\",\"coordinates\":[]}",
                "{\"type\":\"Point\",\"coordinates\":[1,2],\"crs\":{\"a\":1}}")) {
            String item = item("\"datetime\":\"2020-01-01T00:00:00Z\"", "")
                    .replace("{\"type\":\"Point\",\"coordinates\":[1,2]}", geometry);
            SourceReader reader = StacFiles.open(Sources.file(folder, "a.ndjson", item), null, SourceOptions.DEFAULT);
            Datapoint row = Sources.datapoints(reader).get(0);
            assertEquals(
                    Json.parse(item).text(),
                    new StacItems(reader.schema()).item(row).text());
        }
    }

    @Test
    void readsDocumentsOfEveryShape() throws IOException {
        String one = item("\"datetime\":\"2020-01-01T00:00:00Z\"", "");
        String two = one.replace("\"an-item\"", "\"another\"");
        for (String text : List.of(
                one + "\n" + two,
                "[" + one + ",\n" + two + "]",
                "{\"features\":[" + one + ",\n\n" + two
                        + "],\"links\":[{\"features\":[1]}],\"type\":\"FeatureCollection\"}",
                "{\"type\":\"FeatureCollection\",\"context\":{\"features\":[]},\"features\":[" + one
                        + "]} {\"features\":[" + two + "]}")) {
            Path file = Files.writeString(folder.resolve("a.json"), text);
            List<SourceRow> rows = Sources.all(StacFiles.open(file, null, SourceOptions.DEFAULT));
            assertEquals(
                    List.of("an-item", "another"),
                    rows.stream()
                            .map(row -> row.datapoint().value("item_id").orElseThrow())
                            .toList(),
                    text);
        }
    }

    @Test
    void streamsACollectionThatIsLargerThanAFeatureMayBe() throws IOException {
        String one = item("\"datetime\":\"2020-01-01T00:00:00Z\",\"pad\":\"" + "x".repeat(500) + "\"", "");
        Path file = folder.resolve("big.json");
        String filler = "\"filler\":\"" + "y".repeat(900) + "\"";
        Files.writeString(
                file,
                "{\"type\":\"FeatureCollection\",\"features\":[\n" + String.join(",\n", Collections.nCopies(2_000, one))
                        + "\n],\"more\":[{" + filler + "}" + (",{" + filler + "}").repeat(500) + "]}");
        SourceOptions options = SourceOptions.builder()
                .limits(Limits.defaults().with("jsonLineBytesMax", 1_000))
                .build();
        List<SourceRow> rows = Sources.all(StacFiles.open(file, null, options));
        assertEquals(2_000, rows.size());
        assertEquals(2, rows.get(0).line());
        assertEquals(2_001, rows.get(1_999).line());
    }

    @Test
    void refusesAFeatureThatIsTooLong() throws IOException {
        String one = item("\"datetime\":\"2020-01-01T00:00:00Z\"", "");
        Limits limits = Limits.defaults().with("jsonLineBytesMax", one.length());
        SourceOptions options = SourceOptions.builder().limits(limits).build();
        Path fits = Sources.file(folder, "a.json", "[" + one + "]");
        assertEquals(1, Sources.all(StacFiles.open(fits, null, options)).size());
        Path tooLong = Sources.file(folder, "a.json", "[" + one.replace("an-item", "an-item1") + "]");
        assertEquals(
                "a.json: line 1: bytes: " + (one.length() + 1) + " (at most " + one.length() + ")",
                Sources.failure(folder, StacFiles.open(tooLong, null, options)));
        Path huge = Sources.file(folder, "a.json", "[" + one.replace("an-item", "i".repeat(1_000_000)) + "]");
        try (SourceReader reader = StacFiles.open(huge, null, options)) {
            assertThrows(RuntimeException.class, reader::next);
            assertFalse(reader.hasNext());
        }
    }

    @Test
    void namesFileLineAndFieldOfWhatIsWrong() throws IOException {
        String good = item("\"datetime\":\"2020-01-01T00:00:00Z\"", "");
        assertEquals(
                "a.ndjson: line 2: field \"datetime\": text \"yesterday\" (expected timestamp)",
                failure(good, good.replace("2020-01-01T00:00:00Z", "yesterday")));
        assertEquals(
                "a.ndjson: line 1: field \"datetime\": unset without start_datetime (every item needs a time)",
                failure(good.replace("\"2020-01-01T00:00:00Z\"", "null")));
        assertEquals(
                "a.ndjson: line 1: field \"id\": unset (expected text)", failure(good.replace("\"id\"", "\"ID\"")));
        assertEquals(
                "a.ndjson: line 1: field \"type\": \"Collection\" (expected \"Feature\")",
                failure(good.replace("\"Feature\"", "\"Collection\"")));
        assertTrue(failure(good.replace("[1,2]}", "[1,95]}")).startsWith("a.ndjson: line 1: geometry: "));
        assertEquals(
                "a.ndjson: line 1: json: repeated member: \"id\" [column 16]", failure("{\"id\":\"a\",     \"id\":1}"));
    }

    @Test
    void namesTheLineWhereADocumentIsCut() throws IOException {
        String one = item("\"datetime\":\"2020-01-01T00:00:00Z\"", "");
        Path file = Files.writeString(folder.resolve("a.json"), "{\"features\":[\n" + one + ",\n{\"id\":");
        try (SourceReader reader = StacFiles.open(file, null, SourceOptions.DEFAULT)) {
            assertEquals(2, reader.next().line());
            InvalidRequestException refused = assertThrows(InvalidRequestException.class, reader::next);
            assertEquals(file + ": line 3: json: unexpected end of file [column 7]", refused.getMessage());
            assertFalse(reader.hasNext());
        }
    }

    @Test
    void aCutFileGivesTheItemsBeforeTheCutAndThenAnError() throws IOException {
        String one = item("\"datetime\":\"2020-01-01T00:00:00Z\"", "");
        for (String name : List.of("a.json", "a.ndjson")) {
            String text = name.equals("a.json") ? "{\"features\":[" + one + "," + one + "]}" : one + "\n" + one;
            for (int length = 1; length < text.length(); length++) {
                Path file = Files.writeString(folder.resolve(name), text.substring(0, length));
                int whole = countItems(file);
                int expected = length >= text.lastIndexOf(one) + one.length()
                        ? 2
                        : length >= text.indexOf(one) + one.length() ? 1 : 0;
                assertEquals(expected, whole, name + " cut at " + length);
            }
        }
    }

    private static int countItems(Path file) {
        int count = 0;
        try (SourceReader reader = StacFiles.open(file, null, SourceOptions.DEFAULT)) {
            while (reader.hasNext()) {
                assertEquals(
                        "an-item", reader.next().datapoint().value("item_id").orElseThrow());
                count++;
            }
        } catch (InvalidRequestException e) {
            assertTrue(e.getMessage().contains(": line "), e.getMessage());
        }
        return count;
    }

    @Test
    void addsNoFieldsWhereThatIsTurnedOff() throws IOException {
        Path file = Sources.file(folder, "a.ndjson", item("\"datetime\":\"2020-01-01T00:00:00Z\",\"new\":1", ""));
        SourceOptions options =
                SourceOptions.builder().newFields(NewFields.REFUSE).build();
        assertEquals(
                "a.ndjson: line 1: field \"new\": no such field in the dataset (drop it, or let fields be added)",
                Sources.failure(folder, StacFiles.open(file, StacTypes.begin(), options)));
        SourceOptions dropping =
                SourceOptions.builder().newFields(NewFields.REFUSE).drop("new").build();
        assertEquals(
                1,
                Sources.all(StacFiles.open(file, StacTypes.begin(), dropping)).size());
    }

    @Test
    void manyDifferentTextsMakeAFieldThatIsNotQueryable() throws IOException {
        String[] items = new String[300];
        for (int i = 0; i < items.length; i++) {
            items[i] = item(
                    "\"datetime\":\"2020-01-01T00:00:00Z\",\"few\":\"v" + i % 7 + "\",\"many\":\"v" + i + "\"", "");
        }
        SourceReader reader = StacFiles.open(Sources.file(folder, "a.ndjson", items), null, SourceOptions.DEFAULT);
        Sources.all(reader);
        assertTrue(reader.schema().field("few").orElseThrow().isQueryable());
        assertFalse(reader.schema().field("many").orElseThrow().isQueryable());
    }

    @Test
    void rowsOfOtherDatasetsBecomeItemsToo() {
        DatasetSchema schema =
                DatasetSchema.temporal().field(Field.float64("value")).build();
        Datapoint row = Datapoint.at("2020-01-01")
                .stored(DatapointId.of(new UUID(7, 8)), Instant.EPOCH)
                .set("value", 2.5)
                .build();
        assertEquals(
                "{\"geometry\":null,\"id\":\"00000000-0000-0007-0000-000000000008\",\"links\":[],"
                        + "\"properties\":{\"datetime\":\"2020-01-01T00:00:00Z\",\"value\":2.5},"
                        + "\"stac_version\":\"1.1.0\",\"type\":\"Feature\"}",
                new StacItems(schema).item(row).text());
    }

    private String failure(String... lines) throws IOException {
        Path file = Sources.file(folder, "a.ndjson", lines);
        return Sources.failure(folder, StacFiles.open(file, null, SourceOptions.DEFAULT));
    }

    private static String item(String properties, String more) {
        return "{\"type\":\"Feature\",\"stac_version\":\"1.0.0\",\"stac_extensions\":[\"eo\"],\"id\":\"an-item\","
                + "\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]},\"bbox\":[1,2,1,2],\"collection\":\"c\","
                + "\"links\":[],\"assets\":{\"a\":{\"href\":\"x\"}},\"properties\":{" + properties + "}" + more + "}";
    }
}
