package org.almagest.geo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.internal.geo.GeometryBudget;
import org.almagest.internal.geo.Place;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.impl.CoordinateArraySequence;

/**
 * Reads one geometry from WKT, with limits on positions and depth.
 *
 * <p>Not the reader of JTS: that one overflows the stack on deep nesting and takes NaN.
 */
final class WktReader {
    private static final String REFERENCE_SYSTEM = "SRID=4326;";
    private static final int DIMENSIONS_MAX = 3;

    /** Characters of a number; all digits of any float64 take fewer. */
    private static final int NUMBER_LENGTH_MAX = 1_100;

    private final String text;
    private final GeometryBudget budget;
    private final GeometryBuilder builder = new GeometryBuilder();
    private int position;

    WktReader(String text, GeometryBudget budget) {
        this.text = text;
        this.budget = budget;
    }

    Geometry readAll() {
        skipBlanks();
        if (text.regionMatches(true, position, REFERENCE_SYSTEM, 0, REFERENCE_SYSTEM.length())) {
            position += REFERENCE_SYSTEM.length();
        }
        Geometry geometry = readGeometry(Place.GEOMETRY);
        skipBlanks();
        if (position < text.length()) {
            throw unexpected("the end of the text");
        }
        return geometry;
    }

    private Geometry readGeometry(Place place) {
        GeometryType type = readType();
        if (skipEmpty()) {
            return readEmpty(type, place);
        }
        switch (type) {
            case POINT:
                return readPoint(place);
            case LINE_STRING:
                return builder.line(readPositions(), place);
            case POLYGON:
                return readPolygon(place);
            case GEOMETRY_COLLECTION:
                budget.enterCollection();
                Geometry collection = readParts(type, place);
                budget.leaveCollection();
                return collection;
            default:
                return readParts(type, place);
        }
    }

    private GeometryType readType() {
        skipBlanks();
        int start = position;
        String word = readWord();
        GeometryType type = GeometryType.ofKeyword(word);
        if (type == null && word.endsWith("Z")) {
            type = GeometryType.ofKeyword(word.substring(0, word.length() - 1));
        } else if (type != null) {
            int mark = position;
            word = readWord();
            if (!word.equals("Z")) {
                position = mark;
            }
        }
        if (word.equals("M") || word.equals("ZM") || type == null && word.endsWith("M")) {
            position = start;
            throw refused("measures: " + Quoted.text(word) + " (expected none)");
        }
        if (type == null) {
            position = start;
            throw unexpected("a geometry type");
        }
        return type;
    }

    private Geometry readEmpty(GeometryType type, Place place) {
        return switch (type) {
            case POINT -> builder.point(null, place);
            case LINE_STRING -> builder.line(new CoordinateArraySequence(0), place);
            case POLYGON -> builder.polygon(List.of(), place);
            default -> builder.collection(type, List.of(), place);
        };
    }

    private Geometry readPoint(Place place) {
        expect('(');
        CoordinateSequence position = sequence(List.of(readPosition()));
        expect(')');
        return builder.point(position, place);
    }

    private Geometry readPolygon(Place place) {
        List<CoordinateSequence> rings = new ArrayList<>();
        expect('(');
        do {
            budget.addParts(1);
            rings.add(readPositions());
        } while (continues());
        return builder.polygon(rings, place);
    }

    private Geometry readParts(GeometryType type, Place place) {
        List<Geometry> parts = new ArrayList<>();
        expect('(');
        do {
            budget.addParts(1);
            parts.add(readPart(type, place.at(type.partWord(), parts.size())));
        } while (continues());
        return builder.collection(type, parts, place);
    }

    private Geometry readPart(GeometryType type, Place place) {
        GeometryType partType = type.partType();
        if (partType == null) {
            return readGeometry(place);
        }
        if (skipEmpty()) {
            return readEmpty(partType, place);
        }
        if (partType == GeometryType.LINE_STRING) {
            return builder.line(readPositions(), place);
        }
        if (partType == GeometryType.POLYGON) {
            return readPolygon(place);
        }
        skipBlanks();
        return peek() == '(' ? readPoint(place) : builder.point(sequence(List.of(readPosition())), place);
    }

    private CoordinateSequence readPositions() {
        List<Coordinate> positions = new ArrayList<>();
        if (skipEmpty()) {
            return sequence(positions);
        }
        expect('(');
        do {
            positions.add(readPosition());
        } while (continues());
        return sequence(positions);
    }

    private Coordinate readPosition() {
        budget.addPositions(1);
        double x = readNumber();
        double y = readNumber();
        double z = Double.NaN;
        if (startsNumber()) {
            z = readNumber();
            if (Double.isNaN(z)) {
                throw refused("z: NaN (expected a finite number)");
            }
        }
        if (startsNumber()) {
            throw refused("too many numbers in a position (at most " + DIMENSIONS_MAX + ")");
        }
        return new Coordinate(x, y, z);
    }

    private boolean startsNumber() {
        skipBlanks();
        char c = peek();
        return c != ',' && c != ')' && c != '\0';
    }

    private double readNumber() {
        skipBlanks();
        int start = position;
        boolean digits = false;
        while (isNumberPart(peek())) {
            digits |= peek() >= '0' && peek() <= '9';
            position++;
        }
        if (!digits) {
            position = start;
            return readNumberWord();
        }
        if (position - start > NUMBER_LENGTH_MAX) {
            int length = position - start;
            position = start;
            throw refused("number too long: " + length + " characters (at most " + NUMBER_LENGTH_MAX + ")");
        }
        try {
            return Double.parseDouble(text.substring(start, position));
        } catch (NumberFormatException e) {
            String found = text.substring(start, position);
            position = start;
            throw refused("not a number: " + Quoted.text(found));
        }
    }

    /** Reads the words other programs write for what is not finite, so that the check of positions can name them. */
    private double readNumberWord() {
        int start = position;
        boolean negative = peek() == '-';
        if (negative) {
            position++;
        }
        String word = readWord();
        switch (word) {
            case "NAN":
                return Double.NaN;
            case "INF":
            case "INFINITY":
                return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            default:
                position = start;
                throw unexpected("a number");
        }
    }

    private static boolean isNumberPart(char c) {
        return c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
    }

    private static CoordinateSequence sequence(List<Coordinate> positions) {
        return new CoordinateArraySequence(positions.toArray(new Coordinate[0]), DIMENSIONS_MAX);
    }

    private boolean skipEmpty() {
        skipBlanks();
        int mark = position;
        if (readWord().equals("EMPTY")) {
            return true;
        }
        position = mark;
        return false;
    }

    private void expect(char c) {
        skipBlanks();
        if (peek() != c) {
            throw unexpected("\"" + c + "\"");
        }
        position++;
    }

    /** Steps over a comma, then true, or over a closing parenthesis, then false. */
    private boolean continues() {
        skipBlanks();
        char c = peek();
        if (c != ',' && c != ')') {
            throw unexpected("\",\" or \")\"");
        }
        position++;
        return c == ',';
    }

    /** Reads letters, in upper case; none is the empty word. */
    private String readWord() {
        skipBlanks();
        int start = position;
        while (peek() >= 'a' && peek() <= 'z' || peek() >= 'A' && peek() <= 'Z') {
            position++;
        }
        return text.substring(start, Math.min(position, start + 32)).toUpperCase(Locale.ROOT);
    }

    private void skipBlanks() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private char peek() {
        return position < text.length() ? text.charAt(position) : '\0';
    }

    private InvalidRequestException unexpected(String expected) {
        if (position >= text.length()) {
            return refused("unexpected end of text (expected " + expected + ")");
        }
        return refused("unexpected text: " + Quoted.text(foundText()) + " (expected " + expected + ")");
    }

    private String foundText() {
        int end = position + 1;
        while (end < text.length() && end < position + 24 && " ,()\t\r\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(position, end);
    }

    private InvalidRequestException refused(String problem) {
        return new InvalidRequestException("geometry: wkt", problem + " [character " + position + "]");
    }
}
