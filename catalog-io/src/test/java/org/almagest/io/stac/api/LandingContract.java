package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.io.stac.exchange.StacMethod;
import org.almagest.io.stac.exchange.StacRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The landing page, conformance, and what holds for every address. */
abstract class LandingContract {
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
    void isACatalogThatLeadsToTheRest() {
        Answer landing = fixture.get("/").is(200);
        assertEquals("application/json", landing.header("content-type"));
        assertEquals("Catalog", landing.value("type"));
        assertEquals("almagest", landing.value("id"));
        assertEquals(fixture.base(), landing.href("root"));
        assertEquals(fixture.base(), landing.href("self"));
        assertEquals(fixture.base() + "/conformance", landing.href("conformance"));
        assertEquals(landing.text(), fixture.get("").is(200).text());
    }

    @Test
    void conformsToTheSameEverywhere() {
        assertEquals(
                fixture.get("/").at("conformsTo"), fixture.get("/conformance").at("conformsTo"));
    }

    @Test
    void answersHeadWithTheHeadersOfGet() {
        Answer get = fixture.get("/");
        Answer head = fixture.send(StacRequest.of(StacMethod.HEAD, "/")).is(200);
        assertEquals(0, head.body().length);
        assertEquals(get.header("etag"), head.header("etag"));
        assertEquals(get.header("content-type"), head.header("content-type"));
    }

    @Test
    void answersNotModifiedToWhoHasIt() {
        String tag = fixture.get("/conformance").header("etag");
        assertTrue(tag.startsWith("\""), tag);
        for (String list : List.of(tag, "*", "\"other\", " + tag, "W/" + tag)) {
            Answer answer = fixture.get("/conformance", "if-none-match", list).is(304);
            assertEquals(0, answer.body().length);
            assertEquals(tag, answer.header("etag"));
        }
        fixture.get("/conformance", "if-none-match", "\"other\"").is(200);
        fixture.get("/conformance", "if-none-match", "other").is(400);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertEquals("NOT_FOUND", fixture.get("/nowhere").is(404).value("code"));
        assertEquals("zz", fixture.get("/conformance?zz=1").is(400).value("parameter"));
        assertEquals("f", fixture.get("/conformance?f=json&f=json").is(400).value("parameter"));
        assertEquals("f", fixture.get("/conformance?f=").is(400).value("parameter"));
        assertEquals("f", fixture.get("/conformance?f=%zz").is(400).value("parameter"));
        fixture.get("/conformance", "accept", "image/png").is(406);
        Answer wrong =
                fixture.send(StacRequest.of(StacMethod.DELETE, "/conformance")).is(405);
        assertEquals("GET, HEAD, OPTIONS", wrong.header("allow"));
        Answer options =
                fixture.send(StacRequest.of(StacMethod.OPTIONS, "/conformance")).is(204);
        assertEquals("GET, HEAD, OPTIONS", options.header("allow"));
    }

    @Test
    void saysWhatIsWrongByRfc9457() {
        Answer answer = fixture.send(
                StacRequest.of(StacMethod.GET, "/conformance?zz=1").with(StacHeaders.NONE.and("x-request-id", "abc")));
        assertEquals("application/problem+json", answer.header("content-type"));
        assertEquals("no-store", answer.header("cache-control"));
        assertEquals("400", answer.value("status"));
        assertEquals("Bad Request", answer.value("title"));
        assertEquals("INVALID_REQUEST", answer.value("code"));
        assertEquals("\"zz\": no such parameter (expected one of: f)", answer.value("detail"));
        assertEquals(answer.value("detail"), answer.value("description"));
        assertTrue(answer.value("instance").startsWith("urn:almagest:request:"), answer.text());
    }

    @Test
    void refusesAddressesBeyondTheBound() {
        String longest = "/conformance?f=" + "x".repeat(8 * 1_024 - "/conformance?f=".length());
        fixture.get(longest).is(400);
        assertNotEquals(400, fixture.get(longest + "x").status());
    }
}
