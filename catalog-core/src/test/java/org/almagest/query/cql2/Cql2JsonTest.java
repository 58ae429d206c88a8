package org.almagest.query.cql2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.Limits;
import org.almagest.query.Filter;
import org.almagest.query.Truth;
import org.junit.jupiter.api.Test;

class Cql2JsonTest {
    private static final String CONDITION = "{\"op\":\"=\",\"args\":[{\"property\":\"a\"},1]}";

    @Test
    void everyConditionHasItsJson() {
        assertForms("a = 1", CONDITION);
        assertForms("a <> 'b'", "{'op':'<>','args':[{'property':'a'},'b']}");
        assertForms("a BETWEEN 1 AND 2.50", "{'op':'between','args':[{'property':'a'},1,2.50]}");
        assertForms("a IN (1, TRUE)", "{'op':'in','args':[{'property':'a'},[1,true]]}");
        assertForms("a LIKE CASEI('B%')", "{'op':'like','args':[{'property':'a'},{'op':'casei','args':['B%']}]}");
        assertForms("a IS NOT NULL", "{'op':'not','args':[{'op':'isNull','args':[{'property':'a'}]}]}");
        assertForms("TRUE", "true");
        assertForms("UNKNOWN", "{'op':'unknown','args':[]}");
        assertForms(
                "a = TIMESTAMP('2020-01-01T00:00:00Z')",
                "{'op':'=','args':[{'property':'a'},{'timestamp':'2020-01-01T00:00:00Z'}]}");
        assertForms("a = DURATION('PT1H')", "{'op':'=','args':[{'property':'a'},{'op':'duration','args':['PT1H']}]}");
        assertForms("a = FLOAT('NaN')", "{'op':'=','args':[{'property':'a'},{'op':'float','args':['NaN']}]}");
        assertForms(
                "T_METBY(a, INTERVAL('..', '2020-01-01T00:00:00Z'))",
                "{'op':'t_metBy','args':[{'property':'a'},{'interval':['..','2020-01-01T00:00:00Z']}]}");
        assertForms(
                "S_WITHIN(a, BBOX(1, 2, 3, 4.5))", "{'op':'s_within','args':[{'property':'a'},{'bbox':[1,2,3,4.5]}]}");
        assertForms(
                "S_WITHIN(a, POINT (1 2))",
                "{'op':'s_within','args':[{'property':'a'},{'type':'Point','coordinates':[1,2]}]}");
        assertForms("A_CONTAINEDBY(a, ())", "{'op':'a_containedBy','args':[{'property':'a'},[]]}");
        assertForms("a = 2 div b", "{'op':'=','args':[{'property':'a'},{'op':'div','args':[2,{'property':'b'}]}]}");
    }

    @Test
    void aBoxMayHaveHeightsAndADateIsItsFirstInstant() {
        assertEquals(
                Cql2Text.parse("S_WITHIN(a, BBOX(1, 2, 3, 4))"),
                parse("{'op':'s_within','args':[{'property':'a'},{'bbox':[1,2,-9,3,4,9]}]}"));
        assertEquals(
                Cql2Text.parse("a = DATE('2020-01-01')"),
                parse("{'op':'=','args':[{'property':'a'},{'date':'2020-01-01'}]}"));
        assertEquals(Truth.FALSE, ((Filter.Constant) parse(" false ")).truth());
    }

    @Test
    void refusalsNameTheJsonPointer() {
        assertRefused("filter: unexpected a number (expected a condition)", "5");
        assertRefused("filter: no member \"op\" (expected a condition)", "{}");
        assertRefused("filter: /op: unexpected a number (expected a text)", "{'op':5,'args':[]}");
        assertRefused("filter: no array \"args\" (expected the operands of \"=\")", "{'op':'='}");
        assertRefused("filter: /args: 1 arguments (expected 2)", "{'op':'=','args':[1]}");
        assertRefused("filter: /args: 1 arguments (expected at least 2)", "{'op':'and','args':[true]}");
        assertRefused("filter: /op: function \"a/b\" is not known", "{'op':'a/b','args':[]}");
        assertRefused(
                "filter: /args/1/args/0: unexpected null (expected a value)",
                "{'op':'and','args':[true,{'op':'isNull','args':[null]}]}");
        assertRefused(
                "filter: /args/0/property: unexpected a number (expected a text)",
                "{'op':'isNull','args':[{'property':5}]}");
        assertRefused(
                "filter: /args/1/timestamp: time \"noon\": not a time (expected an ISO 8601 date or date-time, such as"
                        + " 2017-01-01 or 2017-01-01T02:45:25.679+09:00, or Unix seconds)",
                "{'op':'=','args':[1,{'timestamp':'noon'}]}");
        assertRefused(
                "filter: /args/1: geometry: position 0: latitude 95.0 (at most 90)",
                "{'op':'s_within','args':[{'property':'a'},{'type':'Point','coordinates':[1,95]}]}");
        assertRefused("filter: /args/1/bbox: 3 numbers (expected 4 or 6)", "{'op':'=','args':[1,{'bbox':[1,2,3]}]}");
        assertRefused(
                "filter: /args/1: unexpected a number (expected an array)", "{'op':'in','args':[{'property':'a'},5]}");
        assertRefused(
                "filter: : =: an array (expected a scalar value)".replace(": :", ":"), "{'op':'=','args':[1,[2]]}");
        assertRefused(
                "filter: /args/0: casei: a number (expected a text)",
                "{'op':'=','args':[{'op':'casei','args':[5]},'a']}");
        assertRefused("filter: /args/1: number out of range: \"1e9999999999\"", "{'op':'=','args':[1,1e9999999999]}");
        assertRefused(
                "filter: /args/1: unexpected object (expected one with op, property, date, timestamp, interval, bbox or"
                        + " type)",
                "{'op':'=','args':[1,{}]}");
        assertThrows(InvalidRequestException.class, () -> Cql2Json.parse("{\"op\":"));
    }

    @Test
    void boundsDepthAndNodes() {
        String open = "{\"op\":\"not\",\"args\":[";
        Cql2Json.parse(open.repeat(63) + CONDITION + "]}".repeat(63));
        assertExceeds("filter: depth: 65 (at most 64)", open.repeat(64) + CONDITION + "]}".repeat(64));
        assertExceeds("filter: depth: 65 (at most 64)", open.repeat(20_000) + CONDITION);
        String minus = "{\"op\":\"-\",\"args\":[1,";
        assertExceeds(
                "filter: depth: 65 (at most 64)",
                "{\"op\":\"=\",\"args\":[1," + minus.repeat(64) + "1" + "]}".repeat(65));
        String in = "{\"op\":\"in\",\"args\":[{\"property\":\"a\"},[1";
        Cql2Json.parse(in + ",1".repeat(9_997) + "]]}");
        assertExceeds("filter: nodes: 10001 (at most 10000)", in + ",1".repeat(9_998) + "]]}");
        assertExceeds("filter: text length: 1048577 (at most 1048576)", " ".repeat((1 << 20) + 1));
    }

    @Test
    void jsonThatIsNoFilterIsNotCalledADeepOne() {
        String problem = "filter: json: depth: 273 (at most 272) [line ";
        assertExceeds(problem + "1 column 273]", "[".repeat(500_000));
        assertExceeds(problem + "3 column 272]", "\n[".repeat(2) + "[".repeat(500));
        assertExceeds(problem + "1 column 1361]", "{\"a\":".repeat(500));
        assertExceeds(problem + "2 column 279]", "[[],\n[" + "[\"args\"," + "[".repeat(500));
        String collection = "{\"type\":\"GeometryCollection\",\"geometries\":[";
        LimitExceededException deep = assertThrows(
                LimitExceededException.class,
                () -> Cql2Json.parse("{\"op\":\"s_intersects\",\"args\":[" + collection.repeat(200)));
        assertTrue(deep.getMessage().startsWith(problem), deep::getMessage);
        for (String cut : List.of("", " ", "[", "[[", "{\"op\":")) {
            assertThrows(InvalidRequestException.class, () -> Cql2Json.parse(cut), cut);
        }
        String text = "{\"op\":\"=\",\"args\":[\"]}\\\"[{\",";
        assertExceeds("filter: depth: 65 (at most 64)", text.repeat(200));
    }

    @Test
    void countsTheNodesThatTextCounts() {
        for (String text : List.of(
                "T_DURING(a, INTERVAL('2020-01-01', b))",
                "CASEI(a) LIKE CASEI('b')",
                "A_EQUALS(a, (1, b)) AND NOT a + 1 BETWEEN 2 AND UUID('00000000-0000-0000-0000-000000000000')",
                "S_INTERSECTS(a, BBOX(1, 2, 3, 4)) OR S_WITHIN(a, POINT(1 2)) OR TRUE")) {
            Filter filter = Cql2Text.parse(text);
            long nodes = 1;
            while (exceeds(nodes, limits -> filter.checkedFields(limits))) {
                nodes++;
            }
            String json = Cql2Json.print(filter);
            assertFalse(exceeds(nodes, limits -> Cql2Json.parse(json, limits)), json);
            assertTrue(exceeds(nodes - 1, limits -> Cql2Json.parse(json, limits)), json);
        }
    }

    private static boolean exceeds(long nodes, Consumer<Limits> parse) {
        try {
            parse.accept(Limits.defaults().with(Map.of("filterNodesMax", nodes)));
            return false;
        } catch (LimitExceededException e) {
            assertEquals("filterNodesMax", e.limitName());
            return true;
        }
    }

    private static void assertForms(String text, String json) {
        Filter filter = Cql2Text.parse(text);
        assertEquals(json.replace('\'', '"'), Cql2Json.print(filter));
        assertEquals(filter, parse(json));
        assertEquals(text, Cql2Text.print(filter));
    }

    private static Filter parse(String json) {
        return Cql2Json.parse(json.replace('\'', '"'));
    }

    private static void assertRefused(String message, String json) {
        assertEquals(
                message,
                assertThrows(InvalidRequestException.class, () -> parse(json)).getMessage());
    }

    private static void assertExceeds(String message, String json) {
        assertEquals(
                message,
                assertThrows(LimitExceededException.class, () -> Cql2Json.parse(json))
                        .getMessage());
    }
}
