package org.almagest.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class JsonReaderTest {
    private static final JsonLimits LIMITS = JsonLimits.of(1_000_000, 64);

    @Test
    void readsEveryKindOfValue() {
        JsonObject read = (JsonObject) JsonReader.read(
                " { \"b\" : [ 1.50 , -2e+3 , true , false , null ] , \"a\" : \"x\\n\\u00e4\\ud83d\\ude00\\/\" } ",
                LIMITS);
        assertEquals(List.of("b", "a"), List.copyOf(read.members().keySet()), "order of members is kept");
        assertEquals(
                new JsonArray(List.of(
                        new JsonNumber("1.50"),
                        new JsonNumber("-2e+3"),
                        JsonBoolean.TRUE,
                        JsonBoolean.FALSE,
                        JsonNull.NULL)),
                read.member("b"));
        assertEquals(new JsonString("x\nä😀/"), read.member("a"));
        assertEquals(new JsonArray(List.of()), JsonReader.read("[]", LIMITS));
        assertEquals(new JsonString("ä\u0000"), JsonReader.read(utf8("\"ä\\u0000\""), LIMITS));
    }

    @Test
    void namesWhatIsWrongAndWhere() {
        assertRefused("json: unexpected end of text (expected a value) [line 1 column 1]", "");
        assertRefused("json: unexpected end of text (expected a value) [line 2 column 3]", "[1,\n  ");
        assertRefused("json: unexpected character: \"]\" (expected a value) [line 1 column 4]", "[1,]");
        assertRefused("json: unexpected character: \"}\" (expected a member name) [line 1 column 8]", "{\"a\":1,}");
        assertRefused("json: unexpected character: \"1\" (expected \",\" or \"]\") [line 1 column 4]", "[0 1]");
        assertRefused("json: unexpected character: \"2\" (expected \":\") [line 1 column 6]", "{\"a\" 2}");
        assertRefused("json: unexpected character: \"x\" (expected the end of the text) [line 1 column 3]", "1 x");
        assertRefused("json: unexpected character: \"1\" (expected the end of the text) [line 1 column 2]", "01");
        assertRefused("json: unexpected character: \"+\" (expected a value) [line 1 column 1]", "+1");
        assertRefused("json: unexpected character: \".\" (expected a value) [line 1 column 1]", ".5");
        assertRefused("json: unexpected character: \"N\" (expected a value) [line 1 column 1]", "NaN");
        assertRefused("json: unexpected end of text (expected a digit) [line 1 column 3]", "1.");
        assertRefused("json: unexpected end of text (expected a digit) [line 1 column 4]", "1e+");
        assertRefused("json: unexpected character: \"I\" (expected a digit) [line 1 column 2]", "-Infinity");
        assertRefused("json: unexpected character: \"t\" (expected a value) [line 1 column 1]", "tru");
        assertRefused("json: unexpected character: \"'\" (expected a value) [line 1 column 1]", "'a'");
        assertRefused("json: unexpected end of text (expected the end of the string) [line 1 column 3]", "\"a");
        assertRefused("json: unexpected character: \"x\" (expected an escape) [line 1 column 3]", "\"\\x\"");
        assertRefused("json: unexpected character: \"g\" (expected a hexadecimal digit) [line 1 column 4]", "\"\\ug\"");
        assertRefused(
                "json: unexpected character: \"\\u000a\" (expected an escaped control character) [line 1 column 2]",
                "\"\n\"");
        assertRefused("json: unexpected character: \"\\ufeff\" (expected a value) [line 1 column 1]", "\ufeff1");
        assertRefused("json: repeated member: \"a\" [line 1 column 8]", "{\"a\":1,\"\\u0061\":2}");
    }

    @Test
    void refusesLoneSurrogatesHoweverWritten() {
        assertRefused("json: lone surrogate in a string: U+D800 [line 1 column 1]", "\"\ud800\"");
        assertRefused("json: lone surrogate in a string: U+D800 [line 1 column 1]", "\"\\ud800\"");
        assertRefused("json: lone surrogate in a string: U+DE00 [line 1 column 2]", "[\"\\ude00\\ud83d\"]");
        assertRefused("json: lone surrogate in a string: U+DC00 [line 1 column 2]", "{\"\udc00\":1}");
        assertEquals(
                new JsonString("😀"), JsonReader.read("\"" + '\ud83d' + "\\ude00\"", LIMITS), "a pair, half escaped");
    }

    @Test
    void refusesInvalidUtf8() {
        byte[] overlong = {'"', (byte) 0xC0, (byte) 0x80, '"'};
        byte[] cut = {'"', 'a', (byte) 0xE2, (byte) 0x82};
        byte[] surrogate = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};
        assertMessage("json: invalid UTF-8 [byte 1]", () -> JsonReader.read(ByteBuffer.wrap(overlong), LIMITS));
        assertMessage("json: invalid UTF-8 [byte 2]", () -> JsonReader.read(ByteBuffer.wrap(cut), LIMITS));
        assertMessage("json: invalid UTF-8 [byte 1]", () -> JsonReader.read(ByteBuffer.wrap(surrogate), LIMITS));
    }

    @Test
    void takesWhatIsAtALimitAndRefusesOnePastIt() {
        JsonReader.read("[".repeat(64) + "]".repeat(64), LIMITS);
        assertLimit("json: depth: 65 (at most 64)", "jsonDepthMax", "[".repeat(65) + "]".repeat(65), LIMITS);
        JsonLimits small = new JsonLimits(8, "valueBytesMax", 64, "jsonDepthMax", 3, "jsonValuesMax");
        JsonReader.read("\"äö€\"  ".substring(0, 5), JsonLimits.of(9, 1));
        assertLimit("json: bytes: 9 (at most 8)", "valueBytesMax", "\"äö€\"", small);
        JsonReader.read("\"äöu😀\"".substring(0, 3) + "\"", small);
        JsonReader.read("[1,2]", small);
        assertLimit("json: values: 4 (at most 3)", "jsonValuesMax", "[1,2,3]", small);
        LimitExceededException refused =
                assertThrows(LimitExceededException.class, () -> JsonReader.read(utf8("\"1234567\""), small));
        assertEquals("json: bytes: 9 (at most 8)", refused.getMessage());
    }

    @Test
    void isNotImpressedByDepthBombs() {
        assertTimeout(Duration.ofSeconds(10), () -> {
            String bomb = "[".repeat(1_000_000);
            assertThrows(LimitExceededException.class, () -> JsonReader.read(bomb, JsonLimits.of(1 << 24, 64)));
            String objects = "{\"a\":".repeat(1_000_000);
            assertThrows(LimitExceededException.class, () -> JsonReader.read(objects, JsonLimits.of(1 << 24, 64)));
        });
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static void assertRefused(String message, String text) {
        assertMessage(message, () -> JsonReader.read(text, LIMITS));
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(InvalidRequestException.class, call).getMessage());
    }

    private static void assertLimit(String message, String limit, String text, JsonLimits limits) {
        LimitExceededException refused =
                assertThrows(LimitExceededException.class, () -> JsonReader.read(text, limits));
        assertEquals(message, refused.getMessage());
        assertEquals(limit, refused.limitName());
    }
}
