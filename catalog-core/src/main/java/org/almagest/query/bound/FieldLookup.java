package org.almagest.query.bound;

import java.util.Optional;
import org.almagest.internal.value.ValueFamily;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;

/**
 * The field that a name in a filter means: a fixed field, a custom field by its name, or one by its name in the source
 * document.
 *
 * <p>The name in the source is the JSON pointer with its parts joined by points, without a leading {@code properties}
 * or with it: {@code /properties/eo:cloud_cover} is {@code eo:cloud_cover} or {@code properties.eo:cloud_cover}.
 *
 * @param name the name that the schema has for the field
 * @param family what its values compare with
 * @param elementFamily what its elements compare with where it is an array; otherwise its values
 * @param kind the type of its values, of its elements where it is an array
 * @param isArray whether its values are arrays
 */
record FieldLookup(String name, ValueFamily family, ValueFamily elementFamily, TypeKind kind, boolean isArray) {
    private static final String PROPERTIES = "properties.";

    /** Returns the field that {@code name} means in a schema. */
    static Optional<FieldLookup> find(DatasetSchema schema, String name) {
        switch (name) {
            case DatasetSchema.TIME, DatasetSchema.INGESTION_TIME:
                return Optional.of(fixed(name, ValueFamily.INSTANT, TypeKind.TIMESTAMP));
            case DatasetSchema.ID:
                return Optional.of(fixed(name, ValueFamily.ID, TypeKind.UUID));
            case DatasetSchema.GEOMETRY:
                if (schema.isSpatial()) {
                    return Optional.of(fixed(name, ValueFamily.NONE, TypeKind.GEOMETRY));
                }
                break;
            default:
                break;
        }
        if (name.equals(DatasetSchema.COLLECTION)) {
            return Optional.of(fixed(name, ValueFamily.UUID, TypeKind.UUID));
        }
        Optional<Field> field = name.equals(DatasetSchema.KEY) ? schema.key() : schema.field(name);
        if (field.isEmpty()) {
            field = schema.fields().stream()
                    .filter(candidate -> isSourceName(candidate, name))
                    .findFirst();
        }
        return field.map(found -> new FieldLookup(
                found.name(), ValueFamily.of(found), ValueFamily.ofElement(found), found.kind(), found.isArray()));
    }

    /** Tells whether a name means something in every schema, though perhaps nothing that is ever set. */
    static boolean isEverywhere(String name) {
        return name.equals(DatasetSchema.KEY) || name.equals(DatasetSchema.COLLECTION);
    }

    private static FieldLookup fixed(String name, ValueFamily family, TypeKind kind) {
        return new FieldLookup(name, family, family, kind, false);
    }

    private static boolean isSourceName(Field field, String name) {
        if (field.sourcePointer().isEmpty()) {
            return false;
        }
        String path = pathOf(field.sourcePointer().get());
        return path.equals(name)
                || path.startsWith(PROPERTIES)
                        && path.length() == PROPERTIES.length() + name.length()
                        && path.endsWith(name);
    }

    /** Returns the parts of a JSON pointer (RFC 6901) joined by points. */
    private static String pathOf(String pointer) {
        String parts = pointer.startsWith("/") ? pointer.substring(1) : pointer;
        return parts.replace('/', '.').replace("~1", "/").replace("~0", "~");
    }

    /** Tells whether a value may be NaN, which has no place in the order of its family. */
    boolean mayBeNan() {
        return kind == TypeKind.FLOAT32 || kind == TypeKind.FLOAT64;
    }

    /** Tells whether this is the instant that is stored floored to the millisecond. */
    boolean isTime() {
        return name.equals(DatasetSchema.TIME);
    }
}
