package org.almagest.io.stac.item;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Which members of an item are kept, as a tree of names. Immutable.
 *
 * <p>Where paths are included, nothing else is kept; the most specific path decides, and of the same path named twice the
 * inclusion.
 */
public final class FieldPaths {
    /** Keeps everything. */
    public static final FieldPaths ALL = new FieldPaths(true);

    private static final FieldPaths NONE = new FieldPaths(false);

    /** What becomes of members that are not named below. */
    private final boolean kept;

    private final Map<String, FieldPaths> below = new LinkedHashMap<>();

    private FieldPaths(boolean kept) {
        this.kept = kept;
    }

    /** Returns the choice of these paths, whose parts are joined by points. */
    public static FieldPaths of(Set<String> include, Set<String> exclude) {
        if (include.isEmpty() && exclude.isEmpty()) {
            return ALL;
        }
        Node root = new Node();
        exclude.forEach(path -> root.at(path).mark = false);
        include.forEach(path -> root.at(path).mark = true);
        root.mark = include.isEmpty();
        return root.resolved(include.isEmpty());
    }

    /** Tells whether everything is kept. */
    public boolean isAll() {
        return kept && below.isEmpty();
    }

    /** Tells whether a member, or anything in it, is kept. */
    public boolean keeps(String member) {
        FieldPaths inner = below(member);
        return inner.kept || !inner.below.isEmpty();
    }

    /** Tells whether a value that has no members is kept. */
    boolean keepsItself() {
        return kept;
    }

    /** Returns what is kept of a member. */
    public FieldPaths below(String member) {
        FieldPaths inner = below.get(member);
        if (inner != null) {
            return inner;
        }
        return kept ? ALL : NONE;
    }

    /** Returns what of a value is kept; null where nothing is. */
    public @Nullable JsonValue cut(JsonValue value) {
        if (isAll()) {
            return value;
        }
        if (!(value instanceof JsonObject object)) {
            return kept ? value : null;
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        object.members().forEach((name, member) -> {
            JsonValue inner = below(name).cut(member);
            if (inner != null) {
                members.put(name, inner);
            }
        });
        return kept || !members.isEmpty() ? new JsonObject(members) : null;
    }

    /** A name while paths are added. */
    private static final class Node {
        private @Nullable Boolean mark;
        private final Map<String, Node> children = new LinkedHashMap<>();

        Node at(String path) {
            Node node = this;
            for (String name : names(path)) {
                node = node.children.computeIfAbsent(name, ignored -> new Node());
            }
            return node;
        }

        private static List<String> names(String path) {
            return List.of(path.split("\\.", -1));
        }

        FieldPaths resolved(boolean inherited) {
            boolean own = mark == null ? inherited : mark;
            FieldPaths paths = new FieldPaths(own);
            children.forEach((name, node) -> {
                FieldPaths inner = node.resolved(own);
                if (inner.kept != own || !inner.below.isEmpty()) {
                    paths.below.put(name, inner);
                }
            });
            return paths;
        }
    }
}
