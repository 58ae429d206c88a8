package org.almagest.io.parquet;

import java.util.TreeMap;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonValue;
import org.almagest.model.Json;
import org.jspecify.annotations.Nullable;

/** What the columns of a row do not hold, by name or by JSON pointer. One thread. */
final class Remainder {
    private static final JsonLimits STORED = JsonLimits.of(Long.MAX_VALUE, 10_000);

    private final TreeMap<String, JsonValue> values = new TreeMap<>();

    void clear() {
        values.clear();
    }

    void put(String name, JsonValue value) {
        values.put(name, value);
    }

    /** Puts the members of a JSON object. */
    void putAll(Json object) {
        if (JsonReader.read(object.text(), STORED) instanceof JsonObject members) {
            values.putAll(members.members());
        }
    }

    /** Returns what was put under a name, or null. */
    @Nullable
    JsonValue get(String name) {
        return values.get(name);
    }

    /** Returns all as one JSON text, or null where there is nothing. */
    @Nullable
    String text() {
        return values.isEmpty() ? null : CanonicalJson.text(new JsonObject(new TreeMap<>(values)));
    }
}
