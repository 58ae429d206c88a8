package org.almagest.internal.json;

/** One value of a JSON text; immutable. */
public sealed interface JsonValue permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {
    /** Returns what kind of value this is, as messages name it: {@code an object}, {@code a number}. */
    String kindName();
}
