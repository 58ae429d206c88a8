package org.almagest.geo;

import java.nio.ByteBuffer;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.internal.geo.GeometryBudget;
import org.almagest.model.Limits;
import org.locationtech.jts.geom.Geometry;

/**
 * Well-known binary: what comes in, and the one form that is stored and hashed. Stateless.
 *
 * <p>Read are the ISO types 1 to 7, with z 1001 to 1007, in either byte order, and the same with the flags of EWKB: z,
 * and a reference system when it is 4326. Measures are refused.
 */
public final class Wkb {
    private Wkb() {}

    /**
     * Returns the geometry that {@code bytes} holds, checked as {@link GeometryChecks#check} does.
     *
     * @throws InvalidRequestException if the bytes are not one whole geometry, or it breaks a rule, with its position
     * @throws LimitExceededException if it has too many bytes or positions or is nested too deeply; nothing was built
     */
    public static Geometry read(byte[] bytes, Limits limits) {
        return read(ByteBuffer.wrap(bytes), limits);
    }

    /** Returns the geometry of the remaining bytes, as {@link #read(byte[], Limits)}; the buffer stays as it is. */
    public static Geometry read(ByteBuffer bytes, Limits limits) {
        GeometryBudget.checkBytes(bytes.remaining(), limits);
        return new WkbReader(bytes, GeometryBudget.of(limits)).readAll();
    }

    /**
     * Returns the geometry of bytes that {@link #write} made, whatever the limits are now.
     *
     * @throws InvalidRequestException if the bytes are not one whole geometry
     */
    public static Geometry readCanonical(ByteBuffer bytes) {
        return new WkbReader(bytes, GeometryBudget.unlimited()).readAll();
    }

    /**
     * Returns the canonical bytes: little-endian ISO WKB.
     *
     * <p>Z is there exactly when the positions have one, -0.0 is written as 0.0. A linear ring is written as a line string, collections keep their nesting, parts, rings and positions their
     * order and number.
     *
     * @param geometry one that passed {@link GeometryChecks#check}
     */
    public static byte[] write(Geometry geometry) {
        return WkbWriter.write(geometry);
    }
}
