package org.almagest.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.almagest.error.LimitExceededException;
import org.junit.jupiter.api.Test;

class JsonTest {
    /** RFC 8785, section 3.2.2 and 3.2.3. */
    @Test
    void writesTheExampleOfRfc8785() {
        Json json = Json.parse("""
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }""");
        assertEquals(
                "{\"literals\":[null,true,false],\"numbers\":[333333333.33333329,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
                json.text(),
                "as in the RFC, but that 333333333.33333329 keeps its digits");
    }

    /** RFC 8785, section 3.2.3: by UTF-16 code units, not by code points. */
    @Test
    void sortsMembersByUtf16CodeUnits() {
        Json json = Json.parse(
                "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}");
        assertEquals("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}", json.text());
    }

    @Test
    void equalsByCanonicalText() {
        assertEquals(Json.parse("{\"a\": 1.0, \"b\": \"\\u0041\"}"), Json.parse("{\"b\":\"A\",\"a\":1}"));
        assertEquals(Json.parse("[1e2]").hashCode(), Json.parse("[100]").hashCode());
        assertNotEquals(Json.parse("9007199254740993"), Json.parse("9007199254740992"));
        assertNotEquals(Json.parse("[1,2]"), Json.parse("[2,1]"));
        assertTrue(Json.parse(" null ").isNull());
        assertEquals(Json.NULL, Json.parse("null"));
    }

    @Test
    void canonicalTextReadsBackAsItself() {
        String text = Json.parse("{\"b\":[{},[],\"\\t\",-1.5e-9],\"a\":{\"d\":null,\"c\":true}}")
                .text();
        assertEquals("{\"a\":{\"c\":true,\"d\":null},\"b\":[{},[],\"\\t\",-1.5e-9]}", text);
        assertEquals(text, Json.parse(text).text());
        assertEquals(Json.parse(text), Json.ofCanonical(text));
    }

    @Test
    void holdsToTheLimits() {
        Limits limits = Limits.defaults().with("valueBytesMax", 4).with("jsonDepthMax", 1);
        assertEquals("\"ab\"", Json.parse("\"ab\"", limits).text());
        LimitExceededException large = assertThrows(LimitExceededException.class, () -> Json.parse("\"abc\"", limits));
        assertEquals("json: bytes: 5 (at most 4)", large.getMessage());
        LimitExceededException deep = assertThrows(LimitExceededException.class, () -> Json.parse("[[]]", limits));
        assertEquals("json: depth: 2 (at most 1)", deep.getMessage());
    }
}
