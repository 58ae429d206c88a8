package org.almagest.internal.json;

/**
 * A JSON string.
 *
 * @param value the text itself, without quotes or escapes; never holds a lone surrogate
 */
public record JsonString(String value) implements JsonValue {
    @Override
    public String kindName() {
        return "a string";
    }
}
