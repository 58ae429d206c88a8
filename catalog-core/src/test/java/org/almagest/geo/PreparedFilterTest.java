package org.almagest.geo;

import static org.almagest.geo.Refusals.LIMITS;
import static org.almagest.geo.Refusals.wkt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.almagest.internal.geo.Outline;
import org.almagest.model.BoundingBox;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.util.AffineTransformation;

class PreparedFilterTest {
    private static final AntimeridianCut CUT = AntimeridianCut.of(LIMITS);

    /** AT-33. */
    @Test
    void coloradoIsNotItsBoundingBox() {
        Footprint outline =
                shape("POLYGON ((-109.10 40.98, -102.01 40.95, -102.06 36.82, -109.06 36.96, -109.10 40.98))");
        PreparedFilter inside = PreparedFilter.of(outline, PlanarPredicate.INTERSECTS);
        PreparedFilter inBox = PreparedFilter.of(
                Footprint.ofBox(BoundingBox.of(-109.10, 36.82, -102.01, 40.98)), PlanarPredicate.INTERSECTS);
        assertMatches(true, inside, "POINT (-104.99 39.74)");
        assertMatches(true, inside, "POINT (-102.03 40.0)");
        assertMatches(false, inside, "POINT (-111.89 40.76)");
        assertMatches(false, inside, "POINT (-109.08 36.90)");
        assertMatches(true, inBox, "POINT (-109.08 36.90)");
        assertMatches(true, inBox, "POINT (-102.03 40.0)");
        assertMatches(false, inBox, "POINT (-111.89 40.76)");
    }

    /** AT-34. */
    @Test
    void findsFootprintsByTheirArea() {
        Footprint footprint = shape("POLYGON ((-150.753244 74.250081, -152.031574 73.336051, -149.183655 73.001748,"
                + " -147.769339 73.899483, -150.753244 74.250081))");
        assertMatches(false, BoundingBox.of(-160, 69, -150, 70), footprint);
        assertMatches(true, BoundingBox.of(-152, 73, -148, 74), footprint);
        assertMatches(true, BoundingBox.of(-149.93001, 73.62999, -149.92999, 73.63001), footprint);
        assertTrue(
                Wkt.write(footprint.original()).startsWith("POLYGON ((-150.753244 74.250081, -152.031574 73.336051, "));
        assertEquals(-149.929279, footprint.centroid().x, 1e-6);
        assertEquals(73.625381, footprint.centroid().y, 1e-6);
    }

    /** AT-35. */
    @Test
    void findsFootprintsAcrossTheAntimeridian() {
        Footprint footprint = shape("POLYGON ((177.993407 74.983185, 176.605009 74.074615, 179.563047 73.727752,"
                + " -178.904076 74.61847, 177.993407 74.983185))");
        for (String inside : new String[] {
            "POINT (178.8 74.4)", "POINT (180 74.4)", "POINT (-180 74.4)", "POINT (-179.5 74.4)", "POINT (180.5 74.4)"
        }) {
            assertMatches(true, PreparedFilter.of(shape(inside), PlanarPredicate.INTERSECTS), footprint);
            assertMatches(true, PreparedFilter.of(shape(inside), PlanarPredicate.CONTAINS), footprint);
            assertMatches(false, PreparedFilter.of(shape(inside), PlanarPredicate.DISJOINT), footprint);
            assertMatches(true, PreparedFilter.of(footprint, PlanarPredicate.WITHIN), inside);
        }
        for (String outside : new String[] {
            "LINESTRING (0 -90, 0 90)", "POINT (0 74.4)", "POINT (-179 73.8)", "POINT (-170 74.4)", "POINT (176 74.4)"
        }) {
            assertMatches(false, PreparedFilter.of(shape(outside), PlanarPredicate.INTERSECTS), footprint);
            assertMatches(true, PreparedFilter.of(shape(outside), PlanarPredicate.DISJOINT), footprint);
        }
        assertMatches(true, BoundingBox.of(179.5, 74.2, 180, 74.5), footprint);
        assertMatches(true, BoundingBox.of(179, 74, -179, 75), footprint);
        Footprint tile = shape("POLYGON ((-180 10, -180 0, -170 0, -172.62252 10, -180 10))");
        assertFalse(tile.wasCut());
        assertMatches(true, PreparedFilter.of(tile, PlanarPredicate.INTERSECTS), "POINT (-175 5)");
        assertMatches(false, PreparedFilter.of(tile, PlanarPredicate.INTERSECTS), "POINT (175 5)");
    }

    @Test
    void bothSpellingsOfTheAntimeridianAreOnePlace() {
        for (String filter : new String[] {"POINT (180 5)", "POINT (-180 5)", "LINESTRING (180 0, 180 10)"}) {
            for (String datapoint : new String[] {"POINT (180 5)", "POINT (-180 5)"}) {
                PreparedFilter intersects = PreparedFilter.of(shape(filter), PlanarPredicate.INTERSECTS);
                assertMatches(true, intersects, datapoint);
                assertMatches(true, PreparedFilter.of(shape(filter), PlanarPredicate.WITHIN), datapoint);
            }
        }
        Footprint east = Footprint.ofBox(BoundingBox.of(170, 0, 180, 10));
        assertMatches(true, PreparedFilter.of(east, PlanarPredicate.WITHIN), "POINT (-180 10)");
        assertMatches(true, PreparedFilter.of(east, PlanarPredicate.WITHIN), "LINESTRING (-180 2, -180 3)");
        assertMatches(false, PreparedFilter.of(east, PlanarPredicate.WITHIN), "LINESTRING (-180 2, -179 3)");
        assertMatches(true, PreparedFilter.of(east, PlanarPredicate.INTERSECTS), "LINESTRING (-180 2, -179 3)");
        assertMatches(true, PreparedFilter.of(shape("POINT (-180 4)"), PlanarPredicate.CONTAINS), east);
        assertMatches(false, PreparedFilter.of(shape("POINT (-180 4)"), PlanarPredicate.DISJOINT), east);
        assertMatches(false, PreparedFilter.of(east, PlanarPredicate.INTERSECTS), "POINT (-180 10.5)");
    }

    @Test
    void boundariesCount() {
        Footprint box = Footprint.ofBox(BoundingBox.of(0, 0, 10, 10));
        for (String edge : new String[] {"POINT (10 5)", "POINT (0 0)", "LINESTRING (0 0, 0 10)"}) {
            assertMatches(true, PreparedFilter.of(box, PlanarPredicate.INTERSECTS), edge);
            assertMatches(true, PreparedFilter.of(box, PlanarPredicate.WITHIN), edge);
            assertMatches(true, PreparedFilter.of(shape(edge), PlanarPredicate.CONTAINS), box);
            assertMatches(false, PreparedFilter.of(box, PlanarPredicate.DISJOINT), edge);
        }
        assertMatches(true, PreparedFilter.of(box, PlanarPredicate.WITHIN), box);
        assertMatches(true, PreparedFilter.of(box, PlanarPredicate.CONTAINS), box);
    }

    @Test
    void mixedCollectionsAreTheirParts() {
        String mixed = "GEOMETRYCOLLECTION (POINT (50 50), LINESTRING (20 0, 30 0),"
                + " GEOMETRYCOLLECTION (POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0)), POLYGON ((5 0, 15 0, 15 10, 5 10, 5 0))))";
        Footprint filter = shape(mixed);
        assertMatches(true, PreparedFilter.of(filter, PlanarPredicate.INTERSECTS), "POINT (25 0)");
        assertMatches(true, PreparedFilter.of(filter, PlanarPredicate.WITHIN), "POINT (50 50)");
        assertMatches(true, PreparedFilter.of(filter, PlanarPredicate.WITHIN), "LINESTRING (1 1, 14 1)");
        assertMatches(true, PreparedFilter.of(filter, PlanarPredicate.WITHIN), mixed);
        assertMatches(true, PreparedFilter.of(filter, PlanarPredicate.CONTAINS), mixed);
        assertMatches(false, PreparedFilter.of(filter, PlanarPredicate.INTERSECTS), "POINT (40 40)");
        assertMatches(true, PreparedFilter.of(filter, PlanarPredicate.DISJOINT), "POINT (40 40)");
        assertMatches(true, PreparedFilter.of(shape("POINT (12 5)"), PlanarPredicate.CONTAINS), mixed);
    }

    /** Inside two polygons of a collection is inside; inside a ring twice would be outside of one polygon. */
    @Test
    void polygonsOfACollectionMayOverlap() {
        String overlapping = "GEOMETRYCOLLECTION (POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0)),"
                + " POLYGON ((1 1, 11 1, 11 11, 1 11, 1 1)))";
        String nested = "GEOMETRYCOLLECTION (POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0)),"
                + " MULTIPOLYGON (((2 2, 9 2, 9 9, 2 9, 2 2)), ((40 2, 50 2, 50 9, 40 9, 40 2))))";
        for (String collection : new String[] {overlapping, nested}) {
            assertMeetOrNot(true, collection, "POLYGON ((4 4, 5 4, 5 5, 4 5, 4 4))");
            assertMeetOrNot(true, collection, "POLYGON ((3 3, 30 3, 30 30, 3 3))");
            assertMeetOrNot(false, collection, "POLYGON ((20 20, 30 20, 30 30, 20 20))");
        }
        assertMeetOrNot(true, overlapping, nested);
    }

    @Test
    void polygonsOfACollectionMayOverlapAcrossTheAntimeridian() {
        for (String collection : new String[] {
            "GEOMETRYCOLLECTION (POLYGON ((175 0, -175 0, -175 10, 175 10, 175 0)),"
                    + " POLYGON ((174 -1, -174 -1, -174 11, 174 11, 174 -1)))",
            "GEOMETRYCOLLECTION (POLYGON ((170 0, 179 0, 179 10, 170 10, 170 0)),"
                    + " POLYGON ((171 1, -179 1, -179 9, 171 9, 171 1)))"
        }) {
            String inBoth = "POLYGON ((177 4, 178 4, 178 5, 177 5, 177 4))";
            assertMeetOrNot(true, collection, inBoth);
            assertMeetOrNot(false, collection, "POLYGON ((100 4, 101 4, 101 5, 100 5, 100 4))");
            assertMeetOrNot(true, collection, manyCorners(177.5, 5, 1, 600));
            assertMatches(true, PreparedFilter.of(shape(collection), PlanarPredicate.WITHIN), inBoth);
            assertMatches(true, PreparedFilter.of(shape(inBoth), PlanarPredicate.CONTAINS), collection);
        }
    }

    @Test
    void overlappingPolygonsRelateAsOneAreaBesideTheAntimeridian() {
        Footprint collection = shape("GEOMETRYCOLLECTION (POLYGON ((170 0, 180 0, 180 10, 170 10, 170 0)),"
                + " POLYGON ((169 -1, 180 -1, 180 11, 169 11, 169 -1)))");
        Footprint across = shape("POLYGON ((175 4, -175 4, -175 5, 175 5, 175 4))");
        assertEquals(true, Footprint.Relation.OVERLAPS.holds(collection, across));
        assertEquals(false, Footprint.Relation.TOUCHES.holds(across, collection));
    }

    private static void assertMeetOrNot(boolean meet, String one, String other) {
        for (String[] pair : new String[][] {{one, other}, {other, one}}) {
            assertMatches(meet, PreparedFilter.of(shape(pair[0]), PlanarPredicate.INTERSECTS), pair[1]);
            assertMatches(!meet, PreparedFilter.of(shape(pair[0]), PlanarPredicate.DISJOINT), pair[1]);
        }
    }

    /** A circle of more positions than the test over arrays takes. */
    private static String manyCorners(double longitude, double latitude, double radius, int corners) {
        StringBuilder text = new StringBuilder("POLYGON ((");
        for (int i = 0; i <= corners; i++) {
            double angle = i % corners * 2 * Math.PI / corners;
            text.append(i == 0 ? "" : ", ").append(longitude + radius * Math.cos(angle));
            text.append(' ').append(latitude + radius * Math.sin(angle));
        }
        return text.append("))").toString();
    }

    /** JTS misses what one polygon covers when a line of the same collection crosses it in general position. */
    @Test
    void aPartThatCoversSuffices() {
        String inner = "POLYGON ((35.615187764184356 76.26160865493016, 35.54790705396843 76.27000506264126,"
                + " 35.53553815008645 76.24824043301456, 35.615187764184356 76.26160865493016))";
        String outer = "GEOMETRYCOLLECTION (POINT (35.39058674617345 76.24345975427775),"
                + " LINESTRING (35.61963140800591 76.30006196105668, 35.5467142645982 76.2405244946217),"
                + " POLYGON ((35.54066170980589 76.24399008188902, 35.431316506969466 76.24709651046406,"
                + " 35.44316704276179 76.27442485563662, 35.55886104339067 76.29263725776859,"
                + " 35.65087682925105 76.26171907199371, 35.54066170980589 76.24399008188902)))";
        assertMatches(true, PreparedFilter.of(shape(inner), PlanarPredicate.CONTAINS), outer);
        assertMatches(true, PreparedFilter.of(shape(outer), PlanarPredicate.WITHIN), inner);
    }

    /** The shortest interval around the parts leads through 0, the one of the row through 180. */
    @Test
    void aRowMayContainPartsTheOtherWayRound() {
        Footprint row = shape("POLYGON ((70 -10, 160 -10, -110 -10, -80 -10, -80 10, -110 10, 160 10, 70 10, 70 -10))");
        PreparedFilter parts = PreparedFilter.of(shape("MULTIPOINT ((-90 0), (80 0))"), PlanarPredicate.CONTAINS);
        assertMatches(true, parts, row);
        assertMatches(false, PreparedFilter.of(shape("MULTIPOINT ((-90 0), (60 0))"), PlanarPredicate.CONTAINS), row);
    }

    @Test
    void searchesBothSidesOfTheAntimeridian() {
        assertEquals(
                List.of(BoundingBox.of(0, 0, 10, 10)),
                filter(BoundingBox.of(0, 0, 10, 10)).searchBoxes());
        assertEquals(
                List.of(BoundingBox.of(170, 0, 180, 10), BoundingBox.of(-180, 0, -170, 10)),
                filter(BoundingBox.of(170, 0, -170, 10)).searchBoxes());
        assertEquals(
                List.of(BoundingBox.of(170, 0, 180, 10), BoundingBox.of(-180, 0, -180, 10)),
                filter(BoundingBox.of(170, 0, 180, 10)).searchBoxes());
        assertEquals(
                List.of(BoundingBox.of(-180, 0, -170, 10), BoundingBox.of(180, 0, 180, 10)),
                filter(BoundingBox.of(-180, 0, -170, 10)).searchBoxes());
        assertEquals(List.of(BoundingBox.GLOBE), filter(BoundingBox.GLOBE).searchBoxes());
    }

    @Test
    void boxesDecideWhatTheyCan() {
        PreparedFilter box = filter(BoundingBox.of(170, 0, -170, 10));
        assertEquals(BoxAnswer.YES, box.decide(175, 1, 179, 2));
        assertEquals(BoxAnswer.YES, box.decide(175, 1, -175, 2));
        assertEquals(BoxAnswer.YES, box.decide(170, 0, -170, 10));
        assertEquals(BoxAnswer.UNSURE, box.decide(165, 1, 175, 2));
        assertEquals(BoxAnswer.UNSURE, box.decide(-180, 0, 180, 10));
        assertEquals(BoxAnswer.NO, box.decide(0, 0, 169, 10));
        assertEquals(BoxAnswer.NO, box.decide(175, 11, 179, 12));
        PreparedFilter globe = filter(BoundingBox.GLOBE);
        assertEquals(BoxAnswer.YES, globe.decide(175, 1, -175, 2));
        PreparedFilter shape = PreparedFilter.of(shape("POLYGON ((0 0, 10 0, 5 10, 0 0))"), PlanarPredicate.CONTAINS);
        assertEquals(BoxAnswer.NO, shape.decide(1, 0, 10, 10));
        assertEquals(BoxAnswer.UNSURE, shape.decide(0, 0, 10, 10));
    }

    @Test
    void neitherPlaceNorBoxChangesTheAnswer() {
        Seeded.repeat(3_000, random -> {
            Geometry filter = somewhere(random, AntimeridianRandomTest.star(random, 30, random.nextInt(3, 15)));
            Geometry datapoint = somewhere(random, datapoint(random));
            double turn = random.nextInt(3) == 0 ? 180 : random.nextDouble(-180, 180);
            Footprint turnedFilter = CUT.footprint(AntimeridianRandomTest.turned(filter, turn));
            Footprint turnedDatapoint = CUT.footprint(AntimeridianRandomTest.turned(datapoint, turn));
            assertAnswer(filter.intersects(datapoint), PlanarPredicate.INTERSECTS, turnedFilter, turnedDatapoint);
            assertAnswer(filter.covers(datapoint), PlanarPredicate.WITHIN, turnedFilter, turnedDatapoint);
            assertAnswer(datapoint.covers(filter), PlanarPredicate.CONTAINS, turnedFilter, turnedDatapoint);
            assertAnswer(!filter.intersects(datapoint), PlanarPredicate.DISJOINT, turnedFilter, turnedDatapoint);
        });
    }

    @Test
    void manyTestsWithOneFilterAnswerAsTheFirst() {
        int[] decided = new int[BoxAnswer.values().length];
        int[] crossing = new int[3];
        Seeded.repeat(100, random -> {
            double turn = random.nextInt(3) == 0 ? 180 : random.nextDouble(-180, 180);
            Geometry star = AntimeridianRandomTest.star(random, 20, random.nextInt(3, 15));
            Footprint filter = CUT.footprint(AntimeridianRandomTest.turned(star, turn));
            PlanarPredicate predicate = random.nextBoolean() ? PlanarPredicate.INTERSECTS : PlanarPredicate.DISJOINT;
            PreparedFilter asked = PreparedFilter.of(filter, predicate);
            for (int i = 0; i < 120; i++) {
                Geometry near = AffineTransformation.scaleInstance(0.3, 0.3).transform(datapoint(random));
                near = AffineTransformation.translationInstance(random.nextDouble(-30, 30), random.nextDouble(-30, 30))
                        .transform(near);
                Footprint datapoint = CUT.footprint(AntimeridianRandomTest.turned(near, turn));
                boolean expected = star.intersects(near) == (predicate == PlanarPredicate.INTERSECTS);
                String pair = predicate + " " + Wkt.write(filter.original()) + " " + Wkt.write(datapoint.original());
                BoxAnswer byBox = decideOn(asked, datapoint);
                assertNotEquals(expected ? BoxAnswer.NO : BoxAnswer.YES, byBox, pair);
                decided[byBox.ordinal()]++;
                assertEquals(expected, asked.matchesExactly(datapoint), pair);
                Outline outline = new Outline();
                boolean crosses = datapoint.flags() == (Footprint.FLAG_CUT | Footprint.FLAG_DIFFERS);
                if ((crosses || datapoint.flags() == 0) && fill(outline, datapoint.original())) {
                    if (crosses) {
                        outline.markCrossing();
                        crossing[0]++;
                    }
                    BoxAnswer byPositions = asked.decide(outline);
                    assertNotEquals(expected ? BoxAnswer.NO : BoxAnswer.YES, byPositions, pair);
                    crossing[1] += crosses && byPositions == BoxAnswer.UNSURE ? 1 : 0;
                }
                Footprint asCut = CUT.footprint(datapoint.cut());
                if (asCut.flags() == 0 && fill(outline, asCut.original())) {
                    BoxAnswer answer = asked.matchesExactly(asCut) ? BoxAnswer.YES : BoxAnswer.NO;
                    assertEquals(answer, asked.decide(outline), pair);
                    crossing[2] += asCut.original() instanceof MultiPolygon ? 1 : 0;
                }
            }
        });
        boolean enough = decided[BoxAnswer.YES.ordinal()] > 200 && decided[BoxAnswer.NO.ordinal()] > 1_000;
        enough &= crossing[0] > 200 && crossing[1] < crossing[0] / 2 && crossing[2] > 200;
        assertTrue(
                enough || Long.getLong("almagest.seed") != null,
                decided[0] + " " + decided[1] + " " + decided[2] + ", " + Arrays.toString(crossing));
    }

    private static boolean fill(Outline outline, Geometry geometry) {
        outline.clear();
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            Geometry part = geometry.getGeometryN(i);
            Coordinate[] positions = part.getCoordinates();
            double[] ordinates = new double[2 * positions.length];
            for (int j = 0; j < positions.length; j++) {
                ordinates[2 * j] = positions[j].x;
                ordinates[2 * j + 1] = positions[j].y;
            }
            if (!(part instanceof Polygon)
                    || ((Polygon) part).getNumInteriorRing() > 0
                    || !outline.shell(ordinates, 0, positions.length, 2)) {
                return false;
            }
        }
        return true;
    }

    @Test
    void boxesOnAGridMeetExactly() {
        Seeded.repeat(5_000, random -> {
            BoundingBox filter = gridBox(random);
            BoundingBox datapoint = gridBox(random);
            Footprint shape = Footprint.ofBox(datapoint);
            Footprint filterShape = Footprint.ofBox(filter);
            assertAnswer(filter.intersects(datapoint), PlanarPredicate.INTERSECTS, filterShape, shape);
            assertAnswer(!filter.intersects(datapoint), PlanarPredicate.DISJOINT, filterShape, shape);
            assertAnswer(holds(filter, datapoint), PlanarPredicate.WITHIN, filterShape, shape);
            assertAnswer(holds(datapoint, filter), PlanarPredicate.CONTAINS, filterShape, shape);
        });
    }

    @Test
    void realCountriesAsFiltersAndAsDatapoints() throws Exception {
        Map<String, Geometry> countries =
                SharedGeometries.features("natural-earth/ne_110m_admin_0_countries.json", "ADMIN");
        Footprint russia = CUT.footprint(countries.get("Russia"));
        Footprint fiji = CUT.footprint(countries.get("Fiji"));
        Footprint antarctica = CUT.footprint(countries.get("Antarctica"));
        for (PlanarPredicate both : new PlanarPredicate[] {PlanarPredicate.INTERSECTS, PlanarPredicate.WITHIN}) {
            PreparedFilter inRussia = PreparedFilter.of(russia, both);
            assertMatches(true, inRussia, "POINT (37.6 55.75)");
            assertMatches(true, inRussia, "POINT (-175 66.5)");
            assertMatches(true, inRussia, "POINT (180 68)");
            assertMatches(true, inRussia, "POINT (-180 68)");
            assertMatches(false, inRussia, "POINT (-150 65)");
            PreparedFilter inAntarctica = PreparedFilter.of(antarctica, both);
            assertMatches(true, inAntarctica, "POINT (0 -90)");
            assertMatches(true, inAntarctica, "POINT (-180 -88)");
            assertMatches(false, inAntarctica, "POINT (0 -50)");
        }
        assertMatches(true, PreparedFilter.of(shape("POINT (180 -16.5)"), PlanarPredicate.INTERSECTS), fiji);
        assertMatches(true, PreparedFilter.of(shape("POINT (-180 -16.5)"), PlanarPredicate.INTERSECTS), fiji);
        assertMatches(true, BoundingBox.of(179, -20, -179, -10), fiji);
        assertMatches(false, BoundingBox.of(-170, -20, 170, -10), fiji);
        assertMatches(
                true,
                PreparedFilter.of(Footprint.ofBox(BoundingBox.of(170, -25, -170, -10)), PlanarPredicate.WITHIN),
                fiji);
        assertMatches(true, BoundingBox.of(-180, -90, 180, -89), antarctica);
        assertEquals(
                BoxAnswer.NO, decideOn(PreparedFilter.of(fiji, PlanarPredicate.INTERSECTS), shape("POINT (0 -17)")));
        Footprint cap = shape("POLYGON ((0 -60, 120 -60, -120 -60, 0 -60))");
        assertMatches(true, PreparedFilter.of(cap, PlanarPredicate.INTERSECTS), antarctica);
        assertMatches(false, PreparedFilter.of(cap, PlanarPredicate.INTERSECTS), russia);
    }

    private static BoxAnswer decideOn(PreparedFilter filter, Footprint footprint) {
        BoundingBox box = footprint.indexBox();
        return filter.decide(box.west(), box.south(), box.east(), box.north());
    }

    private static void assertAnswer(
            boolean expected, PlanarPredicate predicate, Footprint shape, Footprint datapoint) {
        PreparedFilter filter = PreparedFilter.of(shape, predicate);
        String pair = predicate + " " + Wkt.write(shape.original()) + " " + Wkt.write(datapoint.original());
        assertEquals(expected, filter.matches(datapoint), pair);
        assertEquals(expected, filter.forAnotherThread().matchesExactly(datapoint), pair);
        BoxAnswer impossible = expected ? BoxAnswer.NO : BoxAnswer.YES;
        assertNotEquals(impossible, decideOn(filter, datapoint), pair);
        if (expected) {
            assertTrue(filter.searchBoxes().stream().anyMatch(box -> meets(box, datapoint.indexBox())), pair);
        }
    }

    /** Naive: no wrapping, no seam, as a packed tree compares boxes. */
    private static boolean meets(BoundingBox search, BoundingBox index) {
        if (index.wraps()) {
            return meets(search, BoundingBox.of(index.west(), index.south(), 180, index.north()))
                    || meets(search, BoundingBox.of(-180, index.south(), index.east(), index.north()));
        }
        return search.west() <= index.east()
                && index.west() <= search.east()
                && search.south() <= index.north()
                && index.south() <= search.north();
    }

    /** Naive: every degree of the inner box, and half degrees, lie in the outer one. */
    private static boolean holds(BoundingBox outer, BoundingBox inner) {
        for (double step = 0; step <= inner.widthDegrees(); step += 0.5) {
            double longitude = inner.west() + step;
            if (!outer.contains(longitude > 180 ? longitude - 360 : longitude, inner.south())) {
                return false;
            }
        }
        return outer.south() <= inner.south() && inner.north() <= outer.north();
    }

    private static BoundingBox gridBox(SplittableRandom random) {
        int width = random.nextInt(5) == 0 ? 0 : random.nextInt(0, 14);
        int west = random.nextInt(168, 188);
        int east = west + width;
        int south = random.nextInt(0, 4);
        int north = south + random.nextInt(0, 4);
        return BoundingBox.of(west > 180 ? west - 360 : west, south, east > 180 ? east - 360 : east, north);
    }

    private static Geometry datapoint(SplittableRandom random) {
        Polygon star = AntimeridianRandomTest.star(random, random.nextDouble(0.5, 30), random.nextInt(3, 15));
        return switch (random.nextInt(4)) {
            case 0 -> star.getFactory().createPoint(star.getCoordinate());
            case 1 -> star.getFactory().createLineString(star.getExteriorRing().getCoordinates());
            default -> star;
        };
    }

    private static Geometry somewhere(SplittableRandom random, Geometry geometry) {
        return AffineTransformation.translationInstance(random.nextDouble(-20, 20), random.nextDouble(-20, 20))
                .transform(geometry);
    }

    private static PreparedFilter filter(BoundingBox box) {
        return PreparedFilter.of(Footprint.ofBox(box), PlanarPredicate.INTERSECTS);
    }

    private static Footprint shape(String text) {
        return CUT.footprint(wkt(text));
    }

    private static void assertMatches(boolean expected, PreparedFilter filter, String datapoint) {
        assertMatches(expected, filter, shape(datapoint));
    }

    private static void assertMatches(boolean expected, BoundingBox box, Footprint datapoint) {
        assertMatches(expected, filter(box), datapoint);
    }

    private static void assertMatches(boolean expected, PreparedFilter filter, Footprint datapoint) {
        assertAnswer(expected, filter.predicate(), filter.filter(), datapoint);
    }
}
