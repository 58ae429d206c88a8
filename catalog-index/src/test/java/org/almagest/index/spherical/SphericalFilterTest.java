package org.almagest.index.spherical;

import static org.almagest.index.spherical.Spheres.box;
import static org.almagest.index.spherical.Spheres.footprint;
import static org.almagest.index.spherical.Spheres.intersects;
import static org.almagest.index.spherical.Spheres.planarIntersects;
import static org.almagest.index.spherical.Spheres.point;
import static org.almagest.index.spherical.Spheres.within;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.almagest.geo.Footprint;
import org.almagest.geo.PlanarPredicate;
import org.junit.jupiter.api.Test;

class SphericalFilterTest {
    /** The rectangle 0 to 20 E, 60 to 70 N; its northern arc rises to 70.28 and its southern one to 60.38. */
    private static final Footprint NORTHERN = footprint("POLYGON ((0 60, 20 60, 20 70, 0 70, 0 60))");

    @Test
    void edgesBulgePolewards() {
        double apex = Math.toDegrees(Math.atan(Math.tan(Math.toRadians(70)) / Math.cos(Math.toRadians(10))));
        assertEquals(70.28025, apex, 1e-4);
        assertTrue(intersects(NORTHERN, point(10, apex - 1e-9)));
        assertFalse(intersects(NORTHERN, point(10, apex + 1e-9)));
        assertTrue(intersects(NORTHERN, point(10, 70.2)));
        assertFalse(planarIntersects(NORTHERN, point(10, 70.2)));
        assertFalse(intersects(NORTHERN, point(10, 60.2)));
        assertTrue(planarIntersects(NORTHERN, point(10, 60.2)));
    }

    @Test
    void edgesOfBoxesRunAlongParallels() {
        Footprint box = box(0, 60, 20, 70);
        assertTrue(intersects(box, point(10, 60)));
        assertTrue(intersects(box, point(5.5, 60)));
        assertTrue(intersects(box, point(3.3, 70)));
        assertFalse(intersects(box, point(10, 70.0000001)));
        assertTrue(within(footprint("POLYGON ((5.5 60, 6.5 60, 6.5 61, 5.5 61, 5.5 60))"), box));
        assertFalse(within(NORTHERN, box));
        assertFalse(within(box, NORTHERN));
        assertTrue(intersects(box, footprint("LINESTRING (-1 69.9, 21 69.9)")));
        assertFalse(intersects(box, footprint("LINESTRING (-5 69.9, 25 69.9)")), "the arc passes north of it");
        assertFalse(intersects(box, footprint("LINESTRING (-35 69.9, 55 69.9)")));
        assertTrue(intersects(box, footprint("LINESTRING (-35 55, 55 55)")));
        assertTrue(within(footprint("LINESTRING (0 60, 0 70)"), box));
    }

    @Test
    void bothDirectionsOfARingMeanTheSmallerSide() {
        for (String ring : List.of("0 0, 10 0, 10 10, 0 10, 0 0", "0 0, 0 10, 10 10, 10 0, 0 0")) {
            Footprint square = footprint("POLYGON ((" + ring + "))");
            assertTrue(intersects(square, point(5, 5)));
            assertFalse(intersects(square, point(50, 5)));
            assertFalse(intersects(square, point(-175, -5)));
        }
    }

    @Test
    void boundariesCount() {
        Footprint square = footprint("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))");
        assertTrue(intersects(square, point(0, 5)));
        assertTrue(intersects(square, point(7, 0)));
        assertTrue(intersects(square, point(10, 10)));
        assertTrue(intersects(square, footprint("POLYGON ((10 0, 20 0, 20 10, 10 10, 10 0))")));
        assertTrue(intersects(square, footprint("POLYGON ((10 2, 20 0, 20 10, 10 2))")));
        assertTrue(within(square, square));
        assertTrue(within(footprint("POLYGON ((0 0, 5 0, 5 5, 0 5, 0 0))"), square));
        assertTrue(within(footprint("LINESTRING (0 0, 7 0)"), square));
        assertTrue(within(footprint("LINESTRING (0 0, 7 0, 10 0, 10 3)"), square));
        assertFalse(within(footprint("LINESTRING (0 0, 7 0, 12 0)"), square));
        assertFalse(within(footprint("POLYGON ((0 0, 5 -1, 5 5, 0 5, 0 0))"), square));
    }

    @Test
    void holesAreNotPartOfAPolygon() {
        Footprint ring = footprint("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 2 8, 8 8, 8 2, 2 2))");
        Footprint hole = footprint("POLYGON ((2 2, 8 2, 8 8, 2 8, 2 2))");
        assertTrue(intersects(ring, point(1, 1)));
        assertFalse(intersects(ring, point(5, 5)));
        assertTrue(intersects(ring, point(2, 5)));
        assertTrue(intersects(ring, hole));
        assertFalse(within(hole, ring));
        assertTrue(within(ring, footprint("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))")));
        assertFalse(within(footprint("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))"), ring));
        assertFalse(within(footprint("POLYGON ((1 1, 9 1, 9 9, 1 9, 1 1))"), ring));
        assertTrue(within(
                footprint("POLYGON ((1 1, 9 1, 9 9, 1 9, 1 1), (1.5 1.5, 1.5 8.5, 8.5 8.5, 8.5 1.5, 1.5 1.5))"), ring));
        assertTrue(within(footprint("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 2 8, 8 8, 8 2, 2 2))"), ring));
        assertFalse(intersects(ring, footprint("POLYGON ((4 4, 5 4, 5 5, 4 4))")));
    }

    @Test
    void polesAreOnePlaceAtAllLongitudes() {
        Footprint triangle = footprint("POLYGON ((0 80, 40 80, 20 90, 0 80))");
        assertTrue(intersects(triangle, point(-150, 90)));
        assertTrue(intersects(point(77, 90), point(-150, 90)));
        assertFalse(intersects(point(77, 90), point(-150, -90)));
        assertTrue(within(point(77, -90), box(0, -90, 10, -80)));
        assertTrue(intersects(
                footprint("POLYGON ((0 80, 40 80, 20 90, 0 80))"),
                footprint("POLYGON ((100 80, 140 80, 120 90, 100 80))")));
        assertTrue(intersects(footprint("LINESTRING (0 80, 180 80)"), point(33, 90)));
        assertTrue(intersects(footprint("LINESTRING (0 80, 180 80)"), footprint("LINESTRING (90 80, -90 80)")));
    }

    @Test
    void aRingAroundAPoleHoldsIt() {
        Footprint cap = footprint("POLYGON ((-135 70, -45 70, 45 70, 135 70, -135 70))");
        assertTrue(intersects(cap, point(12, 90)));
        assertTrue(intersects(cap, point(12, 89)));
        assertFalse(intersects(cap, point(0, 75)), "the arc between 45 W and 45 E rises to 75.6");
        assertTrue(planarIntersects(cap, point(0, 75)));
        assertFalse(intersects(cap, point(12, -89)));
        assertTrue(within(box(-180, 80, 180, 90), cap));
        assertFalse(within(box(-180, 75, 180, 90), cap));
        assertTrue(within(cap, box(-180, 70, 180, 90)));
    }

    @Test
    void wideFootprintsMeanWhatTheyDraw() {
        Footprint band = footprint("POLYGON ((-180 40, 180 40, 180 50, -180 50, -180 40))");
        for (double longitude = -180; longitude <= 180; longitude += 7.5) {
            assertTrue(intersects(band, point(longitude, 40)), "at " + longitude);
            assertTrue(intersects(band, point(longitude, 45)), "at " + longitude);
            assertFalse(intersects(band, point(longitude, 50.0001)), "at " + longitude);
            assertFalse(intersects(band, point(longitude, 39.9999)), "at " + longitude);
        }
        Footprint wide = footprint("POLYGON ((-100 60, 0 60, 100 60, 100 70, 0 70, -100 70, -100 60))");
        assertTrue(intersects(wide, point(0, 60)));
        assertTrue(intersects(wide, point(0, 65)));
        assertFalse(intersects(wide, point(0, 71)));
        assertFalse(intersects(wide, point(150, 65)));
        assertTrue(within(footprint("POLYGON ((170 42, -170 42, -170 48, 170 48, 170 42))"), band));
    }

    @Test
    void theGlobeCoversAll() {
        Footprint globe = box(-180, -90, 180, 90);
        Footprint drawn = footprint("POLYGON ((-180 -90, 180 -90, 180 90, -180 90, -180 -90))");
        for (Footprint all : List.of(globe, drawn)) {
            assertTrue(within(NORTHERN, all));
            assertTrue(within(point(180, 10), all));
            assertTrue(within(point(0, 90), all));
            assertTrue(within(footprint("POLYGON ((170 40, -170 40, -170 50, 170 50, 170 40))"), all));
            assertTrue(within(drawn, all));
            assertTrue(within(globe, all));
            assertTrue(intersects(all, point(-180, -90)));
        }
    }

    @Test
    void boxesMayWrap() {
        Footprint box = box(170, 40, -170, 50);
        assertTrue(intersects(box, point(180, 45)));
        assertTrue(intersects(box, point(-175, 40)));
        assertFalse(intersects(box, point(0, 45)));
        assertTrue(within(footprint("POLYGON ((175 42, -175 42, -175 48, 175 48, 175 42))"), box));
        assertFalse(within(footprint("POLYGON ((175 42, -165 42, -165 48, 175 48, 175 42))"), box));
        assertTrue(within(footprint("POLYGON ((170 40, -170 40, -170 45, 170 45, 170 40))"), box));
        assertTrue(within(box, footprint("POLYGON ((160 35, -160 35, -160 55, 160 55, 160 35))")));
    }

    @Test
    void partsCutBeforehandAreOneArea() {
        Footprint parts = footprint(
                "MULTIPOLYGON (((170 40, 180 40, 180 50, 170 50, 170 40)), ((-180 40, -170 40, -170 50, -180 50, -180 40)))");
        assertTrue(within(footprint("POLYGON ((175 42, -175 42, -175 48, 175 48, 175 42))"), parts));
        assertTrue(within(footprint("LINESTRING (175 42, -175 48)"), parts));
        assertTrue(within(point(180, 42), parts));
        assertTrue(within(point(-180, 42), parts));
        Footprint apart = footprint(
                "MULTIPOLYGON (((170 40, 179 40, 179 50, 170 50, 170 40)), ((-180 40, -170 40, -170 50, -180 50, -180 40)))");
        assertFalse(within(footprint("POLYGON ((175 42, -175 42, -175 48, 175 48, 175 42))"), apart));
    }

    @Test
    void invalidOnTheSphereIsTestedAsDrawn() {
        // The hole lies between the southern side as drawn and its arc, outside of the arcs.
        Footprint hole =
                footprint("POLYGON ((0 60, 20 60, 20 70, 0 70, 0 60), (9 60.1, 11 60.1, 11 60.2, 9 60.2, 9 60.1))");
        assertTrue(intersects(hole, point(10, 60.05)));
        assertFalse(intersects(hole, point(10, 60.15)));
        Footprint bowTie = footprint("POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))");
        assertTrue(intersects(bowTie, point(1, 5)));
        assertFalse(intersects(bowTie, point(5, 1)));
        Footprint opposite = footprint("LINESTRING (0 0, 180 0)");
        assertTrue(intersects(opposite, point(90, 0)));
        assertFalse(intersects(opposite, point(90, 1)));
    }

    @Test
    void aSpeckBetweenALineAndItsArcKeepsItsArea() {
        // Drawn, the third corner lies north of the first side; on the sphere it lies south of it.
        Footprint triangle = footprint("POLYGON ((0 60, 20 60, 10 60.2, 0 60))");
        assertTrue(intersects(triangle, point(10, 60.3)));
        assertFalse(intersects(triangle, point(10, 60.1)));
        assertFalse(intersects(triangle, point(-170, -60)));
    }

    @Test
    void collectionsAreTheUnionOfTheirParts() {
        Footprint parts = footprint("GEOMETRYCOLLECTION (POINT (50 50), LINESTRING (0 0, 5 0), "
                + "POLYGON ((5 0, 10 0, 10 10, 5 10, 5 0)), POLYGON ((10 0, 15 0, 15 10, 10 10, 10 0)))");
        assertTrue(intersects(parts, point(50, 50)));
        assertTrue(intersects(parts, point(2, 0)));
        assertTrue(within(footprint("LINESTRING (1 0, 14 0)"), parts));
        assertTrue(within(footprint("POLYGON ((6 1, 14 1, 14 5, 6 5, 6 1))"), parts));
        assertFalse(within(footprint("POLYGON ((4 1, 14 1, 14 5, 4 5, 4 1))"), parts));
        assertTrue(within(footprint("GEOMETRYCOLLECTION (POINT (50 50), POINT (7 7))"), parts));
        assertFalse(within(footprint("MULTIPOINT ((50 50), (51 51))"), parts));
        assertTrue(within(parts, parts));
    }

    @Test
    void disjointIsNotIntersecting() {
        assertTrue(Spherical.filter(NORTHERN, PlanarPredicate.DISJOINT).matches(point(10, 60.2)));
        assertFalse(Spherical.filter(NORTHERN, PlanarPredicate.DISJOINT).matches(point(10, 60.5)));
        assertTrue(Spherical.filter(point(10, 60.5), PlanarPredicate.CONTAINS).matches(NORTHERN));
        assertFalse(Spherical.filter(point(10, 60.2), PlanarPredicate.CONTAINS).matches(NORTHERN));
    }
}
