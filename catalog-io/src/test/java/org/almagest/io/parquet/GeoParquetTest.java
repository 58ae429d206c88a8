package org.almagest.io.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.almagest.geo.Wkb;
import org.almagest.geo.Wkt;
import org.almagest.io.NewFields;
import org.almagest.io.RandomRows;
import org.almagest.io.RowWriter;
import org.almagest.io.SharedFiles;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.io.Sources;
import org.almagest.io.parquet.file.ParquetRows;
import org.almagest.model.Datapoint;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoParquetTest {
    private static final SourceOptions AT_2020 = SourceOptions.builder()
            .fixedTime(Instant.parse("2020-01-01T00:00:00Z"))
            .build();

    @TempDir
    Path folder;

    private Path write(DatasetSchema schema, List<Datapoint> rows) throws IOException {
        Path file = folder.resolve("a.parquet");
        try (RowWriter writer = GeoParquetFiles.writer(Files.newOutputStream(file), schema, Map.of())) {
            for (Datapoint row : rows) {
                writer.write(row);
            }
        }
        return file;
    }

    private static List<Datapoint> read(Path file, DatasetSchema schema) {
        return Sources.datapoints(GeoParquetFiles.open(file, schema, SourceOptions.DEFAULT));
    }

    private static void assertSame(Datapoint expected, Datapoint actual) {
        assertEquals(expected.time(), actual.time());
        assertEquals(expected.values(), actual.values());
        assertEquals(expected.geometry().map(Wkt::write), actual.geometry().map(Wkt::write));
    }

    @Test
    void rowsOfEveryTypeComeBackEqual() throws IOException {
        DatasetSchema schema = RandomRows.schema();
        Seeded.repeat(5, random -> {
            List<Datapoint> rows = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                rows.add(RandomRows.next(random));
            }
            Path file = write(schema, rows);
            for (DatasetSchema given : new DatasetSchema[] {schema, null}) {
                List<Datapoint> back = read(file, given);
                assertEquals(rows.size(), back.size());
                for (int i = 0; i < rows.size(); i++) {
                    assertSame(rows.get(i), back.get(i));
                }
            }
        });
    }

    @Test
    void theSchemaComesBackWithKeyVersionAndExtent() throws IOException {
        DatasetSchema schema = DatasetSchema.spatioTemporal()
                .field(Field.string("name"))
                .field(Field.timestamp("start"))
                .field(Field.timestamp("end"))
                .field(Field.duration("exposure").array())
                .key("name")
                .version("end")
                .extent("start", "end")
                .build();
        Path file = write(schema, List.of());
        try (SourceReader reader = GeoParquetFiles.open(file, null, SourceOptions.DEFAULT)) {
            assertFalse(reader.hasNext());
            assertEquals(schema, reader.schema());
        }
    }

    @Test
    void valuesThatTheirColumnsRoundComeBackExactly() throws IOException {
        DatasetSchema schema = DatasetSchema.temporal()
                .field(Field.timestamp("t"))
                .field(Field.timestamp("ts").array())
                .field(Field.duration("d"))
                .build();
        Instant fine = Instant.parse("2025-03-28T11:44:23.345761444Z");
        Instant coarse = Instant.parse("2025-03-28T11:44:23.345761Z");
        List<Datapoint> rows = List.of(
                Datapoint.at("2025-01-01T00:00:00Z").set("t", fine).build(),
                Datapoint.at("2025-01-01T00:00:01Z").set("t", coarse).build(),
                Datapoint.at("2025-01-01T00:00:02Z")
                        .set("ts", List.of(coarse, fine))
                        .set("d", Duration.ofSeconds(Long.MAX_VALUE / 1_000, 1))
                        .build());
        Path file = write(schema, rows);
        List<Datapoint> back = read(file, schema);
        for (int i = 0; i < rows.size(); i++) {
            assertSame(rows.get(i), back.get(i));
        }
        assertEquals(Map.of("t", coarse), back.get(1).values());
    }

    @Test
    void boxesSayWhereRowsAreAndCoverOnlyWhereNoneWraps() throws IOException {
        DatasetSchema schema = DatasetSchema.spatioTemporal().build();
        Datapoint plain = Datapoint.at("2025-01-01T00:00:00Z")
                .geometry(Wkt.read("POLYGON ((10 20, 30 20, 30 40, 10 20))", Limits.defaults()))
                .build();
        Datapoint crossing = Datapoint.at("2025-01-01T00:00:00Z")
                .geometry(Wkt.read("POLYGON ((170 0, -170 0, -170 10, 170 10, 170 0))", Limits.defaults()))
                .build();
        try (ParquetRows rows = ParquetRows.open(write(schema, List.of(plain)), Limits.defaults())) {
            assertTrue(rows.metadata().get("geo").contains("\"covering\""));
            assertArrayEquals(new Object[] {10.0, 20.0, 30.0, 40.0}, box(rows));
        }
        try (ParquetRows rows = ParquetRows.open(write(schema, List.of(crossing)), Limits.defaults())) {
            assertFalse(rows.metadata().get("geo").contains("\"covering\""));
            assertArrayEquals(new Object[] {170.0, 0.0, -170.0, 10.0}, box(rows));
        }
        assertEquals(1, read(folder.resolve("a.parquet"), null).size());
    }

    private static Object[] box(ParquetRows rows) {
        Object[] row = rows.next();
        return (Object[]) row[rows.schema().getFieldIndex("bbox")];
    }

    @Test
    void aFieldNamedAsTheBoxKeepsItsColumn() throws IOException {
        DatasetSchema schema = DatasetSchema.spatioTemporal()
                .field(Field.float64("bbox").array())
                .build();
        Datapoint row = Datapoint.at("2025-01-01T00:00:00Z")
                .geometry(Wkt.read("POINT (1 2)", Limits.defaults()))
                .set("bbox", List.of(1.0, 2.0))
                .build();
        assertSame(row, read(write(schema, List.of(row)), null).get(0));
    }

    @Test
    void rowGroupsEndAtTheirLimit() throws IOException {
        DatasetSchema schema = DatasetSchema.temporal().field(Field.bool("b")).build();
        List<Datapoint> rows = new ArrayList<>();
        Instant start = Instant.parse("2025-01-01T00:00:00Z");
        for (int i = 0; i <= GeoParquetWriter.ROW_GROUP_ROWS; i++) {
            rows.add(Datapoint.at(start.plusMillis(i)).build());
        }
        Path file = write(schema, rows);
        try (SourceReader reader = GeoParquetFiles.open(file, schema, SourceOptions.DEFAULT)) {
            long first = 0;
            for (long line = 1; reader.hasNext(); line++) {
                assertEquals(
                        rows.get((int) line - 1).time(),
                        reader.next().datapoint().time());
                first = line == 1 ? reader.bytesRead() : first;
            }
            assertTrue(reader.bytesRead() > first, "two row groups");
        }
    }

    @Test
    void geometriesOfOtherWritersComeAsTheirTextSays() throws IOException {
        for (String kind : List.of("point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon")) {
            Path file = SharedFiles.file("geoparquet/data-" + kind + "-encoding_wkb.parquet");
            List<String> lines = Files.readAllLines(SharedFiles.file("geoparquet/data-" + kind + "-wkt.csv"));
            List<Datapoint> rows = Sources.datapoints(GeoParquetFiles.open(file, null, AT_2020));
            assertEquals(lines.size() - 1, rows.size());
            for (int i = 0; i < rows.size(); i++) {
                String[] cells = lines.get(i + 1).split(",", 2);
                String text = cells[1].replace("\"", "");
                assertEquals(Long.parseLong(cells[0]), rows.get(i).value("col").orElseThrow());
                if (text.isEmpty() || text.endsWith("EMPTY")) {
                    assertTrue(
                            rows.get(i)
                                    .geometry()
                                    .filter(shape -> !shape.isEmpty())
                                    .isEmpty(),
                            text);
                } else {
                    assertArrayEquals(
                            Wkb.write(Wkt.read(text, Limits.defaults())),
                            Wkb.write(rows.get(i).geometry().orElseThrow()));
                }
            }
        }
    }

    @Test
    void columnsOfOtherWritersBecomeTypedFields() {
        Path file = SharedFiles.file("geoparquet/example.parquet");
        try (SourceReader reader = GeoParquetFiles.open(file, null, AT_2020)) {
            assertEquals(
                    List.of("pop_est:float64", "continent:string", "name:string", "iso_a3:string", "gdp_md_est:int64"),
                    reader.schema().fields().stream()
                            .map(field -> field.name() + ":" + field.typeText())
                            .toList());
            assertEquals(5, Sources.all(reader).size());
        }
        Path cities = SharedFiles.file("natural-earth/natural-earth_cities_geo.parquet");
        assertEquals(
                243, Sources.all(GeoParquetFiles.open(cities, null, AT_2020)).size());
        Path countries = SharedFiles.file("natural-earth/natural-earth_countries_geo.parquet");
        assertEquals(
                177, Sources.all(GeoParquetFiles.open(countries, null, AT_2020)).size());
    }

    @Test
    void newColumnsBecomeFieldsOnlyWhenAskedFor() throws IOException {
        DatasetSchema narrow = DatasetSchema.temporal().field(Field.int64("a")).build();
        DatasetSchema wide = narrow.toBuilder().field(Field.string("b")).build();
        Datapoint row =
                Datapoint.at("2025-01-01T00:00:00Z").set("a", 1L).set("b", "x").build();
        Path file = write(wide, List.of(row));
        assertEquals(
                "a.parquet: field \"b\": no such field in the dataset (drop it, or let fields be added)",
                FileFailures.message(folder, () -> GeoParquetFiles.open(file, narrow, SourceOptions.DEFAULT)));
        SourceOptions adding = SourceOptions.builder().newFields(NewFields.ADD).build();
        assertSame(
                row,
                Sources.datapoints(GeoParquetFiles.open(file, narrow, adding)).get(0));
        SourceOptions dropping = SourceOptions.builder().drop("b").build();
        assertEquals(
                Map.of("a", 1L),
                Sources.datapoints(GeoParquetFiles.open(file, narrow, dropping))
                        .get(0)
                        .values());
    }

    @Test
    void valuesGoToFieldsOfOtherTypesOnlyExactly() throws IOException {
        DatasetSchema written = DatasetSchema.temporal()
                .field(Field.int64("n"))
                .field(Field.float64("x"))
                .field(Field.string("s"))
                .build();
        Datapoint row = Datapoint.at("2025-01-01T00:00:00Z")
                .set("n", 1L << 40)
                .set("x", 0.5)
                .set("s", "2025-01-01T00:00:00Z")
                .build();
        Path file = write(written, List.of(row));
        DatasetSchema wanted = DatasetSchema.temporal()
                .field(Field.float64("n"))
                .field(Field.float32("x"))
                .field(Field.timestamp("s"))
                .build();
        assertEquals(
                Map.of("n", (double) (1L << 40), "x", 0.5f, "s", Instant.parse("2025-01-01T00:00:00Z")),
                read(file, wanted).get(0).values());
        DatasetSchema narrow = DatasetSchema.temporal()
                .field(Field.of("n", TypeKind.INT32))
                .field(Field.float64("x"))
                .field(Field.string("s"))
                .build();
        assertEquals(
                "a.parquet: line 1: field \"n\": number 1099511627776 (expected int32)",
                Sources.failure(folder, GeoParquetFiles.open(file, narrow, SourceOptions.DEFAULT)));
    }

    @Test
    void rowsWithoutATimeAreRefusedOneByOne() {
        Path file = SharedFiles.file("geoparquet/example.parquet");
        try (SourceReader reader = GeoParquetFiles.open(file, null, SourceOptions.DEFAULT)) {
            for (int line = 1; line <= 5; line++) {
                assertTrue(reader.hasNext());
                assertEquals(
                        file + ": line " + line + ": field \"time\": unset (expected timestamp)",
                        FileFailures.message(folder, reader::next));
            }
            assertFalse(reader.hasNext());
        }
    }
}
