package org.almagest.io.stac.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;

/** Spellings of CQL2 JSON from before it was final, which old clients send, brought into the final ones. */
final class LenientCql2 {
    private LenientCql2() {}

    /** Returns the tree with {@code between} over {@code [p,[low,high]]} as {@code [p,low,high]}. Recursive. */
    static JsonValue modern(JsonValue value) {
        if (value instanceof JsonArray array) {
            List<JsonValue> elements = new ArrayList<>();
            array.elements().forEach(element -> elements.add(modern(element)));
            return new JsonArray(elements);
        }
        if (!(value instanceof JsonObject object)) {
            return value;
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        object.members().forEach((name, member) -> members.put(name, modern(member)));
        boolean between =
                object.member("op") instanceof JsonString op && op.value().equalsIgnoreCase("between");
        if (between
                && members.get("args") instanceof JsonArray args
                && args.elements().size() == 2) {
            if (args.elements().get(1) instanceof JsonArray bounds) {
                List<JsonValue> flat = new ArrayList<>();
                flat.add(args.elements().get(0));
                flat.addAll(bounds.elements());
                members.put("args", new JsonArray(flat));
            }
        }
        return new JsonObject(members);
    }
}
