package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.almagest.DatasetSpec;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonObject;
import org.almagest.io.stac.StacCollection;
import org.almagest.model.EnumValue;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What filters can name and answers can be sorted by. */
abstract class QueryablesContract {
    private StacFixture fixture;

    abstract StacFixture open(StacOptions options);

    @BeforeEach
    void open() {
        fixture = open(StacOptions.defaults());
        fixture.catalog()
                .createDataset(DatasetSpec.of(
                        "stac.s",
                        StacCollection.schema().toBuilder()
                                .field(Field.float64("eo_cloud_cover")
                                        .from("/properties/eo:cloud_cover")
                                        .describedAs("%"))
                                .field(Field.string("instruments").array().from("/properties/instruments"))
                                .field(Field.string("i"))
                                .field(Field.json("deep").from("/properties/deep"))
                                .build()))
                .createCollection("s");
        fixture.catalog()
                .createDataset(DatasetSpec.of(
                        "plain.rows",
                        DatasetSchema.temporal()
                                .field(Field.string("eo_cloud_cover"))
                                .field(Field.enumeration("state", new EnumValue(1, "ON"), new EnumValue(2, "OFF")))
                                .field(Field.uint64("n"))
                                .field(Field.timestamp("at"))
                                .field(Field.uuid("u"))
                                .field(Field.duration("d"))
                                .field(Field.bytes("b"))
                                .field(Field.bool("flag"))
                                .field(Field.int32("i"))
                                .field(Field.int64("l"))
                                .build()))
                .createCollection("x");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aCollectionSaysWhatFiltersCanName() {
        Answer answer = fixture.get("/collections/s/queryables").is(200);
        assertEquals("application/schema+json", answer.header("content-type"));
        assertEquals(fixture.base() + "/collections/s/queryables", answer.value("$id"));
        assertEquals("https://json-schema.org/draft/2019-09/schema", answer.value("$schema"));
        assertEquals("false", text(answer, "additionalProperties"));
        assertEquals(
                List.of(
                        "id",
                        "collection",
                        "datetime",
                        "geometry",
                        "start_datetime",
                        "end_datetime",
                        "eo:cloud_cover",
                        "instruments",
                        "i"),
                names(answer));
        assertEquals("{\"description\":\"%\",\"type\":\"number\"}", text(answer, "properties/eo:cloud_cover"));
        assertEquals("{\"items\":{\"type\":\"string\"},\"type\":\"array\"}", text(answer, "properties/instruments"));
        fixture.get("/collections/none/queryables").is(404);
    }

    @Test
    void typesAreThoseOfTheFields() {
        Answer answer = fixture.get("/collections/plain.rows~x/queryables").is(200);
        assertEquals("{\"enum\":[\"ON\",\"OFF\"],\"type\":\"string\"}", text(answer, "properties/state"));
        assertEquals("{\"minimum\":0,\"type\":[\"integer\",\"string\"]}", text(answer, "properties/n"));
        assertEquals("{\"format\":\"date-time\",\"type\":\"string\"}", text(answer, "properties/at"));
        assertEquals("{\"format\":\"uuid\",\"type\":\"string\"}", text(answer, "properties/u"));
        assertEquals("{\"format\":\"duration\",\"type\":\"string\"}", text(answer, "properties/d"));
        assertEquals("{\"contentEncoding\":\"base64\",\"type\":\"string\"}", text(answer, "properties/b"));
        assertEquals("{\"type\":\"boolean\"}", text(answer, "properties/flag"));
        assertEquals("{\"type\":\"integer\"}", text(answer, "properties/i"));
        assertEquals(false, names(answer).contains("geometry"));
    }

    @Test
    void allCollectionsTogetherHaveTheUnion() {
        Answer all = fixture.get("/queryables").is(200);
        assertEquals("{\"description\":\"%\",\"type\":\"number\"}", text(all, "properties/eo:cloud_cover"));
        assertEquals("{\"type\":\"string\"}", text(all, "properties/eo_cloud_cover"));
        assertEquals("{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"string\"}]}", text(all, "properties/i"));
        Answer one = fixture.get("/queryables?collections=s,unknown").is(200);
        assertEquals(names(fixture.get("/collections/s/queryables")), names(one));
        fixture.get("/queryables?collections=").is(200);
    }

    @Test
    void sortablesAreWhatHasAnOrder() {
        assertEquals(
                List.of("id", "datetime", "start_datetime", "end_datetime", "eo:cloud_cover", "i"),
                names(fixture.get("/collections/s/sortables").is(200)));
        fixture.get("/sortables").is(200);
    }

    private static List<String> names(Answer answer) {
        return List.copyOf(((JsonObject) answer.at("properties")).members().keySet());
    }

    private static String text(Answer answer, String path) {
        return CanonicalJson.text(answer.at(path));
    }
}
