package org.almagest.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.model.EnumValue;

/** Reads a type as users write it. */
final class FieldTypeText {
    private static final String ENUM_PREFIX = "enum(";

    private FieldTypeText() {}

    static FieldType parse(String text) {
        if (text.startsWith(ENUM_PREFIX) && text.endsWith(")")) {
            return parseEnum(text.substring(ENUM_PREFIX.length(), text.length() - 1));
        }
        TypeKind kind = TypeKind.ofText(text)
                .orElseThrow(() -> new InvalidRequestException(
                        "type " + Quoted.text(text),
                        "unknown (expected one of "
                                + Arrays.stream(TypeKind.values())
                                        .map(TypeKind::text)
                                        .collect(Collectors.joining(", "))
                                + ")"));
        return new SimpleType(kind);
    }

    private static FieldType parseEnum(String text) {
        List<EnumValue> values = new ArrayList<>();
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            try {
                int number =
                        Integer.parseInt(pair.substring(0, Math.max(0, equals)).trim());
                values.add(new EnumValue(number, pair.substring(equals + 1).trim()));
            } catch (NumberFormatException e) {
                throw new InvalidRequestException(
                        "type: enum", Quoted.text(pair.trim()) + " (expected NUMBER=NAME)", e);
            }
        }
        return new EnumType(values);
    }
}
