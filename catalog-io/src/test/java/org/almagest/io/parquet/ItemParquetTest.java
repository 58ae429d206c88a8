package org.almagest.io.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.almagest.Catalog;
import org.almagest.CatalogOptions;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.row.RowBinder;
import org.almagest.io.RowWriter;
import org.almagest.io.SharedFiles;
import org.almagest.io.SourceFormat;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.io.SourceRow;
import org.almagest.io.Sources;
import org.almagest.io.parquet.file.ParquetRows;
import org.almagest.io.source.SourceFiles;
import org.almagest.io.stac.StacItems;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestOptions;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.query.Query;
import org.almagest.schema.DatasetSchema;
import org.almagest.testing.ModelCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemParquetTest {
    @TempDir
    Path folder;

    /** The rows of a file and the schema that they fit. */
    private record Rows(List<Datapoint> datapoints, DatasetSchema schema) {
        List<String> items() {
            StacItems items = new StacItems(schema);
            return datapoints.stream().map(row -> items.item(row).text()).toList();
        }

        List<DatapointId> ids() {
            RowBinder binder =
                    new RowBinder(schema.numbered(), new UUID(1, 2), Limits.defaults(), IngestOptions.DEFAULT);
            List<DatapointId> ids = new ArrayList<>();
            datapoints.forEach(row -> ids.add(binder.bind(0, row).id()));
            return ids;
        }
    }

    private static Rows read(Path file) {
        SourceOptions options = file.toString().endsWith(".ndjson")
                ? SourceOptions.builder().format(SourceFormat.STAC).build()
                : SourceOptions.DEFAULT;
        SourceReader reader = SourceFiles.open(file, null, options);
        return new Rows(Sources.datapoints(reader), reader.schema());
    }

    private Path write(Rows rows) throws IOException {
        Path file = folder.resolve("items.parquet");
        try (RowWriter writer = GeoParquetFiles.writer(
                Files.newOutputStream(file), rows.schema(), Map.of("c", Json.parse("{\"id\":\"c\"}")))) {
            for (Datapoint row : rows.datapoints()) {
                writer.write(row);
            }
        }
        return file;
    }

    private Rows checkRoundTrip(Path file, int count) throws IOException {
        Rows rows = read(file);
        Rows back = read(write(rows));
        assertEquals(count, rows.datapoints().size());
        assertEquals(rows.items(), back.items());
        assertEquals(rows.ids(), back.ids());
        return back;
    }

    @Test
    void realItemsComeBackEqualWithTheSameIds() throws IOException {
        checkRoundTrip(SharedFiles.file("stac/pgstac-naip-items.ndjson"), 1_000);
        checkRoundTrip(SharedFiles.file("stac/pgstac-items.ndjson"), 100);
    }

    private void checkStructs(Path source) throws IOException {
        Rows rows = read(source);
        Assets assets = new Assets();
        rows.datapoints().forEach(assets::see);
        assertTrue(assets.areStructs());
        Path file = folder.resolve("structs.parquet");
        try (RowWriter writer = GeoParquetFiles.writer(Files.newOutputStream(file), rows.schema(), Map.of(), assets)) {
            for (Datapoint row : rows.datapoints()) {
                writer.write(row);
            }
        }
        try (ParquetRows columns = ParquetRows.open(file, Limits.defaults())) {
            assertFalse(columns.schema().getType("assets").isPrimitive());
        }
        assertEquals(rows.items(), read(file).items());
        assertEquals(rows.ids(), read(file).ids());
    }

    @Test
    void assetsAsStructsComeBackEqual() throws IOException {
        String time = "\"datetime\":\"2020-01-01T00:00:00Z\"";
        List<String> assets = List.of(
                "{\"a\":{\"href\":\"x\",\"roles\":[\"data\"],\"gsd\":10,\"flag\":true}}",
                "{\"a\":{\"href\":\"y\",\"roles\":[],\"gsd\":0.1},\"b\":{\"href\":\"z\",\"bands\":[{\"n\":1},{\"m\":\"k\"}]}}",
                "{\"a\":{\"href\":\"x\",\"title\":null}}",
                "{\"b\":{\"href\":\"x\",\"size\":9007199254740993}}",
                "{\"b\":{\"href\":\"x\",\"size\":7}}",
                "{\"a\":{\"href\":\"x\",\"mixed\":[1,\"a\"],\"deep\":[[1],[]],\"empty\":{},\"none\":[null]}}",
                "{\"a\":{\"href\":\"x\",\"empty\":{\"k\":1}},\"c d\":{\"odd.name\":{\"x/y\":1}}}");
        List<String> items = new ArrayList<>();
        for (int i = 0; i < assets.size(); i++) {
            items.add(item(time, "\"assets\":" + assets.get(i) + ",").replace("\"ID\"", "\"item" + i + "\""));
        }
        items.add(item(time, "").replace("\"ID\"", "\"without\""));
        checkStructs(Files.write(folder.resolve("structs.ndjson"), items));
        // An object without members is no struct of Parquet.
        items.add(item(time, "\"assets\":{},").replace("\"ID\"", "\"empty\""));
        assertTrue(areStructs(items));
        assertFalse(areStructs(items.subList(items.size() - 1, items.size())));
        assertFalse(areStructs(List.of()));
        checkStructs(Files.write(folder.resolve("structs.ndjson"), items));
    }

    private boolean areStructs(List<String> items) throws IOException {
        Assets assets = new Assets();
        read(Files.write(folder.resolve("some.ndjson"), items)).datapoints().forEach(assets::see);
        return assets.areStructs();
    }

    @Test
    void realAssetsAsStructsComeBackEqual() throws IOException {
        checkStructs(SharedFiles.file("stac/pgstac-naip-items.ndjson"));
        checkStructs(SharedFiles.file("geoparquet/rustac-100-sentinel-2-items.parquet"));
    }

    @Test
    void itemsOfOtherWritersComeBackEqual() throws IOException {
        Path file = SharedFiles.file("geoparquet/rustac-100-sentinel-2-items.parquet");
        Rows rows = checkRoundTrip(file, 100);
        // Once more as text: an item has the same id whichever file it came in.
        Path text = Files.write(folder.resolve("items.ndjson"), rows.items());
        Rows fromText = read(text);
        assertEquals(rows.items(), fromText.items());
        assertEquals(rows.ids(), fromText.ids());
    }

    @Test
    void whatFitsNoColumnComesBackToo() throws IOException {
        String properties = "\"datetime\":\"2020-01-01T00:00:00.123456789Z\",\"created\":\"2020-01-01\","
                + "\"updated\":\"2020-01-02T03:04:05.5Z\",\"published\":\"2020-01-02T03:04:05.123456789Z\","
                + "\"eo:cloud_cover\":\"12\",\"a:b\":1,\"a_b\":2,\"n\":null,\"e\":[],\"m\":[1,\"x\"],\"o\":{\"k\":[]},"
                + "\"big\":9007199254740993,\"neg\":-1.5e-7,\"id\":\"x\",\"geometry\":\"y\",\"2m\":true,"
                + "\"\u6e29\u5ea6\":3,\"x/y~z\":4,\"proj:epsg\":32633,\"nulls\":[1,null],\"deep\":[[1],[2]],"
                + "\"other_properties\":{\"a\":null},\"bbox\":[5],\"links\":1,\"assets\":\"none\"";
        checkItems(
                item(properties, "\"foreign\":{\"a\":1},\"rights\":\"mine\","),
                item("\"datetime\":null,\"start_datetime\":\"2020-01-01T00:00:00Z\"", ""),
                item("\"datetime\":\"2020-01-01T01:00:00+01:00\"", "\"links\":[\"odd\"],"),
                item("\"datetime\":\"2020-01-01T00:00:00Z\"", "\"links\":[{\"href\":\"a\",\"rel\":\"b\",\"n\":1}],"),
                item("\"datetime\":\"2020-01-01T00:00:00Z\"", "\"assets\":{\"a\":{\"href\":\"x\",\"title\":null}},"),
                item("\"datetime\":\"0001-01-01T00:00:00Z\"", "\"stac_version\":\"1.1.0\",\"stac_extensions\":[],"));
    }

    @Test
    void geometriesAndBoxesOfEveryKindComeBack() throws IOException {
        String time = "\"datetime\":\"2020-01-01T00:00:00Z\"";
        String point = "{\"type\":\"Point\",\"coordinates\":[1,2]}";
        String ring = "{\"type\":\"Polygon\",\"coordinates\":[[[-170,0],[170,0],[170,10],[-170,10],[-170,0]]]}";
        checkItems(
                item(time, "").replace(point, "null"),
                item(time, "").replace(point, "{\"type\":\"Point\",\"coordinates\":[1,2,3]}"),
                item(time, "").replace(point, "{\"coordinates\":[],\"type\":\"MultiPoint\"}"),
                item(time, "").replace(point, "{\"type\":\"Point\",\"coordinates\":[1,2],\"crs\":{\"a\":1}}"),
                item(time, "\"bbox\":[0,0,5,5],"),
                item(time, "\"bbox\":[0,0,0,5,5,5],"),
                item(time, "\"bbox\":[170,0,-170,10],").replace(point, ring),
                item(time, "\"bbox\":[1],"));
    }

    private void checkItems(String... items) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < items.length; i++) {
            texts.add(items[i].replace("\"ID\"", "\"item" + i + "\""));
        }
        Path file = Files.write(folder.resolve("items.ndjson"), texts);
        Rows back = checkRoundTrip(file, items.length);
        assertArrayEquals(read(file).items().toArray(), back.items().toArray());
    }

    private static String item(String properties, String more) {
        return "{\"type\":\"Feature\",\"id\":\"ID\"," + more + "\"properties\":{" + properties
                + "},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}}";
    }

    @Test
    void theFormatIsKnownByItsFirstBytes() throws IOException {
        Path file = write(read(Sources.file(folder, "a.ndjson", item("\"datetime\":\"2020-01-01T00:00:00Z\"", ""))));
        Path other = Files.move(file, folder.resolve("items.data"));
        assertEquals(SourceFormat.PARQUET, SourceFiles.detect(other, Limits.defaults()));
        assertEquals(
                List.of(new JsonObject(Map.of("id", new JsonString("c")))),
                GeoParquetFiles.collections(other, Limits.defaults()));
    }

    @Test
    void howWideEdgesAreMeantComesBack() throws IOException {
        String ring = "{\"type\":\"Polygon\",\"coordinates\":[[[-170,0],[170,0],[170,10],[-170,10],[-170,0]]]}";
        String polar = "{\"type\":\"Polygon\",\"coordinates\":[[[-180,60],[-60,60],[60,60],[180,60],[180,59],"
                + "[60,59],[-60,59],[-180,59],[-180,60]]]}";
        String around = "{\"type\":\"Polygon\",\"coordinates\":[[[-120,60],[0,60],[120,60],[-120,60]]]}";
        String time = "\"datetime\":\"2020-01-01T00:00:00Z\"";
        String point = "{\"type\":\"Point\",\"coordinates\":[1,2]}";
        Map<String, AntimeridianRule> expected = Map.of(
                item(time, "").replace(point, ring), AntimeridianRule.CROSSING,
                item(time, "\"bbox\":[-170,0,170,10],").replace(point, ring), AntimeridianRule.AS_DRAWN,
                item(time, "").replace(point, around), AntimeridianRule.SHORT_WAY,
                item(time, "").replace(point, polar), AntimeridianRule.AS_DRAWN);
        for (Map.Entry<String, AntimeridianRule> one : expected.entrySet()) {
            Path text = Files.writeString(folder.resolve("one.ndjson"), one.getKey() + "\n");
            SourceOptions options =
                    SourceOptions.builder().format(SourceFormat.STAC).build();
            SourceReader reader = SourceFiles.open(text, null, options);
            SourceRow row = Sources.all(reader).get(0);
            try (Catalog catalog = new ModelCatalog(CatalogOptions.defaults())) {
                Collection collection = catalog.createDataset(DatasetSpec.of("a.b", reader.schema()))
                        .createCollection("c");
                collection.ingest(List.of(row.datapoint()), IngestOptions.DEFAULT.with(row.antimeridian()));
                Rows stored = new Rows(collection.query(Query.allTime().build()).toList(), reader.schema());
                SourceReader back = GeoParquetFiles.open(write(stored), null, SourceOptions.DEFAULT);
                SourceRow again = Sources.all(back).get(0);
                assertEquals(one.getValue(), again.antimeridian(), one.getKey());
                assertEquals(row.datapoint().values(), again.datapoint().values());
            }
        }
    }
}
