package org.almagest.io.stac.collection;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.almagest.Collection;
import org.almagest.internal.json.JsonLimits;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonReader;
import org.almagest.internal.json.JsonString;
import org.almagest.io.stac.page.EntityTag;
import org.almagest.model.Json;

/**
 * The document that a collection is stored with.
 *
 * @param object its members; none where there is no document
 * @param tag stands for its text
 * @param chars the length of its text
 */
record StoredDocument(JsonObject object, String tag, long chars) {
    private static final JsonLimits STORED = JsonLimits.of(Long.MAX_VALUE, 10_000);

    static StoredDocument of(Collection collection) {
        Optional<Json> document = collection.document();
        String text = document.map(Json::text).orElse("{}");
        String tag = EntityTag.of(text.getBytes(StandardCharsets.UTF_8)).opaque();
        JsonObject object = JsonReader.read(text, STORED) instanceof JsonObject read ? read : new JsonObject(Map.of());
        return new StoredDocument(object, tag, text.length());
    }

    /** Returns a member that is text. */
    Optional<String> text(String name) {
        return object.member(name) instanceof JsonString text ? Optional.of(text.value()) : Optional.empty();
    }
}
