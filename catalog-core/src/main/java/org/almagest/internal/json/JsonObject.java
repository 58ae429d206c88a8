package org.almagest.internal.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object; members keep the order they were given in.
 *
 * @param members values by name, unmodifiable
 */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue {
    /** Copies the members, so that the object cannot change. */
    public JsonObject {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** Returns the member of that name, or null when there is none. */
    public @Nullable JsonValue member(String name) {
        return members.get(name);
    }

    @Override
    public String kindName() {
        return "an object";
    }
}
