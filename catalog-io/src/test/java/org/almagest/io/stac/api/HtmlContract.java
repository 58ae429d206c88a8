package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same answers for people. */
abstract class HtmlContract {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final String EVIL = "<script>alert('x')</script>";
    private static final List<String> PAGES = List.of(
            "/",
            "/collections",
            "/collections/c",
            "/collections/c/items",
            "/collections/c/items/i",
            "/search",
            "/api.html");

    private StacFixture fixture;

    abstract StacFixture open(StacOptions options);

    @BeforeEach
    void open() {
        fixture = open(StacOptions.defaults().title("T" + EVIL).describedAs("D" + EVIL));
        fixture.post(
                        "/collections",
                        "{\"type\":\"Collection\",\"id\":\"c\",\"title\":\"" + EVIL + "\",\"description\":\"" + EVIL
                                + "\",\"license\":\"" + EVIL + "\",\"keywords\":[\"" + EVIL + "\"],"
                                + "\"extent\":{\"spatial\":{\"bbox\":[[1,2,3,4]]},\"temporal\":{\"interval\":[[null,null]]}},"
                                + "\"links\":[{\"rel\":\"" + EVIL
                                + "\",\"href\":\"javascript:alert(1)\",\"title\":\"j\"},"
                                + "{\"rel\":\"license\",\"href\":\"https://example.org/\\\"><b>\",\"title\":\"l\"}]}")
                .is(201);
        fixture.post(
                        "/collections/c/items",
                        "{\"type\":\"Feature\",\"id\":\"i\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]},"
                                + "\"properties\":{\"datetime\":\"2020-01-01T00:00:00Z\",\"title\":\"" + EVIL + "\",\""
                                + EVIL
                                + "\":1},\"links\":[],\"assets\":{\"" + EVIL + "\":{\"href\":\"file:///etc/passwd\"},"
                                + "\"a\":{\"href\":\"http://example.org/a.tif\"}}}")
                .is(201);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aBrowserGetsAPageAndNobodyElse() {
        for (String page : PAGES) {
            Answer shown = fixture.get(page, "accept", BROWSER).is(200);
            assertEquals(HTML, shown.header("content-type"), page);
            assertTrue(shown.text().startsWith("<!DOCTYPE html>"), page);
            assertTrue(shown.text().endsWith("</html>"), page);
            fixture.get(page, "accept", "text/html").is(200);
            if (!page.equals("/api.html")) {
                assertEquals(HTML, fixture.get(page + "?f=html").is(200).header("content-type"), page);
                assertFalse(fixture.get(page).header("content-type").contains("html"), page);
                assertFalse(
                        fixture.get(page, "accept", "text/html,*/*")
                                .header("content-type")
                                .contains("html"),
                        page);
            }
        }
    }

    @Test
    void nothingInTheDataIsMarkup() {
        for (String page : PAGES) {
            Answer shown = fixture.get(page, "accept", BROWSER).is(200);
            assertFalse(shown.text().contains("<script"), page);
            assertFalse(shown.text().contains("href=\"javascript:"), page);
            assertFalse(shown.text().contains("href=\"file:"), page);
            assertFalse(shown.text().contains("<b>"), page);
            assertFalse(shown.text().contains("<img"), page);
            String policy = shown.header("content-security-policy");
            assertTrue(policy.startsWith("default-src 'none'; style-src 'sha256-"), policy);
        }
        assertTrue(fixture.get("/collections/c?f=html").text().contains("&lt;script&gt;"));
        assertTrue(fixture.get("/collections/c/items/i?f=html").text().contains("href=\"http://example.org/a.tif\""));
    }

    @Test
    void pagesHaveTagsOfTheirOwn() {
        for (String page : PAGES) {
            String tag = fixture.get(page, "accept", BROWSER).header("etag");
            assertFalse(tag.equals(fixture.get(page).header("etag")) && !page.equals("/api.html"), page);
            assertEquals(tag, fixture.get(page, "accept", BROWSER).header("etag"), page);
        }
        String tag = fixture.get("/collections?f=html").header("etag");
        fixture.get("/collections?f=html", "if-none-match", tag).is(304);
    }

    @Test
    void errorsAreProblemsForBrowsersToo() {
        assertEquals(
                "application/problem+json",
                fixture.get("/collections/none", "accept", BROWSER).is(404).header("content-type"));
    }
}
