package org.almagest.io.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.almagest.error.CatalogException;
import org.almagest.error.InvalidRequestException;
import org.almagest.geo.Wkt;
import org.almagest.io.RowWriter;
import org.almagest.io.SourceOptions;
import org.almagest.io.SourceReader;
import org.almagest.model.Datapoint;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.testing.Seeded;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileParquetTest {
    private static final MessageType GEOMETRY = MessageTypeParser.parseMessageType("message m { optional binary g; }");

    @TempDir
    Path folder;

    private static byte[] whole() throws IOException {
        DatasetSchema schema = DatasetSchema.spatioTemporal()
                .field(Field.string("name"))
                .field(Field.float64("values").array())
                .field(Field.json("more"))
                .build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RowWriter writer = GeoParquetFiles.writer(bytes, schema, Map.of())) {
            for (int i = 0; i < 20; i++) {
                writer.write(Datapoint.at("2025-01-01T00:00:00Z")
                        .geometry(Wkt.read("POINT (1 2)", Limits.defaults()))
                        .set("name", "row " + i)
                        .set("values", List.of(1.0, (double) i))
                        .set("more", Json.parse("{\"a\":[" + i + "]}"))
                        .build());
            }
        }
        return bytes.toByteArray();
    }

    private long rows(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("a.parquet"), content);
        long rows = 0;
        try (SourceReader reader = GeoParquetFiles.open(file, null, SourceOptions.DEFAULT)) {
            while (reader.hasNext()) {
                reader.next();
                rows++;
            }
        }
        return rows;
    }

    private String refusal(byte[] content) {
        return FileFailures.message(folder, () -> rows(content));
    }

    @Test
    void everyFileThatIsCutOffIsRefused() throws IOException {
        byte[] whole = whole();
        assertEquals(20, rows(whole));
        for (int length = 0; length < whole.length; length += length < 16 ? 1 : 37) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(CatalogException.class, () -> rows(cut), "at " + length);
        }
        assertEquals("a.parquet: no whole Parquet file: 0 bytes", refusal(new byte[0]));
        assertEquals(
                "a.parquet: no whole Parquet file: no PAR1 at its end",
                refusal(Arrays.copyOf(whole, whole.length - 1)));
    }

    /** A flipped bit is refused, changes a value, or changes nothing: nothing else escapes, and memory is not asked for. */
    @Test
    void damageIsAFailureOfOurOwn() throws IOException {
        byte[] whole = whole();
        Seeded.repeat(600, random -> {
            byte[] damaged = whole.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                rows(damaged);
            } catch (CatalogException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("a.parquet"), e.getMessage());
            }
        });
    }

    @Test
    void lengthsThatLeadOutOfTheFileAreRefusedAtOnce() throws IOException {
        byte[] whole = whole();
        byte[] long32 = whole.clone();
        Arrays.fill(long32, whole.length - 8, whole.length - 4, (byte) 0xFF);
        assertEquals(
                "a.parquet: no whole Parquet file: footer of 4294967295 bytes in " + whole.length, refusal(long32));
        byte[] encrypted = whole.clone();
        encrypted[whole.length - 1] = 'E';
        assertEquals("a.parquet: encrypted (expected a Parquet file without encryption)", refusal(encrypted));
    }

    @Test
    void otherReferenceSystemsAndEncodingsAreRefused() {
        assertRefused(
                "column \"g\": crs \"EPSG:3857\" (expected longitude and latitude on WGS 84: OGC:CRS84 or EPSG:4326)",
                "{\"crs\":{\"id\":{\"authority\":\"EPSG\",\"code\":3857}},\"encoding\":\"WKB\"}");
        assertRefused(
                "column \"g\": crs \"Mars\" (expected longitude and latitude on WGS 84: OGC:CRS84 or EPSG:4326)",
                "{\"crs\":{\"name\":\"Mars\"},\"encoding\":\"WKB\"}");
        assertRefused("column \"g\": encoding \"point\" (expected WKB)", "{\"encoding\":\"point\"}");
        for (String crs : List.of(
                "{\"id\":{\"authority\":\"OGC\",\"code\":\"CRS84\"}}",
                "{\"id\":{\"authority\":\"EPSG\",\"code\":4326}}",
                "\"OGC:CRS84\"")) {
            assertEquals(
                    List.of(), geo("{\"encoding\":\"WKB\",\"crs\":" + crs + "}").notices());
        }
        assertEquals(1, geo("{\"encoding\":\"WKB\",\"crs\":null}").notices().size());
        assertEquals(
                1,
                geo("{\"encoding\":\"WKB\",\"edges\":\"spherical\"}").notices().size());
    }

    private static GeoKey geo(String column) {
        return GeoKey.of(GEOMETRY, Map.of("geo", "{\"primary_column\":\"g\",\"columns\":{\"g\":" + column + "}}"));
    }

    private static void assertRefused(String message, String column) {
        assertEquals(
                message,
                assertThrows(InvalidRequestException.class, () -> geo(column)).getMessage());
    }
}
