package org.almagest.schema;

import org.almagest.error.InvalidRequestException;

/**
 * A type that its kind says everything about.
 *
 * @param kind any kind but {@link TypeKind#ENUM}
 */
public record SimpleType(TypeKind kind) implements FieldType {
    /** Checks the kind. */
    public SimpleType {
        if (kind == TypeKind.ENUM) {
            throw new InvalidRequestException("type: enum", "no values declared (expected at least 1)");
        }
    }

    /** Returns the name users write. */
    @Override
    public String toString() {
        return kind.text();
    }
}
