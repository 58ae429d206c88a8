package org.almagest.testing;

import static org.almagest.query.FieldOperand.field;
import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Fixtures.point;
import static org.almagest.testing.Fixtures.polygon;
import static org.almagest.testing.Fixtures.wkt;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Aggregation;
import org.almagest.aggregate.Bucket;
import org.almagest.aggregate.GridRule;
import org.almagest.error.LimitExceededException;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.Geohash;
import org.almagest.query.Query;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;

/** Grids of geohash cells: each footprint in the cell of its centroid, or in every cell that it meets. */
public abstract class GeohashGridContract extends ContractSupport {
    private static final Query ALL = Query.allTime().build();

    /** Creates the suite. */
    protected GeohashGridContract() {}

    @BeforeEach
    final void needsAggregation() {
        needs(Capability.AGGREGATION);
    }

    static DatasetSpec places() {
        return DatasetSpec.spatioTemporal("a.places")
                .field(Field.int64("number"))
                .geometryKinds(EnumSet.allOf(GeometryKind.class))
                .geometryOptional()
                .build();
    }

    private Collection placed(@Nullable Geometry... geometries) {
        return placed(open(), geometries);
    }

    private Collection placed(Catalog catalog, @Nullable Geometry... geometries) {
        Collection things = things(catalog, places());
        List<Datapoint> rows = new ArrayList<>();
        for (int i = 0; i < geometries.length; i++) {
            rows.add(Datapoint.at(Instant.EPOCH.plusSeconds(i))
                    .geometry(geometries[i])
                    .set("number", i)
                    .build());
        }
        ingest(catalog, things, rows);
        return things;
    }

    private static List<String> grid(Collection things, int precision) {
        return AggregateContract.texts(AggregateContract.one(things, ALL, Aggregation.geohashGrid(precision)));
    }

    private static List<String> meeting(Collection things, int precision) {
        return AggregateContract.texts(
                AggregateContract.one(things, ALL, Aggregation.geohashGrid(precision, GridRule.INTERSECTING)));
    }

    @Test
    void aCentroidIsInTheCellThatHoldsItsWesternAndSouthernSide() {
        double below = Math.nextDown(0.0);
        Collection things = placed(
                point(0, 0),
                point(below, 0),
                point(0, below),
                point(below, below),
                null,
                polygon(-45, 0, 0, 0, 0, 45, -45, 45),
                wkt("MULTIPOINT ((-10 10), (10 -10), (6 6), (-6 -6))"),
                point(-5.6, 42.6));
        assertEquals(List.of("7 1", "e 3", "k 1", "s 2"), grid(things, 1));
        assertEquals(6, grid(things, 12).size());
        assertEquals("s00000000000 2", last(grid(things, 12)));
        assertEquals(
                List.of("ezs42 1"),
                AggregateContract.texts(AggregateContract.one(
                        things,
                        Query.allTime().where(field("number").equalTo(7)).build(),
                        Aggregation.geohashGrid(5))));
    }

    @Test
    void theLastCellsHoldTheEndOfTheWorld() {
        Collection things = placed(
                point(180, 90),
                point(-180, 90),
                point(180, -90),
                point(-180, -90),
                polygon(165, 0, -175, 0, -175, 10, 165, 10),
                polygon(175, 0, -165, 0, -165, 10, 175, 10),
                wkt("LINESTRING (180 10, 180 20)"));
        assertEquals(List.of("0 1", "8 1", "b 1", "p 1", "x 2", "z 1"), grid(things, 1));
        assertEquals("000000000000 1", grid(things, 12).get(0));
        assertEquals("zzzzzzzzzzzz 1", last(grid(things, 12)));
        assertEquals(List.of("zzzzzzzzzzzz 1"), meeting(placedMore(point(180, 90)), 12));
    }

    private Collection placedMore(Geometry geometry) {
        return placed(open(another(), options()), geometry);
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    @Test
    void aFootprintMeetsTheCellsOnItsEasternAndNorthernSideToo() {
        assertEquals(List.of("s 1", "t 1", "u 1", "v 1"), meeting(placedMore(polygon(0, 0, 45, 0, 45, 45, 0, 45)), 1));
        double inside = Math.nextDown(45.0);
        Collection inOne = placedMore(polygon(0, 0, inside, 0, inside, inside, 0, inside));
        assertEquals(List.of("s 1"), meeting(inOne, 1));
        assertEquals(List.of("7 1", "e 1", "k 1", "s 1"), meeting(placedMore(polygon(-1, -1, 1, -1, 1, 1, -1, 1)), 1));
        Collection across = placedMore(polygon(170, -10, -170, -10, -170, 10, 170, 10));
        assertEquals(List.of("2 1", "8 1", "r 1", "x 1"), meeting(across, 1));
        Collection pole = placedMore(polygon(-135, 60, -45, 60, 45, 60, 135, 60));
        assertEquals(List.of("b 1", "c 1", "f 1", "g 1", "u 1", "v 1", "y 1", "z 1"), meeting(pole, 1));
        Collection line = placedMore(wkt("LINESTRING (-170 -80, 170 -80)"));
        assertEquals(List.of("0 1", "p 1"), meeting(line, 1));
    }

    @Test
    void countsByCentroidSumToTheFootprintsAndByIntersectionToMore() {
        Collection things = placed(
                polygon(0, 0, 10, 0, 10, 10, 0, 10),
                polygon(5, 5, 15, 5, 15, 15, 5, 15),
                null,
                wkt("GEOMETRYCOLLECTION (POINT (1 1), LINESTRING (20 20, 21 21))"),
                wkt("LINESTRING (0 0, 30 0.001)"));
        for (int precision = 1; precision <= 4; precision++) {
            long byCentroid =
                    AggregateContract.sum(AggregateContract.one(things, ALL, Aggregation.geohashGrid(precision)));
            assertEquals(4, byCentroid);
        }
        assertEquals(List.of("s 4"), meeting(things, 1));
        assertEquals(
                true,
                AggregateContract.sum(
                                AggregateContract.one(things, ALL, Aggregation.geohashGrid(2, GridRule.INTERSECTING)))
                        > 4);
    }

    @Test
    void everyFootprintInACellIsInItsBox() {
        Collection things =
                placed(point(11.5, 48.1), polygon(11, 48, 12, 48, 12, 49), polygon(-71, 10, -70, 10, -70, 11));
        for (int precision = 1; precision <= 12; precision++) {
            List<Bucket> cells = ((Aggregate.Buckets)
                            AggregateContract.one(things, ALL, Aggregation.geohashGrid(precision)))
                    .buckets();
            for (Bucket cell : cells) {
                BoundingBox box = Geohash.box(cell.key());
                Query inBox = Query.allTime().intersecting(box).build();
                assertEquals(true, things.count(inBox) >= cell.count(), cell::key);
            }
        }
    }

    @Test
    void aCellTooManyIsRefusedBeforeItIsKept() {
        Collection things = placed(
                open("bucketsMax", 4),
                polygon(0, 0, 45, 0, 45, 45, 0, 45),
                polygon(-180, -90, 180, -90, 180, 90, -180, 90));
        Query first = Query.allTime().where(field("number").equalTo(0)).build();
        Aggregation intersecting = Aggregation.geohashGrid(1, GridRule.INTERSECTING);
        assertEquals(4, AggregateContract.sum(AggregateContract.one(things, first, intersecting)));
        assertFails(
                LimitExceededException.class,
                "aggregate: geohash grid of precision 1 by intersection: buckets: 5 (at most 4)",
                () -> AggregateContract.one(things, ALL, intersecting));
        assertFails(
                LimitExceededException.class,
                "aggregate: geohash grid of precision 12 by intersection: buckets: 5 (at most 4)",
                () -> AggregateContract.one(things, ALL, Aggregation.geohashGrid(12, GridRule.INTERSECTING)));
        assertEquals(2, AggregateContract.sum(AggregateContract.one(things, ALL, Aggregation.geohashGrid(12))));
    }
}
