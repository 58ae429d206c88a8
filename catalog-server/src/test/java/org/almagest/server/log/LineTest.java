package org.almagest.server.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.junit.jupiter.api.Test;

class LineTest {
    private static final Instant AT = Instant.parse("2026-11-22T11:00:00.123456Z");
    private static final String KEY = "alm_3k9d0m2qx7ra_0123456789abcdefghjkmnpqrstvwxyz0123456789abcdefghjkmnpqrst";

    @Test
    void aLineIsOneObjectOrOneLineForPeople() {
        Line line = Line.of(AT, "request")
                .put("route", "GET /stac")
                .put("key", "")
                .put("status", 200)
                .putMillis("millis", 3_140_000);
        assertEquals(
                "{\"at\":\"2026-11-22T11:00:00.123Z\",\"kind\":\"request\",\"route\":\"GET /stac\",\"status\":200,\"millis\":3.1}",
                line.json());
        assertEquals("2026-11-22T11:00:00.123Z request route=\"GET /stac\" status=200 millis=3.1", line.text());
    }

    @Test
    void noTextEndsTheLineOrTurnsIt() {
        for (String hostile : List.of(
                "a\r\nb", "\u001b[2J", "\u202egnp", "\u2028x", "\u0000", "\"},{\"at\":1", "\\", "\u0085", "\u2066")) {
            String json = Line.of(AT, "event").put("message", hostile).json();
            JsonObject read = (JsonObject) JsonReader.read(json, JsonLimits.of(10_000, 4));
            assertEquals(hostile, ((JsonString) read.members().get("message")).value());
            for (String line :
                    List.of(json, Line.of(AT, "event").put("message", hostile).text())) {
                assertTrue(
                        line.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x202e),
                        line);
            }
        }
    }

    @Test
    void halfACharacterIsReplaced() {
        assertTrue(Line.of(AT, "event").put("message", "a\ud800").json().endsWith("\"a\ufffd\"}"));
    }

    @Test
    void aTextIsCut() {
        String line = Line.of(AT, "event").put("message", "x".repeat(1_000_000)).json();
        assertTrue(line.length() < 1_100, () -> "length " + line.length());
    }

    @Test
    void aKeyLeavesAsItsIdAlone() {
        for (String text : List.of(KEY, "Bearer " + KEY + " and", "x" + KEY)) {
            String line = Line.of(AT, "event").put("message", text).json();
            assertTrue(line.contains("alm_3k9d0m2qx7ra_***"), line);
            assertFalse(line.contains("0123456789abcdef"), line);
            assertFalse(Line.of(AT, "event").put("message", text).text().contains("0123456789abcdef"));
        }
    }
}
