package org.almagest.schema;

import java.util.Optional;

/**
 * The kinds of field types.
 *
 * <p>The codes enter ids and files: they never change. Code 15 is reserved for messages and is never written.
 */
public enum TypeKind {
    /** Unicode text. */
    STRING(1, "string"),
    /** Bytes of any content. */
    BYTES(2, "bytes"),
    /** True or false. */
    BOOL(3, "bool"),
    /** Signed 64-bit integer. */
    INT64(4, "int64"),
    /** Unsigned 64-bit integer. */
    UINT64(5, "uint64"),
    /** IEEE 754 binary64; one NaN, both zeros. */
    FLOAT64(6, "float64"),
    /** Seconds and nanoseconds, at most 315,576,000,000 s either way. */
    DURATION(7, "duration"),
    /** UTC instant in nanoseconds, years 0001 to 9999. */
    TIMESTAMP(8, "timestamp"),
    /** 16 bytes, big-endian. */
    UUID(9, "uuid"),
    /** Geometry in longitude and latitude, WGS 84. */
    GEOMETRY(10, "geometry"),
    /** Signed 32-bit integer. */
    INT32(11, "int32"),
    /** IEEE 754 binary32; one NaN, both zeros. */
    FLOAT32(12, "float32"),
    /** One of the declared values of the field. */
    ENUM(13, "enum"),
    /** Canonical JSON text. */
    JSON(14, "json");

    /** Added to the code of a kind where the value is an array of it. */
    public static final int ARRAY_CODE = 64;

    private final int code;
    private final String text;

    TypeKind(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** Returns the code that enters ids and files, 1 to 14. */
    public int code() {
        return code;
    }

    /** Returns the name users write, such as {@code float64}. */
    public String text() {
        return text;
    }

    /** Tells whether values are numbers that compare with each other. */
    public boolean isNumeric() {
        return switch (this) {
            case INT32, INT64, UINT64, FLOAT32, FLOAT64 -> true;
            default -> false;
        };
    }

    /** Returns the kind with this name. */
    public static Optional<TypeKind> ofText(String text) {
        for (TypeKind kind : values()) {
            if (kind.text.equals(text)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Returns the kind with this code. */
    public static Optional<TypeKind> ofCode(int code) {
        for (TypeKind kind : values()) {
            if (kind.code == code) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
