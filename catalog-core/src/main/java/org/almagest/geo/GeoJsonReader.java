package org.almagest.geo;

import java.util.ArrayList;
import java.util.List;
import org.almagest.error.Quoted;
import org.almagest.internal.geo.GeometryBudget;
import org.almagest.internal.geo.Place;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.impl.CoordinateArraySequence;

/** Reads one geometry from a JSON tree. */
final class GeoJsonReader {
    private final GeometryBudget budget;
    private final GeometryBuilder builder = new GeometryBuilder();

    GeoJsonReader(GeometryBudget budget) {
        this.budget = budget;
    }

    Geometry readGeometry(JsonValue value, Place place) {
        if (!(value instanceof JsonObject)) {
            throw place.refused("not a GeoJSON geometry: " + value.kindName() + " (expected an object)");
        }
        JsonObject object = (JsonObject) value;
        JsonValue typeValue = object.member("type");
        String name = typeValue instanceof JsonString ? ((JsonString) typeValue).value() : null;
        GeometryType type = name == null ? null : GeometryType.ofText(name);
        if (type == null) {
            throw place.refused("unknown GeoJSON type: " + (name == null ? "none" : Quoted.text(name))
                    + " (expected one of the seven geometry types)");
        }
        if (type == GeometryType.GEOMETRY_COLLECTION) {
            budget.enterCollection();
            Geometry collection = readParts(type, elements(object.member("geometries"), "geometries", place), place);
            budget.leaveCollection();
            return collection;
        }
        return readCoordinates(type, elements(object.member("coordinates"), "coordinates", place), place);
    }

    private Geometry readCoordinates(GeometryType type, List<JsonValue> coordinates, Place place) {
        switch (type) {
            case POINT:
                return builder.point(
                        coordinates.isEmpty() ? null : sequence(List.of(position(coordinates, place))), place);
            case LINE_STRING:
                return builder.line(positions(coordinates, place), place);
            case POLYGON:
                budget.addParts(coordinates.size());
                List<CoordinateSequence> rings = new ArrayList<>(coordinates.size());
                for (int i = 0; i < coordinates.size(); i++) {
                    Place ring = place.at("ring", i);
                    rings.add(positions(elements(coordinates.get(i), "ring", ring), ring));
                }
                return builder.polygon(rings, place);
            default:
                return readParts(type, coordinates, place);
        }
    }

    private Geometry readParts(GeometryType type, List<JsonValue> values, Place place) {
        budget.addParts(values.size());
        List<Geometry> parts = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            Place part = place.at(type.partWord(), i);
            GeometryType partType = type.partType();
            parts.add(
                    partType == null
                            ? readGeometry(values.get(i), part)
                            : readCoordinates(partType, elements(values.get(i), "coordinates", part), part));
        }
        return builder.collection(type, parts, place);
    }

    private CoordinateSequence positions(List<JsonValue> values, Place place) {
        List<Coordinate> positions = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            Place at = place.at("position", i);
            positions.add(position(elements(values.get(i), "position", at), at));
        }
        return sequence(positions);
    }

    private Coordinate position(List<JsonValue> numbers, Place place) {
        budget.addPositions(1);
        if (numbers.size() < 2 || numbers.size() > 3) {
            throw place.refused("numbers in a position: " + numbers.size() + " (expected 2 or 3)");
        }
        double z = numbers.size() == 3 ? number(numbers.get(2), place) : Double.NaN;
        return new Coordinate(number(numbers.get(0), place), number(numbers.get(1), place), z);
    }

    private static double number(JsonValue value, Place place) {
        if (!(value instanceof JsonNumber)) {
            throw place.refused("not a number: " + value.kindName());
        }
        return ((JsonNumber) value).toDouble();
    }

    private static List<JsonValue> elements(@Nullable JsonValue value, String what, Place place) {
        if (!(value instanceof JsonArray)) {
            throw place.refused(what + ": " + (value == null ? "missing" : value.kindName()) + " (expected an array)");
        }
        return ((JsonArray) value).elements();
    }

    private static CoordinateSequence sequence(List<Coordinate> positions) {
        return new CoordinateArraySequence(positions.toArray(new Coordinate[0]), 3);
    }
}
