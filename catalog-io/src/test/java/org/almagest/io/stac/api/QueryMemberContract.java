package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The query extension. */
abstract class QueryMemberContract extends ItemsFixture {
    @BeforeEach
    void fill() {
        String time = "\"datetime\":\"2025-01-01T00:00:00Z\"";
        put(C, "low", point(0, 0), time + ",\"eo:cloud_cover\":5,\"platform\":\"a%b\"");
        put(C, "high", point(0, 0), time + ",\"eo:cloud_cover\":80,\"platform\":\"abc\"");
        put(C, "none", point(0, 0), time);
    }

    private List<String> found(String query) {
        List<String> posted = posted("{\"query\":" + query + "}").ids();
        assertEquals(posted, ids("?query=" + encoded(query)), "by GET and by POST");
        return posted.stream().sorted().toList();
    }

    @Test
    void boundsConditionsAndValuesTogether() {
        String values = "0,".repeat(4_999) + "0";
        posted("{\"query\":{\"eo:cloud_cover\":{\"in\":[" + values + "]}}}");
        Answer answer = fixture.post(
                "/search",
                "{\"query\":{\"eo:cloud_cover\":{\"in\":[" + values + "]}," + "\"platform\":{\"in\":[" + values
                        + "]}}}");
        assertEquals("/query", answer.is(400).value("parameter"));
        assertTrue(answer.text().contains("query: nodes: 10002 (at most 10000)"), answer.text());
    }

    @Test
    void comparesWithEachOperator() {
        assertEquals(List.of("low"), found("{\"eo:cloud_cover\":{\"eq\":5}}"));
        assertEquals(List.of("high"), found("{\"eo:cloud_cover\":{\"neq\":5}}"), "not what has no value");
        assertEquals(List.of("low"), found("{\"eo:cloud_cover\":{\"lt\":80}}"));
        assertEquals(List.of("high", "low"), found("{\"eo:cloud_cover\":{\"lte\":80}}"));
        assertEquals(List.of("high"), found("{\"eo:cloud_cover\":{\"gt\":5}}"));
        assertEquals(List.of("high"), found("{\"properties.eo:cloud_cover\":{\"gte\":6,\"lt\":100}}"));
        assertEquals(List.of("low"), found("{\"platform\":{\"startsWith\":\"a%\"}}"), "no pattern");
        assertEquals(List.of("high"), found("{\"platform\":{\"endsWith\":\"bc\"}}"));
        assertEquals(List.of("low"), found("{\"platform\":{\"contains\":\"%\"}}"));
        assertEquals(List.of("high"), found("{\"platform\":{\"in\":[\"abc\",\"x\"]}}"));
        assertEquals(List.of(), found("{\"platform\":{\"in\":[]}}"));
        assertEquals(List.of("none"), found("{\"platform\":{\"eq\":null}}"));
        assertEquals(List.of("high", "low"), found("{\"platform\":{\"neq\":null}}"));
        assertEquals(List.of("low"), found("{\"id\":{\"eq\":\"low\"}}"));
        assertEquals(List.of("high", "low", "none"), found("{}"));
        assertEquals(List.of("low"), found("{\"eo:cloud_cover\":{\"lt\":50},\"platform\":{\"neq\":\"abc\"}}"));
    }

    @Test
    void takesTextThatIsANumberForOne() {
        assertEquals(List.of("low"), found("{\"eo:cloud_cover\":{\"eq\":\"5\"}}"));
        assertEquals(List.of("high"), found("{\"eo:cloud_cover\":{\"neq\":\"5.0\"}}"));
        assertEquals(List.of("high", "low"), found("{\"eo:cloud_cover\":{\"gte\":\"-1\"}}"));
        put(C, "text", point(0, 0), "\"datetime\":\"2025-01-01T00:00:00Z\",\"platform\":\"5\"");
        assertEquals(List.of("text"), found("{\"platform\":{\"eq\":\"5\"}}"));
        assertEquals(List.of("high", "low"), found("{\"platform\":{\"neq\":\"5\"}}"));
    }

    @Test
    void refusesOthers() {
        for (String query : List.of(
                "[]",
                "\"x\"",
                "{\"eo:cloud_cover\":5}",
                "{\"eo:cloud_cover\":{\"like\":5}}",
                "{\"platform\":{\"in\":\"a\"}}",
                "{\"platform\":{\"contains\":5}}",
                "{\"platform\":{\"lt\":null}}",
                "{\"platform\":{\"eq\":[1]}}")) {
            Answer answer = fixture.post("/search", "{\"query\":" + query + "}").is(400);
            assertEquals("/query", answer.value("parameter").substring(0, 6), query);
            assertEquals(
                    "query",
                    fixture.get("/search?query=" + encoded(query)).is(400).value("parameter"),
                    query);
        }
        fixture.post("/search", "{\"query\":{\"nothing\":{\"eq\":1}}}").is(400);
    }
}
