package org.almagest.io;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.almagest.geo.GeoJsonGeometry;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.ShortestDecimal;
import org.almagest.model.Bytes;
import org.almagest.model.EnumValue;
import org.almagest.model.Json;
import org.almagest.model.Uint64;
import org.locationtech.jts.geom.Geometry;

/**
 * Writes values as JSON text: times as RFC 3339, durations as ISO 8601, bytes as base64, geometries as GeoJSON, enum
 * values by name, 64-bit integers as numbers when a float64 holds them exactly and as text else, NaN and infinities as
 * text.
 */
public final class JsonText {
    private static final int FLOAT64_DIGITS = 53;

    private JsonText() {}

    /** Appends a canonical value or a list of them. */
    public static void append(StringBuilder out, Object value) {
        if (value instanceof String text) {
            appendQuoted(out, text);
        } else if (value instanceof Double number) {
            appendFloat64(out, number);
        } else if (value instanceof Long number) {
            appendInteger(out, number, Math.abs(number));
        } else if (value instanceof Uint64 number) {
            appendInteger(out, number, number.bits());
        } else if (value instanceof Boolean || value instanceof Integer) {
            out.append(value);
        } else if (value instanceof Instant instant) {
            out.append('"').append(instant).append('"');
        } else if (value instanceof Json json) {
            out.append(json.text());
        } else if (value instanceof Geometry geometry) {
            out.append(GeoJsonGeometry.write(geometry));
        } else if (value instanceof List<?> elements) {
            appendAll(out, elements);
        } else {
            appendRare(out, value);
        }
    }

    private static void appendRare(StringBuilder out, Object value) {
        if (value instanceof Float number) {
            appendFloat32(out, number);
        } else if (value instanceof Bytes bytes) {
            out.append('"')
                    .append(Base64.getEncoder().encodeToString(bytes.toArray()))
                    .append('"');
        } else if (value instanceof UUID || value instanceof EnumValue || value instanceof Duration) {
            out.append('"').append(value).append('"');
        } else {
            throw new IllegalArgumentException(
                    "no canonical value: " + value.getClass().getName());
        }
    }

    private static void appendAll(StringBuilder out, List<?> elements) {
        out.append('[');
        String separator = "";
        for (Object element : elements) {
            out.append(separator);
            append(out, element);
            separator = ",";
        }
        out.append(']');
    }

    /** Appends a text in quotes. */
    public static void appendQuoted(StringBuilder out, String text) {
        CanonicalJson.appendQuoted(out, text);
    }

    private static void appendFloat64(StringBuilder out, double value) {
        if (!Double.isFinite(value)) {
            out.append('"').append(value).append('"');
        } else if (value == 0 && 1 / value < 0) {
            out.append("-0.0");
        } else {
            ShortestDecimal.append(out, value);
        }
    }

    private static void appendFloat32(StringBuilder out, float value) {
        if (!Float.isFinite(value)) {
            out.append('"').append(value).append('"');
        } else {
            out.append(value);
        }
    }

    /** Appends an integer; {@code magnitude} is its absolute value as an unsigned number. */
    private static void appendInteger(StringBuilder out, Object value, long magnitude) {
        int digits = Long.SIZE - Long.numberOfLeadingZeros(magnitude) - Long.numberOfTrailingZeros(magnitude);
        if (digits <= FLOAT64_DIGITS) {
            out.append(value);
        } else {
            out.append('"').append(value).append('"');
        }
    }
}
