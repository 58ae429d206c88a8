package org.almagest.io;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.geo.GeoJsonGeometry;
import org.almagest.geo.Wkt;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.almagest.model.EnumValue;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.model.TimeText;
import org.almagest.model.Uint64;
import org.almagest.schema.EnumType;
import org.almagest.schema.FieldType;
import org.almagest.schema.TypeKind;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Reads the value of a type from text, as CSV cells and JSON strings have it. Immutable. */
public final class FieldText {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,9})?");
    private static final int INTEGER_TEXT_LENGTH_MAX = 400;
    private static final int NANO_DIGITS = 9;

    /** Texts up to this long cannot overflow a long, sign included. */
    private static final int SHORT_INTEGER_LENGTH_MAX = 18;

    private final Limits limits;

    /** Reads values within these bounds. */
    public FieldText(Limits limits) {
        this.limits = limits;
    }

    /**
     * Returns the canonical value that {@code text} stands for.
     *
     * @param subject what the text is the value of, for the message: {@code field "cloud_cover"}
     * @throws InvalidRequestException if it stands for none
     */
    public Object parse(String subject, String text, FieldType type) {
        try {
            return switch (type.kind()) {
                case STRING -> text;
                case BYTES -> Bytes.of(Base64.getDecoder().decode(text));
                case BOOL -> bool(text);
                case INT32 -> integer(text).intValueExact();
                case INT64 -> int64(text);
                case UINT64 -> uint64(text);
                case FLOAT32 -> float32(text);
                case FLOAT64 -> float64(text);
                case ENUM -> enumValue(text, (EnumType) type);
                case DURATION -> duration(text);
                case TIMESTAMP -> timestamp(text);
                case UUID -> DatapointId.parse(text).toUuid();
                case GEOMETRY -> geometry(text);
                case JSON -> Json.parse(text, limits);
            };
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new InvalidRequestException(subject, problem(text, type), e);
        } catch (InvalidRequestException e) {
            if (type.kind() == TypeKind.GEOMETRY || type.kind() == TypeKind.JSON) {
                throw e.within(subject);
            }
            throw new InvalidRequestException(subject, problem(text, type), e);
        } catch (LimitExceededException e) {
            throw e.within(subject);
        }
    }

    private static String problem(String text, FieldType type) {
        return "text " + Quoted.text(text) + " (expected " + type + ")";
    }

    /** Returns the instant that a text names, in any form that {@link TimeText#parseInstant} takes. */
    public static Instant timestamp(String text) {
        Instant exact = Rfc3339.parse(text);
        return exact != null ? exact : TimeText.parseInstant(text);
    }

    /** Returns the geometry of a WKT or GeoJSON text. */
    public Geometry geometry(String text) {
        String trimmed = text.strip();
        return trimmed.startsWith("{") ? GeoJsonGeometry.read(trimmed, limits) : Wkt.read(trimmed, limits);
    }

    private static boolean bool(String text) {
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw new IllegalArgumentException(text);
    }

    private static long int64(String text) {
        return isShortInteger(text) ? Long.parseLong(text) : integer(text).longValueExact();
    }

    private static Uint64 uint64(String text) {
        if (isShortInteger(text) && text.charAt(0) != '-') {
            return Uint64.ofBits(Long.parseLong(text));
        }
        BigInteger value = integer(text);
        if (value.signum() < 0 || value.bitLength() > Long.SIZE) {
            throw new ArithmeticException(text);
        }
        return Uint64.ofBits(value.longValue());
    }

    private static boolean isShortInteger(String text) {
        int length = text.length();
        int first = length > 1 && text.charAt(0) == '-' ? 1 : 0;
        for (int i = first; i < length; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return length > 0 && length <= SHORT_INTEGER_LENGTH_MAX;
    }

    /** Takes {@code 12}, and also {@code 12.0} and {@code 1.2e1}, which some tools write for integers. */
    static BigInteger integer(String text) {
        if (text.length() > INTEGER_TEXT_LENGTH_MAX || !DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        BigDecimal value = new BigDecimal(text);
        if (value.precision() - (long) value.scale() > INTEGER_TEXT_LENGTH_MAX) {
            throw new ArithmeticException(text);
        }
        return value.toBigIntegerExact();
    }

    private static double float64(String text) {
        Double special = notFinite(text);
        if (special != null) {
            return special;
        }
        double value = Decimals.parse(decimal(text));
        if (Double.isInfinite(value)) {
            throw new ArithmeticException(text);
        }
        return value;
    }

    private static float float32(String text) {
        Double special = notFinite(text);
        if (special != null) {
            return special.floatValue();
        }
        float value = Float.parseFloat(decimal(text));
        if (Float.isInfinite(value)) {
            throw new ArithmeticException(text);
        }
        return value;
    }

    /** Refuses what {@code parseDouble} takes beyond decimals: hexadecimal digits, a type letter, blanks. */
    private static String decimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                throw new IllegalArgumentException(text);
            }
        }
        return text;
    }

    private static @Nullable Double notFinite(String text) {
        char last = text.isEmpty() ? '0' : text.charAt(text.length() - 1);
        if (last >= '0' && last <= '9') {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "infinity", "inf", "+infinity", "+inf" -> Double.POSITIVE_INFINITY;
            case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    private static EnumValue enumValue(String text, EnumType type) {
        Optional<EnumValue> named = type.named(text);
        if (named.isEmpty() && !text.isEmpty() && Character.isDigit(text.charAt(0))) {
            named = type.numbered(Long.parseLong(text));
        }
        return named.orElseThrow(() -> new IllegalArgumentException(text));
    }

    /** Takes ISO 8601 ({@code PT1H30M}, {@code PT-0.5S}) and decimal seconds with or without an {@code s}. */
    static Duration duration(String text) {
        if (text.indexOf('P') >= 0 || text.indexOf('p') >= 0) {
            return Duration.parse(text);
        }
        return seconds(text.endsWith("s") ? text.substring(0, text.length() - 1) : text);
    }

    /** Returns a number of seconds with at most nine digits after the point as a duration, exactly. */
    static Duration seconds(String text) {
        BigDecimal value = new BigDecimal(decimal(text));
        if (value.precision() - (long) value.scale() > Long.SIZE) {
            throw new ArithmeticException(text);
        }
        BigInteger nanos = value.setScale(NANO_DIGITS).unscaledValue();
        BigInteger[] parts = nanos.divideAndRemainder(BigInteger.TEN.pow(NANO_DIGITS));
        return Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact());
    }
}
