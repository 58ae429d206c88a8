package org.almagest.io.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.almagest.error.InvalidRequestException;
import org.almagest.io.SharedFiles;
import org.almagest.io.SourceFormat;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.io.Sources;
import org.almagest.model.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFilesTest {
    private static final String ITEM =
            "{\"assets\":{},\"properties\":{},\"stac_version\":\"1.0.0\",\"type\":\"Feature\"}";
    private static final String FEATURE = "{\"properties\":{},\"type\":\"Feature\"}";

    @TempDir
    Path folder;

    @Test
    void contentTellsTheFormat() throws IOException {
        assertEquals(SourceFormat.STAC, detect("a.json", ITEM));
        assertEquals(SourceFormat.STAC, detect("a.ndjson", ITEM, ITEM));
        assertEquals(SourceFormat.STAC, detect("a.json", "{\"features\":[", ITEM, "]}"));
        assertEquals(SourceFormat.GEOJSON, detect("a.geojson", "\uFEFF  ", "{\"features\":[" + FEATURE + "]}"));
        assertEquals(SourceFormat.GEOJSON, detect("a", FEATURE, FEATURE));
        assertEquals(SourceFormat.GEOJSON, detect("a.json", "{\"type\":\"FeatureCollection\",\"features\":[]}"));
        assertEquals(SourceFormat.NDJSON, detect("a.ndjson", "{\"time\":5}"));
        assertEquals(SourceFormat.NDJSON, detect("a.json", "[{\"time\":5}]"));
        assertEquals(SourceFormat.NDJSON, detect("a.ndjson", ""));
        assertEquals(SourceFormat.CSV, detect("a.csv", "time,value"));
        assertEquals(SourceFormat.CSV, detect("a.CSV.gz", "time,value"));
    }

    @Test
    void looksIntoArchives() throws IOException {
        Path file = folder.resolve("a.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write((ITEM + "\n").getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(SourceFormat.STAC, SourceFiles.detect(file, Limits.defaults()));
    }

    @Test
    void saysWhatItExpects() throws IOException {
        assertEquals(
                "a.txt: format not recognised (expected stac, geojson, ndjson, csv or parquet)",
                failure("a.txt", "PAR"));
        assertEquals("a.txt: empty (expected stac, geojson, ndjson, csv or parquet)", failure("a.txt", ""));
        assertEquals(
                "a.json: a STAC Collection (expected items)",
                failure("a.json", "{\"type\":\"Collection\",\"stac_version\":\"1.0.0\"}"));
        assertEquals("a.json: line 2: json: unexpected end of file [column 1]", failure("a.json", "{\"a\":{}"));
    }

    @Test
    void opensWhatItFinds() throws IOException {
        Path rows = Sources.file(folder, "a.json", "[{\"time\":5},", "{\"time\":6}]");
        try (SourceReader reader = SourceFiles.open(rows, null, SourceOptions.DEFAULT)) {
            assertEquals(SourceFormat.NDJSON, reader.format());
            assertEquals(1, reader.next().line());
            assertEquals(2, reader.next().line());
        }
        Path file = SharedFiles.file("stac/pgstac-naip-items.ndjson");
        try (SourceReader reader = SourceFiles.open(file, null, SourceOptions.DEFAULT)) {
            assertEquals(SourceFormat.STAC, reader.format());
            assertEquals(1_000, Sources.all(reader).size());
            assertEquals(Files.size(file), reader.bytesRead());
        }
    }

    private SourceFormat detect(String name, String... lines) throws IOException {
        return SourceFiles.detect(Sources.file(folder, name, lines), Limits.defaults());
    }

    private String failure(String name, String... lines) throws IOException {
        Path file = Sources.file(folder, name, lines);
        return assertThrows(InvalidRequestException.class, () -> SourceFiles.detect(file, Limits.defaults()))
                .getMessage()
                .replace(folder + "/", "");
    }
}
