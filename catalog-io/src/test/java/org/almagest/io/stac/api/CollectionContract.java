package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
import org.almagest.io.stac.exchange.CollectionDeletion;
import org.almagest.io.stac.exchange.StacAccess;
import org.almagest.io.stac.exchange.StacCaller;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.io.stac.exchange.StacLimits;
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

    private String box(String id) {
        return text(fixture.get("/collections/" + id).is(200).at("extent/spatial/bbox"));
    }

    @Test
    void theExtentIsThatOfTheItems() {
        Collection c = stac(
                "c",
                "{\"type\":\"Collection\",\"id\":\"c\",\"extent\":{\"spatial\":{\"bbox\":[[0,0,50,50],"
                        + "[10,19,11,21],[11,20,12,21]]},\"temporal\":{\"interval\":[[\"1999-01-01T00:00:00Z\",\"2000-01-01T00:00:00Z\"]]}}}");
        c.ingest(List.of(item("a", "2020-01-01T00:00:00Z")
                .geometry("POLYGON ((10.1 19, 12 19, 12 21.7, 10.1 19))")
                .build()));
        String[] numbers = box("c").replaceAll("[\\[\\]]", "").split(",");
        assertEquals(4, numbers.length, "a further box lies outside: only the computed one");
        double[] bounds = {10.1, 19, 12, 21.7};
        for (int i = 0; i < 4; i++) {
            double outside = (Double.parseDouble(numbers[i]) - bounds[i]) * (i < 2 ? -1 : 1);
            assertTrue(outside >= 0 && outside < 1e-5, numbers[i]);
        }
        c.ingest(List.of(
                item("b", "2021-01-01T00:00:00Z").geometry("POINT (10 22)").build()));
        assertEquals(12, box("c").split(",").length, "further boxes inside are kept");
        assertEquals(
                "[[\"2020-01-01T00:00:00Z\",\"2021-01-01T00:00:00Z\"]]",
                text(fixture.get("/collections/c").at("extent/temporal/interval")));
        c.ingest(List.of(item("d", "2020-06-01T00:00:00Z")
                .set("start_datetime", Instant.parse("2019-01-01T00:00:00Z"))
                .set("end_datetime", Instant.parse("2022-01-01T00:00:00Z"))
                .build()));
        assertEquals(
                "[[\"2019-01-01T00:00:00Z\",\"2022-01-01T00:00:00Z\"]]",
                text(fixture.get("/collections/c").at("extent/temporal/interval")));
    }

    @Test
    void anExtentMayCrossTheAntimeridian() {
        Collection c = stac("c", "");
        c.ingest(List.of(
                item("a", "2020-01-01T00:00:00Z").geometry("POINT (179 0)").build(),
                item("b", "2020-01-01T00:00:00Z").geometry("POINT (-178 1)").build()));
        assertEquals("[[179,0,-178,1]]", box("c"));
        assertEquals(List.of("c"), found("bbox=179.5,0,180,1"));
        assertEquals(List.of(), found("bbox=0,0,10,1"));
        assertEquals(List.of("c"), found("filter=S_INTERSECTS(geometry,POINT(-179%200.5))"));
        assertEquals(List.of(), found("filter=S_INTERSECTS(geometry,POINT(0%200.5))"));
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
        stac("b", "");
        assertEquals("c3", ids(fixture.get(next), "collections").get(0), "goes on after the last one, by its id");
    }

    @Test
    void aSortedListGoesOnWhereTheLastOneStood() {
        for (int i = 0; i < 7; i++) {
            stac("c" + i, document("c" + i, ",\"title\":\"" + (9 - i) + "\""));
        }
        Answer first = fixture.get("/collections?sortby=title&limit=3").is(200);
        assertEquals(List.of("c6", "c5", "c4"), ids(first, "collections"));
        String next = first.href("next");
        assertEquals(List.of("c3", "c2", "c1"), ids(fixture.get(next), "collections"));
        fixture.catalog().dataset("stac.c4").deleteCollection("c4");
        assertEquals(List.of("c2", "c1", "c0"), ids(fixture.get(next), "collections"));
    }

    @Test
    void pagesLeadBackToTheFirst() {
        for (int i = 0; i < 7; i++) {
            stac("c" + i, "");
        }
        Answer first = fixture.get("/collections?limit=3").is(200);
        assertNull(first.link("prev"));
        Answer last = fixture.get(fixture.get(first.href("next")).href("next")).is(200);
        assertEquals(List.of("c6"), ids(last, "collections"));
        Answer middle = fixture.get(last.href("prev")).is(200);
        assertEquals(List.of("c3", "c4", "c5"), ids(middle, "collections"));
        assertEquals(
                first.text().replaceAll("\"links.*", ""),
                fixture.get(middle.href("prev")).text().replaceAll("\"links.*", ""));
    }

    @Test
    void tokensAreSealed() {
        stac("a", "");
        stac("b", "");
        String next = fixture.get("/collections?limit=1").href("next");
        int at = next.indexOf("token=") + "token=".length();
        for (int i = at; i < next.length(); i++) {
            char other = next.charAt(i) == 'A' ? 'B' : 'A';
            String changed = next.substring(0, i) + other + next.substring(i + 1);
            assertEquals("token", fixture.get(changed).is(400).value("parameter"), changed);
        }
        fixture.get(next.replace("/collections?", "/children?")).is(400);
    }

    @Test
    void aWordMayNotBeAsLongAsABook() {
        fixture.get("/collections?q=" + "a%20".repeat(16)).is(200);
        assertEquals(
                "q", fixture.get("/collections?q=" + "a%20".repeat(17)).is(400).value("parameter"));
    }

    @Test
    void childrenAreAdvertisedWhileAllAreLinked() {
        fixture.close();
        fixture = open(StacOptions.defaults().limits(StacLimits.defaults().with("collectionsMax", 2)));
        stac("a", "");
        stac("b", "");
        assertTrue(fixture.get("/conformance").text().contains("/children\""));
        stac("c", "");
        assertFalse(fixture.get("/conformance").text().contains("/children\""));
        assertFalse(text(fixture.get("/").at("conformsTo")).contains("/children\""));
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

    private void extents() {
        stac("a", document("a", ",\"title\":\"Z\""));
        stac(
                "b",
                document("b", ",\"title\":\"y\",\"keywords\":[\"k\"]")
                        .replace("[[1,2,3,4]]", "[[170,-10,-170,10]]")
                        .replace("\"2020-01-01T00:00:00Z\",null", "\"2010-01-01T00:00:00Z\",\"2012-01-01T00:00:00Z\""));
        stac("c", "");
    }

    private List<String> found(String query) {
        return ids(fixture.get("/collections?" + query).is(200), "collections");
    }

    @Test
    void collectionsAreFoundByPlaceAndTime() {
        extents();
        assertEquals(List.of("a", "c"), found("bbox=2,3,10,10"));
        assertEquals(List.of("b", "c"), found("bbox=175,0,176,1"));
        assertEquals(List.of("b", "c"), found("bbox=-176,0,-175,1"));
        assertEquals(List.of("b", "c"), found("bbox=179,0,-179,1"));
        assertEquals(List.of("b", "c"), found("datetime=2011-01-01T00:00:00Z"));
        assertEquals(List.of("a", "c"), found("datetime=2030-01-01T00:00:00Z/.."));
        assertEquals(List.of("c"), found("datetime=2013-01-01T00:00:00Z/2014-01-01T00:00:00Z"));
        assertEquals("bbox", fixture.get("/collections?bbox=1,2,3").is(400).value("parameter"));
        assertEquals(
                "datetime", fixture.get("/collections?datetime=2011").is(400).value("parameter"));
    }

    @Test
    void collectionsAreFilteredSortedAndCut() {
        extents();
        assertEquals(List.of("b"), found("filter=id%3D%27b%27"));
        assertEquals(List.of("b"), found("filter=casei(title)%3Dcasei(%27Y%27)"));
        assertEquals(List.of("a"), found("filter=start_datetime%20%3E%20TIMESTAMP(%272015-01-01T00:00:00Z%27)"));
        assertEquals(List.of("a", "c"), found("filter=S_INTERSECTS(geometry,POINT(2%203))"));
        assertEquals(List.of("b"), found("filter=A_CONTAINS(keywords,(%27k%27))"));
        assertEquals(List.of("a", "b"), found("query=%7B%22license%22:%7B%22eq%22:%22MIT%22%7D%7D"));
        assertEquals(List.of("a", "b", "c"), found("filter=itemCount%3D0"));
        assertEquals(List.of("c", "b", "a"), found("sortby=-id"));
        assertEquals(List.of("a", "b", "c"), found("sortby=title"), "without a title: last");
        assertEquals(
                "filter", fixture.get("/collections?filter=nothing%3D1").is(400).value("parameter"));
        assertEquals(
                "sortby", fixture.get("/collections?sortby=keywords").is(400).value("parameter"));
        Answer cut = fixture.get("/collections?fields=id,extent.spatial&sortby=-id&limit=1")
                .is(200);
        assertEquals(
                Set.of("id", "extent"),
                ((JsonObject) cut.at("collections/0")).members().keySet());
        assertEquals(List.of("b"), ids(fixture.get(cut.href("next")), "collections"));
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

    private static String document(String id, String more) {
        return "{\"type\":\"Collection\",\"stac_version\":\"1.1.0\",\"id\":\"" + id
                + "\",\"description\":\"d\",\"license\":\"MIT\",\"extent\":{\"spatial\":{\"bbox\":[[1,2,3,4]]},"
                + "\"temporal\":{\"interval\":[[\"2020-01-01T00:00:00Z\",null]]}},\"links\":[{\"rel\":\"self\",\"href\":\"x\"}]"
                + more + "}";
    }

    private Answer write(StacMethod method, String id, String body, String header, String value) {
        StacHeaders headers =
                StacHeaders.NONE.and("content-type", "application/json").and(header, value);
        return fixture.send(
                StacRequest.of(method, "/collections/" + id).with(headers).with(body.getBytes(StandardCharsets.UTF_8)));
    }

    private Answer write(StacMethod method, String id, String body) {
        return write(method, id, body, "x-nothing", "");
    }

    @Test
    void aCollectionIsMadeOnce() {
        Answer made = fixture.post("/collections", document("S2-L2A", ",\"itemCount\":7,\"foreign\":{\"k\":1}"))
                .is(201);
        assertEquals(fixture.base() + "/collections/S2-L2A", made.header("location"));
        Answer shown = fixture.get("/collections/S2-L2A").is(200);
        assertEquals(made.header("etag"), shown.header("etag"));
        assertEquals(made.text(), shown.text());
        assertEquals("[[1,2,3,4]]", text(shown.at("extent/spatial/bbox")));
        assertEquals("0", shown.value("itemCount"));
        assertEquals("1", shown.value("foreign/k"));
        assertEquals(
                "ALREADY_EXISTS",
                fixture.post("/collections", document("S2-L2A", "")).is(409).value("code"));
        fixture.post("/collections", document("s2_l2a", "")).is(201);
        assertEquals(StacCollection.slug("S2-L2A"), StacCollection.slug("s2_l2a"));
        assertEquals(1, fixture.catalog().datasets().size());
    }

    @Test
    void anIdThatMeansAnotherCollectionIsTaken() {
        fixture.catalog()
                .createDataset(DatasetSpec.of("mine.things", StacCollection.schema()))
                .createCollection("X")
                .putDocument(Json.parse(document("X", "")));
        fixture.get("/collections/X").is(200);
        if (!(fixture instanceof DirectFixture)) {
            return; // who asks is decided by whoever carries the request
        }
        StacCaller other = new StacCaller() {
            @Override
            public String name() {
                return "other";
            }

            @Override
            public String tenant() {
                return "t";
            }

            @Override
            public boolean may(StacAccess access, String datasetSlug) {
                return datasetSlug.equals("stac.x");
            }
        };
        Answer refused = fixture.send(StacRequest.of(StacMethod.POST, "/collections")
                        .with(StacHeaders.NONE.and("content-type", "application/json"))
                        .with(document("X", "").getBytes(StandardCharsets.UTF_8))
                        .by(other))
                .is(409);
        assertEquals("ALREADY_EXISTS", refused.value("code"));
        assertEquals("X", fixture.get("/collections/X").is(200).value("id"));
    }

    @Test
    void whatIsNoCollectionIsRefused() {
        for (String id : List.of("", "a~b", "a/b", " a", "\\u0000", "\u6e29\u5ea6", "e\\u0301")) {
            assertEquals(
                    "/id",
                    fixture.post("/collections", document(id, "")).is(400).value("parameter"),
                    id);
        }
        String document = document("a", "");
        assertEquals(
                "/type",
                fixture.post("/collections", document.replace("Collection", "Catalog"))
                        .is(400)
                        .value("parameter"));
        assertEquals(
                "/extent",
                fixture.post("/collections", document.replace("\"extent\"", "\"x\""))
                        .is(400)
                        .value("parameter"));
        fixture.post("/collections", "[]").is(400);
        fixture.post("/collections", document("a", ",\"x\":\"" + "y".repeat(1 << 20) + "\""))
                .is(413);
        fixture.send(StacMethod.POST, "/collections", "application/geo+json", document)
                .is(415);
        assertEquals(0, fixture.catalog().datasets().size());
    }

    @Test
    void aDatasetThatTakesNoItemsIsLeftAlone() {
        fixture.catalog()
                .createDataset(DatasetSpec.of("stac.a", DatasetSchema.temporal().build()));
        assertEquals(
                "CONFLICT",
                fixture.post("/collections", document("a", "")).is(409).value("code"));
    }

    @Test
    void aDocumentIsReplacedIfItIsTheOneThatWasSeen() {
        String first = fixture.post("/collections", document("a", "")).is(201).header("etag");
        Answer replaced =
                write(StacMethod.PUT, "a", document("a", ",\"title\":\"T\"")).is(204);
        Answer shown = fixture.get("/collections/a").is(200);
        assertEquals("T", shown.value("title"));
        assertEquals(shown.header("etag"), replaced.header("etag"));
        write(StacMethod.PUT, "a", document("a", ""), "if-match", first).is(412);
        stacItems("a");
        write(StacMethod.PUT, "a", document("a", ",\"title\":\"U\""), "if-match", shown.header("etag"))
                .is(204);
        write(StacMethod.PUT, "a", document("a", ""), "if-match", "*").is(204);
        write(StacMethod.PUT, "a", document("a", ""), "if-none-match", "*").is(412);
        assertEquals(
                "/id", write(StacMethod.PUT, "a", document("b", "")).is(400).value("parameter"));
        write(StacMethod.PUT, "b", document("b", "")).is(404);
    }

    private void stacItems(String id) {
        fixture.catalog()
                .dataset(StacCollection.slug(id))
                .collection(id)
                .ingest(List.of(item("i", "2020-01-01T00:00:00Z").build()));
    }

    @Test
    void aPatchChangesWhatItNamesOfTheStoredDocument() {
        fixture.post("/collections", document("a", ",\"title\":\"T\",\"keywords\":[\"k\"]"))
                .is(201);
        stacItems("a");
        Answer shown = write(
                        StacMethod.PATCH, "a", "{\"title\":null,\"license\":\"X\"}", "prefer", "return=representation")
                .is(200);
        assertEquals("X", shown.value("license"));
        assertNull(shown.json().member("title"));
        assertEquals("[\"k\"]", text(shown.at("keywords")));
        String stored = fixture.catalog()
                .dataset("stac.a")
                .collection("a")
                .document()
                .orElseThrow()
                .text();
        assertTrue(stored.contains("[[1,2,3,4]]"), stored);
        write(StacMethod.PATCH, "a", "{\"id\":\"b\"}").is(400);
        write(StacMethod.PATCH, "a", "{\"extent\":null}").is(400);
        stac("bare", "");
        write(StacMethod.PATCH, "bare", "{\"title\":\"B\"}").is(204);
        assertEquals("B", fixture.get("/collections/bare").value("title"));
    }

    @Test
    void aCollectionIsDeletedWhenItIsEmpty() {
        String tag = fixture.post("/collections", document("a", "")).is(201).header("etag");
        stacItems("a");
        Answer refused = write(StacMethod.DELETE, "a", "").is(409);
        assertTrue(refused.value("detail").startsWith("collection \"a\": 1 items"), refused.text());
        fixture.catalog().dataset("stac.a").collection("a").deleteByKeys(List.of("i"));
        write(StacMethod.DELETE, "a", "", "if-match", "\"other.x\"").is(412);
        write(StacMethod.DELETE, "a", "", "if-match", tag).is(204);
        fixture.get("/collections/a").is(404);
        write(StacMethod.DELETE, "a", "").is(404);
        assertEquals(0, fixture.catalog().datasets().size());
        fixture.post("/collections", document("a", "")).is(201);
    }

    @Test
    void aCollectionThatNoSlugCanBeMadeOfIsDeletedToo() {
        String name = "\u6e29\u5ea6";
        fixture.catalog()
                .createDataset(DatasetSpec.of("mine.things", StacCollection.schema()))
                .createCollection(name)
                .putDocument(Json.parse(document(name, "")));
        fixture.get("/collections/%E6%B8%A9%E5%BA%A6").is(200);
        write(StacMethod.DELETE, "%E6%B8%A9%E5%BA%A6", "").is(204);
        fixture.get("/collections/%E6%B8%A9%E5%BA%A6").is(404);
        assertEquals(1, fixture.catalog().datasets().size(), "the dataset was not made for it");
    }

    @Test
    void aFullCollectionIsDeletedWhereThatIsAllowed() {
        fixture.close();
        fixture = open(StacOptions.defaults().deletion(CollectionDeletion.WITH_ITEMS));
        fixture.post("/collections", document("a", "")).is(201);
        stacItems("a");
        write(StacMethod.DELETE, "a", "").is(204);
        fixture.get("/collections/a").is(404);
    }

    @Test
    void whoMayOnlyReadOrWriteIsToldSo() {
        if (!(fixture instanceof DirectFixture)) {
            return; // who asks is decided by whoever carries the request
        }
        fixture.post("/collections", document("a", "")).is(201);
        byte[] body = document("b", "").getBytes(StandardCharsets.UTF_8);
        StacRequest post = StacRequest.of(StacMethod.POST, "/collections").with(body);
        assertEquals(
                "PERMISSION_DENIED",
                fixture.send(post.by(StacCaller.READER)).is(403).value("code"));
        StacRequest delete = StacRequest.of(StacMethod.DELETE, "/collections/a");
        fixture.send(delete.by(StacCaller.READER)).is(403);
        StacRequest item =
                StacRequest.of(StacMethod.POST, "/collections/a/items").with("{}".getBytes(StandardCharsets.UTF_8));
        fixture.send(item.by(StacCaller.READER)).is(403);
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
