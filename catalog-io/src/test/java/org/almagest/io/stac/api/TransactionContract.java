package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.io.stac.StacCollection;
import org.almagest.io.stac.exchange.NewProperties;
import org.almagest.io.stac.exchange.Preconditions;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.io.stac.exchange.StacLimits;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacRequest;
import org.almagest.model.Datapoint;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.TypeKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Items stored, corrected and deleted. */
abstract class TransactionContract {
    private static final String ITEMS = "/collections/c/items";
    private static final String GEOJSON = "application/geo+json";
    private static final String NDJSON = "application/x-ndjson";
    private static final String PATCH = "application/merge-patch+json";

    private StacFixture fixture;

    abstract StacFixture open(StacOptions options);

    @BeforeEach
    void open() {
        begin(StacOptions.defaults());
    }

    private void begin(StacOptions options) {
        fixture = open(options);
        fixture.catalog()
                .createDataset(DatasetSpec.of("stac.c", StacCollection.schema()))
                .createCollection("c");
    }

    private void reopen(StacOptions options) {
        fixture.close();
        begin(options);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Collection items() {
        return fixture.catalog().dataset("stac.c").collection("c");
    }

    private static String item(String id, String more) {
        return "{\"type\":\"Feature\",\"stac_version\":\"1.1.0\",\"stac_extensions\":[],\"id\":\"" + id
                + "\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[10,20]},\"bbox\":[10,20,10,20],"
                + "\"properties\":{\"datetime\":\"2020-01-01T00:00:00Z\"" + more + "},\"links\":[],\"assets\":{}}";
    }

    private Answer put(String id, String body, String... header) {
        return send(StacMethod.PUT, id, body, "application/json", header);
    }

    private Answer patch(String id, String body, String... header) {
        return send(StacMethod.PATCH, id, body, PATCH, header);
    }

    private Answer delete(String id, String... header) {
        return send(StacMethod.DELETE, id, "", "", header);
    }

    private Answer send(StacMethod method, String id, String body, String type, String... header) {
        StacHeaders headers = StacHeaders.NONE;
        if (!type.isEmpty()) {
            headers = headers.and("content-type", type);
        }
        for (int i = 0; i < header.length; i += 2) {
            headers = headers.and(header[i], header[i + 1]);
        }
        return fixture.send(
                StacRequest.of(method, ITEMS + "/" + id).with(headers).with(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anItemIsCreatedOnce() {
        Answer created =
                fixture.post(ITEMS, item("a b/c", ",\"eo:cloud_cover\":5")).is(201);
        assertEquals(fixture.base() + ITEMS + "/a%20b%2Fc", created.header("location"));
        assertEquals(GEOJSON, created.header("content-type"));
        assertEquals("no-store", created.header("cache-control"));
        String id = items().findByKey("a b/c").orElseThrow().id().orElseThrow().toString();
        assertTrue(created.header("etag").startsWith("\"" + id), created.header("etag"));
        assertEquals("c", created.value("collection"));
        assertEquals("5", created.value("properties/eo:cloud_cover"));
        assertEquals(fixture.base() + ITEMS + "/a%20b%2Fc", created.href("self"));
        assertEquals(fixture.base() + "/collections/c", created.href("collection"));
        Answer again =
                fixture.post(ITEMS, item("a b/c", ",\"eo:cloud_cover\":6")).is(409);
        assertEquals("item \"a b/c\": already exists in collection \"c\"", again.value("detail"));
        fixture.post(ITEMS, item("a b/c", ",\"eo:cloud_cover\":5")).is(409);
        assertEquals(1, items().info().count());
    }

    @Test
    void whatIsNoItemIsRefusedAndNothingStored() {
        for (String body : List.of(
                "",
                "[]",
                "{",
                "{}",
                item("", ""),
                item("a", "").replace("\"id\":\"a\"", "\"id\":7"),
                item("a", "").replace("Feature", "Thing"),
                item("a\\u0000", ""),
                item("a".repeat(1_025), ""),
                item("a", "").replace("\"2020-01-01T00:00:00Z\"", "null"),
                item("a", "").replace("\"2020-01-01T00:00:00Z\"", "null,\"start_datetime\":\"2020-01-01T00:00:00Z\""),
                item("a", "").replace("\"2020-01-01T00:00:00Z\"", "\"yesterday\""),
                item("a", "").replace("[10,20]", "[10]"),
                item("a", "").replace("[10,20]", "[10,95]"),
                item("a", "").replace("\"type\":\"Feature\"", "\"type\":\"Feature\",\"collection\":\"d\""),
                item("a", "").replace("\"type\":\"Feature\"", "\"type\":\"Feature\",\"type\":\"Feature\""))) {
            Answer answer = fixture.post(ITEMS, body).is(400);
            assertEquals("application/problem+json", answer.header("content-type"), body);
        }
        fixture.post("/collections/d/items", item("a", "")).is(404);
        fixture.send(StacMethod.POST, ITEMS, "text/plain", item("a", "")).is(415);
        fixture.send(StacMethod.POST, ITEMS, "application/json; charset=utf-16", item("a", ""))
                .is(415);
        fixture.send(StacMethod.POST, ITEMS, "application/json; charset=UTF-8", item("ok", ""))
                .is(201);
        assertEquals(
                "mode",
                fixture.post(ITEMS + "?mode=skip", item("a", "")).is(400).value("parameter"));
        assertEquals(1, items().info().count());
        fixture.post(ITEMS, item("a".repeat(1_024), "")).is(201);
    }

    @Test
    void theCollectionOfABodyMayBeEitherFormOfItsId() {
        String named = "\"type\":\"Feature\",\"collection\":\"stac.c~c\"";
        Answer answer = fixture.post(ITEMS, item("a", "").replace("\"type\":\"Feature\"", named))
                .is(201);
        assertEquals("c", answer.value("collection"));
        assertEquals(
                "c", items().findByKey("a").orElseThrow().value("collection").orElseThrow());
    }

    @Test
    void anItemIsReplacedWhereItIsThere() {
        put("a", item("a", "")).is(404);
        String first = fixture.post(ITEMS, item("a", ",\"n\":1")).is(201).header("etag");
        Answer replaced = put("a", item("a", ",\"n\":2")).is(204);
        assertEquals(0, replaced.body().length);
        assertEquals("", replaced.header("content-type"));
        assertNotEquals(first, replaced.header("etag"));
        assertEquals(2.0, items().findByKey("a").orElseThrow().value("n").orElseThrow());
        assertEquals(
                replaced.header("etag"), put("a", item("a", ",\"n\":2")).is(204).header("etag"), "the same");
        assertEquals("/id", put("a", item("b", "")).is(400).value("parameter"));
        put("a", item("a", ""), "if-none-match", "*").is(412);
        assertEquals(1, items().info().count());
    }

    @Test
    void aChangeHoldsOnlyForTheVersionThatWasSeen() {
        String first = fixture.post(ITEMS, item("a", ",\"n\":1")).is(201).header("etag");
        String other = fixture.post(ITEMS, item("b", ",\"n\":1")).is(201).header("etag");
        String second =
                put("a", item("a", ",\"n\":2"), "if-match", first).is(204).header("etag");
        assertEquals(
                "PRECONDITION_FAILED",
                put("a", item("a", ",\"n\":3"), "if-match", first).is(412).value("code"));
        put("a", item("a", ",\"n\":2"), "if-match", first).is(204); // the very content: a repeated call
        patch("a", "{\"properties\":{\"n\":3}}", "if-match", first).is(412);
        delete("a", "if-match", first).is(412);
        delete("a", "if-match", other).is(412);
        delete("a", "if-match", "W/" + second).is(412);
        put("a", item("a", ",\"n\":3"), "if-match", "W/" + second).is(412);
        put("a", item("a", ",\"n\":3"), "if-match", "nonsense").is(400);
        String third = put("a", item("a", ",\"n\":3"), "if-match", other + ", " + second)
                .is(204)
                .header("etag");
        put("a", item("a", ",\"n\":4"), "if-match", "*").is(204);
        delete("a", "if-match", third).is(412);
        put("x", item("x", ""), "if-match", "*").is(412);
        delete("x", "if-match", "*").is(412);
        delete("b", "if-match", other).is(204);
        delete("b").is(204);
        assertEquals(1, items().info().count());
    }

    @Test
    void aPatchChangesWhatItNames() {
        fixture.post(ITEMS, item("a", ",\"n\":1,\"gone\":\"x\",\"deep\":{\"k\":1,\"l\":2}"))
                .is(201);
        Answer shown = patch(
                        "a",
                        "{\"properties\":{\"n\":2,\"gone\":null,\"deep\":{\"l\":null,\"m\":[1]}},\"assets\":{\"x\":{\"href\":\"y\"}}}",
                        "prefer",
                        "return=representation")
                .is(200);
        assertEquals(GEOJSON, shown.header("content-type"));
        assertEquals(
                "{\"datetime\":\"2020-01-01T00:00:00Z\",\"deep\":{\"k\":1,\"m\":[1]},\"n\":2}",
                CanonicalJson.text(shown.at("properties")));
        assertEquals("y", shown.value("assets/x/href"));
        Answer same = patch("a", "{}").is(204);
        assertEquals(shown.header("etag"), same.header("etag"));
        patch("a", "{\"id\":\"a\",\"collection\":\"c\"}").is(204);
        assertEquals("/id", patch("a", "{\"id\":\"b\"}").is(400).value("parameter"));
        assertEquals("/collection", patch("a", "{\"collection\":\"d\"}").is(400).value("parameter"));
        patch("a", "{\"collection\":null}").is(400);
        patch("a", "{\"properties\":null}").is(400);
        patch("a", "[1]").is(400);
        patch("x", "{}").is(404);
        patch("x", "{}", "if-match", "*").is(412);
        assertEquals(1, items().info().count());
    }

    @Test
    void whatIsRefusedBringsNoFields() {
        fixture.post(ITEMS, item("a", "")).is(201);
        int fields = items().dataset().schema().fields().size();
        String wrong = item("b", ",\"new2\":2").replace("[10,20]", "[1]");
        fixture.post(ITEMS, wrong).is(400);
        put("a", item("a", ",\"new3\":3").replace("[10,20]", "[1]")).is(400);
        fixture.post(
                        ITEMS,
                        "{\"type\":\"FeatureCollection\",\"features\":[" + item("c", ",\"new1\":1") + "," + wrong
                                + "]}")
                .is(400);
        assertEquals(fields, items().dataset().schema().fields().size());
    }

    @Test
    void aPatchOfNothingChangesNothing() {
        String crossing = item("a", "")
                .replace("\"stac_version\":\"1.1.0\",", "")
                .replace(",\"bbox\":[10,20,10,20]", "")
                .replace(
                        "{\"type\":\"Point\",\"coordinates\":[10,20]}",
                        "{\"type\":\"Polygon\",\"coordinates\":[[[170,0],[-170,0],[-170,10],[170,10],[170,0]]]}");
        String tag = fixture.post(ITEMS, crossing).is(201).header("etag");
        int fields = items().dataset().schema().fields().size();
        Answer shown = patch("a", "{}", "prefer", "return=representation").is(200);
        assertEquals("[170,0,-170,10]", CanonicalJson.text(shown.at("bbox")));
        assertEquals(tag, shown.header("etag"));
        assertEquals(fields, items().dataset().schema().fields().size());
    }

    @Test
    void aBoxFollowsThePatchedGeometry() {
        fixture.post(ITEMS, item("a", "")).is(201);
        String geometry = "{\"geometry\":{\"type\":\"Point\",\"coordinates\":[30,40]}}";
        Answer moved = patch("a", geometry, "prefer", "return=representation").is(200);
        assertEquals("[30,40,30,40]", CanonicalJson.text(moved.at("bbox")));
    }

    @Test
    void onlyOneOfTwoWhoSawTheSameVersionWins() throws InterruptedException {
        String tag = fixture.post(ITEMS, item("a", ",\"n\":0")).is(201).header("etag");
        int rounds = 40;
        for (int round = 1; round <= rounds; round++) {
            String seen = tag;
            List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int who = 1; who <= 2; who++) {
                String body = item("a", ",\"n\":" + (round * 10 + who));
                threads.add(new Thread(() -> {
                    try {
                        go.await();
                        answers.add(put("a", body, "if-match", seen));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
            }
            threads.forEach(Thread::start);
            go.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(
                    List.of(204, 412),
                    answers.stream().map(Answer::status).sorted().toList());
            tag = answers.stream()
                    .filter(answer -> answer.status() == 204)
                    .findFirst()
                    .orElseThrow()
                    .header("etag");
        }
    }

    @Test
    void changesWithoutConditionAllHappen() throws InterruptedException {
        fixture.post(ITEMS, item("a", ",\"n0\":0,\"n1\":0")).is(201);
        AtomicInteger wrong = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int who = 0; who < 2; who++) {
            String member = "n" + who;
            threads.add(new Thread(() -> {
                for (int n = 1; n <= 20; n++) {
                    int status = 409;
                    while (status == 409) { // who is overtaken five times is asked to repeat
                        status = patch("a", "{\"properties\":{\"" + member + "\":" + n + "}}")
                                .status();
                    }
                    wrong.addAndGet(status == 204 ? 0 : 1);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(0, wrong.get());
        Datapoint row = items().findByKey("a").orElseThrow();
        assertEquals(
                List.of(20.0, 20.0),
                List.of(row.value("n0").orElseThrow(), row.value("n1").orElseThrow()));
    }

    @Test
    void newPropertiesOfTwoWhoPostAtOnceAllBecomeFields() throws InterruptedException {
        AtomicInteger wrong = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int who = 0; who < 2; who++) {
            int own = who;
            threads.add(new Thread(() -> {
                for (int n = 0; n < 10; n++) {
                    String more =
                            ",\"own_" + own + "_" + n + "\":1,\"both_" + n + "\":" + (own == 0 ? "1" : "\"text\"");
                    int status = fixture.post(ITEMS, item(own + "-" + n, more)).status();
                    wrong.addAndGet(status == 201 ? 0 : 1);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(0, wrong.get());
        DatasetSchema schema = items().dataset().schema();
        for (int n = 0; n < 10; n++) {
            assertEquals(
                    TypeKind.FLOAT64, schema.field("own_0_" + n).orElseThrow().kind());
            assertEquals(
                    TypeKind.FLOAT64, schema.field("own_1_" + n).orElseThrow().kind());
            boolean number = schema.field("both_" + n).orElseThrow().kind() == TypeKind.FLOAT64;
            Datapoint aside = items().findByKey((number ? "1-" : "0-") + n).orElseThrow();
            assertTrue(aside.value("other_properties").orElseThrow().toString().contains("both_" + n));
        }
    }

    @Test
    void newPropertiesMayBeKeptAside() {
        reopen(StacOptions.defaults().newProperties(NewProperties.KEPT_ASIDE));
        int before = items().dataset().schema().fields().size();
        Answer answer = fixture.post(ITEMS, item("a", ",\"eo:cloud_cover\":5,\"x\":[1]"))
                .is(201);
        assertEquals("5", answer.value("properties/eo:cloud_cover"));
        assertEquals(before, items().dataset().schema().fields().size());
    }

    @Test
    void manyPropertiesDoNotGrowTheSchemaForEver() {
        StringBuilder more = new StringBuilder();
        for (int i = 0; i < 600; i++) {
            more.append(",\"p").append(i).append("\":").append(i);
        }
        Answer answer = fixture.post(ITEMS, item("a", more.toString())).is(201);
        assertEquals("599", answer.value("properties/p599"));
        assertTrue(items().dataset().schema().fields().size() <= 500);
    }

    @Test
    void changesMayHaveToNameTheVersion() {
        reopen(StacOptions.defaults().preconditions(Preconditions.REQUIRED));
        String tag = fixture.post(ITEMS, item("a", "")).is(201).header("etag");
        assertEquals("PRECONDITION_REQUIRED", put("a", item("a", "")).is(428).value("code"));
        patch("a", "{}").is(428);
        delete("a").is(428);
        delete("a", "if-match", tag).is(204);
    }

    @Test
    void aFeatureCollectionIsStoredWhole() {
        String two = features(item("a", ""), item("b", ",\"n\":1"));
        Answer answer = fixture.send(StacMethod.POST, ITEMS, GEOJSON, two).is(201);
        assertEquals("2", answer.value("created"));
        assertEquals("[\"a\",\"b\"]", CanonicalJson.text(answer.at("ids")));
        assertEquals("", answer.header("location"));
        fixture.post(ITEMS, features(item("c", ""), item("b", ",\"n\":2"))).is(409);
        fixture.post(ITEMS, features(item("c", ""), item("b", ",\"n\":1"))).is(409);
        assertEquals(2, items().info().count());
        Answer skipped = fixture.post(ITEMS + "?mode=skip", features(item("c", ""), item("b", ",\"n\":1")))
                .is(201);
        assertEquals("1", skipped.value("created"));
        assertEquals("1", skipped.value("existing"));
        Answer replaced = fixture.post(ITEMS + "?mode=replace", features(item("b", ",\"n\":2")))
                .is(201);
        assertEquals("1", replaced.value("replaced"));
        assertEquals("mode", fixture.post(ITEMS + "?mode=x", two).is(400).value("parameter"));
        fixture.post(ITEMS, features()).is(201);
        fixture.post(ITEMS, "{\"type\":\"FeatureCollection\"}").is(400);
    }

    @Test
    void eachItemSaysHowItsWideEdgesAreMeant() {
        String ring = "{\"type\":\"Polygon\",\"coordinates\":[[[-170,0],[170,0],[170,10],[-170,10],[-170,0]]]}";
        String point = "{\"type\":\"Point\",\"coordinates\":[10,20]}";
        String box = "[10,20,10,20]";
        String wide = item("wide", "").replace(point, ring).replace(box, "[-170,0,170,10]");
        String narrow = item("narrow", "").replace(point, ring).replace(box, "[170,0,-170,10]");
        fixture.post(ITEMS, features(wide, narrow)).is(201);
        assertEquals(
                List.of("wide"), fixture.get(ITEMS + "?bbox=0,1,1,2").is(200).ids());
        assertEquals(
                List.of("narrow"),
                fixture.get(ITEMS + "?bbox=179,1,-179,2").is(200).ids());
        put("wide", narrow.replace("\"narrow\"", "\"wide\"")).is(204);
        assertEquals(List.of(), fixture.get(ITEMS + "?bbox=0,1,1,2").is(200).ids());
    }

    @Test
    void aWrongItemOfAFeatureCollectionStoresNothing() {
        Answer answer = fixture.post(
                        ITEMS,
                        features(
                                item("a", ""), item("b", "").replace("[10,20]", "[1]"), item("", ""), "{\"id\":\"z\"}"))
                .is(400);
        assertEquals("3", answer.value("errorCount"));
        assertEquals("1", answer.value("errors/0/row"));
        assertEquals("b", answer.value("errors/0/id"));
        assertEquals("z", answer.value("errors/2/id"));
        assertEquals(0, items().info().count());
    }

    @Test
    void bulkItemsAreGivenByTheirIds() {
        String body = "{\"items\":{\"a\":" + item("a", "") + ",\"b\":" + item("b", "") + "},\"method\":\"insert\"}";
        assertEquals(
                "2", fixture.post("/collections/c/bulk_items", body).is(201).value("created"));
        fixture.post("/collections/c/bulk_items", body).is(409);
        String upsert = "{\"items\":{\"a\":" + item("a", ",\"n\":1") + "},\"method\":\"upsert\"}";
        assertEquals(
                "1", fixture.post("/collections/c/bulk_items", upsert).is(201).value("replaced"));
        fixture.post("/collections/c/bulk_items", body.replace("insert", "x")).is(400);
        fixture.post("/collections/c/bulk_items", "{\"items\":{\"z\":" + item("a", "") + "}}")
                .is(400);
        fixture.post("/collections/c/bulk_items", "{}").is(400);
    }

    @Test
    void linesAreStoredInPartsAndWrongOnesSetAside() {
        String lines = item("a", "") + "\n" + item("b", "").replace("[10,20]", "[1]") + "\n\nnonsense\r\n"
                + item("c", "") + "\r\n[]\n" + item("d", "");
        Answer answer = fixture.send(StacMethod.POST, ITEMS, NDJSON, lines).is(200);
        assertEquals(NDJSON, answer.header("content-type"));
        String[] reports = answer.text().split("\n");
        assertEquals(2, reports.length, answer.text());
        assertTrue(reports[0].startsWith("{\"batch\":1,\"rows\":4,\"created\":3,"), reports[0]);
        assertTrue(reports[1].startsWith("{\"rows\":6,\"created\":3,"), reports[1]);
        assertTrue(reports[1].contains("\"rejected\":3,"), reports[1]);
        assertTrue(reports[1].contains("{\"row\":1,\"id\":\"b\","), reports[1]);
        assertTrue(reports[1].contains("{\"row\":2,"), reports[1]);
        assertTrue(reports[1].contains("{\"row\":4,"), reports[1]);
        assertEquals(3, items().info().count());
        Answer again = fixture.send(StacMethod.POST, ITEMS, NDJSON, lines).is(200);
        assertTrue(again.text().contains("\"created\":0,\"existing\":3,"), again.text());
        assertEquals(
                "{\"rows\":0,\"created\":0,\"existing\":0,\"replaced\":0,\"superseded\":0}\n",
                fixture.send(StacMethod.POST, ITEMS, NDJSON, "").is(200).text());
    }

    @Test
    void linesThatBreakOffKeepTheirFirstParts() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 10_001; i++) {
            lines.append(item("i" + i, "")).append('\n');
        }
        lines.append(item("i0", ",\"n\":9")).append('\n');
        Answer answer =
                fixture.send(StacMethod.POST, ITEMS, NDJSON, lines.toString()).is(200);
        String[] reports = answer.text().split("\n");
        assertTrue(reports[0].startsWith("{\"batch\":1,\"rows\":10000,\"created\":10000,"), reports[0]);
        assertTrue(reports[1].startsWith("{\"error\":{\"status\":409,"), reports[1]);
        assertEquals(10_000, items().info().count());
        Answer repaired = fixture.send(StacMethod.POST, ITEMS + "?mode=replace", NDJSON, lines.toString())
                .is(200);
        assertFalse(repaired.text().contains("error"), repaired.text());
        assertEquals(10_001, items().info().count());
    }

    @Test
    void linesAreBrokenOffWhenNobodyWaits() {
        if (!(fixture instanceof DirectFixture)) {
            return; // whether somebody waits is known to whoever carries the request
        }
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 10_001; i++) {
            lines.append(item("i" + i, "")).append('\n');
        }
        Answer answer = fixture.send(StacRequest.of(StacMethod.POST, ITEMS)
                .with(StacHeaders.NONE.and("content-type", NDJSON))
                .cancelledWhen(() -> items().info().count() > 0)
                .with(lines.toString().getBytes(StandardCharsets.UTF_8)));
        assertTrue(answer.text().contains("{\"error\":{\"status\":499,\"code\":\"CANCELLED\""), answer.text());
        assertEquals(10_000, items().info().count(), "the part that was told of");
    }

    @Test
    void wrongLinesAreToldOfInPartsToo() {
        String lines = "x\n".repeat(10_001);
        String[] reports = fixture.send(StacMethod.POST, ITEMS, NDJSON, lines)
                .is(200)
                .text()
                .split("\n");
        assertEquals(3, reports.length);
        assertTrue(reports[0].contains("\"rejected\":10000,"), reports[0]);
        assertTrue(reports[2].contains("\"rejected\":10001,"), reports[2]);
    }

    @Test
    void bodiesBeyondTheBoundAreRefused() {
        reopen(StacOptions.defaults()
                .limits(StacLimits.defaults().with("itemBodyBytesMax", 300).with("itemsBodyBytesMax", 600)));
        String fits = item("a", "");
        fixture.post(ITEMS, fits + " ".repeat(300 - fits.length())).is(201);
        Answer longer = fixture.post(ITEMS, item("z", "") + " ".repeat(301 - fits.length()));
        assertTrue(longer.is(413).value("detail").contains("301 (at most 300)"), longer.text());
        String many = "{\"type\":\"FeatureCollection\",\"features\":[" + item("m", "") + "]}";
        String padded = many + " ".repeat(600 - many.length());
        fixture.post(ITEMS, padded).is(201);
        assertEquals("LIMIT_EXCEEDED", fixture.post(ITEMS, padded + " ").is(413).value("code"));
        put("a", fits + " ".repeat(300 - fits.length())).is(204);
        put("a", fits + " ".repeat(301 - fits.length())).is(413);
        Answer lines = fixture.send(StacMethod.POST, ITEMS, NDJSON, " ".repeat(301) + "\n" + item("b", ""))
                .is(200);
        assertTrue(lines.text().contains("\"created\":1,"), lines.text());
        assertTrue(lines.text().contains("line: bytes: 301 (at most 300)"), lines.text());
    }

    @Test
    void otherDatasetsTakeNoItems() {
        fixture.catalog()
                .createDataset(DatasetSpec.of(
                        "plain.rows", DatasetSchema.spatioTemporal().build()))
                .createCollection("x");
        Answer answer =
                fixture.post("/collections/plain.rows~x/items", item("a", "")).is(405);
        assertEquals("GET, HEAD, OPTIONS", answer.header("allow"));
    }

    @Test
    void aReadOnlyApiHasNoWritingAddresses() {
        reopen(StacOptions.defaults().readOnly());
        assertNotEquals(201, fixture.post(ITEMS, item("a", "")).status());
        assertNotEquals(204, delete("a").status());
        assertFalse(fixture.get("/conformance").text().contains("transaction"));
    }

    private static String features(String... items) {
        return "{\"type\":\"FeatureCollection\",\"features\":[" + String.join(",", items) + "]}";
    }
}
