package org.almagest.io.stac.request;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.model.Limits;

/** The parameter {@code fields}. */
public final class FieldsText {
    private static final String NAME = "fields";
    private static final String INCLUDE = "include";
    private static final String EXCLUDE = "exclude";
    /** A tree of them is made, with a level for each part. */
    private static final int PATHS_MAX = 1_000;

    private static final int PARTS_MAX = 64;

    private FieldsText() {}

    /**
     * Reads {@code a,-b,+c}; empty text is everything.
     *
     * @throws LimitExceededException if there are more than 1,000 paths, or 64 parts in one
     */
    public static FieldChoice parse(String text) {
        Set<String> include = new LinkedHashSet<>();
        Set<String> exclude = new LinkedHashSet<>();
        for (String part : text.split(",")) {
            String name = part.strip();
            if (name.startsWith("-")) {
                add(exclude, name.substring(1));
            } else {
                add(include, name.startsWith("+") ? name.substring(1) : name);
            }
        }
        return FieldChoice.of(include, exclude);
    }

    private static void add(Set<String> paths, String path) {
        if (!path.isEmpty()) {
            long parts = path.chars().filter(c -> c == '.').count() + 1;
            Limits.check(NAME + ": parts of a path", "fieldPartsMax", parts, PARTS_MAX);
            paths.add(path);
            Limits.check(NAME + ": paths", "fieldPathsMax", paths.size(), PATHS_MAX);
        }
    }

    /**
     * Reads {@code {"include":["a"],"exclude":["b"]}}; each may be absent, null or empty.
     *
     * @throws InvalidRequestException if it is anything else
     * @throws LimitExceededException if one of them has more than 1,000 paths, or 64 parts in one
     */
    static FieldChoice parse(JsonValue value) {
        if (!(value instanceof JsonObject object)) {
            throw new InvalidRequestException(NAME, value.kindName() + " (expected an object)");
        }
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            if (!Set.of(INCLUDE, EXCLUDE).contains(member.getKey())) {
                throw new InvalidRequestException(NAME, "unknown member (expected include, exclude)");
            }
        }
        Set<String> include = paths(object.members().getOrDefault(INCLUDE, JsonNull.NULL));
        Set<String> exclude = paths(object.members().getOrDefault(EXCLUDE, JsonNull.NULL));
        // An empty list of inclusions, unlike none, names the default set.
        return include.isEmpty() && object.members().containsKey(INCLUDE)
                ? FieldChoice.ofDefaultBut(exclude)
                : FieldChoice.of(include, exclude);
    }

    private static Set<String> paths(JsonValue value) {
        if (value instanceof JsonNull) {
            return Set.of();
        }
        if (!(value instanceof JsonArray array)) {
            throw new InvalidRequestException(NAME, value.kindName() + " (expected an array of texts)");
        }
        Set<String> paths = new LinkedHashSet<>();
        for (JsonValue element : array.elements()) {
            if (!(element instanceof JsonString text)) {
                throw new InvalidRequestException(NAME, element.kindName() + " (expected text)");
            }
            add(paths, text.value());
        }
        return paths;
    }
}
