package org.almagest.io.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.io.RandomRows;
import org.almagest.io.Sources;
import org.almagest.io.stac.StacCollection;
import org.almagest.io.synthetic.GranuleGenerator;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.FieldNotes;
import org.almagest.schema.GeometryKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaFileTest {
    @TempDir
    Path folder;

    @Test
    void schemasReadBackEqual() {
        DatasetSchema full = DatasetSchema.spatioTemporal()
                .field(Field.string("name").noted(new FieldNotes("A \"name\"", "x", "/id", "https://example.org/s")))
                .field(Field.timestamp("begun").queryable())
                .field(Field.timestamp("ended"))
                .field(Field.int64("revision"))
                .key("name")
                .version("revision")
                .extent("begun", "ended")
                .geometryKinds(Set.of(GeometryKind.POINT))
                .geometryOptional()
                .build();
        for (DatasetSchema schema : List.of(
                full,
                DatasetSchema.temporal().build(),
                RandomRows.schema(),
                StacCollection.schema(),
                GranuleGenerator.of(1).schema())) {
            SchemaFile file = new SchemaFile(schema, "all of it");
            assertEquals(file, SchemaFile.parse(file.toJson()));
        }
    }

    @Test
    void readsTheShortForm() throws IOException {
        Path file = Sources.file(
                folder, "s.json", "{\"kind\":\"temporal\",\"fields\":[\"value:float64\",\"tags:string[]\"]}");
        DatasetSchema schema = SchemaFile.read(file, Limits.defaults()).schema();
        assertEquals("TEMPORAL [value:float64, tags:string[]]", schema.toString());
    }

    @Test
    void theExampleOfThePageIsASchema() throws IOException {
        Path root = Path.of(System.getProperty("almagest.root", ".."));
        String page = Files.readString(root.resolve("docs/format/schema.md"));
        String example =
                page.substring(page.indexOf("```json") + 7, page.indexOf("```\n", page.indexOf("```json") + 7));
        assertEquals(
                "SPATIOTEMPORAL [granule_name:string, cloud_cover:float64, begun_at:timestamp, ended_at:timestamp,"
                        + " phase:enum(0=DAY, 1=NIGHT), tags:string[]] key granule_name",
                SchemaFile.parse(example).schema().toString());
    }

    @Test
    void namesWhatIsWrong() throws IOException {
        assertEquals("s.json: schema: \"kind\": unset (expected text)", failure("{}"));
        assertEquals(
                "s.json: schema: \"kind\": \"spatial\" (expected temporal or spatiotemporal)",
                failure("{\"kind\":\"spatial\"}"));
        assertEquals("s.json: schema: \"keys\": unknown member", failure("{\"kind\":\"temporal\",\"keys\":\"a\"}"));
        assertEquals("s.json: schema: key: no field \"a\"", failure("{\"kind\":\"temporal\",\"key\":\"a\"}"));
        assertEquals(
                "s.json: schema: field 1: \"typ\": unknown member",
                failure(
                        "{\"kind\":\"temporal\",\"fields\":[\"a:bool\",{\"name\":\"b\",\"type\":\"bool\",\"typ\":1}]}"));
        assertEquals(
                "s.json: schema: field 0: field \"A\": name (expected [a-z][a-z0-9_]*)",
                failure("{\"kind\":\"temporal\",\"fields\":[\"A:bool\"]}"));
        assertEquals(
                "s.json: schema: \"extent\": 1 names (expected 2: start, end)",
                failure("{\"kind\":\"temporal\",\"extent\":[\"a\"]}"));
        assertEquals(
                "s.json: schema: \"geometry\": \"Circle\" (expected a geometry type of GeoJSON)",
                failure("{\"kind\":\"spatiotemporal\",\"geometry\":{\"types\":[\"Circle\"]}}"));
    }

    private String failure(String text) throws IOException {
        Path file = Sources.file(folder, "s.json", text);
        return assertThrows(InvalidRequestException.class, () -> SchemaFile.read(file, Limits.defaults()))
                .getMessage()
                .replace(folder + "/", "");
    }
}
