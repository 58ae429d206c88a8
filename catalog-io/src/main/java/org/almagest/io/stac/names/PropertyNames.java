package org.almagest.io.stac.names;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almagest.io.PropertyFields;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;

/** The names under which a client may speak of fields in filters, sort keys and aggregations. */
public final class PropertyNames {
    /** Names that mean the same in every collection; no field is reached by them. */
    public static final Set<String> FIXED = Set.of("id", "collection", "datetime", "geometry");

    private static final String PROPERTIES = "properties.";
    private static final Set<String> MEMBERS =
            Set.of("bbox", "links", "assets", "stac_version", "stac_extensions", PropertyFields.OTHER);

    private PropertyNames() {}

    /** Returns the name of a field: that of the property it was made from, else its own. */
    public static String of(Field field) {
        return field.sourcePointer().map(PropertyNames::path).orElseGet(field::name);
    }

    /** Tells whether a client may name a field: it holds no JSON, is no member of the item and hides no fixed name. */
    public static boolean isNamed(Field field) {
        String name = of(field);
        return field.kind() != TypeKind.JSON && !MEMBERS.contains(name) && !FIXED.contains(name);
    }

    /** Tells whether the values of a field have an order: neither arrays, geometries nor JSON. */
    public static boolean isOrdered(Field field) {
        return !field.isArray() && field.kind() != TypeKind.GEOMETRY && field.kind() != TypeKind.JSON;
    }

    /** Returns the field that a client means by a name, with or without {@code properties.} before it. */
    public static Optional<Field> find(DatasetSchema schema, String name) {
        String plain = name.startsWith(PROPERTIES) ? name.substring(PROPERTIES.length()) : name;
        return schema.fields().stream()
                .filter(field -> isNamed(field)
                        && (of(field).equals(plain) || field.name().equals(plain)))
                .findFirst();
    }

    /** Returns the fields that a client can mean, by each of their names without {@code properties.} before it. */
    public static Map<String, Field> all(DatasetSchema schema) {
        Map<String, Field> meant = new HashMap<>();
        for (Field field : schema.fields()) {
            if (isNamed(field)) {
                meant.putIfAbsent(of(field), field);
                meant.putIfAbsent(field.name(), field);
            }
        }
        return meant;
    }

    private static String path(String pointer) {
        String parts = (pointer.startsWith("/") ? pointer.substring(1) : pointer)
                .replace('/', '.')
                .replace("~1", "/")
                .replace("~0", "~");
        return parts.startsWith(PROPERTIES) ? parts.substring(PROPERTIES.length()) : parts;
    }
}
