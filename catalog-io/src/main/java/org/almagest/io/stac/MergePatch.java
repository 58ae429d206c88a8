package org.almagest.io.stac;

import java.util.LinkedHashMap;
import java.util.Map;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** JSON Merge Patch, RFC 7396. */
public final class MergePatch {
    private MergePatch() {}

    /**
     * Returns a target with a patch applied: members of the patch replace those of the target, null removes them.
     *
     * @param target null where there is none
     */
    public static JsonValue apply(@Nullable JsonValue target, JsonValue patch) {
        if (!(patch instanceof JsonObject changes)) {
            return patch;
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        if (target instanceof JsonObject object) {
            members.putAll(object.members());
        }
        for (Map.Entry<String, JsonValue> change : changes.members().entrySet()) {
            if (change.getValue() instanceof JsonNull) {
                members.remove(change.getKey());
            } else {
                members.put(change.getKey(), apply(members.get(change.getKey()), change.getValue()));
            }
        }
        return new JsonObject(members);
    }
}
