package org.almagest.geo;

import static org.almagest.geo.Refusals.LIMITS;
import static org.almagest.geo.Refusals.assertLimit;
import static org.almagest.geo.Refusals.assertRefused;
import static org.almagest.geo.Refusals.wkt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.BoundingBox;
import org.almagest.model.GeometryValidity;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;

class AntimeridianCutTest {
    private static final AntimeridianCut CUT = AntimeridianCut.of(LIMITS);

    @Test
    void agreesWithTheCorrectedAnswers() throws Exception {
        Map<String, Geometry> expected = SharedGeometries.folder("antimeridian/expected-planar");
        Map<String, Geometry> inputs = SharedGeometries.folder("antimeridian/input");
        assertTrue(inputs.size() > 10, "inputs: " + inputs.size());
        for (Map.Entry<String, Geometry> input : inputs.entrySet()) {
            Geometry cut = CUT.footprint(input.getValue()).cut();
            Geometry answer = expected.getOrDefault(input.getKey(), input.getValue());
            double difference = answer.symDifference(cut).getArea();
            assertTrue(difference <= 1e-6 * answer.getArea(), input.getKey() + ": " + Wkt.write(cut));
            assertEquals(answer.getLength(), cut.getLength(), 1e-6 * answer.getLength(), input.getKey());
            assertTrue(cut.isValid(), input.getKey());
        }
    }

    @Test
    void leavesWhatDoesNotCrossAsItIs() {
        for (String text : new String[] {
            "POINT (180 0)",
            "POINT Z (1 2 3)",
            "LINESTRING (-180 0, 0 0, 180 0)",
            "POLYGON ((-180 10, -180 0, -170 0, -172.62252 10, -180 10))",
            "POLYGON ((-100 0, 80 0, 80 10, -100 10, -100 0))",
            "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((2 2, 3 2, 3 3, 2 2)))",
            "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (1 2, 3 4))"
        }) {
            Geometry geometry = wkt(text);
            Footprint footprint = CUT.footprint(geometry);
            assertSame(geometry, footprint.cut());
            assertSame(geometry, footprint.original());
            assertEquals(0, footprint.flags());
        }
    }

    @Test
    void takesLongitudesBeyond180AsUnwrapped() {
        assertCut("POINT (-170 5)", "POINT (190 5)");
        assertCut("POINT (0 5)", "POINT (-360 5)");
        assertCut("POINT (180 5)", "POINT (180.0000000005 5)");
        assertCut("LINESTRING (-170 0, -160 0)", "LINESTRING (190 0, 200 0)");
        assertCut("MULTILINESTRING ((170 0, 180 0), (-180 0, -170 0))", "LINESTRING (170 0, 190 0)");
        Footprint shifted =
                assertCut("POLYGON ((-170 0, -160 0, -160 5, -170 0))", "POLYGON ((190 0, 200 0, 200 5, 190 0))");
        assertFalse(shifted.wasCut(), "moved by a turn is not cut");
        Footprint wide = CUT.footprint(wkt("POLYGON ((-190 0, 10 0, 10 10, -190 10, -190 0))"));
        assertEquals(2000, wide.cut().getArea(), "200 degrees wide, as drawn");
        assertTrue(wide.wasCut());
        assertEquals(BoundingBox.of(170, 0, 10, 10), wide.planarBox());
    }

    @Test
    void unitesGroundThatARingCoversTwice() {
        Footprint twice = CUT.footprint(wkt("POLYGON ((-360 0, 360 0, 360 10, -360 10, -360 0))"));
        assertEquals(3600, twice.cut().getArea(), 1e-9);
        assertTrue(twice.repaired());
        assertEquals(BoundingBox.of(-180, 0, 180, 10), twice.planarBox());
    }

    @Test
    void edgesAlongTheAntimeridianDoNotCross() {
        assertSameArea(10, "POLYGON ((170 0, 180 0, -180 1, 170 1, 170 0))");
        assertSameArea(3600, "POLYGON ((-180 0, 180 0, 180 10, -180 10, -180 0))");
        assertSameArea(1800, "POLYGON ((0 0, 180 0, 180 10, 0 10, 0 0))");
        assertSameArea(1800, "POLYGON ((-90 0, 90 0, 90 10, -90 10, -90 0))");
    }

    @Test
    void anEdgeOf180DegreesCrossesWhenTheBboxSaysSo() {
        Geometry half = wkt("POLYGON ((-90 0, 90 0, 90 10, -90 10, -90 0))");
        AntimeridianRule rule = AntimeridianCut.ruleOf(BoundingBox.of(90, 0, -90, 10), AntimeridianRule.SHORT_WAY);
        Footprint footprint = CUT.reading(rule).footprint(half);
        assertEquals(BoundingBox.of(90, 0, -90, 10), footprint.planarBox());
        assertTrue(footprint.wasCut());
    }

    @Test
    void aBboxDecidesWhatAWideEdgeMeans() {
        AntimeridianRule shortWay = AntimeridianRule.SHORT_WAY;
        Geometry wide = wkt("POLYGON ((-100 0, 100 0, 100 10, -100 10, -100 0))");
        assertEquals(1600, CUT.footprint(wide).cut().getArea(), 1e-9);
        AntimeridianRule drawn = AntimeridianCut.ruleOf(BoundingBox.of(-100, 0, 100, 10), shortWay);
        Footprint asDrawn = CUT.reading(drawn).footprint(wide);
        assertEquals(2000, asDrawn.cut().getArea(), 1e-9);
        assertEquals(Footprint.FLAG_AS_DRAWN, asDrawn.flags());
        AntimeridianRule crossing = AntimeridianCut.ruleOf(BoundingBox.of(100, 0, -100, 10), shortWay);
        assertEquals(1600, CUT.reading(crossing).footprint(wide).cut().getArea(), 1e-9);
        assertEquals(shortWay, AntimeridianCut.ruleOf(BoundingBox.of(0, 0, 180, 10), shortWay));
        assertEquals(
                AntimeridianRule.AS_DRAWN,
                AntimeridianCut.ruleOf(BoundingBox.of(0, 0, 10, 10), AntimeridianRule.AS_DRAWN));
    }

    @Test
    void theSmallerSideOfAPolarRingIsInside() {
        Footprint north = CUT.footprint(wkt("POLYGON ((0 60, 120 60, -120 60, 0 60))"));
        assertTrue(north.closedAtPole());
        assertEquals(360 * 30, north.cut().getArea(), 1e-9);
        assertEquals(90, north.cut().getEnvelopeInternal().getMaxY());
        Footprint clockwise = CUT.footprint(wkt("POLYGON ((0 60, -120 60, 120 60, 0 60))"));
        assertTrue(north.cut().equalsTopo(clockwise.cut()), "direction does not matter");
        Footprint south = CUT.footprint(wkt("POLYGON ((0 -10, 120 -60, -120 -60, 0 -10))"));
        assertEquals(-90, south.cut().getEnvelopeInternal().getMinY());
        // Two of three corners lie north of the equator, yet less of the sphere lies south of the ring.
        Footprint tilted = CUT.footprint(wkt("POLYGON ((0 5, 120 -60, -120 5, 0 5))"));
        assertEquals(-90, tilted.cut().getEnvelopeInternal().getMinY());
    }

    @Test
    void directionBreaksAnExactTie() {
        Footprint eastwards = CUT.footprint(wkt("POLYGON ((0 0, 120 0, -120 0, 0 0))"));
        assertEquals(BoundingBox.of(-180, 0, 180, 90), eastwards.planarBox(), "the interior is on the left");
        Footprint westwards = CUT.footprint(wkt("POLYGON ((0 0, -120 0, 120 0, 0 0))"));
        assertEquals(BoundingBox.of(-180, -90, 180, 0), westwards.planarBox());
    }

    @Test
    void holesAreCutWithTheirShell() {
        Footprint annulus =
                CUT.footprint(wkt("POLYGON ((0 60, 120 60, -120 60, 0 60), (0 80, 120 80, -120 80, 0 80))"));
        assertEquals(360 * 20, annulus.cut().getArea(), 1e-9);
        assertEquals(BoundingBox.of(-180, 60, 180, 80), annulus.planarBox());
        assertFalse(annulus.repaired());
        Footprint world = CUT.footprint(wkt("POLYGON ((-180 -90, 180 -90, 180 90, -180 90, -180 -90),"
                + " (170 0, -170 0, -170 10, 170 10, 170 0))"));
        assertEquals(360 * 180 - 200, world.cut().getArea(), 1e-9);
        Footprint unwrapped = CUT.footprint(
                wkt("POLYGON ((170 0, 190 0, 190 10, 170 10, 170 0), (-175 2, -172 2, -172 4, -175 4, -175 2))"));
        assertEquals(194, unwrapped.cut().getArea(), 1e-9);
        assertTrue(unwrapped.cut().isValid());
    }

    @Test
    void aRingThatTouchesTheAntimeridianManyTimesIsCutIntoItsPieces() {
        Footprint comb =
                CUT.footprint(wkt("POLYGON ((170 0, -170 1, 170 2, 180 3, 170 4, -170 5, 170 6, 160 3, 170 0))"));
        assertTrue(comb.cut().isValid(), Wkt.write(comb.cut()));
        assertEquals(3, comb.cut().getNumGeometries());
        Geometry drawn = wkt("POLYGON ((0 0, 20 1, 0 2, 10 3, 0 4, 20 5, 0 6, -10 3, 0 0))");
        assertEquals(drawn.getArea(), comb.cut().getArea(), 1e-9);
    }

    @Test
    void keepsLongitudesAsTheyWereDrawn() {
        Footprint footprint = CUT.footprint(
                wkt(
                        "POLYGON ((177.993407 74.983185, 176.605009 74.074615, 179.563047 73.727752, -178.904076 74.61847, 177.993407 74.983185))"));
        String text = Wkt.write(footprint.cut());
        for (String longitude : new String[] {"177.993407", "176.605009", "179.563047", "-178.904076"}) {
            assertTrue(text.contains(longitude + " "), text);
        }
        assertEquals(178.82, footprint.centroid().x, 0.05);
        assertEquals(74.36, footprint.centroid().y, 0.03);
    }

    @Test
    void repairsInvalidPolygonsAndCountsThem() {
        Footprint bowTie = CUT.footprint(wkt("POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))"));
        assertTrue(bowTie.repaired());
        assertEquals(50, bowTie.cut().getArea(), 1e-9);
        assertEquals("POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))", Wkt.write(bowTie.original()));
        Footprint hole = CUT.footprint(wkt("POLYGON ((0 0, 1 0, 1 1, 0 0), (5 5, 6 5, 6 6, 5 5))"));
        assertTrue(hole.repaired());
        Footprint overlap =
                CUT.footprint(wkt("MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2, 0 0)), ((1 1, 3 1, 3 3, 1 3, 1 1)))"));
        assertTrue(overlap.repaired());
        assertEquals(7, overlap.cut().getArea(), 1e-9);
        Footprint repeated = CUT.footprint(wkt("POLYGON ((0 0, 1 0, 1 0, 1 1, 0 0))"));
        assertFalse(repeated.repaired(), "a repeated position is no fault");
        Footprint crossing = CUT.footprint(wkt("POLYGON ((170 0, -175 10, -175 0, 170 10, 170 0))"));
        assertTrue(crossing.wasCut());
        assertTrue(crossing.cut().isValid());
        Footprint twice = CUT.footprint(wkt("POLYGON ((0 60, 120 60, -120 60, 0 70, 120 70, -120 70, 0 60))"));
        assertTrue(twice.repaired(), "twice around the axis");
    }

    @Test
    void whatHasNoAreaStaysFindable() {
        Footprint line = CUT.footprint(wkt("POLYGON ((1 1, 2 2, 3 3, 1 1))"));
        assertTrue(line.repaired());
        assertTrue(PreparedFilter.of(Footprint.ofBox(BoundingBox.of(2, 2, 4, 4)), PlanarPredicate.INTERSECTS)
                .matches(line));
        Footprint point = CUT.footprint(wkt("POLYGON ((1 1, 1 1, 1 1, 1 1))"));
        assertEquals(BoundingBox.of(1, 1, 1, 1), point.planarBox());
        Footprint sliver = CUT.footprint(wkt("POLYGON ((180 0, 179.9999999999 1, 180 2, 180 0))"));
        assertEquals(BoundingBox.of(-180, 0, -180, 2), sliver.planarBox(), "the antimeridian, by either name");
        assertTrue(sliver.repaired());
        assertRefused(
                "geometry: EMPTY (expected a geometry with positions)", () -> CUT.footprint(wkt("POLYGON EMPTY")));
    }

    @Test
    void strictRefusesInsteadOfRepairing() {
        AntimeridianCut strict = CUT.treating(GeometryValidity.STRICT);
        strict.footprint(wkt("POLYGON ((170 0, -170 0, -170 10, 170 10, 170 0))"));
        assertRefused(
                "geometry: invalid polygon: Self-intersection at (5.0, 5.0)",
                () -> strict.footprint(wkt("POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))")));
        assertRefused(
                "geometry: invalid polygon: no area, or more than one turn around the axis",
                () -> strict.footprint(wkt("POLYGON ((0 60, 120 60, -120 60, 0 60, 120 60, -120 60, 0 60))")));
    }

    @Test
    void checksValidityUpToItsLimitAndNotOnePastIt() {
        Geometry nine = wkt("POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 2 1, 2 2, 1 1))");
        AntimeridianCut enough = AntimeridianCut.of(LIMITS.with("geometryExactVerticesMax", 9));
        assertEquals(0, enough.treating(GeometryValidity.STRICT).footprint(nine).flags());
        AntimeridianCut small = AntimeridianCut.of(LIMITS.with("geometryExactVerticesMax", 8));
        assertTrue(small.footprint(nine).unchecked());
        assertLimit(
                "geometry: positions of a polygon whose validity is to be checked: 9 (at most 8)",
                "geometryExactVerticesMax",
                () -> small.treating(GeometryValidity.STRICT).footprint(nine));
    }

    @Test
    void hostilePolygonsTakeBoundedTime() {
        SplittableRandom random = new SplittableRandom(1);
        Geometry spikes = polygon(
                9_998,
                i -> new Coordinate(
                        (i % 2 == 0 ? 80 : 1e-3) * Math.cos(i * Math.PI / 4_999),
                        (i % 2 == 0 ? 80 : 1e-3) * Math.sin(i * Math.PI / 4_999)));
        Geometry chaos = polygon(9_998, i -> new Coordinate(random.nextDouble(-89, 89), random.nextDouble(-89, 89)));
        Geometry crossings =
                polygon(99_998, i -> new Coordinate(random.nextDouble(-180, 180), random.nextDouble(-89, 89)));
        Geometry small = polygon(100, i -> new Coordinate(random.nextDouble(-89, 89), random.nextDouble(-89, 89)));
        assertTimeout(Duration.ofSeconds(20), () -> {
            assertTrue(CUT.footprint(spikes).unchecked());
            assertTrue(CUT.footprint(chaos).unchecked());
            assertTrue(CUT.footprint(small).unchecked(), "too many crossings to repair");
            Footprint wide = CUT.footprint(crossings);
            assertTrue(wide.unchecked() && wide.wasCut());
            for (PlanarPredicate predicate : PlanarPredicate.values()) {
                boolean together = predicate == PlanarPredicate.INTERSECTS;
                assertEquals(
                        together,
                        PreparedFilter.of(CUT.footprint(chaos), predicate).matches(wide));
            }
        });
        assertRefused(
                "geometry: polygon too intricate to be checked: too many edges close to each other",
                () -> CUT.treating(GeometryValidity.STRICT).footprint(spikes));
    }

    private static Geometry polygon(int corners, IntFunction<Coordinate> corner) {
        Coordinate[] ring = new Coordinate[corners + 1];
        for (int i = 0; i < corners; i++) {
            ring[i] = corner.apply(i);
        }
        ring[corners] = ring[0].copy();
        return GeometryBuilder.FACTORY.createPolygon(ring);
    }

    @Test
    void theSameFootprintComesBackFromItsFlags() {
        for (String text : new String[] {
            "POLYGON ((170 0, -170 0, -170 10, 170 10, 170 0))",
            "POLYGON ((0 60, 120 60, -120 60, 0 60))",
            "POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))",
            "POLYGON ((0 0, 1 0, 1 1, 0 0))",
            "GEOMETRYCOLLECTION (POINT (190 0), GEOMETRYCOLLECTION (POINT (1 1)))"
        }) {
            for (AntimeridianRule rule : AntimeridianRule.values()) {
                Footprint first = CUT.reading(rule).footprint(wkt(text));
                Footprint again = CUT.restore(first.original(), first.flags());
                assertEquals(Wkt.write(first.cut()), Wkt.write(again.cut()));
                assertEquals(first.indexBox(), again.indexBox());
                assertEquals(first.flags(), again.flags());
            }
        }
    }

    @Test
    void realCountriesKeepTheirArea() throws Exception {
        Map<String, Geometry> countries =
                SharedGeometries.features("natural-earth/ne_110m_admin_0_countries.json", "ADMIN");
        for (Map.Entry<String, Geometry> country : countries.entrySet()) {
            Footprint footprint = CUT.footprint(country.getValue());
            assertEquals(country.getValue().getArea(), footprint.cut().getArea(), 1e-9, country.getKey());
            assertFalse(footprint.wasCut() || footprint.closedAtPole(), country.getKey());
        }
        Footprint russia = CUT.footprint(countries.get("Russia"));
        assertTrue(russia.planarBox().wraps(), "pre-cut parts on both sides: " + russia.planarBox());
        assertTrue(russia.planarBox().widthDegrees() < 180, "the box of Russia: " + russia.planarBox());
        Footprint fiji = CUT.footprint(countries.get("Fiji"));
        assertTrue(fiji.planarBox().widthDegrees() < 10, "the box of Fiji: " + fiji.planarBox());
        Footprint antarctica = CUT.footprint(countries.get("Antarctica"));
        assertEquals(BoundingBox.of(-180, -90, 180, antarctica.planarBox().north()), antarctica.planarBox());
    }

    private static Footprint assertCut(String expected, String text) {
        Footprint footprint = CUT.footprint(wkt(text));
        assertTrue(wkt(expected).equalsTopo(footprint.cut()), Wkt.write(footprint.cut()));
        return footprint;
    }

    private static void assertSameArea(double expected, String text) {
        Footprint footprint = CUT.footprint(wkt(text));
        assertEquals(expected, footprint.cut().getArea(), 1e-9, text);
        assertFalse(footprint.wasCut(), text);
    }
}
