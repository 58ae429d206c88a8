package org.almagest.io;

import java.nio.ByteBuffer;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonValue;
import org.almagest.model.Json;
import org.almagest.model.Limits;

/** Reads one text of a file as a tree. */
public final class JsonTrees {
    /** How much deeper than a value of its own a text may be: object, properties, member. */
    private static final long DEPTH_AROUND = 8;

    private static final String LINE_PREFIX = "[line 1 column ";

    private JsonTrees() {}

    /**
     * Returns the object that the current text holds.
     *
     * @throws InvalidRequestException if it is not UTF-8, not strict JSON or no object
     */
    public static JsonObject object(JsonTexts text, Limits limits) {
        JsonValue value = value(text, limits);
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new InvalidRequestException("json", value.kindName() + " (expected an object)");
    }

    private static JsonValue value(JsonTexts text, Limits limits) {
        long depth = Math.max(limits.jsonDepthMax(), 2 * limits.geometryDepthMax()) + DEPTH_AROUND;
        JsonLimits bounds = new JsonLimits(
                limits.jsonLineBytesMax(),
                "jsonLineBytesMax",
                (int) Math.min(depth, 10_000),
                "jsonDepthMax",
                Long.MAX_VALUE,
                "jsonLineBytesMax");
        try {
            return JsonReader.read(ByteBuffer.wrap(text.buffer(), text.offset(), text.length()), bounds);
        } catch (InvalidRequestException e) {
            // Messages name the line of the file; a line within the text would contradict it.
            throw new InvalidRequestException(e.subject(), e.problem().replace(LINE_PREFIX, "[column "), e);
        }
    }

    /**
     * Returns a part of a tree as a value of a json field.
     *
     * @throws LimitExceededException if it is nested too deeply or too large
     */
    public static Json json(JsonValue value, Limits limits) {
        Limits.check("json: depth", "jsonDepthMax", depth(value), limits.jsonDepthMax());
        String text = CanonicalJson.text(value);
        Limits.check("json: bytes", "valueBytesMax", text.length(), limits.valueBytesMax());
        return Json.ofCanonical(text);
    }

    private static long depth(JsonValue value) {
        long deepest = 0;
        if (value instanceof JsonArray array) {
            for (JsonValue element : array.elements()) {
                deepest = Math.max(deepest, depth(element));
            }
            return deepest + 1;
        }
        if (value instanceof JsonObject object) {
            for (JsonValue member : object.members().values()) {
                deepest = Math.max(deepest, depth(member));
            }
            return deepest + 1;
        }
        return 0;
    }
}
