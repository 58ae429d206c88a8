package org.almagest.io;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/**
 * Reads polygons in the spelling that writers use, without a tree: {@code {"type":"Polygon","coordinates":[[[0,0],…]]}}.
 * Whatever differs from it in the least is left to the reader that knows every spelling and says what is wrong.
 */
public final class PlainPolygon {
    private static final byte[] START = "{\"type\":\"Polygon\",\"coordinates\":[".getBytes(StandardCharsets.US_ASCII);
    private static final int CLOSED_RING_POSITIONS = 4;
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private final byte[] text;
    private int position;
    private final int end;

    private PlainPolygon(byte[] text, int from, int to) {
        this.text = text;
        this.position = from;
        this.end = to;
    }

    /** Returns the polygon, not checked beyond closed rings of four positions; null where the text is anything else. */
    public static @Nullable Polygon read(byte[] text, int from, int to) {
        return new PlainPolygon(text, from, to).read();
    }

    private @Nullable Polygon read() {
        for (byte expected : START) {
            if (!skip(expected)) {
                return null;
            }
        }
        List<LinearRing> rings = new ArrayList<>(1);
        do {
            LinearRing ring = ring();
            if (ring == null) {
                return null;
            }
            rings.add(ring);
        } while (skip(','));
        if (!skip(']') || !skip('}') || position != end) {
            return null;
        }
        LinearRing[] holes = rings.subList(1, rings.size()).toArray(new LinearRing[0]);
        return FACTORY.createPolygon(rings.get(0), holes);
    }

    private @Nullable LinearRing ring() {
        if (!skip('[')) {
            return null;
        }
        List<Coordinate> positions = new ArrayList<>(9);
        do {
            if (!skip('[')) {
                return null;
            }
            double longitude = number();
            if (!skip(',')) {
                return null;
            }
            double latitude = number();
            if (!skip(']') || Double.isNaN(longitude) || Double.isNaN(latitude)) {
                return null;
            }
            positions.add(new Coordinate(longitude, latitude));
        } while (skip(','));
        int last = positions.size() - 1;
        if (!skip(']') || last + 1 < CLOSED_RING_POSITIONS || !positions.get(0).equals2D(positions.get(last))) {
            return null;
        }
        return FACTORY.createLinearRing(positions.toArray(new Coordinate[0]));
    }

    /** Returns a number as JSON spells it, without exponent; NaN for anything else. */
    private double number() {
        int start = position;
        while (position < end && isNumeric(text[position])) {
            position++;
        }
        int digits = position > start && text[start] == '-' ? start + 1 : start;
        boolean zeroLeads = position > digits + 1 && text[digits] == '0' && text[digits + 1] != '.';
        if (position == digits || text[digits] == '.' || text[position - 1] == '.' || zeroLeads) {
            return Double.NaN;
        }
        try {
            return Decimals.parse(new String(text, start, position - start, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static boolean isNumeric(byte c) {
        return c >= '0' && c <= '9' || c == '.' || c == '-';
    }

    private boolean skip(int expected) {
        if (position < end && text[position] == expected) {
            position++;
            return true;
        }
        return false;
    }
}
