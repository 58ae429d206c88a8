package org.almagest.internal.row;

import java.lang.reflect.Array;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.Bytes;
import org.almagest.model.EnumValue;
import org.almagest.model.Json;
import org.almagest.model.Uint64;
import org.almagest.schema.TypeKind;
import org.locationtech.jts.geom.Geometry;

/** Names what users gave and what was expected instead, for messages; never the value itself. */
final class InputTypes {
    private static final int TYPE_TEXT_MAX = 100;

    private static final Map<Class<?>, String> NAMES = names();

    private InputTypes() {}

    private static Map<Class<?>, String> names() {
        Map<Class<?>, String> names = new LinkedHashMap<>();
        names.put(CharSequence.class, "text");
        names.put(Byte.class, "integer");
        names.put(Short.class, "integer");
        names.put(Integer.class, "integer");
        names.put(Long.class, "integer");
        names.put(BigInteger.class, "integer");
        names.put(Uint64.class, "integer");
        names.put(Float.class, "float32");
        names.put(Double.class, "float64");
        names.put(Boolean.class, "bool");
        names.put(Bytes.class, "bytes");
        names.put(ByteBuffer.class, "bytes");
        names.put(byte[].class, "bytes");
        names.put(EnumValue.class, "enum");
        names.put(Duration.class, "duration");
        names.put(Instant.class, "timestamp");
        names.put(UUID.class, "uuid");
        names.put(Geometry.class, "geometry");
        names.put(Json.class, "json");
        names.put(Collection.class, "array");
        return names;
    }

    /** Returns what kind of value was given. */
    static String nameOf(Object value) {
        for (Map.Entry<Class<?>, String> name : NAMES.entrySet()) {
            if (name.getKey().isInstance(value)) {
                return name.getValue();
            }
        }
        if (value.getClass().isArray()) {
            return Array.getLength(value) == 0 ? "empty array" : "array";
        }
        return value.getClass().getName();
    }

    /** Returns the refusal of a value that is not of its field's type. */
    static InvalidRequestException wrongType(Slot slot, Object value, InputPlace place) {
        String expected =
                place.isElement() ? elementText(slot) : cut(slot.field().typeText());
        return place.refused(nameOf(value) + " (expected " + expected + ")");
    }

    /** Returns the type of a scalar or of an array's elements. */
    static String elementText(Slot slot) {
        return cut(slot.field().type().toString());
    }

    /** Returns the name of the value of a type that counts as unset. */
    static String emptyText(Slot slot) {
        return slot.kind() == TypeKind.JSON ? "json null" : "empty geometry";
    }

    private static String cut(String text) {
        return text.length() <= TYPE_TEXT_MAX ? text : text.substring(0, TYPE_TEXT_MAX) + "…";
    }
}
