package org.almagest.io.stac.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.almagest.geo.GeoJsonGeometry;
import org.almagest.internal.json.JsonArray;
import org.almagest.io.SharedFiles;
import org.almagest.model.Limits;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.algorithm.locate.SimplePointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;

/**
 * Places: boxes over the antimeridian, polygons around a pole, every kind of geometry.
 *
 * <p>Beside each answer stands the one of servers that take longitudes for plain numbers, which must differ: so the cases
 * tell the two apart.
 */
abstract class GeometryContract extends ItemsFixture {
    private static final String TIME = "\"datetime\":\"2025-01-01T00:00:00Z\"";

    private final List<Place> places = new ArrayList<>();

    /** A point, as the naive servers see it. */
    private record Place(String id, double x, double y) {}

    private void place(String id, double x, double y) {
        places.add(new Place(id, x, y));
        put(C, id, point(x, y), TIME);
    }

    /** The answer of a server that compares numbers. */
    private List<String> naively(double west, double south, double east, double north) {
        double low = Math.min(west, east);
        double high = Math.max(west, east);
        return places.stream()
                .filter(place -> place.x() >= low && place.x() <= high && place.y() >= south && place.y() <= north)
                .map(Place::id)
                .sorted()
                .toList();
    }

    private List<String> sorted(String query) {
        return ids(query).stream().sorted().toList();
    }

    @Test
    void findsByABoxOverTheAntimeridian() {
        place("fiji", 178, -18);
        place("samoa", -172, -13);
        place("line", 180, -15);
        place("africa", 20, -15);
        List<String> expected = List.of("fiji", "line", "samoa");
        assertEquals(expected, sorted("?bbox=170,-20,-170,-10"));
        assertEquals(
                expected,
                posted("{\"bbox\":[170,-20,-170,-10]}").ids().stream().sorted().toList());
        assertNotEquals(expected, naively(170, -20, -170, -10), "a server that swaps the sides finds Africa");
        String area = polygon(170, -20, -170, -20, -170, -10, 170, -10, 170, -20);
        assertEquals(expected, sorted("?intersects=" + encoded(area)));
    }

    @Test
    void findsByAPolygonAroundAPole() {
        place("pole", 0, 90);
        place("arctic", 45, 85);
        place("norway", 15, 65);
        place("south", 45, -85);
        String around = polygon(-180, 80, -90, 80, 0, 80, 90, 80, 180, 80, -180, 80);
        String crossing = polygon(-150, 80, -30, 80, 90, 80, -150, 80);
        for (String area : List.of(crossing)) {
            assertEquals(List.of("arctic", "pole"), sorted("?intersects=" + encoded(area)), area);
        }
        assertEquals(200, fixture.get("/search?intersects=" + encoded(around)).status());
    }

    @Test
    void findsItemsThatLieOverTheAntimeridian() {
        put(C, "crossing", polygon(179, 0, -179, 0, -179, 1, 179, 1, 179, 0), TIME);
        put(C, "greenwich", polygon(-1, 0, 1, 0, 1, 1, -1, 1, -1, 0), TIME);
        assertEquals(List.of("crossing"), sorted("?bbox=179.5,0,180,1"));
        assertEquals(List.of("crossing"), sorted("?bbox=-180,0,-179.5,1"));
        assertEquals(List.of("greenwich"), sorted("?bbox=-10,0,10,1"));
        Answer item = fixture.get("/collections/c/items/crossing").is(200);
        List<String> box = new ArrayList<>();
        ((JsonArray) item.at("bbox")).elements().forEach(number -> box.add(Answer.value(number)));
        assertEquals(List.of("179", "0", "-179", "1"), box, "by RFC 7946 the box wraps, too");
    }

    @Test
    void givesAnItemAroundAPoleABoxThatReachesIt() {
        put(C, "cap", polygon(-150, 80, -30, 80, 90, 80, -150, 80), TIME);
        Answer item = fixture.get("/collections/c/items/cap").is(200);
        List<String> box = new ArrayList<>();
        ((JsonArray) item.at("bbox")).elements().forEach(number -> box.add(Answer.value(number)));
        assertEquals(List.of("-180", "80", "180", "90"), box);
        assertEquals(List.of("cap"), sorted("?bbox=10,89,11,90"));
    }

    @Test
    void takesEveryKindOfGeometry() {
        place("in", 1, 1);
        place("out", 50, 50);
        String hole = "{\"type\":\"Polygon\",\"coordinates\":[[[-5,-5],[5,-5],[5,5],[-5,5],[-5,-5]],"
                + "[[0,0],[0,2],[2,2],[2,0],[0,0]]]}";
        assertEquals(List.of(), sorted("?intersects=" + encoded(hole)));
        for (String area : List.of(
                "{\"type\":\"Point\",\"coordinates\":[1,1]}",
                "{\"type\":\"Point\",\"coordinates\":[1,1,100]}",
                "{\"type\":\"MultiPoint\",\"coordinates\":[[1,1],[9,9]]}",
                "{\"type\":\"LineString\",\"coordinates\":[[0,0],[2,2]]}",
                "{\"type\":\"MultiLineString\",\"coordinates\":[[[0,0],[2,2]],[[5,5],[6,6]]]}",
                polygon(0, 0, 2, 0, 2, 2, 0, 0),
                "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0,0],[2,0],[2,2],[0,0]]]]}",
                "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\",\"coordinates\":[1,1]}]}")) {
            assertEquals(List.of("in"), sorted("?intersects=" + encoded(area)), area);
            assertEquals(List.of("in"), posted("{\"intersects\":" + area + "}").ids(), area);
        }
    }

    @Test
    void findsPointsOnEitherSideOfTheLineAndInTheWholeWorld() {
        place("east", 180, 0);
        place("west", -180, 0);
        put(C, "nowhere", "null", TIME);
        assertEquals(List.of("east", "west"), sorted("?bbox=179,-1,180,1"));
        assertEquals(List.of("east", "west"), sorted("?bbox=-180,-1,-179,1"));
        assertEquals(List.of("east", "west"), sorted("?bbox=-180,-90,180,90"));
        assertEquals(List.of("east", "nowhere", "west"), sorted(""));
    }

    /** Geometries that cross the antimeridian or hold a pole, against their corrected forms, over points everywhere. */
    @Test
    void agreesWithTheCorrectedFormsOfHardGeometries() throws IOException {
        Path inputs = SharedFiles.file("antimeridian/input");
        Path expected = SharedFiles.file("antimeridian/expected-planar");
        fillWithPoints();
        Set<String> naivelyWrong = new TreeSet<>();
        try (Stream<Path> files = Files.list(inputs)) {
            for (Path file : files.sorted().toList()) {
                Path corrected = expected.resolve(file.getFileName());
                if (!Files.exists(corrected)) {
                    continue;
                }
                String area = Files.readString(file);
                Geometry right = GeoJsonGeometry.read(Files.readString(corrected), Limits.defaults());
                List<String> answer = posted("{\"limit\":10000,\"intersects\":" + area + "}").ids().stream()
                        .sorted()
                        .toList();
                assertEquals(within(right), answer, file.getFileName().toString());
                if (!answer.equals(within(GeoJsonGeometry.read(area, Limits.defaults())))) {
                    naivelyWrong.add(file.getFileName().toString());
                }
            }
        }
        assertTrue(
                naivelyWrong.containsAll(Set.of("split.json", "north-pole.json", "south-pole.json", "one-hole.json")),
                () -> "a server that takes longitudes for plain numbers must fail: " + naivelyWrong);
    }

    /** By ray crossings over each ring, which invalid polygons have an answer to as well; lines hold none of the points. */
    private List<String> within(Geometry area) {
        return places.stream()
                .filter(place -> SimplePointInAreaLocator.locate(new Coordinate(place.x(), place.y()), area)
                        != Location.EXTERIOR)
                .map(Place::id)
                .sorted()
                .toList();
    }

    private void fillWithPoints() {
        StringBuilder features = new StringBuilder();
        for (double x = -178.3; x < 180; x += 6) {
            for (double y = -88.6; y < 90; y += 6) {
                Place place = new Place("p" + places.size(), x, y);
                features.append(places.isEmpty() ? "" : ",").append(item(place.id(), point(x, y), TIME));
                places.add(place);
            }
        }
        fixture.post("/collections/c/items", "{\"type\":\"FeatureCollection\",\"features\":[" + features + "]}")
                .is(201);
    }
}
