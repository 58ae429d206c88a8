package org.almagest.internal.json;

import java.util.List;

/**
 * A JSON array.
 *
 * @param elements in order, unmodifiable
 */
public record JsonArray(List<JsonValue> elements) implements JsonValue {
    /** Copies the elements, so that the array cannot change. */
    public JsonArray {
        elements = List.copyOf(elements);
    }

    @Override
    public String kindName() {
        return "an array";
    }
}
