package org.almagest.io.geojson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.almagest.geo.Wkt;
import org.almagest.internal.row.RowBinder;
import org.almagest.io.SharedFiles;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.io.Sources;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestOptions;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoJsonTest {
    private static final String POINT = "\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}";

    @TempDir
    Path folder;

    @Test
    void readsRealCountries() {
        SourceOptions options = SourceOptions.builder().fixedTime(Instant.EPOCH).build();
        SourceReader reader =
                GeoJsonFiles.open(SharedFiles.file("natural-earth/ne_110m_admin_0_countries.json"), null, options);
        List<Datapoint> rows = Sources.datapoints(reader);
        assertEquals(177, rows.size());
        assertTrue(reader.schema().field("pop_est").orElseThrow().isQueryable());
        RowBinder binder =
                new RowBinder(reader.schema().numbered(), new UUID(1, 2), Limits.defaults(), IngestOptions.DEFAULT);
        assertEquals(
                177,
                rows.stream().map(row -> binder.bind(0, row).id()).distinct().count());
    }

    @Test
    void mapsMembersAndProperties() throws IOException {
        Path file = Sources.file(
                folder,
                "a.geojson",
                "{\"type\":\"FeatureCollection\",\"features\":[",
                "{\"type\":\"Feature\",\"id\":7,\"bbox\":[1,2,1,2]," + POINT
                        + ",\"properties\":{\"date\":\"2020-01-01\",\"NAME_LONG\":\"x\",\"id\":5,\"tags\":[\"a\"]}},",
                "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"time\":1577836800,\"date\":\"d\"}}",
                "]}");
        SourceReader reader = GeoJsonFiles.open(file, null, SourceOptions.DEFAULT);
        List<Datapoint> rows = Sources.datapoints(reader);
        assertEquals(
                Datapoint.at("2020-01-01")
                        .geometry(Wkt.read("POINT (1 2)", Limits.defaults()))
                        .set("feature_id", 7.0)
                        .set("name_long", "x")
                        .set("f_id", 5.0)
                        .set("tags", List.of("a"))
                        .set("other_properties", Json.parse("{\"/bbox\":[1,2,1,2]}"))
                        .build(),
                rows.get(0));
        assertEquals(Datapoint.at("2020-01-01").set("date", "d").build(), rows.get(1));
        assertEquals(
                "/properties/NAME_LONG",
                reader.schema().field("name_long").orElseThrow().sourcePointer().orElseThrow());
    }

    @Test
    void aFeatureNeedsATime() throws IOException {
        Path file = Sources.file(folder, "a.geojson", "", "{\"type\":\"Feature\",\"properties\":null}");
        assertEquals(
                "a.geojson: line 2: field \"time\": unset (every feature needs a time; another property or one time for"
                        + " all can be named)",
                Sources.failure(folder, GeoJsonFiles.open(file, null, SourceOptions.DEFAULT)));
        Path wrong = Sources.file(folder, "a.geojson", "{\"type\":\"Feature\",\"properties\":{\"date\":\"1.5.2020\"}}");
        assertEquals(
                "a.geojson: line 1: field \"date\": text \"1.5.2020\" (expected timestamp)",
                Sources.failure(folder, GeoJsonFiles.open(wrong, null, SourceOptions.DEFAULT)));
    }

    @Test
    void anotherPropertyMayHoldTheTime() throws IOException {
        Path file = Sources.file(
                folder, "a.geojson", "{\"type\":\"Feature\",\"properties\":{\"seen\":\"2020-01-01\",\"date\":\"x\"}}");
        SourceOptions options = SourceOptions.builder().timeField("seen").build();
        assertEquals(
                List.of(Datapoint.at("2020-01-01").set("date", "x").build()),
                Sources.datapoints(GeoJsonFiles.open(file, null, options)));
    }

    @Test
    void writesACollectionThatReadsBack() throws IOException {
        Datapoint row = Datapoint.at("2020-01-01")
                .stored(DatapointId.of(new UUID(7, 8)), Instant.EPOCH)
                .geometry(Wkt.read("POINT (1 2)", Limits.defaults()))
                .set("value", 2.5)
                .build();
        Datapoint bare = Datapoint.at("2020-01-02").build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GeoJsonWriter writer = new GeoJsonWriter(out)) {
            writer.write(row);
            writer.write(bare);
        }
        String text = out.toString(StandardCharsets.UTF_8);
        assertEquals(
                "{\"type\":\"FeatureCollection\",\"features\":[\n"
                        + "{\"type\":\"Feature\",\"id\":\"00000000-0000-0007-0000-000000000008\"," + POINT
                        + ",\"properties\":{\"time\":\"2020-01-01T00:00:00Z\",\"ingestion_time\":\"1970-01-01T00:00:00Z\","
                        + "\"value\":2.5}},\n"
                        + "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"time\":\"2020-01-02T00:00:00Z\"}}\n]}\n",
                text);
        Path file = Sources.file(folder, "a.geojson", text);
        List<Datapoint> rows = Sources.datapoints(GeoJsonFiles.open(file, null, SourceOptions.DEFAULT));
        assertEquals(2.5, rows.get(0).value("value").orElseThrow());
        assertEquals(bare, rows.get(1));
    }
}
