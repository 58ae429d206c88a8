package org.almagest.io.stac.collection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.almagest.Collection;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.io.stac.StacItems;
import org.almagest.io.stac.names.Place;
import org.almagest.model.CollectionInfo;
import org.jspecify.annotations.Nullable;

/**
 * A collection as it was at one moment: what its document says and what its datapoints say. Immutable.
 *
 * @param place the collection
 * @param stored the stored document
 * @param description what it is, in its own words or made up
 * @param shown what its items say beside its extent
 * @param extent where and when its items are
 */
record CollectionView(Place place, StoredDocument stored, String description, Shown shown, CollectionExtent extent) {
    /** Links that lead around in the API: whoever serves the collection makes them. */
    static final Set<String> GENERATED_LINKS = Set.of(
            "root", "self", "parent", "collection", "items", "child", "item", "data", "queryables", "next", "prev");

    private static final Set<String> COMPUTED = Set.of("links", "extent", "summaries", "itemCount");
    private static final String STAC_VERSION = "stac_version";

    static CollectionView of(Place place, Collection collection, StoredDocument stored, Map<String, String> summaries) {
        CollectionInfo info = collection.info();
        CollectionExtent extent = CollectionExtent.of(info, stored.object());
        String description = description(place, collection, stored);
        return new CollectionView(place, stored, description, new Shown(summaries, info.count()), extent);
    }

    /** Returns the members that are shown, without links. */
    Members members() {
        Members members = members(place, stored, description);
        members.put("extent", extent.toJson());
        members.put("summaries", summaries(stored.object(), shown.summaries));
        for (String name : stored.object().members().keySet()) {
            if (!members.has(name) && !COMPUTED.contains(name)) {
                copy(stored.object(), members, name);
            }
        }
        return members.put("itemCount", Long.toString(shown.count));
    }

    private static Members members(Place place, StoredDocument stored, String description) {
        JsonObject document = stored.object();
        Members members = new Members().text("type", "Collection");
        String version = stored.text(STAC_VERSION).orElse(StacItems.DEFAULT_STAC_VERSION);
        members.text(STAC_VERSION, version);
        members.put("stac_extensions", orElse(document.member("stac_extensions"), new JsonArray(List.of())));
        members.text("id", place.stacId());
        copy(document, members, "title");
        members.text("description", description);
        copy(document, members, "keywords");
        members.put("license", orElse(document.member("license"), license(version)));
        copy(document, members, "providers");
        return members;
    }

    private static void copy(JsonObject document, Members members, String name) {
        JsonValue value = document.member(name);
        if (value != null) {
            members.put(name, value);
        }
    }

    private static JsonValue orElse(@Nullable JsonValue value, JsonValue other) {
        return value == null ? other : value;
    }

    private static JsonString license(String version) {
        return new JsonString(version.startsWith("1.0") ? "proprietary" : "other");
    }

    private static String description(Place place, Collection collection, StoredDocument stored) {
        return stored.text("description")
                .filter(text -> !text.isEmpty())
                .or(() -> Optional.of(collection.dataset().description()).filter(text -> !text.isEmpty()))
                .orElse("Datapoints of " + place.slug() + ", collection " + place.name());
    }

    private static String summaries(JsonObject document, Map<String, String> computed) {
        Map<String, String> all = new TreeMap<>();
        if (document.member("summaries") instanceof JsonObject stored) {
            stored.members().forEach((name, value) -> all.put(name, CanonicalJson.text(value)));
        }
        all.putAll(computed);
        Members members = new Members();
        all.forEach(members::put);
        return members.toString();
    }

    /**
     * What its items say beside its extent.
     *
     * @param summaries values of properties, as JSON by name
     * @param count how many items it has
     */
    record Shown(Map<String, String> summaries, long count) {}

    /** Returns how many items it has. */
    long count() {
        return shown.count;
    }

    /** Returns the stored links. */
    List<JsonValue> links() {
        List<JsonValue> kept = new ArrayList<>();
        if (document().member("links") instanceof JsonArray links) {
            links.elements().stream().filter(link -> !isGenerated(link)).forEach(kept::add);
        }
        return kept;
    }

    /** Tells whether a link is one that whoever serves the collection makes. */
    static boolean isGenerated(JsonValue link) {
        return link instanceof JsonObject object
                && object.member("rel") instanceof JsonString rel
                && (GENERATED_LINKS.contains(rel.value())
                        || rel.value().startsWith("http://www.opengis.net/def/rel/ogc/1.0/")
                        || rel.value().startsWith("aggregat"));
    }

    /** Returns the stored document; without members where there is none. */
    JsonObject document() {
        return stored.object();
    }

    /** Returns a member of the document that is text. */
    Optional<String> text(String name) {
        return stored.text(name);
    }

    /** Returns the title, or the id where there is none. */
    String title() {
        return text("title").orElse(place.stacId());
    }
}
