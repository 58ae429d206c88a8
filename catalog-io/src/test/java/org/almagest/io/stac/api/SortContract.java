package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The order of items. */
abstract class SortContract extends ItemsFixture {
    @BeforeEach
    void fill() {
        put(C, "b", point(0, 0), "\"datetime\":\"2025-01-02T00:00:00Z\",\"eo:cloud_cover\":10");
        put(C, "a", point(0, 0), "\"datetime\":\"2025-01-01T00:00:00Z\",\"eo:cloud_cover\":20");
        put(C, "c", point(0, 0), "\"datetime\":\"2025-01-03T00:00:00Z\"");
    }

    @Test
    void putsTheNewestFirstUnlessAsked() {
        assertEquals(List.of("c", "b", "a"), ids(""));
        assertEquals(List.of("a", "b", "c"), ids("?sortby=datetime"));
        assertEquals(List.of("a", "b", "c"), ids("?sortby=%2Bproperties.datetime"));
        assertEquals(List.of("c", "b", "a"), ids("?sortby=-datetime"));
    }

    @Test
    void sortsByIdAndPropertiesWithThoseThatLackThemLast() {
        assertEquals(List.of("a", "b", "c"), ids("?sortby=id"));
        assertEquals(List.of("c", "b", "a"), ids("?sortby=-id"));
        assertEquals(List.of("b", "a", "c"), ids("?sortby=eo:cloud_cover"));
        assertEquals(List.of("a", "b", "c"), ids("?sortby=-properties.eo:cloud_cover"));
        assertEquals(List.of("b", "a", "c"), ids("?sortby=+eo:cloud_cover,-id"), "a plus sign becomes a blank");
        assertEquals(List.of("c", "b", "a"), ids("?sortby=collection,-id"));
        assertEquals(
                List.of("b", "a", "c"),
                posted("{\"sortby\":[{\"field\":\"eo:cloud_cover\",\"direction\":\"asc\"}]}")
                        .ids());
        assertEquals(
                List.of("c", "b", "a"),
                posted("{\"sortby\":[{\"field\":\"id\",\"direction\":\"desc\"}]}")
                        .ids());
        assertEquals(List.of("a", "b", "c"), follow(search("?limit=1&sortby=id"), "next"));
    }

    @Test
    void boundsTheNamesBeforeTheyAreLookedUp() {
        String many = "{\"field\":\"nothing\"}" + ",{\"field\":\"nothing\"}".repeat(100);
        Answer answer = fixture.post("/search", "{\"sortby\":[" + many + "]}");
        assertEquals("LIMIT_EXCEEDED", answer.is(400).value("code"));
        assertEquals("/sortby", answer.value("parameter"));
    }

    @Test
    void refusesWhatHasNoOrder() {
        for (String name : List.of("nothing", "geometry", "assets", "", ",", "-")) {
            assertEquals("sortby", fixture.get("/search?sortby=" + name).is(400).value("parameter"), name);
        }
        for (String sort : List.of(
                "\"id\"", "[\"id\"]", "[{\"direction\":\"asc\"}]", "[{\"field\":\"id\",\"direction\":\"up\"}]")) {
            fixture.post("/search", "{\"sortby\":" + sort + "}").is(400);
        }
        collection("d");
        fixture.get("/search?sortby=collection").is(400);
    }
}
