package org.almagest.bench.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.geom.Polygon;

/**
 * Consumes every field of the rows of an answer, the same way for every engine, into a number that does not depend on
 * their order. One thread.
 *
 * <p>Cheap on purpose, so that it measures the engines: of a text its length and four characters count, of a geometry
 * every position, of JSON every character but blanks.
 */
public final class RowDigest {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EVEN_BYTES = 0x00FF00FF00FF00FFL;
    private static final long EVEN_ONES = 0x0001000100010001L;
    private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
    private static final long BLANKS = 0x2020202020202020L;

    private long count;
    private long sum;
    private long row;
    private long unchecked;

    /** Forgets all rows. */
    public void reset() {
        count = 0;
        sum = 0;
    }

    /** Begins a row. */
    public void begin() {
        row = 1;
    }

    /** Adds a number or a time. */
    public void number(long value) {
        row = (row ^ value) * MULTIPLIER;
        row ^= row >>> 29;
    }

    /** Adds a number; NaN stands for an unset one. */
    public void real(double value) {
        number(Double.doubleToLongBits(value));
    }

    /** Adds a text. */
    public void text(String value) {
        int length = value.length();
        if (length == 0) {
            number(0);
            return;
        }
        long four = (long) value.charAt(0) << 48
                ^ (long) value.charAt(length >> 2) << 32
                ^ (long) value.charAt(length >> 1) << 16
                ^ value.charAt(length - 1);
        number(four + length);
    }

    /**
     * Adds a JSON text by its characters other than blanks, in any order, because engines may give it back with other blanks
     * and its members in another order: how many there are, their sum, and how often two bits side by side are set. Eight
     * are looked at in one number, so that two megabytes take a small part of what the engines do for them.
     */
    public void json(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        long sumOfAll = 0;
        long pairs = 0;
        long blanks = 0;
        int at = 0;
        for (; at <= bytes.length - Long.BYTES; at += Long.BYTES) {
            long eight = (long) LONG.get(bytes, at);
            sumOfAll += sum(eight);
            pairs += pairs(eight);
            blanks += blanks(eight);
        }
        long rest = BLANKS; // which fill up what is less than eight
        for (int i = at; i < bytes.length; i++) {
            rest = rest << Byte.SIZE | bytes[i] & 0xFF;
        }
        blanks += blanks(rest);
        number(at + Long.BYTES - blanks);
        number(sumOfAll + sum(rest) - ' ' * blanks);
        number(pairs + pairs(rest)); // a blank has one bit
    }

    private static long sum(long eight) {
        return ((eight & EVEN_BYTES) + (eight >>> Byte.SIZE & EVEN_BYTES)) * EVEN_ONES >>> Long.SIZE - Short.SIZE;
    }

    private static int pairs(long eight) {
        return Long.bitCount(eight & eight >>> 1 & LOW_BITS);
    }

    /** Returns how many of eight bytes are blanks: of the others a bit differs, and those below the highest carry into it. */
    private static int blanks(long eight) {
        long differs = eight ^ BLANKS;
        return Long.bitCount(~((differs & LOW_BITS) + LOW_BITS | differs | LOW_BITS));
    }

    /** Adds every position of a geometry, in order. */
    public void geometry(Geometry geometry) {
        if (geometry instanceof Polygon) {
            Polygon polygon = (Polygon) geometry;
            positions(polygon.getExteriorRing());
            for (int i = 0; i < polygon.getNumInteriorRing(); i++) {
                positions(polygon.getInteriorRingN(i));
            }
        } else if (geometry instanceof GeometryCollection) {
            for (int i = 0; i < geometry.getNumGeometries(); i++) {
                geometry(geometry.getGeometryN(i));
            }
        } else if (geometry instanceof LineString) {
            positions((LineString) geometry);
        } else if (geometry instanceof Point) {
            positions(((Point) geometry).getCoordinateSequence());
        }
    }

    private void positions(LineString line) {
        positions(line.getCoordinateSequence());
    }

    private void positions(CoordinateSequence positions) {
        long all = positions.size();
        for (int i = 0; i < positions.size(); i++) {
            all = all * 31 + Double.doubleToRawLongBits(positions.getX(i));
            all = all * 31 + Double.doubleToRawLongBits(positions.getY(i));
        }
        number(all);
    }

    /** Consumes what differs from engine to engine, such as the id; it does not count. */
    public void unchecked(long value) {
        unchecked += value;
    }

    /** Ends a row. */
    public void end() {
        count++;
        sum += row;
    }

    /** Takes a number of rows that were counted, not read. */
    public void counted(long rows) {
        count += rows;
    }

    /** Returns how many rows there were. */
    public long count() {
        return count;
    }

    /** Returns the sum over the rows; 0 where they were only counted. */
    public long sum() {
        return sum;
    }

    /** Returns what was consumed without being compared; to be used, so that no compiler leaves it out. */
    public long residue() {
        return unchecked;
    }
}
