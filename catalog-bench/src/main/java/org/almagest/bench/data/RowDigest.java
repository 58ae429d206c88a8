package org.almagest.bench.data;

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
     * and its members in another order.
     */
    public void json(String value) {
        long characters = 0;
        for (int i = 0; i < value.length(); i++) {
            int character = value.charAt(i);
            characters += character == ' ' ? 0 : character * character + 1;
        }
        number(characters);
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
        long bits = positions.size();
        for (int i = 0; i < positions.size(); i++) {
            bits = bits * 31 + Double.doubleToRawLongBits(positions.getX(i));
            bits = bits * 31 + Double.doubleToRawLongBits(positions.getY(i));
        }
        number(bits);
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
