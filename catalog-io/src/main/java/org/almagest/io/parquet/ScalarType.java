package org.almagest.io.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.geo.Wkb;
import org.almagest.model.Bytes;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.model.Uint64;
import org.almagest.schema.TypeKind;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * What the values of a Parquet column of single values are.
 *
 * @param kind the type of field that holds each of them exactly
 * @param decoding makes a canonical value of that type
 */
record ScalarType(TypeKind kind, Decoding decoding) {
    /** Digits that a float64 keeps, whatever they are. */
    private static final int FLOAT64_DECIMAL_DIGITS = 15;

    /** Digits of a decimal: its scale says how many zeros its text has, whatever the value. */
    private static final int DECIMAL_DIGITS_MAX = 1_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long JULIAN_EPOCH_DAY = 2_440_588;

    /** Makes a canonical value of what the file holds. */
    interface Decoding {
        Object decode(Object raw, Limits limits);
    }

    /** Returns what the values of a column are; {@code geometry} where metadata says that its bytes are geometries. */
    static ScalarType of(PrimitiveType type, boolean geometry) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            return decimal(type.getName(), decimal);
        }
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> new ScalarType(TypeKind.BOOL, (raw, limits) -> raw);
            case FLOAT -> new ScalarType(TypeKind.FLOAT32, (raw, limits) -> raw);
            case DOUBLE -> new ScalarType(TypeKind.FLOAT64, (raw, limits) -> raw);
            case INT32 -> int32(logical);
            case INT64 -> int64(logical);
            case INT96 -> new ScalarType(TypeKind.TIMESTAMP, (raw, limits) -> int96((byte[]) raw));
            case BINARY -> binary(logical, geometry);
            case FIXED_LEN_BYTE_ARRAY -> fixed(type, logical);
        };
    }

    private static ScalarType int32(LogicalTypeAnnotation logical) {
        if (logical instanceof IntLogicalTypeAnnotation integer && !integer.isSigned() && integer.getBitWidth() == 32) {
            return new ScalarType(TypeKind.INT64, (raw, limits) -> Integer.toUnsignedLong((Integer) raw));
        }
        if (logical instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
            return new ScalarType(
                    TypeKind.TIMESTAMP, (raw, limits) -> Instant.ofEpochSecond((Integer) raw * SECONDS_PER_DAY));
        }
        if (logical instanceof TimeLogicalTypeAnnotation) {
            return new ScalarType(TypeKind.DURATION, (raw, limits) -> Duration.ofMillis((Integer) raw));
        }
        return new ScalarType(TypeKind.INT32, (raw, limits) -> raw);
    }

    private static ScalarType int64(LogicalTypeAnnotation logical) {
        if (logical instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
            return new ScalarType(TypeKind.UINT64, (raw, limits) -> Uint64.ofBits((Long) raw));
        }
        if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
            long perSecond = perSecond(timestamp.getUnit());
            return new ScalarType(TypeKind.TIMESTAMP, (raw, limits) -> instant((Long) raw, perSecond));
        }
        if (logical instanceof TimeLogicalTypeAnnotation time) {
            ChronoUnit unit = switch (time.getUnit()) {
                case MILLIS -> ChronoUnit.MILLIS;
                case MICROS -> ChronoUnit.MICROS;
                case NANOS -> ChronoUnit.NANOS;
            };
            return new ScalarType(TypeKind.DURATION, (raw, limits) -> Duration.of((Long) raw, unit));
        }
        return new ScalarType(TypeKind.INT64, (raw, limits) -> raw);
    }

    private static long perSecond(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> 1_000;
            case MICROS -> 1_000_000;
            case NANOS -> NANOS_PER_SECOND;
        };
    }

    static Instant instant(long units, long perSecond) {
        return Instant.ofEpochSecond(
                Math.floorDiv(units, perSecond), Math.floorMod(units, perSecond) * (NANOS_PER_SECOND / perSecond));
    }

    /** Nanoseconds of the day and the Julian day, as old writers have it. */
    private static Instant int96(byte[] raw) {
        ByteBuffer bytes = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        long nanos = bytes.getLong();
        return Instant.ofEpochSecond((bytes.getInt() - JULIAN_EPOCH_DAY) * SECONDS_PER_DAY, nanos);
    }

    private static ScalarType binary(LogicalTypeAnnotation logical, boolean geometry) {
        if (geometry
                || logical instanceof LogicalTypeAnnotation.GeometryLogicalTypeAnnotation
                || logical instanceof LogicalTypeAnnotation.GeographyLogicalTypeAnnotation) {
            return new ScalarType(TypeKind.GEOMETRY, (raw, limits) -> Wkb.read((byte[]) raw, limits));
        }
        if (logical instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation) {
            return new ScalarType(TypeKind.JSON, (raw, limits) -> Json.parse(text((byte[]) raw), limits));
        }
        if (logical instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
                || logical instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation) {
            return new ScalarType(TypeKind.STRING, (raw, limits) -> text((byte[]) raw));
        }
        return new ScalarType(TypeKind.BYTES, (raw, limits) -> Bytes.of((byte[]) raw));
    }

    private static ScalarType fixed(PrimitiveType type, LogicalTypeAnnotation logical) {
        if (logical instanceof LogicalTypeAnnotation.UUIDLogicalTypeAnnotation) {
            return new ScalarType(TypeKind.UUID, (raw, limits) -> {
                ByteBuffer bytes = ByteBuffer.wrap((byte[]) raw);
                return new UUID(bytes.getLong(), bytes.getLong());
            });
        }
        if (logical instanceof LogicalTypeAnnotation.Float16LogicalTypeAnnotation) {
            return new ScalarType(TypeKind.FLOAT32, (raw, limits) -> float16((byte[]) raw));
        }
        if (logical instanceof LogicalTypeAnnotation.IntervalLogicalTypeAnnotation) {
            throw new InvalidRequestException(
                    "column \"" + type.getName() + "\"", "an interval of months and days (drop it)");
        }
        return new ScalarType(TypeKind.BYTES, (raw, limits) -> Bytes.of((byte[]) raw));
    }

    private static Float float16(byte[] raw) {
        int bits = (raw[1] & 0xFF) << 8 | raw[0] & 0xFF;
        int exponent = bits >>> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        float magnitude = switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 0x1F -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Math.scalb(1 + fraction / 1024f, exponent - 15);
        };
        return bits >= 0x8000 ? -magnitude : magnitude;
    }

    /** Few digits are a float64 as any other number; more are text, which keeps them. */
    private static ScalarType decimal(String column, DecimalLogicalTypeAnnotation logical) {
        int scale = logical.getScale();
        if (Math.max(logical.getPrecision(), Math.abs((long) scale)) > DECIMAL_DIGITS_MAX) {
            throw new LimitExceededException(
                    "column " + Quoted.text(column) + ": decimal: digits",
                    "parquetDecimalDigitsMax",
                    Math.max(logical.getPrecision(), Math.abs((long) scale)),
                    DECIMAL_DIGITS_MAX);
        }
        if (logical.getPrecision() <= FLOAT64_DECIMAL_DIGITS) {
            return new ScalarType(
                    TypeKind.FLOAT64, (raw, limits) -> unscaled(raw, scale).doubleValue());
        }
        return new ScalarType(
                TypeKind.STRING, (raw, limits) -> unscaled(raw, scale).toPlainString());
    }

    private static BigDecimal unscaled(Object raw, int scale) {
        if (raw instanceof byte[] bytes && (bytes.length == 0 || bytes.length > DECIMAL_DIGITS_MAX)) {
            throw new InvalidRequestException(
                    "decimal", bytes.length + " bytes (expected 1 to " + DECIMAL_DIGITS_MAX + ")");
        }
        BigInteger digits =
                raw instanceof byte[] bytes ? new BigInteger(bytes) : BigInteger.valueOf(((Number) raw).longValue());
        return new BigDecimal(digits, scale);
    }

    /** Returns the text of UTF-8 bytes. */
    static String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidRequestException("text", "invalid UTF-8", e);
        }
    }
}
