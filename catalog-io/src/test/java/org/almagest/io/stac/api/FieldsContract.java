package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.almagest.internal.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The members of items that are wanted, and those that are not. */
abstract class FieldsContract extends ItemsFixture {
    private static final Set<String> ALL = Set.of(
            "type",
            "stac_version",
            "stac_extensions",
            "id",
            "geometry",
            "bbox",
            "collection",
            "properties",
            "links",
            "assets");

    @BeforeEach
    void fill() {
        put(
                C,
                "{\"type\":\"Feature\",\"stac_version\":\"1.1.0\",\"stac_extensions\":[],\"id\":\"x\",\"geometry\":"
                        + point(1, 2) + ",\"properties\":{\"datetime\":\"2025-01-01T00:00:00Z\",\"gsd\":10,"
                        + "\"proj:shape\":[1,2],\"nested\":{\"a\":{\"b\":1,\"c\":2}}},\"links\":[],"
                        + "\"assets\":{\"data\":{\"href\":\"https://example.com/x.tif\",\"title\":\"X\"},"
                        + "\"thumb\":{\"href\":\"https://example.com/x.png\"}}}");
    }

    private JsonObject chosen(String fields) {
        JsonObject feature = (JsonObject)
                search("?fields=" + encoded(fields)).list("features").get(0);
        Answer item =
                fixture.get("/collections/c/items/x?fields=" + encoded(fields)).is(200);
        assertEquals(feature, item.json(), "an item alone and in a page");
        return feature;
    }

    private static Set<String> names(JsonObject object) {
        return object.members().keySet();
    }

    private static Set<String> names(JsonObject object, String path) {
        return ((JsonObject) Answer.at(object, path)).members().keySet();
    }

    @Test
    void givesTheDefaultWhereNothingIsNamed() {
        assertEquals(ALL, names(chosen("")));
        for (String none : List.of("{}", "{\"include\":null,\"exclude\":null}", "{\"include\":[],\"exclude\":[]}")) {
            assertEquals(
                    ALL,
                    names((JsonObject)
                            posted("{\"fields\":" + none + "}").list("features").get(0)),
                    none);
        }
        assertEquals(
                "/fields", fixture.post("/search", "{\"fields\":null}").is(400).value("parameter"));
        fixture.post("/search", "{\"fields\":[\"id\"]}").is(400);
    }

    @Test
    void givesWhatIsIncludedAndNothingElse() {
        assertEquals(Set.of("id"), names(chosen("id")));
        assertEquals(Set.of("id", "properties"), names(chosen("id,properties.gsd")));
        assertEquals(Set.of("gsd"), names(chosen("id,properties.gsd"), "properties"));
        assertEquals(Set.of("datetime"), names(chosen("properties.datetime"), "properties"));
        assertEquals(Set.of("data"), names(chosen("assets.data"), "assets"));
        assertEquals(Set.of("href"), names(chosen("assets.data.href"), "assets/data"));
        assertEquals(Set.of("b"), names(chosen("properties.nested.a.b"), "properties/nested/a"));
        assertEquals(Set.of("id", "bbox"), names(chosen("+id,bbox,nothing")));
        assertEquals(Set.of("id"), names((JsonObject)
                posted("{\"fields\":{\"include\":[\"id\"]}}").list("features").get(0)));
    }

    @Test
    void leavesOutWhatIsExcluded() {
        Set<String> names = names(chosen("-assets,-properties.gsd,-links"));
        assertEquals(
                Set.of("type", "stac_version", "stac_extensions", "id", "geometry", "bbox", "collection", "properties"),
                names);
        assertEquals(Set.of("datetime", "proj:shape", "nested"), names(chosen("-properties.gsd"), "properties"));
        assertEquals(Set.of("c"), names(chosen("-properties.nested.a.b"), "properties/nested/a"));
        assertEquals(Set.of("thumb"), names(chosen("-assets.data"), "assets"));
    }

    @Test
    void leavesOutOfTheDefaultSetWhereNothingIsIncludedByName() {
        for (String include : List.of("[]", "null")) {
            JsonObject item =
                    (JsonObject) posted("{\"fields\":{\"include\":" + include + ",\"exclude\":[\"geometry\"]}}")
                            .list("features")
                            .get(0);
            assertEquals(Set.of("datetime"), names(item, "properties"));
            assertEquals(false, names(item).contains("geometry"));
            assertEquals(true, names(item).containsAll(Set.of("id", "assets", "links", "bbox")));
        }
        JsonObject item = (JsonObject) posted("{\"fields\":{\"exclude\":[\"geometry\"]}}")
                .list("features")
                .get(0);
        assertEquals(Set.of("datetime", "gsd", "proj:shape", "nested"), names(item, "properties"));
    }

    @Test
    void boundsPathsAndTheirParts() {
        String deep = "a" + ".a".repeat(63);
        assertEquals(200, fixture.get("/search?fields=" + deep).status());
        assertRefused("[\"" + deep + ".a\"]");
        assertRefused("[\"" + "a.".repeat(100_000) + "a\"]");
        String many = IntStream.range(0, 1_000).mapToObj(i -> "\"p" + i + "\"").collect(Collectors.joining(","));
        posted("{\"fields\":{\"include\":[" + many + "]}}");
        assertRefused("[" + many + ",\"x\"]");
        assertEquals(
                "fields", fixture.get("/search?fields=" + deep + ".a").is(400).value("parameter"));
    }

    private void assertRefused(String paths) {
        for (String member : List.of("include", "exclude")) {
            Answer answer = fixture.post("/search", "{\"fields\":{\"" + member + "\":" + paths + "}}");
            assertEquals("/fields", answer.is(400).value("parameter"));
        }
    }

    @Test
    void letsTheMostSpecificPathDecide() {
        assertEquals(
                Set.of("datetime", "proj:shape", "nested"), names(chosen("properties,-properties.gsd"), "properties"));
        assertEquals(Set.of("gsd"), names(chosen("-properties,properties.gsd"), "properties"));
        assertEquals(
                Set.of("type", "stac_version", "id", "collection", "properties"),
                names(chosen("-properties,properties.gsd")));
        assertEquals(Set.of("id"), names(chosen("id,-id")));
    }
}
