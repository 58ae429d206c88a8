package org.almagest.internal.row;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.almagest.internal.format.Varint;
import org.almagest.model.EnumValue;
import org.almagest.schema.EnumType;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;

/** A field of a row body with what encoding and decoding it needs, made once for a schema. Immutable. */
final class Slot {
    private final Field field;
    private final String name;
    private final boolean array;
    private @Nullable ValueWriter writer; // found by whoever writes first; readers need none
    private final byte[] numberBytes;
    private final byte[] idPrefix;
    private final Map<String, EnumValue> enumByName = new HashMap<>();
    private final Map<Integer, EnumValue> enumByNumber = new HashMap<>();

    Slot(Field field) {
        this.field = field;
        this.name = field.name();
        this.array = field.isArray();
        this.numberBytes = varint(field.number());
        this.idPrefix = idPrefix(field);
        if (field.type() instanceof EnumType) {
            for (EnumValue value : ((EnumType) field.type()).values()) {
                enumByName.put(value.name(), value);
                enumByNumber.put(value.number(), value);
            }
        }
    }

    Field field() {
        return field;
    }

    String name() {
        return name;
    }

    TypeKind kind() {
        return field.kind();
    }

    /** Returns what writes the values of the field. */
    ValueWriter writer() {
        ValueWriter known = writer;
        if (known == null) {
            known = array ? ValueWriter.LIST : ValueWriter.of(field.kind());
            writer = known;
        }
        return known;
    }

    boolean isArray() {
        return array;
    }

    /** Returns the field number as it stands in a row body. */
    byte[] numberBytes() {
        return numberBytes;
    }

    /** Returns what stands before the value in the bytes that the id is a hash of. */
    byte[] idPrefix() {
        return idPrefix;
    }

    @Nullable
    EnumValue enumNamed(String name) {
        return enumByName.get(name);
    }

    @Nullable
    EnumValue enumNumbered(int number) {
        return enumByNumber.get(number);
    }

    private static byte[] varint(int number) {
        byte[] bytes = new byte[Varint.length(number)];
        Varint.put(bytes, 0, number);
        return bytes;
    }

    private static byte[] idPrefix(Field field) {
        byte[] name = field.name().getBytes(StandardCharsets.UTF_8);
        byte[] prefix = new byte[name.length + 3];
        prefix[0] = (byte) name.length;
        prefix[1] = (byte) (name.length >> Byte.SIZE);
        System.arraycopy(name, 0, prefix, 2, name.length);
        prefix[name.length + 2] = (byte) field.typeCode();
        return prefix;
    }
}
