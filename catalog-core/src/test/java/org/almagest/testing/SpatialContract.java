package org.almagest.testing;

import static org.almagest.query.FieldOperand.field;
import static org.almagest.testing.Failures.assertFailsAt;
import static org.almagest.testing.Fixtures.point;
import static org.almagest.testing.Fixtures.polygon;
import static org.almagest.testing.Fixtures.wkt;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.GeometryCounts;
import org.almagest.model.IngestOptions;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.query.SpatialFilter;
import org.almagest.query.SpatialPredicate;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;

/** Queries by place: the four predicates, boxes, the antimeridian and the poles. */
public abstract class SpatialContract extends ContractSupport {
    private static final Instant TIME = Instant.parse("2025-04-15T00:00:00Z");

    /** Creates the suite. */
    protected SpatialContract() {}

    private static DatasetSpec places() {
        return DatasetSpec.spatioTemporal("a.places")
                .geometryKinds(EnumSet.allOf(GeometryKind.class))
                .geometryOptional()
                .field(Field.string("name"))
                .build();
    }

    /** Stores one row per geometry; their names are their numbers from 0. */
    private Collection storing(Geometry... geometries) {
        Catalog catalog = open();
        Collection things = things(catalog, places());
        List<Datapoint> rows = new ArrayList<>();
        for (Geometry geometry : geometries) {
            rows.add(Datapoint.at(TIME.plusSeconds(rows.size()))
                    .geometry(geometry)
                    .set("name", Integer.toString(rows.size()))
                    .build());
        }
        ingest(catalog, things, rows);
        return things;
    }

    private static List<String> names(Collection things, Query.Builder query) {
        assertEquals(things.count(query.build()), rows(things, query).size());
        return texts(rows(things, query), "name");
    }

    private static List<String> intersecting(Collection things, Geometry geometry) {
        return names(things, Query.allTime().intersecting(geometry));
    }

    private static List<String> intersecting(Collection things, double west, double south, double east, double north) {
        return names(things, Query.allTime().intersecting(BoundingBox.of(west, south, east, north)));
    }

    @Test
    void at33AnswersByPlaceAndTime() {
        Catalog catalog = open();
        Collection things = things(catalog, places());
        ingest(
                catalog,
                things,
                named("Denver", "2025-04-15T00:00:00Z", -104.99, 39.74),
                named("Salt Lake", "2025-04-15T00:00:00Z", -111.89, 40.76),
                named("P", "2025-04-15T00:00:00Z", -109.08, 36.90),
                named("Q", "2025-04-15T00:00:00Z", -102.03, 40.0),
                named("Denver", "2025-05-02T00:00:00Z", -104.99, 39.74),
                named("Denver", "2025-05-01T23:59:59.999Z", -104.99, 39.74));
        Geometry colorado = polygon(-109.10, 40.98, -102.01, 40.95, -102.06, 36.82, -109.06, 36.96);
        TimeInterval interval = TimeInterval.parse("2025-04-01/2025-05-02");
        assertEquals(
                List.of("Denver", "Denver", "Q"),
                sorted(names(things, Query.during(interval).intersecting(colorado))));
        assertEquals(
                List.of("Denver", "Denver", "P", "Q"),
                sorted(names(
                        things, Query.during(interval).intersecting(BoundingBox.of(-109.10, 36.82, -102.01, 40.98)))));
        assertEquals(5, names(things, Query.during(interval)).size());
        assertEquals(
                List.of("Q"),
                names(
                        things,
                        Query.during(interval)
                                .intersecting(colorado)
                                .where(field("name").notEqualTo("Denver"))));
    }

    private static Datapoint named(String name, String time, double longitude, double latitude) {
        return Datapoint.at(time)
                .geometry(point(longitude, latitude))
                .set("name", name)
                .build();
    }

    private static List<String> sorted(List<String> names) {
        return names.stream().sorted().toList();
    }

    @Test
    void at34FootprintsAreTestedAsPolygons() {
        Geometry footprint =
                polygon(-150.753244, 74.250081, -152.031574, 73.336051, -149.183655, 73.001748, -147.769339, 73.899483);
        Collection things = storing(footprint);
        assertEquals(List.of(), intersecting(things, -160, 69, -150, 70));
        assertEquals(List.of("0"), intersecting(things, -152, 73, -148, 74));
        assertEquals(List.of("0"), intersecting(things, -149.931, 73.629, -149.929, 73.631));
        assertEquals(List.of(), intersecting(things, -152.03, 74.2, -152.02, 74.24));
        Geometry read = all(things).get(0).geometry().orElseThrow();
        assertEquals("POLYGON ((-150.753244 74.250081, ", read.toText().substring(0, 33));
        assertEquals(-149.929279, read.getCentroid().getX(), 1e-6);
        assertEquals(73.625381, read.getCentroid().getY(), 1e-6);
    }

    @Test
    void at35FootprintsMayCrossTheAntimeridian() {
        Geometry footprint =
                polygon(177.993407, 74.983185, 176.605009, 74.074615, 179.563047, 73.727752, -178.904076, 74.61847);
        Catalog catalog = open();
        Collection things = things(catalog, places());
        Datapoint row = Datapoint.at(TIME).geometry(footprint).set("name", "0").build();
        assertEquals(new GeometryCounts(1, 0, 0), ingest(catalog, things, row).geometries());
        assertEquals(List.of(), intersecting(things, wkt("LINESTRING (0 -90, 0 90)")));
        for (double[] outside : new double[][] {{0, 74.4}, {-179.0, 73.8}, {-170, 74.4}, {176, 74.4}}) {
            assertEquals(List.of(), intersecting(things, point(outside[0], outside[1])));
        }
        for (double[] inside : new double[][] {{178.8, 74.4}, {180, 74.4}, {-180, 74.4}, {-179.5, 74.4}}) {
            assertEquals(List.of("0"), intersecting(things, point(inside[0], inside[1])));
        }
        assertEquals(List.of("0"), intersecting(things, 179.5, 74.2, 180, 74.5));
        assertEquals(List.of("0"), intersecting(things, 179, 74, -179, 75));
        assertEquals(List.of("0"), intersecting(things, -180, -90, 180, 90));
        assertEquals(footprint, all(things).get(0).geometry().orElseThrow());
    }

    @Test
    void at35AnEdgeOnTheAntimeridianDoesNotCross() {
        Collection things = storing(polygon(-180, 10, -180, 0, -170, 0, -172.62252, 10));
        assertEquals(List.of("0"), intersecting(things, point(-175, 5)));
        assertEquals(List.of(), intersecting(things, point(175, 5)));
    }

    @Test
    void filtersMayCrossTheAntimeridianToo() {
        Collection things = storing(point(179, 0), point(-179, 0), point(0, 0), point(170, 0));
        Geometry band = polygon(175, -5, -175, -5, -175, 5, 175, 5);
        assertEquals(List.of("0", "1"), intersecting(things, band));
        assertEquals(List.of("0", "1"), intersecting(things, 175, -5, -175, 5));
        assertEquals(List.of("2", "3"), names(things, Query.allTime().disjointFrom(band)));
        assertEquals(List.of("0", "1"), names(things, Query.allTime().within(band)));
        SpatialFilter drawn =
                SpatialFilter.of(SpatialPredicate.INTERSECTS, band).reading(AntimeridianRule.AS_DRAWN);
        assertEquals(List.of("2", "3"), names(things, Query.allTime().spatial(drawn)));
    }

    @Test
    void footprintsMayBeTakenAsDrawn() {
        Catalog catalog = open();
        Collection things = things(catalog, places());
        Datapoint row = Datapoint.at(TIME)
                .geometry(polygon(-170, 0, 170, 0, 170, 10, -170, 10))
                .set("name", "drawn")
                .build();
        assertEquals(
                GeometryCounts.NONE,
                things.ingest(List.of(row), IngestOptions.DEFAULT.with(AntimeridianRule.AS_DRAWN))
                        .geometries());
        store().settle(catalog);
        assertEquals(List.of("drawn"), intersecting(things, point(0, 5)));
        assertEquals(List.of(), intersecting(things, point(175, 5)));
    }

    @Test
    void eachFootprintOfACallMayBeReadByARuleOfItsOwn() {
        Catalog catalog = open();
        Collection things = things(catalog, places());
        Geometry wide = polygon(-170, 0, 170, 0, 170, 10, -170, 10);
        Datapoint drawn = Datapoint.at(TIME)
                .geometry(wide)
                .set("name", "drawn")
                .reading(AntimeridianRule.AS_DRAWN)
                .build();
        Datapoint asTheCall = Datapoint.at(TIME.plusSeconds(1))
                .geometry(wide)
                .set("name", "call")
                .build();
        Datapoint crossing = Datapoint.at(TIME.plusSeconds(2))
                .geometry(wide)
                .set("name", "crossing")
                .reading(AntimeridianRule.CROSSING)
                .build();
        assertEquals(
                Optional.of(AntimeridianRule.AS_DRAWN),
                drawn.toBuilder().build().antimeridian());
        ingest(catalog, things, drawn, asTheCall, crossing);
        store().settle(catalog);
        assertEquals(List.of("drawn"), intersecting(things, point(0, 5)));
        assertEquals(List.of("call", "crossing"), intersecting(things, point(175, 5)));
        Datapoint other = asTheCall.toBuilder()
                .set("name", "short")
                .reading(AntimeridianRule.SHORT_WAY)
                .build();
        things.ingest(List.of(other), IngestOptions.DEFAULT.with(AntimeridianRule.AS_DRAWN));
        assertEquals(
                List.of("call", "crossing", "short"),
                intersecting(things, point(175, 5)).stream().sorted().toList());
    }

    @Test
    void footprintsMayEncloseAPole() {
        Catalog catalog = open();
        Collection things = things(catalog, places());
        Datapoint row = Datapoint.at(TIME)
                .geometry(polygon(-135, 70, -45, 70, 45, 70, 135, 70))
                .set("name", "0")
                .build();
        assertEquals(1, ingest(catalog, things, row).geometries().closedAtPole());
        assertEquals(List.of("0"), intersecting(things, point(12, 89)));
        assertEquals(List.of("0"), intersecting(things, point(180, 90)));
        assertEquals(List.of(), intersecting(things, point(12, 69)));
        assertEquals(List.of(), intersecting(things, point(12, -89)));
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
                wkt("LINESTRING (0 0, 10 0)"));
        BoundingBox box = BoundingBox.of(0, 0, 10, 10);
        for (Geometry filter : List.of(square, square.reverse())) {
            assertEquals(
                    List.of("0", "1", "2", "3", "4", "5", "7", "8"),
                    names(things, Query.allTime().intersecting(filter)));
            assertEquals(
                    List.of("0", "1", "2", "7", "8"),
                    names(things, Query.allTime().within(filter)));
            assertEquals(List.of("0", "5"), names(things, Query.allTime().containing(filter)));
            assertEquals(List.of("6"), names(things, Query.allTime().disjointFrom(filter)));
        }
        for (SpatialPredicate predicate : SpatialPredicate.values()) {
            assertEquals(
                    names(things, Query.allTime().spatial(SpatialFilter.of(predicate, square))),
                    names(things, Query.allTime().spatial(SpatialFilter.of(predicate, box))),
                    predicate.name());
        }
    }

    @Test
    void filtersMayBeOfAnyType() {
        Collection things = storing(
                polygon(0, 0, 10, 0, 10, 10, 0, 10),
                point(5, 5),
                wkt("MULTIPOINT ((5 5), (50 50))"),
                wkt("GEOMETRYCOLLECTION (POINT (50 50), LINESTRING (0 0, 5 5))"),
                wkt("MULTIPOLYGON (((40 40, 60 40, 60 60, 40 60, 40 40)), ((5 5, 6 5, 6 6, 5 5)))"));
        assertEquals(List.of("0", "1", "2", "3", "4"), intersecting(things, point(5, 5)));
        assertEquals(List.of("2", "3", "4"), intersecting(things, wkt("MULTIPOINT ((50 50), (51 -51))")));
        assertEquals(List.of("0", "3"), intersecting(things, wkt("LINESTRING (1 0, 0 1)")));
        assertEquals(
                List.of("4"),
                names(things, Query.allTime().containing(wkt("GEOMETRYCOLLECTION (POINT (50 50), POINT (5 5))")))
                        .stream()
                        .filter("4"::equals)
                        .toList());
        assertEquals(
                List.of("1", "2"), names(things, Query.allTime().within(wkt("MULTIPOINT ((5 5), (50 50), (7 7))"))));
        assertEquals(List.of("1"), names(things, Query.allTime().within(point(5, 5))));
    }

    @Test
    void aRowWithoutGeometryMatchesNoSpatialFilter() {
        Catalog catalog = open();
        Collection things = things(catalog, places());
        ingest(
                catalog,
                things,
                Datapoint.at(TIME).set("name", "none").build(),
                Datapoint.at(TIME).set("name", "here").geometry(point(1, 1)).build());
        Geometry square = polygon(0, 0, 10, 0, 10, 10, 0, 10);
        assertEquals(List.of("here"), names(things, Query.allTime().intersecting(square)));
        assertEquals(List.of(), names(things, Query.allTime().disjointFrom(square)));
        assertEquals(List.of("here"), names(things, Query.allTime().disjointFrom(point(5, 5))));
        assertEquals(List.of("here"), names(things, Query.allTime().intersecting(BoundingBox.GLOBE)));
        assertEquals(
                List.of("none"),
                names(things, Query.allTime().where(field("geometry").isNull())));
    }

    @Test
    void holesAreNotPartOfAPolygon() {
        Geometry ring = wkt("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (2 2, 2 8, 8 8, 8 2, 2 2))");
        Collection things = storing(ring, point(5, 5), point(1, 1), point(2, 5));
        assertEquals(List.of("0", "2", "3"), intersecting(things, ring));
        assertEquals(List.of("1"), names(things, Query.allTime().disjointFrom(ring)));
        assertEquals(List.of("0"), names(things, Query.allTime().containing(point(2, 2))));
        assertEquals(List.of("1"), intersecting(things, 4, 4, 6, 6));
    }

    @Test
    void bothSidesOfTheAntimeridianAreOnePlace() {
        Collection things = storing(point(180, 10), point(-180, 20), polygon(170, 0, 180, 0, 180, 30, 170, 30));
        for (double longitude : new double[] {180, -180}) {
            assertEquals(List.of("0", "2"), intersecting(things, point(longitude, 10)));
            assertEquals(List.of("1", "2"), intersecting(things, point(longitude, 20)));
            assertEquals(List.of("2"), intersecting(things, point(longitude, 5)));
        }
        assertEquals(List.of("0", "1", "2"), intersecting(things, -180, 0, -170, 30));
        assertEquals(List.of("0", "1", "2"), intersecting(things, 170, 0, 180, 30));
        assertEquals(List.of("0", "1", "2"), intersecting(things, 175, 0, -175, 30));
    }

    @Test
    void invalidFiltersAreRefused() {
        Collection things = storing(point(1, 1));
        for (Geometry filter : List.of(point(0, 91), point(Double.NaN, 0), point(361, 0))) {
            assertFailsAt(
                    InvalidRequestException.class,
                    "query: spatial: ",
                    () -> rows(things, Query.allTime().intersecting(filter)));
        }
        assertFailsAt(
                InvalidRequestException.class,
                "query: spatial: ",
                () -> rows(things, Query.allTime().intersecting(wkt("POLYGON EMPTY"))));
        Geometry bowTie = polygon(0, 0, 2, 2, 2, 0, 0, 2);
        assertEquals(List.of(), intersecting(things, polygon(0, 0, 0.5, 0, 0.5, 0.5)));
        assertEquals(List.of("0"), intersecting(things, bowTie));
    }

    @Test
    void tinyAndHugeFiltersAgree() {
        Collection things = storing(point(1.0000001, 1), point(1, 1), point(0.9999999, 1));
        assertEquals(List.of("1"), intersecting(things, 1, 1, 1, 1));
        assertEquals(List.of("0"), intersecting(things, 1.00000005, 0, 2, 2));
        assertEquals(List.of("2"), intersecting(things, 0, 0, 0.99999995, 2));
        assertEquals(List.of("0", "1", "2"), intersecting(things, BoundingBox.GLOBE.west(), -90, 180, 90));
    }

    private static void assertBounds(double[] sides, Collection collection) {
        BoundingBox box = collection.info().bounds().orElseThrow();
        // Outwards only: index boxes cover the great circles between positions too.
        assertArrayEquals(sides, new double[] {box.west(), box.south(), box.east(), box.north()}, 0.02);
        assertTrue(box.south() <= sides[1] && box.north() >= sides[3], box::toString);
    }

    @Test
    void aCollectionTellsWhatItCovers() {
        Catalog catalog = open();
        Collection things = things(catalog, places());
        assertEquals(Optional.empty(), things.info().bounds());
        assertEquals(Optional.empty(), things.info().extentFirst());
        ingest(
                catalog,
                things,
                Datapoint.at(TIME).geometry(point(10, 20)).set("name", "a").build());
        assertBounds(new double[] {10, 20, 10, 20}, things);
        assertEquals(Optional.of(TIME), things.info().extentFirst());
        ingest(
                catalog,
                things,
                Datapoint.at(TIME.plusSeconds(1))
                        .geometry(polygon(30, -5, 40, -5, 40, 5, 30, 5))
                        .set("name", "b")
                        .build());
        assertBounds(new double[] {10, -5, 40, 20}, things);
        assertEquals(Optional.of(TIME.plusSeconds(1)), things.info().extentLast());
        Collection pacific = things.dataset().createCollection("pacific");
        ingest(
                catalog,
                pacific,
                Datapoint.at(TIME).geometry(point(175, 0)).set("name", "a").build(),
                Datapoint.at(TIME).geometry(point(-175, 1)).set("name", "b").build(),
                Datapoint.at(TIME)
                        .geometry(polygon(178, 0, -178, 0, -178, 2, 178, 2))
                        .set("name", "c")
                        .build());
        assertBounds(new double[] {175, 0, -175, 2}, pacific);
        store().settle(catalog);
        assertBounds(new double[] {175, 0, -175, 2}, pacific);
    }
}
