package org.almagest.schema;

/** The type of a field's values, or of the elements where the field is an array. */
public sealed interface FieldType permits SimpleType, EnumType {
    /** Returns the kind of the type. */
    TypeKind kind();
}
