package org.almagest.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonValue;
import org.junit.jupiter.api.Test;

class JsonBodyTest {
    @Test
    void aBodyAtTheBoundIsReadAndOneByteMoreIsNot() {
        assertEquals("{\"a\":1}", CanonicalJson.text(read("{\"a\":1}", 7, 1)));
        LimitExceededException failure = assertThrows(LimitExceededException.class, () -> read("{\"a\":1} ", 7, 1));
        assertEquals("bodyMax", failure.limitName());
        assertEquals("body: bytes: 8 (at most 7)", failure.getMessage());
        assertThrows(LimitExceededException.class, () -> read("{\"a\":[1]}", 100, 1));
    }

    @Test
    void whatIsNoStrictJsonIsRefused() {
        for (String text : new String[] {"", "{", "{\"a\":1,\"a\":2}", "{'a':1}", "{} {}", "NaN"}) {
            assertThrows(InvalidRequestException.class, () -> read(text, 100, 10), text);
        }
    }

    @Test
    void anObjectIsDemandedWhereOneIsMeant() {
        InputStream body = new ByteArrayInputStream(new byte[] {'[', ']'});
        InvalidRequestException failure =
                assertThrows(InvalidRequestException.class, () -> JsonBody.object(body, 100, "bodyMax", 10));
        assertEquals("body: an array (expected an object)", failure.getMessage());
    }

    @Test
    void aBodyThatBreaksOffIsTheFaultOfTheRequest() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };
        assertEquals(
                "body: broken off",
                assertThrows(InvalidRequestException.class, () -> JsonBody.value(broken, 100, "bodyMax", 10))
                        .getMessage());
    }

    @Test
    void aTreeStaysInProportionToWhatTheBoundIsMadeFor() {
        assertEquals(
                10_100,
                ((JsonArray) read("[" + "0,".repeat(10_099) + "0]", 1_000_000, 2))
                        .elements()
                        .size());
        LimitExceededException failure =
                assertThrows(LimitExceededException.class, () -> read("[" + "0,".repeat(300_000) + "0]", 1_000_000, 2));
        assertEquals("jsonValuesMax", failure.limitName());
        assertEquals(210_000, failure.limit());
    }

    private static JsonValue read(String text, long bytesMax, long depthMax) {
        InputStream body = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return JsonBody.value(body, bytesMax, "bodyMax", depthMax);
    }
}
