package org.almagest.io.parquet;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.almagest.geo.Wkb;
import org.almagest.model.Bytes;
import org.almagest.model.EnumValue;
import org.almagest.model.Json;
import org.almagest.model.Uint64;
import org.almagest.schema.TypeKind;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Which type of Parquet a type of field becomes, and its values. */
final class ValueEncoding {
    private static final int UUID_BYTES = 16;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private ValueEncoding() {}

    /** Returns the type of single values. */
    static Type type(TypeKind kind, Type.Repetition repetition, String name) {
        Types.PrimitiveBuilder<org.apache.parquet.schema.PrimitiveType> type =
                Types.primitive(primitive(kind), repetition);
        if (kind == TypeKind.UUID) {
            type.length(UUID_BYTES);
        }
        LogicalTypeAnnotation logical = logical(kind);
        return (logical == null ? type : type.as(logical)).named(name);
    }

    private static PrimitiveTypeName primitive(TypeKind kind) {
        return switch (kind) {
            case BOOL -> PrimitiveTypeName.BOOLEAN;
            case INT32 -> PrimitiveTypeName.INT32;
            case INT64, UINT64, DURATION, TIMESTAMP -> PrimitiveTypeName.INT64;
            case FLOAT32 -> PrimitiveTypeName.FLOAT;
            case FLOAT64 -> PrimitiveTypeName.DOUBLE;
            case UUID -> PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
            case STRING, BYTES, ENUM, GEOMETRY, JSON -> PrimitiveTypeName.BINARY;
        };
    }

    private static @Nullable LogicalTypeAnnotation logical(TypeKind kind) {
        return switch (kind) {
            case STRING, ENUM -> LogicalTypeAnnotation.stringType();
            case UINT64 -> LogicalTypeAnnotation.intType(Long.SIZE, false);
            case TIMESTAMP -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS);
            case UUID -> LogicalTypeAnnotation.uuidType();
            case GEOMETRY -> LogicalTypeAnnotation.geometryType(null);
            case JSON -> LogicalTypeAnnotation.jsonType();
            default -> null;
        };
    }

    /** Tells whether a canonical value is one of a type; rows of several datasets may differ in that. */
    static boolean isOf(TypeKind kind, Object value) {
        return switch (kind) {
            case STRING -> value instanceof String;
            case BYTES -> value instanceof Bytes;
            case BOOL -> value instanceof Boolean;
            case INT32 -> value instanceof Integer;
            case INT64 -> value instanceof Long;
            case UINT64 -> value instanceof Uint64;
            case FLOAT32 -> value instanceof Float;
            case FLOAT64 -> value instanceof Double;
            case ENUM -> value instanceof EnumValue;
            case DURATION -> value instanceof Duration;
            case TIMESTAMP -> value instanceof Instant;
            case UUID -> value instanceof UUID;
            case GEOMETRY -> value instanceof Geometry;
            case JSON -> value instanceof Json;
        };
    }

    /** Returns a canonical value as Parquet has it; null where the type does not hold it exactly. */
    static @Nullable Object encode(Object value) {
        if (value instanceof String text) {
            return Binary.fromString(text);
        }
        if (value instanceof Instant instant) {
            return micros(instant);
        }
        if (value instanceof Json json) {
            return Binary.fromString(json.text());
        }
        if (value instanceof Geometry geometry) {
            return Binary.fromConstantByteArray(Wkb.write(geometry));
        }
        if (value instanceof Uint64 number) {
            return number.bits();
        }
        if (value instanceof Duration duration) {
            return nanos(duration);
        }
        if (value instanceof Bytes bytes) {
            return Binary.fromConstantByteArray(bytes.toArray());
        }
        if (value instanceof EnumValue constant) {
            return Binary.fromString(constant.name());
        }
        if (value instanceof UUID uuid) {
            ByteBuffer bytes = ByteBuffer.allocate(UUID_BYTES);
            bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
            return Binary.fromConstantByteArray(bytes.array());
        }
        return value;
    }

    private static @Nullable Object micros(Instant instant) {
        if (instant.getNano() % NANOS_PER_MICRO != 0) {
            return null;
        }
        try {
            return Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND),
                    instant.getNano() / NANOS_PER_MICRO);
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static @Nullable Object nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return null;
        }
    }

    /** Writes what {@link #encode} returned. */
    static void write(RecordConsumer out, Object encoded) {
        if (encoded instanceof Binary bytes) {
            out.addBinary(bytes);
        } else if (encoded instanceof Long number) {
            out.addLong(number);
        } else if (encoded instanceof Double number) {
            out.addDouble(number);
        } else if (encoded instanceof Integer number) {
            out.addInteger(number);
        } else if (encoded instanceof Boolean bool) {
            out.addBoolean(bool);
        } else {
            out.addFloat((Float) encoded);
        }
    }
}
