package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.stac.StacCollection;
import org.almagest.io.stac.exchange.StacAccess;
import org.almagest.io.stac.exchange.StacCaller;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.model.Datapoint;
import org.almagest.model.Json;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Collections: their ids, what is computed of them, lists of them and the search for them. */
abstract class CollectionContract {
    private StacFixture fixture;

    abstract StacFixture open(StacOptions options);

    @BeforeEach
    void open() {
        fixture = open(StacOptions.defaults());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void anEmptyCatalogHasNoCollections() {
        Answer list = fixture.get("/collections").is(200);
        assertEquals(List.of(), list.list("collections"));
        assertEquals("0", list.value("numberMatched"));
        assertNull(list.link("next"));
        fixture.get("/collections/x").is(404);
    }

    @Test
    void aCollectionIsItsDocumentAndWhatItsItemsSay() {
        Collection naip = stac(
                "naip",
                "{\"type\":\"Collection\",\"stac_version\":\"1.0.0\",\"id\":\"naip\","
                        + "\"description\":\"Aerial\",\"title\":\"NAIP\",\"license\":\"PDDL-1.0\",\"foreign\":[1],"
                        + "\"extent\":{\"spatial\":{\"bbox\":[[-180,-90,180,90]]},\"temporal\":{\"interval\":[[null,null]]}},"
                        + "\"summaries\":{\"gsd\":[1],\"mine\":[2]},"
                        + "\"links\":[{\"rel\":\"self\",\"href\":\"x\"},{\"rel\":\"license\",\"href\":\"http://l\"}]}");
        Answer empty = fixture.get("/collections/naip").is(200);
        assertEquals("[[-180,-90,180,90]]", text(empty.at("extent/spatial/bbox")));
        assertEquals("0", empty.value("itemCount"));
        naip.ingest(List.of(item("a", "2020-01-02T03:04:05Z").build()));
        Answer full = fixture.get("/collections/naip").is(200);
        assertEquals("application/json", full.header("content-type"));
        assertEquals("1.0.0", full.value("stac_version"));
        assertEquals("PDDL-1.0", full.value("license"));
        assertEquals("[1]", text(full.at("foreign")));
        assertEquals("1", full.value("itemCount"));
        assertEquals("[[\"2020-01-02T03:04:05Z\",null]]", text(full.at("extent/temporal/interval")));
        assertEquals("{\"gsd\":[1],\"mine\":[2]}", text(full.at("summaries")));
        assertEquals(fixture.base() + "/collections/naip", full.href("self"));
        assertEquals(fixture.base() + "/collections/naip/items", full.href("items"));
        assertEquals("http://l", full.href("license"));
        assertNotEquals(empty.header("etag"), full.header("etag"));
        assertEquals(part(empty.header("etag")), part(full.header("etag")), "of the stored document");
        fixture.get("/collections/naip", "if-none-match", full.header("etag")).is(304);
    }

    private static String part(String tag) {
        return tag.substring(0, tag.indexOf('.'));
    }

    @Test
    void aCollectionWithoutDocumentIsValidStac() {
        Collection rows = fixture.catalog()
                .createDataset(
                        DatasetSpec.of("plain.rows", DatasetSchema.temporal().build()))
                .createCollection("a/b c");
        rows.ingest(List.of(
                Datapoint.at("2021-01-01T00:00:00Z").build(),
                Datapoint.at("2022-01-01T00:00:00Z").build()));
        String path = "/collections/plain.rows~a%2Fb%20c";
        Answer answer = fixture.get(path).is(200);
        assertEquals("plain.rows~a/b c", answer.value("id"));
        assertEquals(fixture.base() + path, answer.href("self"));
        assertEquals("1.1.0", answer.value("stac_version"));
        assertEquals("other", answer.value("license"));
        assertEquals("Datapoints of plain.rows, collection a/b c", answer.value("description"));
        assertEquals("{}", text(answer.at("summaries")));
        assertEquals("[]", text(answer.at("stac_extensions")));
        assertEquals(
                "[[\"2021-01-01T00:00:00Z\",\"2022-01-01T00:00:00Z\"]]", text(answer.at("extent/temporal/interval")));
    }

    @Test
    void theFullFormOfAnIdIsUnderstoodAndTheShortOneShown() {
        stac("naip", "");
        Answer answer = fixture.get("/collections/stac.naip~naip").is(200);
        assertEquals("naip", answer.value("id"));
        assertEquals(fixture.base() + "/collections/stac.naip~naip", answer.href("self"));
        fixture.get("/collections/stac.other~naip").is(404);
        fixture.get("/collections/NAIP").is(404);
    }

    @Test
    void summariesAreOfTheItems() {
        Collection c = fixture.catalog()
                .createDataset(DatasetSpec.of(
                        "stac.s",
                        StacCollection.schema().toBuilder()
                                .field(Field.float64("eo_cloud_cover")
                                        .queryable()
                                        .from("/properties/eo:cloud_cover"))
                                .field(Field.string("platform").queryable().from("/properties/platform"))
                                .field(Field.string("free").queryable().from("/properties/free"))
                                .build()))
                .createCollection("s");
        c.ingest(List.of(
                item("a", "2020-01-01T00:00:00Z")
                        .set("eo_cloud_cover", 12.5)
                        .set("platform", "b")
                        .build(),
                item("b", "2020-01-01T00:00:00Z")
                        .set("eo_cloud_cover", 3.0)
                        .set("platform", "a")
                        .build(),
                item("c", "2020-01-01T00:00:00Z").set("free", "x").build()));
        assertEquals(
                "{\"eo:cloud_cover\":{\"maximum\":12.5,\"minimum\":3},\"platform\":[\"a\",\"b\"]}",
                text(fixture.get("/collections/s").at("summaries")));
    }

    @Test
    void listsAreInOrderAndHaveWhatTheSingleDocumentsHave() {
        for (String id : List.of("b", "a", "c")) {
            stac(id, "");
        }
        Answer list = fixture.get("/collections").is(200);
        assertEquals(List.of("a", "b", "c"), ids(list, "collections"));
        Answer children = fixture.get("/children").is(200);
        assertEquals(text(list.at("collections")), text(children.at("children")));
        for (JsonValue child : children.list("children")) {
            String id = Answer.value(Answer.at(child, "id"));
            assertEquals(text(fixture.get("/collections/" + id).json()), text(child));
        }
        Set<String> linked = new TreeSet<>();
        for (JsonValue link : fixture.get("/").list("links")) {
            if (Answer.value(Answer.at(link, "rel")).equals("child")) {
                linked.add(Answer.value(Answer.at(link, "href")));
            }
        }
        assertEquals(3, linked.size());
        assertTrue(linked.contains(fixture.base() + "/collections/c"), linked::toString);
    }

    @Test
    void pagesAreWholeWithoutRepeats() {
        for (int i = 0; i < 7; i++) {
            stac("c" + i, "");
        }
        for (String path : List.of("/collections", "/children")) {
            String member = path.substring(1);
            List<String> seen = new ArrayList<>();
            Answer page = fixture.get(path + "?limit=3").is(200);
            seen.addAll(ids(page, member));
            while (page.link("next") != null) {
                page = fixture.get(page.href("next")).is(200);
                seen.addAll(ids(page, member));
            }
            assertEquals(List.of("c0", "c1", "c2", "c3", "c4", "c5", "c6"), seen);
        }
        String next = fixture.get("/collections?limit=3").href("next");
        fixture.get(next + "&q=x").is(400);
        assertEquals("token", fixture.get("/collections?token=AAAA").is(400).value("parameter"));
        fixture.catalog().dataset("stac.c2").deleteCollection("c2");
        assertEquals("c4", ids(fixture.get(next), "collections").get(0), "goes on where the last one stood");
    }

    @Test
    void limitsAreCheckedAndNeverRefusedForSize() {
        stac("a", "");
        for (String limit : List.of("0", "-1", "x", "1.5", "1000001", "99999999999999999999", "+1")) {
            assertEquals(
                    "limit", fixture.get("/collections?limit=" + limit).is(400).value("parameter"), limit);
        }
        fixture.get("/collections?limit=1000000").is(200);
    }

    @Test
    void wordsAreFoundWhateverTheirCaseAndAccents() {
        stac(
                "sentinel-2-l2a",
                "{\"type\":\"Collection\",\"id\":\"sentinel-2-l2a\",\"title\":\"Él Niño\","
                        + "\"keywords\":[\"optical\"],\"providers\":[{\"name\":\"ESA\"}],\"description\":\"surface reflectance\"}");
        stac("naip", "");
        for (String q : List.of(
                "SENTINEL",
                "el",
                "nino",
                "%22el%20nino%22",
                "optical",
                "esa",
                "x,reflectance",
                "sentinel-2",
                "el%20nino")) {
            assertEquals(List.of("sentinel-2-l2a"), ids(fixture.get("/collections?q=" + q), "collections"), q);
        }
        for (String q : List.of("sent", "nino%20el", "x", "%22nino,el%22")) {
            assertEquals(List.of(), ids(fixture.get("/collections?q=" + q).is(200), "collections"), q);
        }
        assertEquals("q", fixture.get("/collections?q=,").is(400).value("parameter"));
    }

    @Test
    void whatMayNotBeReadIsNotThere() {
        stac("mine", "");
        stac("yours", "");
        StacCaller caller = new StacCaller() {
            @Override
            public String name() {
                return "k";
            }

            @Override
            public String tenant() {
                return "t";
            }

            @Override
            public boolean may(StacAccess access, String datasetSlug) {
                return datasetSlug.equals("stac.mine");
            }
        };
        if (!(fixture instanceof DirectFixture)) {
            return; // who asks is decided by whoever carries the request
        }
        Answer list = fixture.send(
                        StacRequest.of(StacMethod.GET, "/collections").by(caller))
                .is(200);
        assertEquals(List.of("mine"), ids(list, "collections"));
        Answer hidden = fixture.send(
                        StacRequest.of(StacMethod.GET, "/collections/yours").by(caller))
                .is(404);
        Answer absent = fixture.send(
                        StacRequest.of(StacMethod.GET, "/collections/other").by(caller))
                .is(404);
        assertEquals(absent.value("detail").replace("other", "yours"), hidden.value("detail"));
        Answer landing =
                fixture.send(StacRequest.of(StacMethod.GET, "/").by(caller)).is(200);
        assertFalse(landing.text().contains("yours"), landing.text());
    }

    private Collection stac(String id, String document) {
        Collection collection = fixture.catalog()
                .createDataset(DatasetSpec.of(StacCollection.slug(id), StacCollection.schema()))
                .createCollection(id);
        if (!document.isEmpty()) {
            collection.putDocument(Json.parse(document));
        }
        return collection;
    }

    private static Datapoint.Builder item(String id, String time) {
        return Datapoint.at(time).set("item_id", id).geometry("POINT (10.1 20)");
    }

    private static List<String> ids(Answer answer, String member) {
        return answer.list(member).stream()
                .map(value -> Answer.value(((JsonObject) value).member("id")))
                .toList();
    }

    private static String text(JsonValue value) {
        return CanonicalJson.text(value);
    }
}
