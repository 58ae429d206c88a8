package org.almagest.io.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonBoolean;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** The members of one object of a schema file; each may be asked for once, what was not asked for is refused. */
final class Members {
    private final String place;
    private final JsonObject object;
    private final Set<String> asked = new HashSet<>();

    Members(String place, JsonValue value) {
        this.place = place;
        if (!(value instanceof JsonObject given)) {
            throw new InvalidRequestException(place, value.kindName() + " (expected an object)");
        }
        this.object = given;
    }

    Optional<String> text(String name) {
        JsonValue value = member(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof JsonString text) {
            return Optional.of(text.value());
        }
        throw refused(name, value, "text");
    }

    String requiredText(String name) {
        return text(name).orElseThrow(() -> new InvalidRequestException(subject(name), "unset (expected text)"));
    }

    Optional<Boolean> bool(String name) {
        JsonValue value = member(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof JsonBoolean bool) {
            return Optional.of(bool.value());
        }
        throw refused(name, value, "true or false");
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonValue element : elements(name)) {
            if (!(element instanceof JsonString text)) {
                throw refused(name, element, "texts");
            }
            texts.add(text.value());
        }
        return texts;
    }

    List<JsonValue> elements(String name) {
        JsonValue value = member(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof JsonArray array) {
            return array.elements();
        }
        throw refused(name, value, "an array");
    }

    @Nullable
    JsonValue member(String name) {
        asked.add(name);
        return object.member(name);
    }

    /** Refuses members that nobody asked for: a misspelt one would otherwise be lost in silence. */
    void end() {
        for (String name : object.members().keySet()) {
            if (!asked.contains(name)) {
                throw new InvalidRequestException(subject(name), "unknown member");
            }
        }
    }

    private InvalidRequestException refused(String name, JsonValue value, String expected) {
        return new InvalidRequestException(subject(name), value.kindName() + " (expected " + expected + ")");
    }

    private String subject(String name) {
        return place + ": " + Quoted.text(name);
    }
}
