package org.almagest.io.stac.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;

/** Documents of catalogs and collections, and the links that lead around in them. */
final class TreeDocuments {
    static final String STAC_VERSION = "1.1.0";

    private static final Set<String> STRUCTURE =
            Set.of("root", "self", "parent", "collection", "child", "item", "items");

    private TreeDocuments() {}

    /** Returns a document without the links that say where in a tree it stands. */
    static JsonObject withoutStructure(JsonObject document) {
        Map<String, JsonValue> members = new LinkedHashMap<>(document.members());
        if (members.get("links") instanceof JsonArray) {
            members.put("links", new JsonArray(otherLinks(document)));
        }
        return new JsonObject(members);
    }

    /** Returns the links of a document that lead out of a tree. */
    static List<JsonValue> otherLinks(JsonObject document) {
        List<JsonValue> kept = new ArrayList<>();
        if (document.member("links") instanceof JsonArray links) {
            for (JsonValue link : links.elements()) {
                boolean structure = link instanceof JsonObject object
                        && object.member("rel") instanceof JsonString rel
                        && STRUCTURE.contains(rel.value());
                if (!structure) {
                    kept.add(link);
                }
            }
        }
        return kept;
    }

    static JsonObject link(String rel, String href, String type) {
        Map<String, JsonValue> link = new LinkedHashMap<>();
        link.put("rel", new JsonString(rel));
        link.put("href", new JsonString(href));
        link.put("type", new JsonString(type));
        return new JsonObject(link);
    }
}
