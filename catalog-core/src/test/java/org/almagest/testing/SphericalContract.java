package org.almagest.testing;

import static org.almagest.testing.Failures.assertFailsAt;
import static org.almagest.testing.Fixtures.point;
import static org.almagest.testing.Fixtures.polygon;
import static org.almagest.testing.Fixtures.wkt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.query.CoordinateSystem;
import org.almagest.query.Query;
import org.almagest.query.SpatialFilter;
import org.almagest.query.SpatialPredicate;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;

/** Queries by place on the sphere, against answers known from formulas or plain to see. */
public abstract class SphericalContract extends ContractSupport {
    private static final Instant TIME = Instant.parse("2025-04-15T00:00:00Z");

    /** 0 to 20 E, 60 to 70 N: its arcs rise to 60.38 and to 70.28 at 10 E. */
    private static final Geometry NORTHERN = polygon(0, 60, 20, 60, 20, 70, 0, 70);

    /** Creates the suite. */
    protected SphericalContract() {}

    @BeforeEach
    void needsTheCapability() {
        needs(Capability.SPHERICAL);
    }

    /** Stores one row per geometry under its name. */
    private Collection storing(List<String> names, List<Geometry> geometries) {
        Catalog catalog = open();
        DatasetSpec places = DatasetSpec.spatioTemporal("a.places")
                .geometryKinds(EnumSet.allOf(GeometryKind.class))
                .geometryOptional()
                .field(Field.string("name"))
                .build();
        Collection things = things(catalog, places);
        List<Datapoint> rows = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            rows.add(Datapoint.at(TIME.plusSeconds(i))
                    .geometry(geometries.get(i))
                    .set("name", names.get(i))
                    .build());
        }
        rows.add(Datapoint.at(TIME).set("name", "nowhere").build());
        ingest(catalog, things, rows);
        return things;
    }

    /** Stores one row per geometry; their names are their numbers from 0. */
    private Collection storing(Geometry... geometries) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < geometries.length; i++) {
            names.add(Integer.toString(i));
        }
        return storing(names, List.of(geometries));
    }

    private static List<String> names(Collection things, SpatialFilter filter) {
        Query.Builder query = Query.allTime().spatial(filter);
        assertEquals(things.count(query.build()), rows(things, query).size());
        return texts(rows(things, query), "name");
    }

    private static List<String> spherical(Collection things, SpatialPredicate predicate, Geometry geometry) {
        return names(things, SpatialFilter.of(predicate, geometry).in(CoordinateSystem.SPHERICAL));
    }

    private static List<String> intersecting(Collection things, Geometry geometry) {
        return spherical(things, SpatialPredicate.INTERSECTS, geometry);
    }

    private static List<String> inBox(Collection things, double west, double south, double east, double north) {
        SpatialFilter box = SpatialFilter.of(SpatialPredicate.INTERSECTS, BoundingBox.of(west, south, east, north));
        return names(things, box.in(CoordinateSystem.SPHERICAL));
    }

    private static List<String> planar(Collection things, Geometry geometry) {
        return names(things, SpatialFilter.of(SpatialPredicate.INTERSECTS, geometry));
    }

    /** Returns the latitude of the arc between 0 and 20 E at one latitude. */
    private static double arc(double latitude, double longitude) {
        double tangent = Math.tan(Math.toRadians(latitude))
                * Math.cos(Math.toRadians(longitude - 10))
                / Math.cos(Math.toRadians(10));
        return Math.toDegrees(Math.atan(tangent));
    }

    @Test
    void pointsOfAGridLieBetweenTheArcs() {
        List<String> names = new ArrayList<>();
        List<Geometry> points = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        List<String> drawn = new ArrayList<>();
        for (double longitude = 0.5; longitude < 20; longitude++) {
            for (double latitude = 59.525; latitude < 71; latitude += 0.05) {
                String name = String.format(Locale.ROOT, "%.1f %.3f", longitude, latitude);
                names.add(name);
                points.add(point(longitude, latitude));
                if (latitude >= arc(60, longitude) && latitude <= arc(70, longitude)) {
                    expected.add(name);
                }
                if (latitude >= 60 && latitude <= 70) {
                    drawn.add(name);
                }
            }
        }
        Collection things = storing(names, points);
        assertEquals(expected, intersecting(things, NORTHERN));
        assertEquals(drawn, planar(things, NORTHERN));
        assertEquals(expected, spherical(things, SpatialPredicate.WITHIN, NORTHERN));
        List<String> gained = new ArrayList<>(expected);
        gained.removeAll(drawn);
        List<String> lost = new ArrayList<>(drawn);
        lost.removeAll(expected);
        assertTrue(gained.contains("9.5 70.275") && !gained.contains("0.5 70.075"), gained.toString());
        assertTrue(lost.contains("10.5 60.375") && !lost.contains("19.5 60.075"), lost.toString());
        List<String> outside = new ArrayList<>(names);
        outside.removeAll(expected);
        assertEquals(outside, spherical(things, SpatialPredicate.DISJOINT, NORTHERN));
    }

    @Test
    void cellsOfAGridAreFoundByTheirArcs() {
        List<String> names = new ArrayList<>();
        List<Geometry> cells = new ArrayList<>();
        for (int south = 55; south < 75; south++) {
            for (int west = -5; west < 25; west++) {
                names.add(west + " " + south);
                cells.add(polygon(west, south, west + 1, south, west + 1, south + 1, west, south + 1));
            }
        }
        Collection things = storing(names, cells);
        List<String> drawn = planar(things, NORTHERN);
        List<String> arcs = intersecting(things, NORTHERN);
        // Drawn, the cells that touch the boundary count: 22 columns and 12 rows, 59 to 71.
        assertEquals(22 * 12, drawn.size());
        List<String> gained = new ArrayList<>(arcs);
        gained.removeAll(drawn);
        assertEquals(List.of(), gained, "the arc stays in the row of cells above 70");
        List<String> lost = new ArrayList<>(drawn);
        lost.removeAll(arcs);
        // Below 60 only the cells at the corners are touched: the arc between 0 and 20 E rises at once.
        List<String> expected = new ArrayList<>();
        for (int west = 1; west < 19; west++) {
            expected.add(west + " 59");
        }
        assertEquals(expected, lost);
        List<String> within = spherical(things, SpatialPredicate.WITHIN, NORTHERN);
        // The row above 60 is cut by the arc; that below 70 fits, for the sides of the cells rise less.
        assertEquals(20 * 9, within.size());
        assertTrue(within.contains("0 69") && within.contains("19 61") && !within.contains("0 60"));
    }

    @Test
    void predicatesCountBoundaries() {
        Geometry square = polygon(0, 0, 10, 0, 10, 10, 0, 10);
        Collection things = storing(
                square,
                polygon(2, 2, 4, 2, 4, 4, 2, 4),
                polygon(0, 0, 5, 0, 5, 5, 0, 5),
                polygon(5, 5, 15, 5, 15, 15, 5, 15),
                polygon(10, 0, 20, 0, 20, 10, 10, 10),
                polygon(-5, -5, 15, -5, 15, 15, -5, 15),
                polygon(30, 30, 31, 30, 31, 31, 30, 31),
                point(10, 10),
                wkt("LINESTRING (0 0, 10 0)"),
                point(0, 7));
        for (Geometry filter : List.of(square, square.reverse())) {
            assertEquals(List.of("0", "1", "2", "3", "4", "5", "7", "8", "9"), intersecting(things, filter));
            assertEquals(List.of("0", "1", "2", "7", "8", "9"), spherical(things, SpatialPredicate.WITHIN, filter));
            assertEquals(List.of("0", "5"), spherical(things, SpatialPredicate.CONTAINS, filter));
            assertEquals(List.of("6"), spherical(things, SpatialPredicate.DISJOINT, filter));
        }
    }

    @Test
    void sidesOfABoxRunAlongParallels() {
        Collection things = storing(
                point(10, 60),
                point(10, 60.2),
                point(10, 70.2),
                point(3.3, 70),
                polygon(5.5, 60, 6.5, 60, 6.5, 61, 5.5, 61),
                polygon(0, 60, 20, 60, 20, 70, 0, 70),
                wkt("LINESTRING (-5 69.9, 25 69.9)"));
        assertEquals(List.of("0", "1", "3", "4", "5"), inBox(things, 0, 60, 20, 70));
        SpatialFilter within = SpatialFilter.of(SpatialPredicate.WITHIN, BoundingBox.of(0, 60, 20, 70));
        assertEquals(List.of("0", "1", "3", "4"), names(things, within.in(CoordinateSystem.SPHERICAL)));
        assertEquals(List.of("2", "5", "6"), inBox(things, 9, 70.1, 11, 72));
        SpatialFilter holding = SpatialFilter.of(SpatialPredicate.CONTAINS, BoundingBox.of(9, 70.1, 11, 70.2));
        assertEquals(List.of("5"), names(things, holding.in(CoordinateSystem.SPHERICAL)));
    }

    @Test
    void filtersAndRowsMayCrossTheAntimeridian() {
        Collection things = storing(
                point(179, 0), point(-179, 0), point(0, 0), point(170, 0), point(180, 50.43), point(-180, 50.44));
        Geometry band = polygon(175, -5, -175, -5, -175, 5, 175, 5);
        assertEquals(List.of("0", "1"), intersecting(things, band));
        assertEquals(List.of("2", "3", "4", "5"), spherical(things, SpatialPredicate.DISJOINT, band));
        assertEquals(List.of("0", "1"), spherical(things, SpatialPredicate.WITHIN, band));
        assertEquals(List.of("4"), intersecting(things, polygon(170, 40, 170, 50, -170, 50, -170, 40)));
        assertEquals(List.of("4"), intersecting(things, polygon(170, 40, 190, 40, 190, 50, 170, 50)));
        SpatialFilter drawn = SpatialFilter.of(SpatialPredicate.INTERSECTS, band)
                .reading(AntimeridianRule.AS_DRAWN)
                .in(CoordinateSystem.SPHERICAL);
        assertEquals(List.of("2", "3"), names(things, drawn));
        assertEquals(List.of("0", "1"), inBox(things, 175, -5, -175, 5));
    }

    @Test
    void footprintsMayEncloseAPole() {
        Collection things = storing(
                polygon(-135, 70, -45, 70, 45, 70, 135, 70),
                polygon(-135, -70, -45, -70, 45, -70, 135, -70),
                polygon(0, 80, 40, 80, 20, 90),
                point(77, 90));
        assertEquals(List.of("0"), intersecting(things, point(60, 89)));
        assertEquals(List.of("0", "2", "3"), intersecting(things, point(-150, 90)));
        assertEquals(List.of("1"), intersecting(things, point(12, -90)));
        assertEquals(List.of("0"), intersecting(things, point(0, 76)));
        assertEquals(List.of(), intersecting(things, point(0, 75)));
        assertEquals(List.of("0"), planar(things, point(0, 75)));
        assertEquals(List.of("0", "2", "3"), inBox(things, 100, 89, 101, 90));
        assertEquals(
                List.of("2", "3"),
                spherical(things, SpatialPredicate.WITHIN, polygon(-135, 70, -45, 70, 45, 70, 135, 70)).stream()
                        .filter(name -> !name.equals("0"))
                        .toList());
    }

    @Test
    void filtersAndRowsMayBeOfAnyType() {
        Collection things = storing(
                polygon(0, 0, 10, 0, 10, 10, 0, 10),
                point(5, 5),
                wkt("MULTIPOINT ((5 5), (50 50))"),
                wkt("GEOMETRYCOLLECTION (POINT (50 50), LINESTRING (0 0, 0 5), POINT (5 5))"),
                wkt("MULTIPOLYGON (((40 40, 60 40, 60 60, 40 60, 40 40)), ((5 5, 6 5, 6 6, 5 5)))"),
                wkt("LINESTRING (0 5, 0 -5)"),
                wkt("MULTILINESTRING ((20 20, 21 21), (5 5, 5 80))"));
        assertEquals(List.of("0", "1", "2", "3", "4", "6"), intersecting(things, point(5, 5)));
        assertEquals(List.of("2", "3", "4"), intersecting(things, wkt("MULTIPOINT ((50 50), (51 -51))")));
        assertEquals(List.of("0", "3", "5"), intersecting(things, wkt("LINESTRING (-1 1, 1 1)")));
        assertEquals(
                List.of("3", "5"),
                spherical(things, SpatialPredicate.CONTAINS, wkt("LINESTRING (0 1, 0 3)")).stream()
                        .filter(name -> !name.equals("0"))
                        .toList());
        assertEquals(
                List.of("2", "3", "4"),
                spherical(things, SpatialPredicate.CONTAINS, wkt("GEOMETRYCOLLECTION (POINT (50 50), POINT (5 5))")));
        assertEquals(
                List.of("1", "2"),
                spherical(things, SpatialPredicate.WITHIN, wkt("MULTIPOINT ((5 5), (50 50), (7 7))")));
        assertEquals(
                List.of("1", "6"),
                spherical(
                        things,
                        SpatialPredicate.WITHIN,
                        wkt(
                                "MULTIPOLYGON (((5 5, 7 5, 7 7, 5 5)), ((20 20, 21 20, 21 21, 20 20)), ((5 5, 5 85, 4 5, 5 5)))")));
    }

    @Test
    void wideFootprintsMeanWhatTheyDraw() {
        Collection things = storing(
                wkt("POLYGON ((-180 40, 180 40, 180 50, -180 50, -180 40))"),
                wkt("POLYGON ((-100 60, 0 60, 100 60, 100 70, 0 70, -100 70, -100 60))"),
                wkt("POLYGON ((-180 -90, 180 -90, 180 90, -180 90, -180 -90))"));
        assertEquals(List.of("0", "2"), intersecting(things, point(33.3, 40)));
        assertEquals(List.of("0", "2"), intersecting(things, point(180, 45)));
        assertEquals(List.of("1", "2"), intersecting(things, point(0.5, 60)));
        assertEquals(List.of("2"), intersecting(things, point(0.5, 59.99)));
        assertEquals(List.of("2"), intersecting(things, point(150, 65)));
        assertEquals(
                List.of("0", "2"),
                spherical(things, SpatialPredicate.CONTAINS, polygon(170, 42, -170, 42, -170, 48, 170, 48)));
    }

    @Test
    void invalidFiltersAreRefused() {
        Collection things = storing(point(1, 1));
        SpatialFilter filter = SpatialFilter.of(SpatialPredicate.INTERSECTS, point(0, 91));
        assertFailsAt(
                InvalidRequestException.class,
                "query: spatial: ",
                () -> names(things, filter.in(CoordinateSystem.SPHERICAL)));
    }
}
