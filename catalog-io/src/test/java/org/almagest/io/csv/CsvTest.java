package org.almagest.io.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.io.NewFields;
import org.almagest.io.RandomRows;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.io.Sources;
import org.almagest.io.synthetic.GranuleGenerator;
import org.almagest.model.Datapoint;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
    private static final DatasetSchema MEASUREMENTS = DatasetSchema.temporal()
            .field(Field.float64("value"))
            .field(Field.string("sensor"))
            .field(Field.timestamp("precise_time"))
            .field(Field.float64("sensor_history").array())
            .build();
    private static final String HEADER = "time,value,sensor,precise_time,sensor_history,some_unwanted_column";
    private static final String FIRST =
            "2025-03-28T11:44:23Z,45.16,A,2025-03-28T11:44:23.345761444Z,\"[-12.15, 13.45, -8.2, 16.5, 45.16]\",Unsupported";
    private static final String SECOND =
            "2025-03-28T11:45:19Z,273.15,B,2025-03-28T11:45:19.128742312Z,\"[300.16, 280.12, 273.15]\",Unsupported";

    @TempDir
    Path folder;

    @Test
    void refusesAColumnWithoutAFieldAndTakesTheFileWhenItIsDropped() throws IOException {
        Path file = Sources.file(folder, "a.csv", HEADER, FIRST, SECOND);
        InvalidRequestException refused = assertThrows(InvalidRequestException.class, () -> open(file, MEASUREMENTS));
        assertEquals(
                file + ": line 1: field \"some_unwanted_column\": no such field in the dataset"
                        + " (drop it, or let fields be added)",
                refused.getMessage());
        SourceOptions options =
                SourceOptions.builder().drop("some_unwanted_column").build();
        assertEquals(
                List.of(
                        Datapoint.at("2025-03-28T11:44:23Z")
                                .set("value", 45.16)
                                .set("sensor", "A")
                                .set("precise_time", Instant.parse("2025-03-28T11:44:23.345761444Z"))
                                .set("sensor_history", List.of(-12.15, 13.45, -8.2, 16.5, 45.16))
                                .build(),
                        Datapoint.at("2025-03-28T11:45:19Z")
                                .set("value", 273.15)
                                .set("sensor", "B")
                                .set("precise_time", Instant.parse("2025-03-28T11:45:19.128742312Z"))
                                .set("sensor_history", List.of(300.16, 280.12, 273.15))
                                .build()),
                Sources.datapoints(CsvFiles.open(file, MEASUREMENTS, options)));
    }

    @Test
    void readsQuotesBlanksAndEveryFormOfTime() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.csv"),
                "\uFEFFtime, sensor ,value,sensor_history\r\n"
                        + "2025-03-28 11:44:23.5+00:00,\"say \"\"hi\"\",\nthen go\", 1e3 ,\"['1', 2]\"\r\n"
                        + "\r\n"
                        + "2025-03-28,\"\",,[]\r\n"
                        + "1743162263, x ,nan,\"\"");
        List<Datapoint> rows = Sources.datapoints(open(file, MEASUREMENTS));
        assertEquals(
                List.of(
                        Datapoint.at("2025-03-28T11:44:23.5Z")
                                .set("sensor", "say \"hi\",\nthen go")
                                .set("value", 1_000.0)
                                .set("sensor_history", List.of(1.0, 2.0))
                                .build(),
                        Datapoint.at("2025-03-28T00:00:00Z")
                                .set("sensor_history", List.of())
                                .build(),
                        Datapoint.at("2025-03-28T11:44:23Z")
                                .set("sensor", " x ")
                                .set("value", Double.NaN)
                                .build()),
                rows);
    }

    @Test
    void linesCountFromTheFirstOfARecord() throws IOException {
        Path file = Sources.file(folder, "a.csv", "time,sensor,value", "2025-01-01,\"a\nb\nc\",1", "2025-01-02,x,y");
        assertEquals(
                "a.csv: line 5: field \"value\": text \"y\" (expected float64)",
                Sources.failure(folder, open(file, MEASUREMENTS)));
    }

    @Test
    void namesWhatIsWrong() throws IOException {
        assertEquals("a.csv: line 2: cells: 2 (expected 3, as the header has)", failure("2025-01-01,1"));
        assertEquals("a.csv: line 2: field \"time\": text \"soon\" (expected timestamp)", failure("soon,1,"));
        assertEquals("a.csv: line 2: field \"time\": unset (every row needs a time)", failure(",1,"));
        assertEquals(
                "a.csv: line 2: field \"sensor_history\": text \"1;2\" (expected a list in brackets, such as [1, 2])",
                failure("5,1,1;2"));
        assertEquals(
                "a.csv: line 2: field \"sensor_history\": element 1: text \"b\" (expected float64)",
                failure("5,1,\"[1, b]\""));
        assertEquals("a.csv: line 2: column 3: quotes never closed", failure("5,1,\"[1"));
        assertEquals(
                "a.csv: line 2: column 2: text after the closing quote (quotes within a cell are doubled)",
                failure("5,\"1\"x,"));
    }

    @Test
    void refusesAHeaderThatSaysTooLittleOrTooMuch() throws IOException {
        assertEquals("a.csv: line 1: header: none (expected the names of the columns)", headerFailure(""));
        assertEquals(
                "a.csv: line 1: field \"value\": a second column for it (drop one)", headerFailure("time,value,value"));
        assertEquals("a.csv: line 1: field \"time\": no such column (every row needs a time)", headerFailure("value"));
    }

    @Test
    void goesOnBehindAWrongRow() throws IOException {
        Path file = Sources.file(folder, "a.csv", "time,value", "5,x", "\"6\"x,1", "7,2", "8,\"2");
        try (SourceReader reader = open(file, MEASUREMENTS)) {
            assertThrows(InvalidRequestException.class, reader::next);
            assertThrows(InvalidRequestException.class, reader::next);
            assertEquals(4, reader.next().line());
            assertThrows(InvalidRequestException.class, reader::next);
            assertFalse(reader.hasNext());
        }
    }

    @Test
    void refusesWhatIsNotUtf8() throws IOException {
        Path file =
                Files.write(folder.resolve("a.csv"), "time,sensor\n5,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        InvalidRequestException refused = assertThrows(InvalidRequestException.class, () -> open(file, MEASUREMENTS));
        assertEquals(
                file + ": line 1: invalid UTF-8 on or behind it",
                refused.getMessage().replace(file + ": line 1: " + file, file.toString()));
    }

    @Test
    void aCellAtTheLimitIsTakenAndOnePastItRefused() throws IOException {
        Path file = Sources.file(folder, "a.csv", "time,sensor", "5," + "x".repeat(30), "6," + "x".repeat(31), "7,y");
        SourceOptions options = SourceOptions.builder()
                .limits(Limits.defaults().with("csvCellLengthMax", 30))
                .build();
        try (SourceReader reader = CsvFiles.open(file, MEASUREMENTS, options)) {
            assertEquals(2, reader.next().line());
            LimitExceededException refused = assertThrows(LimitExceededException.class, reader::next);
            assertEquals(file + ": line 3: cell: characters: 31 (at most 30)", refused.getMessage());
            assertEquals(4, reader.next().line());
        }
    }

    @Test
    void infersASchemaThatAllRowsFit() throws IOException {
        Path file = Sources.file(
                folder,
                "a.csv",
                "time,Orbit Number,cloudCover,ok,tile,when,2m,list,names,mixed,none,wkt",
                "5,1,1,true,007,2020-01-01,1,\"[1, 2.5]\",\"[a, 'b']\",1,,POINT (1 2)",
                "6,-2,2.5,FALSE,008,2021-01-01,nan,[],,x,,");
        try (SourceReader reader = CsvFiles.open(file, null, SourceOptions.DEFAULT)) {
            assertEquals(
                    "SPATIOTEMPORAL [orbit_number:int64, cloud_cover:float64, ok:bool, tile:string, when:string,"
                            + " f_2m:float64, list:float64[], names:string[], mixed:string]",
                    reader.schema().toString());
            List<Datapoint> rows = Sources.datapoints(reader);
            assertEquals(-2L, rows.get(1).value("orbit_number").orElseThrow());
            assertEquals(List.of("a", "b"), rows.get(0).value("names").orElseThrow());
            assertEquals("POINT (1 2)", rows.get(0).geometry().orElseThrow().toString());
        }
    }

    @Test
    void anotherColumnMayHoldTheTime() throws IOException {
        Path file = Sources.file(folder, "a.csv", "acquired,value", "2025-01-01,1");
        SourceOptions options = SourceOptions.builder().timeField("acquired").build();
        List<Datapoint> rows = Sources.datapoints(CsvFiles.open(file, MEASUREMENTS, options));
        assertEquals(List.of(Datapoint.at("2025-01-01").set("value", 1.0).build()), rows);
    }

    @Test
    void addsFieldsWhenAsked() throws IOException {
        Path file = Sources.file(folder, "a.csv", HEADER, FIRST);
        SourceOptions options = SourceOptions.builder().newFields(NewFields.ADD).build();
        try (SourceReader reader = CsvFiles.open(file, MEASUREMENTS, options)) {
            assertEquals(
                    "some_unwanted_column:string",
                    reader.schema().fields().get(4).toString());
            assertEquals(
                    "Unsupported",
                    reader.next().datapoint().value("some_unwanted_column").orElseThrow());
        }
    }

    @Test
    void rowsReadBackEqual() {
        DatasetSchema schema = RandomRows.schema();
        Seeded.repeat(20, random -> {
            List<Datapoint> rows = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                rows.add(RandomRows.next(random));
            }
            Path file = written(schema, rows);
            assertEquals(rows, Sources.datapoints(open(file, schema)));
        });
    }

    @Test
    void generatedRowsReadBackEqual() throws IOException {
        GranuleGenerator generator = GranuleGenerator.of(9).with(GranuleGenerator.Width.WIDE);
        List<Datapoint> rows = new ArrayList<>();
        generator.datapoints(0, 300).forEachRemaining(rows::add);
        assertEquals(rows, Sources.datapoints(open(written(generator.schema(), rows), generator.schema())));
    }

    private Path written(DatasetSchema schema, List<Datapoint> rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CsvWriter writer = new CsvWriter(out, CsvWriter.inputColumns(schema))) {
            for (Datapoint row : rows) {
                writer.write(row);
            }
        }
        return Files.write(folder.resolve("written.csv"), out.toByteArray());
    }

    private static SourceReader open(Path file, DatasetSchema schema) {
        return CsvFiles.open(file, schema, SourceOptions.DEFAULT);
    }

    private String failure(String record) throws IOException {
        Path file = Sources.file(folder, "a.csv", "time,value,sensor_history", record);
        return Sources.failure(folder, open(file, MEASUREMENTS));
    }

    private String headerFailure(String header) throws IOException {
        Path file = Sources.file(folder, "a.csv", header);
        return assertThrows(InvalidRequestException.class, () -> open(file, MEASUREMENTS))
                .getMessage()
                .replace(folder + "/", "");
    }
}
