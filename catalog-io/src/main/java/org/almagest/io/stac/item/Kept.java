package org.almagest.io.stac.item;

import java.util.LinkedHashMap;
import java.util.Map;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonValue;
import org.almagest.model.Json;
import org.jspecify.annotations.Nullable;

/** What of an item fitted no field, by where it stood. */
final class Kept {
    static final Kept NONE = new Kept();

    private static final JsonLimits STORED = JsonLimits.of(Long.MAX_VALUE, 10_000);

    final Map<String, Json> members = new LinkedHashMap<>();
    final Map<String, Json> properties = new LinkedHashMap<>();
    final Map<String, Json> geometry = new LinkedHashMap<>();

    private Kept() {}

    /** Reads the field that holds it; null holds nothing. */
    static Kept of(@Nullable Object value) {
        if (!(value instanceof Json json) || !(JsonReader.read(json.text(), STORED) instanceof JsonObject object)) {
            return NONE;
        }
        Kept kept = new Kept();
        for (Map.Entry<String, JsonValue> entry : object.members().entrySet()) {
            String[] path = entry.getKey().split("/", -1);
            Json text = Json.parse(CanonicalJson.text(entry.getValue()));
            if (path.length == 2) {
                kept.members.put(ItemPlan.unescaped(path[1]), text);
            } else if (path.length == 3 && path[1].equals("properties")) {
                kept.properties.put(ItemPlan.unescaped(path[2]), text);
            } else if (path.length == 3 && path[1].equals("geometry")) {
                kept.geometry.put(ItemPlan.unescaped(path[2]), text);
            }
        }
        return kept;
    }
}
