package org.almagest.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.BoundingBox;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.almagest.model.EnumValue;
import org.almagest.model.Uint64;
import org.locationtech.jts.geom.Geometry;

/**
 * A constant.
 *
 * @param value text, Boolean, {@link BigDecimal} for every finite number, Double for the others, {@link Instant},
 *     {@link Duration}, {@link UUID}, {@link Bytes}, {@link BoundingBox}, or a JTS geometry that nobody changes
 */
public record Literal(Object value) implements Expression {
    /**
     * Converts the value as {@link #of} does.
     *
     * @throws InvalidRequestException if the value is of another type than {@link #of} takes
     */
    public Literal {
        value = normal(value);
    }

    /**
     * Returns the constant of a Java value.
     *
     * <p>Any number type, text, Boolean, Instant, Duration, UUID, DatapointId, Bytes, EnumValue (its name),
     * BoundingBox, JTS geometry in degrees, WGS 84.
     *
     * @throws InvalidRequestException if the value is of another type
     */
    public static Literal of(Object value) {
        return new Literal(value);
    }

    private static Object normal(Object value) {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? new BigDecimal(number) : (Object) number;
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return BigDecimal.valueOf(((Number) value).longValue());
        }
        if (value instanceof BigInteger) {
            return new BigDecimal((BigInteger) value);
        }
        if (value instanceof Uint64) {
            return new BigDecimal(((Uint64) value).toBigInteger());
        }
        if (value instanceof DatapointId) {
            return ((DatapointId) value).toUuid();
        }
        if (value instanceof EnumValue) {
            return ((EnumValue) value).name();
        }
        if (value instanceof String
                || value instanceof Boolean
                || value instanceof BigDecimal
                || value instanceof Instant
                || value instanceof Duration
                || value instanceof UUID
                || value instanceof Bytes
                || value instanceof BoundingBox
                || value instanceof Geometry) {
            return value;
        }
        throw new InvalidRequestException(
                "filter: literal", value.getClass().getSimpleName() + " (expected a scalar value)");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.literal(this);
    }
}
