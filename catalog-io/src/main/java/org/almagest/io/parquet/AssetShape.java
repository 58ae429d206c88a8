package org.almagest.io.parquet;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonBoolean;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.schema.TypeKind;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * The type that holds the JSON values seen so far: a struct of the union of members, a list of what elements are, text,
 * number, truth value, or JSON text for what has no type of its own. One thread.
 */
final class AssetShape {
    /** Columns that structs of assets may have; more stay JSON text. */
    static final int COLUMNS_MAX = 2_000;

    private static final int DEPTH_MAX = 16;

    private final int depth;
    private final Map<String, AssetShape> members = new LinkedHashMap<>();
    private Kind kind = Kind.NOTHING;
    private @Nullable AssetShape element;

    /** What a value is. */
    enum Kind {
        NOTHING,
        TEXT,
        NUMBER,
        TRUTH,
        STRUCT,
        LIST,
        JSON
    }

    AssetShape() {
        this(0);
    }

    private AssetShape(int depth) {
        this.depth = depth;
    }

    Kind kind() {
        // A struct without members is no type of Parquet.
        boolean none = kind == Kind.NOTHING || kind == Kind.STRUCT && members.isEmpty();
        return none ? Kind.JSON : kind;
    }

    Map<String, AssetShape> members() {
        return members;
    }

    AssetShape element() {
        return Objects.requireNonNull(element, "noted with the first list");
    }

    /** Widens the type by one more value. */
    void add(JsonValue value) {
        Kind found = kindOf(value);
        if (kind == Kind.NOTHING) {
            kind = found;
        } else if (kind != found) {
            kind = Kind.JSON;
        }
        if (depth >= DEPTH_MAX && (kind == Kind.STRUCT || kind == Kind.LIST)) {
            kind = Kind.JSON;
        }
        if (kind == Kind.STRUCT && value instanceof JsonObject object) {
            object.members()
                    .forEach((name, member) -> members.computeIfAbsent(name, same -> new AssetShape(depth + 1))
                            .add(member));
        } else if (kind == Kind.LIST && value instanceof JsonArray array) {
            if (element == null) {
                element = new AssetShape(depth + 1);
            }
            for (JsonValue one : array.elements()) {
                element.add(one);
            }
        }
    }

    private static Kind kindOf(JsonValue value) {
        if (value instanceof JsonString) {
            return Kind.TEXT;
        }
        if (value instanceof JsonNumber) {
            return Kind.NUMBER;
        }
        if (value instanceof JsonBoolean) {
            return Kind.TRUTH;
        }
        if (value instanceof JsonArray) {
            return Kind.LIST;
        }
        return value instanceof JsonObject ? Kind.STRUCT : Kind.JSON;
    }

    /** Returns how many columns the type has. */
    int columns() {
        return switch (kind()) {
            case STRUCT ->
                members.values().stream().mapToInt(AssetShape::columns).sum();
            case LIST -> element().columns();
            default -> 1;
        };
    }

    /** Returns the type under a name. */
    Type type(String name) {
        return type(name, Repetition.OPTIONAL);
    }

    private Type type(String name, Repetition repetition) {
        return switch (kind()) {
            case TEXT -> ValueEncoding.type(TypeKind.STRING, repetition, name);
            case NUMBER -> ValueEncoding.type(TypeKind.FLOAT64, repetition, name);
            case TRUTH -> ValueEncoding.type(TypeKind.BOOL, repetition, name);
            case STRUCT -> struct(name, repetition);
            case LIST ->
                Types.buildGroup(repetition)
                        .as(LogicalTypeAnnotation.listType())
                        .addField(Types.buildGroup(Repetition.REPEATED)
                                .addField(element().type("element", Repetition.REQUIRED))
                                .named("list"))
                        .named(name);
            default -> ValueEncoding.type(TypeKind.JSON, repetition, name);
        };
    }

    private Type struct(String name, Repetition repetition) {
        Types.GroupBuilder<org.apache.parquet.schema.GroupType> group = Types.buildGroup(repetition);
        members.forEach((member, shape) -> group.addField(shape.type(member)));
        return group.named(name);
    }
}
