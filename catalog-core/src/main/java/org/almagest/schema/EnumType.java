package org.almagest.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.model.EnumValue;

/**
 * A type whose values are declared, each with a number and a name.
 *
 * @param values the declared values, in the order of declaration; numbers and names are unique
 */
public record EnumType(List<EnumValue> values) implements FieldType {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    /**
     * Checks and copies the values.
     *
     * @throws InvalidRequestException if there is none, or a number or name is not allowed or repeated
     */
    public EnumType {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new InvalidRequestException("type: enum", "no values declared (expected at least 1)");
        }
        Set<Object> seen = new HashSet<>();
        for (EnumValue value : values) {
            if (value.number() < 0) {
                throw new InvalidRequestException("type: enum", "number " + value.number() + " (at least 0)");
            }
            if (!NAME.matcher(value.name()).matches()) {
                throw new InvalidRequestException(
                        "type: enum", "name " + Quoted.text(value.name()) + " (expected " + NAME.pattern() + ")");
            }
            if (!seen.add(value.number()) || !seen.add(value.name())) {
                throw new InvalidRequestException(
                        "type: enum", "value " + value.number() + " " + Quoted.text(value.name()) + " given twice");
            }
        }
    }

    @Override
    public TypeKind kind() {
        return TypeKind.ENUM;
    }

    /** Returns the value with this name; case matters. */
    public Optional<EnumValue> named(String name) {
        return values.stream().filter(value -> value.name().equals(name)).findFirst();
    }

    /** Returns the value with this number. */
    public Optional<EnumValue> numbered(long number) {
        return values.stream().filter(value -> value.number() == number).findFirst();
    }

    /** Returns {@code enum(0=NAME, …)}. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("enum(");
        for (EnumValue value : values) {
            out.append(out.length() > 5 ? ", " : "")
                    .append(value.number())
                    .append('=')
                    .append(value.name());
        }
        return out.append(')').toString();
    }
}
