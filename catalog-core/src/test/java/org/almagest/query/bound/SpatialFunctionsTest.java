package org.almagest.query.bound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.Footprint;
import org.almagest.geo.Wkt;
import org.almagest.model.Limits;
import org.almagest.query.SpatialPredicate;
import org.almagest.query.Truth;
import org.almagest.query.cql2.Cql2Text;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;

class SpatialFunctionsTest {
    @Test
    void relationsHoldAcrossTheAntimeridian() {
        String west = "POLYGON ((170 0, 180 0, 180 10, 170 10, 170 0))";
        String east = "POLYGON ((-180 0, -170 0, -170 10, -180 10, -180 0))";
        String both = "POLYGON ((170 0, -170 0, -170 10, 170 10, 170 0))";
        assertTruth("TRUE", "S_TOUCHES", west, east);
        assertTruth("TRUE", "S_INTERSECTS", west, east);
        assertTruth("FALSE", "S_OVERLAPS", west, east);
        assertTruth("FALSE", "S_EQUALS", west, east);
        assertTruth("TRUE", "S_EQUALS", both, "POLYGON ((-170 0, -170 10, 170 10, 170 0, -170 0))");
        assertTruth("TRUE", "S_WITHIN", west, both);
        assertTruth("TRUE", "S_CONTAINS", both, east);
        assertTruth("TRUE", "S_CROSSES", "LINESTRING (175 5, -160 5)", both);
        assertTruth("TRUE", "S_OVERLAPS", both, "BBOX(175, 5, -160, 20)");
        assertTruth("TRUE", "S_EQUALS", both, "BBOX(170, 0, -170, 10)");
        assertTruth("TRUE", "S_EQUALS", "POINT (180 5)", "POINT (-180 5)");
        assertTruth("TRUE", "S_TOUCHES", "LINESTRING (175 5, 180 5)", east);
        assertTruth("TRUE", "S_DISJOINT", "POINT (0 5)", both);
    }

    @Test
    void boundariesCountForWithinAndContains() {
        String square = "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))";
        assertTruth("TRUE", "S_WITHIN", "POINT (0 5)", square);
        assertTruth("TRUE", "S_CONTAINS", square, "LINESTRING (0 0, 10 0)");
        assertTruth("TRUE", "S_TOUCHES", "POINT (0 5)", square);
    }

    @Test
    void whatIsUnsetOrNoGeometryIsUnknown() {
        assertEquals(Truth.UNKNOWN, test("S_DISJOINT(geometry, POINT(1 2))", Map.of()));
        assertEquals(Truth.UNKNOWN, test("S_DISJOINT(s, POINT(1 2))", Map.of("s", "POINT(1 2)")));
        assertEquals(Truth.UNKNOWN, test("S_INTERSECTS(g, POINT EMPTY)", Map.of("g", wkt("POINT (1 2)"))));
        assertEquals(Truth.TRUE, test("NOT S_DISJOINT(g, POINT(1 2))", Map.of("g", wkt("POINT (1 2)"))));
    }

    @Test
    void aRowMayHandItsFootprint() {
        Footprint footprint = AntimeridianCut.of(Limits.defaults()).footprint(wkt("POINT (1 2)"));
        FieldValues row = new FieldValues() {
            @Override
            public Object value(String field) {
                throw new AssertionError(field);
            }

            @Override
            public Footprint footprint(String field) {
                return footprint;
            }
        };
        assertEquals(Truth.TRUE, bind("S_INTERSECTS(geometry, POINT(1 2))").test(row));
    }

    @Test
    void theRowsOwnGeometryHasAnArea() {
        BoundTerm within =
                bind("S_CONTAINS(BBOX(0, 0, 1, 1), geometry)").terms().get(0);
        assertEquals(Optional.of(SpatialPredicate.WITHIN), within.area().map(area -> area.predicate()));
        BoundTerm touches = bind("S_TOUCHES(geometry, POINT(1 2))").terms().get(0);
        assertEquals(Optional.of(SpatialPredicate.INTERSECTS), touches.area().map(area -> area.predicate()));
        assertEquals(
                Optional.empty(),
                bind("S_INTERSECTS(g, POINT(1 2))").terms().get(0).area());
        assertEquals(
                Optional.empty(),
                bind("NOT S_INTERSECTS(geometry, POINT(1 2))").terms().get(0).area());
        assertEquals(Set.of("geometry"), touches.fields());
        assertTrue(touches.cost() > bind("l = 1").terms().get(0).cost());
    }

    private static void assertTruth(String expected, String function, String left, String right) {
        assertEquals(
                expected,
                test(function + "(" + left + ", " + right + ")", Map.of()).name());
        boolean box = left.startsWith("BBOX");
        if (!box) {
            String ofField = function + "(g, " + right + ")";
            assertEquals(expected, test(ofField, Map.of("g", wkt(left))).name(), ofField);
        }
    }

    private static Truth test(String filter, Map<String, Object> row) {
        return bind(filter).test(row::get);
    }

    private static BoundFilter bind(String filter) {
        return BoundFilter.bind(Cql2Text.parse(filter), RandomFilters.SCHEMA);
    }

    private static Geometry wkt(String text) {
        return Wkt.read(text, Limits.defaults());
    }
}
