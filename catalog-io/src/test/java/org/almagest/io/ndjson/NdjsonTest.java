package org.almagest.io.ndjson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.geo.Wkt;
import org.almagest.io.NewFields;
import org.almagest.io.RandomRows;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.io.SourceRow;
import org.almagest.io.Sources;
import org.almagest.io.synthetic.GranuleGenerator;
import org.almagest.model.Bytes;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.EnumValue;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.model.Uint64;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Geometry;

class NdjsonTest {
    private static final EnumValue DAY = new EnumValue(0, "DAY");
    private static final EnumValue NIGHT = new EnumValue(7, "NIGHT");
    private static final Instant TIME = Instant.parse("2025-03-28T11:44:23.345Z");
    private static final Geometry TRIANGLE = Wkt.read("POLYGON ((0 0, 1.5 0, 1 1, 0 0))", Limits.defaults());

    private static final DatasetSchema EVERYTHING = DatasetSchema.spatioTemporal()
            .field(Field.string("text"))
            .field(Field.bytes("raw"))
            .field(Field.bool("flag"))
            .field(Field.int32("small"))
            .field(Field.int64("big"))
            .field(Field.uint64("huge"))
            .field(Field.float32("single"))
            .field(Field.float64("value"))
            .field(Field.enumeration("phase", DAY, NIGHT))
            .field(Field.duration("lag"))
            .field(Field.timestamp("seen"))
            .field(Field.uuid("tag"))
            .field(Field.geometry("track"))
            .field(Field.json("more"))
            .field(Field.string("texts").array())
            .field(Field.float64("values").array())
            .build();

    @TempDir
    Path folder;

    @Test
    void writesEveryTypeAsTheFormatPageSays() throws IOException {
        assertEquals(
                "{\"time\":\"2025-03-28T11:44:23.345Z\",\"id\":\"0195dc91-45d8-7000-8000-000000000001\","
                        + "\"ingestion_time\":\"2025-03-29T00:00:00.000001Z\","
                        + "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1.5,0],[1,1],[0,0]]]},"
                        + "\"text\":\"a\\\"ü\\n\",\"raw\":\"rx4o1A==\",\"flag\":false,\"small\":-7,"
                        + "\"big\":\"9007199254740993\",\"huge\":\"18446744073709551615\",\"single\":0.1,"
                        + "\"value\":-0.0,\"phase\":\"NIGHT\",\"lag\":\"PT-0.000000001S\","
                        + "\"seen\":\"2025-03-28T11:44:23.345761444Z\","
                        + "\"tag\":\"126a2531-c98d-4e06-815a-34bc5b1228cc\","
                        + "\"track\":{\"type\":\"Point\",\"coordinates\":[1,2]},\"more\":{\"a\":[1,null]},"
                        + "\"texts\":[\"\",\"x\"],\"values\":[\"NaN\",1e+300,12]}\n",
                written(everything()));
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        Path file = Files.writeString(folder.resolve("a.ndjson"), written(everything()));
        Datapoint expected = everything().toBuilder().stored(null, null).build();
        assertEquals(List.of(expected), Sources.datapoints(open(file, EVERYTHING)));
    }

    @Test
    void integersAreNumbersOnlyWhereFloat64HoldsThem() throws IOException {
        String[] texts = {
            "9007199254740992",
            "\"9007199254740993\"",
            "9007199254740994",
            "-9223372036854775808",
            "\"9223372036854775807\"",
            "0",
            "-1"
        };
        long[] values = {1L << 53, (1L << 53) + 1, (1L << 53) + 2, Long.MIN_VALUE, Long.MAX_VALUE, 0, -1};
        for (int i = 0; i < texts.length; i++) {
            Datapoint row = Datapoint.at(TIME).set("big", values[i]).build();
            assertEquals("{\"time\":\"2025-03-28T11:44:23.345Z\",\"big\":" + texts[i] + "}\n", written(row));
        }
    }

    @Test
    void generatedRowsReadBackEqual() throws IOException {
        GranuleGenerator generator = GranuleGenerator.of(9).with(GranuleGenerator.Width.WIDE);
        Path file = folder.resolve("granules.ndjson.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file));
                NdjsonWriter writer = new NdjsonWriter(out)) {
            for (int i = 0; i < 500; i++) {
                writer.write(generator.datapoint(i));
            }
        }
        List<Datapoint> read = Sources.datapoints(open(file, generator.schema()));
        assertEquals(500, read.size());
        for (int i = 0; i < 500; i++) {
            assertEquals(generator.datapoint(i), read.get(i), "row " + i);
        }
    }

    @Test
    void rowsReadBackEqual() {
        DatasetSchema schema = RandomRows.schema();
        Seeded.repeat(20, random -> {
            Datapoint[] rows = new Datapoint[20];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = RandomRows.next(random);
            }
            Path file = Files.writeString(folder.resolve("random.ndjson"), written(rows));
            assertEquals(List.of(rows), Sources.datapoints(open(file, schema)));
        });
    }

    @Test
    void acceptsOtherSpellings() throws IOException {
        Path file = Sources.file(
                folder,
                "b.ndjson",
                "\uFEFF{\"time\":1743162263,\"big\":\"12\",\"huge\":12.0,\"value\":3,\"phase\":7,\"lag\":1.5,"
                        + "\"seen\":\"2025-03-28 11:44\",\"geometry\":\"POINT (1 2)\",\"text\":null,"
                        + "\"ingestion_time\":\"x\",\"id\":[1]}\r",
                "",
                "\u001e{\"lag\":\"-2s\",\"time\":\"2017-01-01\",\"single\":\"-Infinity\",\"values\":[]}");
        List<Datapoint> rows = Sources.datapoints(open(file, EVERYTHING));
        assertEquals(
                Datapoint.at("2025-03-28T11:44:23Z")
                        .geometry(Wkt.read("POINT (1 2)", Limits.defaults()))
                        .set("big", 12L)
                        .set("huge", Uint64.parse("12"))
                        .set("value", 3.0)
                        .set("phase", NIGHT)
                        .set("lag", Duration.ofMillis(1_500))
                        .set("seen", Instant.parse("2025-03-28T11:44:00Z"))
                        .build(),
                rows.get(0));
        assertEquals(Duration.ofSeconds(-2), rows.get(1).value("lag").orElseThrow());
        assertEquals(Float.NEGATIVE_INFINITY, rows.get(1).value("single").orElseThrow());
    }

    @Test
    void namesFileLineAndFieldOfWhatIsWrong() throws IOException {
        assertEquals("field \"value\": text \"abc\" (expected float64)", problem("\"value\":\"abc\""));
        assertEquals("field \"text\": number 42 (expected string)", problem("\"text\":42"));
        assertEquals("field \"small\": text \"2147483648\" (expected int32)", problem("\"small\":2147483648"));
        assertEquals("field \"huge\": text \"-1\" (expected uint64)", problem("\"huge\":-1"));
        assertEquals("field \"big\": text \"1.5\" (expected int64)", problem("\"big\":1.5"));
        assertEquals("field \"value\": text \"1e999\" (expected float64)", problem("\"value\":1e999"));
        assertEquals(
                "field \"value\": number 9007199254740993 (expected float64)", problem("\"value\":9007199254740993"));
        assertEquals("field \"flag\": number 1 (expected bool)", problem("\"flag\":1"));
        assertEquals("field \"raw\": text \"*\" (expected bytes)", problem("\"raw\":\"*\""));
        assertEquals("field \"tag\": text \"1-2-3-4-5\" (expected uuid)", problem("\"tag\":\"1-2-3-4-5\""));
        assertEquals("field \"phase\": text \"DUSK\" (expected enum(0=DAY, 7=NIGHT))", problem("\"phase\":\"DUSK\""));
        assertEquals("field \"seen\": text \"tomorrow\" (expected timestamp)", problem("\"seen\":\"tomorrow\""));
        assertEquals("field \"lag\": text \"1h\" (expected duration)", problem("\"lag\":\"1h\""));
        assertEquals("field \"values\": an object (expected float64[])", problem("\"values\":{}"));
        assertEquals("field \"values\": element 1: null (expected float64)", problem("\"values\":[1,null]"));
        assertEquals("field \"values\": element 0: an array (expected float64)", problem("\"values\":[[1]]"));
        assertEquals(
                "field \"other\": no such field in the dataset (drop it, or let fields be added)",
                problem("\"other\":1"));
        assertEquals("field \"flag\": given twice", problem("\"flag\":true,\"flag\":true"));
    }

    @Test
    void namesTheLineOfMalformedText() throws IOException {
        assertEquals(
                "a.ndjson: line 2: json: unexpected end of text (expected \",\" or \"}\") [column 39]",
                failure("{\"time\":5}", "{\"time\":\"2025-03-28T11:44:23Z\",\"big\":1"));
        assertEquals(
                "a.ndjson: line 1: json: unexpected character: \"t\" (expected a value) [column 10]",
                failure("{ \"flag\":tr"));
    }

    @Test
    void goesOnBehindAWrongRow() throws IOException {
        Path file = Sources.file(
                folder, "a.ndjson", "{\"time\":\"x\"}", "[1]", "{}", "{\"time\":\"2025-01-01\"} {}", "{\"time\":5}");
        try (SourceReader reader = open(file, EVERYTHING)) {
            String place = file + ": line ";
            assertEquals(place + "1: field \"time\": text \"x\" (expected timestamp)", message(reader));
            assertEquals(place + "2: json: an array (expected an object)", message(reader));
            assertEquals(place + "3: field \"time\": unset (every row needs a time)", message(reader));
            assertEquals(
                    place + "4: json: unexpected character: \"{\" (expected the end of the text) [column 23]",
                    message(reader));
            assertEquals(5, reader.next().line());
            assertFalse(reader.hasNext());
        }
    }

    @Test
    void refusesWhatIsNotUtf8() throws IOException {
        Path file = Files.write(
                folder.resolve("a.ndjson"), "{\"time\":5,\"text\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(
                "a.ndjson: line 1: json: invalid UTF-8 [byte 18]", Sources.failure(folder, open(file, EVERYTHING)));
    }

    @Test
    void aLineAtTheLimitIsTakenAndOnePastItRefused() throws IOException {
        String line = "{\"time\":5,\"text\":\"" + "x".repeat(300_000) + "\"}";
        Path file = Sources.file(folder, "a.ndjson", line, line + " x", "{\"time\":6}");
        Limits limits = Limits.defaults().with("jsonLineBytesMax", line.length());
        SourceOptions options = SourceOptions.builder().limits(limits).build();
        try (SourceReader reader = NdjsonFiles.open(file, EVERYTHING, options)) {
            assertEquals(1, reader.next().line());
            LimitExceededException refused = assertThrows(LimitExceededException.class, reader::next);
            assertEquals(
                    file + ": line 2: bytes: " + (line.length() + 2) + " (at most " + line.length() + ")",
                    refused.getMessage());
            assertEquals(3, reader.next().line());
            assertFalse(reader.hasNext());
        }
    }

    @Test
    void refusesATruncatedArchive() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("{\"time\":5}\n".repeat(10).getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(folder.resolve("a.ndjson.gz"), Arrays.copyOf(packed.toByteArray(), packed.size() - 9));
        assertEquals(
                "a.ndjson.gz: cannot be read: Unexpected end of ZLIB input stream",
                Sources.failure(folder, open(file, EVERYTHING)));
    }

    @Test
    void saysWhenThereIsNoFile() {
        Path file = folder.resolve("none.ndjson");
        InvalidRequestException refused = assertThrows(InvalidRequestException.class, () -> open(file, EVERYTHING));
        assertEquals(file + ": no such file", refused.getMessage());
    }

    @Test
    void infersASchemaThatAllRowsFit() throws IOException {
        Path file = Sources.file(
                folder,
                "a.ndjson",
                "{\"time\":5,\"n\":1,\"x\":1,\"s\":\"2020-01-01\",\"list\":[],\"Mixed\":1,\"u\":18446744073709551615,\"o\":{}}",
                "{\"time\":6,\"n\":-2,\"x\":1.5,\"list\":[1.5,2],\"Mixed\":\"a\",\"none\":null,\"nul\":[1,null]}");
        try (SourceReader reader = NdjsonFiles.open(file, null, SourceOptions.DEFAULT)) {
            assertEquals(
                    "TEMPORAL [n:int64, x:float64, s:string, list:float64[], mixed:json, u:uint64, o:json, nul:json]",
                    reader.schema().toString());
            assertEquals(
                    "/Mixed",
                    reader.schema().field("mixed").orElseThrow().sourcePointer().orElseThrow());
            assertTrue(reader.schema().field("s").orElseThrow().isQueryable());
            List<Datapoint> rows = Sources.datapoints(reader);
            assertEquals(Json.parse("\"a\""), rows.get(1).value("mixed").orElseThrow());
            assertEquals(List.of(1.5, 2.0), rows.get(1).value("list").orElseThrow());
        }
    }

    @Test
    void addsFieldsOnlyWhenAsked() throws IOException {
        Path file = Sources.file(folder, "a.ndjson", "{\"time\":5,\"flag\":true,\"other\":\"x\"}");
        SourceOptions adding = SourceOptions.builder().newFields(NewFields.ADD).build();
        try (SourceReader reader = NdjsonFiles.open(file, EVERYTHING, adding)) {
            assertEquals("string", reader.schema().field("other").orElseThrow().typeText());
            assertEquals(
                    EVERYTHING.fields().size() + 1, reader.schema().fields().size());
            assertEquals("x", reader.next().datapoint().value("other").orElseThrow());
        }
        SourceOptions dropping = SourceOptions.builder().drop("other").build();
        try (SourceReader reader = NdjsonFiles.open(file, EVERYTHING, dropping)) {
            assertEquals("{flag=true}", reader.next().datapoint().values().toString());
        }
    }

    @Test
    void putsTheLineInThePlaceOfTheRowsNumber() {
        SourceRow row = new SourceRow("a.ndjson", 17, everything());
        InvalidRequestException failure = new InvalidRequestException("row 0: field \"value\"", "NaN");
        assertEquals(
                "a.ndjson: line 17: field \"value\": NaN",
                SourceRow.located(failure, List.of(row)).getMessage());
        InvalidRequestException other = new InvalidRequestException("query", "no");
        assertEquals(other, SourceRow.located(other, List.of(row)));
    }

    private static Datapoint everything() {
        return Datapoint.at(TIME)
                .stored(
                        DatapointId.parse("0195dc91-45d8-7000-8000-000000000001"),
                        Instant.parse("2025-03-29T00:00:00.000001Z"))
                .geometry(TRIANGLE)
                .set("text", "a\"ü\n")
                .set("raw", Bytes.ofHex("AF1E28D4"))
                .set("flag", false)
                .set("small", -7)
                .set("big", (1L << 53) + 1)
                .set("huge", Uint64.ofBits(-1))
                .set("single", 0.1f)
                .set("value", -0.0)
                .set("phase", NIGHT)
                .set("lag", Duration.ofNanos(-1))
                .set("seen", Instant.parse("2025-03-28T11:44:23.345761444Z"))
                .set("tag", UUID.fromString("126a2531-c98d-4e06-815a-34bc5b1228cc"))
                .set("track", Wkt.read("POINT (1 2)", Limits.defaults()))
                .set("more", Json.parse("{\"a\":[1,null]}"))
                .set("texts", List.of("", "x"))
                .set("values", List.of(Double.NaN, 1e300, 12.0))
                .build();
    }

    private static String written(Datapoint... rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (NdjsonWriter writer = new NdjsonWriter(out)) {
            for (Datapoint row : rows) {
                writer.write(row);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static SourceReader open(Path file, DatasetSchema schema) {
        return NdjsonFiles.open(file, schema, SourceOptions.DEFAULT);
    }

    private String problem(String member) throws IOException {
        String prefix = "a.ndjson: line 1: ";
        String failure = failure("{\"time\":\"2025-03-28T11:44:23Z\"," + member + "}");
        assertTrue(failure.startsWith(prefix), failure);
        return failure.substring(prefix.length());
    }

    private String failure(String... lines) throws IOException {
        Path file = Sources.file(folder, "a.ndjson", lines);
        return Sources.failure(folder, open(file, EVERYTHING));
    }

    private static String message(SourceReader reader) {
        return assertThrows(InvalidRequestException.class, reader::next).getMessage();
    }
}
