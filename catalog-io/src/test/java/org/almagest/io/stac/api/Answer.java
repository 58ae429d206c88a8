package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.stac.exchange.StacHeaders;
import org.almagest.io.stac.exchange.StacResponse;

/**
 * An answer that was read whole.
 *
 * @param status its status code
 * @param headers its header fields
 * @param body its bytes
 */
public record Answer(int status, StacHeaders headers, byte[] body) {
    private static final JsonLimits ANY = JsonLimits.of(Long.MAX_VALUE, 10_000);

    /** Reads an answer and closes it. */
    public static Answer of(StacResponse response) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (response) {
            response.body().writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Answer(response.status(), response.headers(), bytes.toByteArray());
    }

    /** Checks the status; shows the body where it is another one. */
    public Answer is(int expected) {
        assertEquals(expected, status, this::text);
        return this;
    }

    /** Returns the body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Returns a header field, empty text where it is absent. */
    public String header(String name) {
        return headers.first(name).orElse("");
    }

    /** Returns the body as a tree. */
    public JsonObject json() {
        return (JsonObject) JsonReader.read(text(), ANY);
    }

    /** Returns a value by its path: names of members and numbers of elements, separated by slashes. */
    public JsonValue at(String path) {
        return at(json(), path);
    }

    /** Returns the text or digits at a path. */
    public String value(String path) {
        return value(at(path));
    }

    /** Returns the elements at a path. */
    public List<JsonValue> list(String path) {
        return ((JsonArray) at(path)).elements();
    }

    /** Returns the ids of the features, in order. */
    public List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (JsonValue feature : list("features")) {
            ids.add(value(at(feature, "id")));
        }
        return ids;
    }

    /** Returns the link of this relation, or null. */
    public JsonObject link(String rel) {
        for (JsonValue link : list("links")) {
            if (value(at(link, "rel")).equals(rel)) {
                return (JsonObject) link;
            }
        }
        return null;
    }

    /** Returns the address of the link of this relation. */
    public String href(String rel) {
        JsonObject link = link(rel);
        if (link == null) {
            throw new AssertionError("no link " + rel + " in " + text());
        }
        return value(at(link, "href"));
    }

    /** Returns a value below another one. */
    public static JsonValue at(JsonValue value, String path) {
        JsonValue found = value;
        for (String step : path.split("/")) {
            found = found instanceof JsonArray array
                    ? array.elements().get(Integer.parseInt(step))
                    : ((JsonObject) found).member(step);
            if (found == null) {
                throw new AssertionError("nothing at " + path + ", step " + step);
            }
        }
        return found;
    }

    /** Returns text without quotes, and anything else as it is written. */
    public static String value(JsonValue value) {
        if (value instanceof JsonString text) {
            return text.value();
        }
        return value instanceof JsonNumber number ? number.literal() : value.toString();
    }
}
