package org.almagest.internal.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Map;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.geo.Footprint;
import org.almagest.geo.Wkb;
import org.almagest.geo.Wkt;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.Bytes;
import org.almagest.model.Datapoint;
import org.almagest.model.GeometryValidity;
import org.almagest.model.IngestOptions;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

class RowGeometryTest {
    private static final DatasetSchema REQUIRED = DatasetSchema.spatioTemporal().build();
    private static final DatasetSchema OPTIONAL = DatasetSchema.spatioTemporal()
            .geometryOptional()
            .geometryKinds(EnumSet.allOf(GeometryKind.class))
            .build();
    private static final String BOW_TIE = "POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))";
    private static final String WIDE = "POLYGON ((170 0, -170 0, -170 10, 170 10, 170 0))";

    private static Datapoint.Builder row() {
        return Datapoint.at(Rows.TIME);
    }

    private static Geometry geometry(String wkt) {
        return Wkt.read(wkt, Rows.LIMITS);
    }

    private static void assertRefused(String message, DatasetSchema schema, Datapoint.Builder row) {
        Exception e = assertThrows(
                InvalidRequestException.class, () -> Rows.binder(schema).bind(2, row.build()));
        assertEquals(message, e.getMessage());
    }

    @Test
    void everyFormOfAGeometryGivesTheSameId() {
        Geometry point = geometry("POINT Z (-104.99 39.74 5)");
        String expected =
                Rows.bind(REQUIRED, row().geometry(point).build()).id().toString();
        for (Datapoint.Builder same : new Datapoint.Builder[] {
            row().geometry("POINT Z (-104.99 39.74 5)"),
            row().geometry(" {\"type\":\"Point\",\"coordinates\":[-104.99,39.74,5]}"),
            row().geometry(Json.parse("{\"type\":\"Point\",\"coordinates\":[-104.99,39.74,5]}")),
            row().geometry(Bytes.of(Wkb.write(point))),
        }) {
            assertEquals(expected, Rows.bind(REQUIRED, same.build()).id().toString());
        }
    }

    @Test
    void fieldsOfGeometryTakeTheSameForms() {
        Geometry point = geometry("POINT (1 2)");
        DatasetSchema schema = Rows.schemaOf(Field.geometry("x"));
        String expected = Rows.bind(schema, Rows.rowOf(point)).id().toString();
        for (Object same : new Object[] {
            "POINT (1 2)", Bytes.of(Wkb.write(point)), Wkb.write(point), "{\"type\":\"Point\",\"coordinates\":[1,2]}"
        }) {
            assertEquals(expected, Rows.bind(schema, Rows.rowOf(same)).id().toString());
        }
        assertRefused("row 2: field \"x\": integer (expected geometry)", schema, row().set("x", 3));
    }

    @Test
    void refusesAGeometryThatIsMissing() {
        assertRefused("row 2: field \"geometry\": unset (expected a geometry)", REQUIRED, row());
        assertRefused(
                "row 2: field \"geometry\": empty (expected a geometry)", REQUIRED, row().geometry("POLYGON EMPTY"));
        assertRefused(
                "row 2: field \"geometry\": given as a custom field (expected as the datapoint's own geometry)",
                OPTIONAL,
                row().set("geometry", "POINT (1 2)"));
    }

    @Test
    void anEmptyGeometryIsUnsetWhereItMayBe() throws Exception {
        BoundRow unset = Rows.bind(OPTIONAL, row().build());
        for (String empty : new String[] {"POINT EMPTY", "GEOMETRYCOLLECTION (POINT EMPTY, MULTIPOINT EMPTY)"}) {
            BoundRow bound = Rows.bind(OPTIONAL, row().geometry(empty).build());
            assertEquals(unset.id(), bound.id());
            assertNull(bound.footprint());
            assertTrue(Rows.read(OPTIONAL, bound).geometry().isEmpty());
        }
        assertEquals(
                unset.id(),
                Rows.bind(OPTIONAL, row().geometry(Json.parse("null")).build()).id());
    }

    @Test
    void refusesAGeometryTypeThatTheDatasetDoesNotTake() {
        assertRefused(
                "row 2: field \"geometry\": LineString (expected Point, Polygon, MultiPoint, MultiPolygon)",
                REQUIRED,
                row().geometry("LINESTRING (0 0, 1 1)"));
        assertNotNull(
                Rows.bind(OPTIONAL, row().geometry("LINESTRING (0 0, 1 1)").build())
                        .footprint());
    }

    @Test
    void refusesABadGeometryByRowFieldAndPosition() {
        assertRefused(
                "row 2: field \"geometry\": position 0: latitude 95.0 (at most 90)",
                REQUIRED,
                row().geometry(new GeometryFactory().createPoint(new Coordinate(0, 95))));
        assertRefused(
                "row 2: field \"geometry\": ring 0: position 1: latitude 95.0 (at most 90)",
                REQUIRED,
                row().geometry("POLYGON ((0 0, 0 95, 1 1, 0 0))"));
    }

    @Test
    void limitsOfAGeometryNameRowAndField() {
        Limits limits = Rows.LIMITS.with(Map.of("geometryVerticesMax", 4L, "geometryExactVerticesMax", 4L));
        RowBinder binder = new RowBinder(REQUIRED, Rows.COLLECTION, limits, IngestOptions.DEFAULT);
        binder.bind(0, row().geometry("POLYGON ((0 0, 1 0, 1 1, 0 0))").build());
        Datapoint large = row().geometry("POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))").build();
        Exception e = assertThrows(LimitExceededException.class, () -> binder.bind(1, large));
        assertEquals("row 1: field \"geometry\": positions: 5 (at most 4)", e.getMessage());
    }

    @Test
    void theFootprintFollowsTheOptions() {
        Datapoint wide = row().geometry(WIDE).build();
        Footprint cut = footprint(IngestOptions.DEFAULT, wide);
        assertTrue(cut.wasCut());
        assertTrue(!footprint(IngestOptions.DEFAULT.with(AntimeridianRule.AS_DRAWN), wide)
                .wasCut());
        Datapoint bowTie = row().geometry(BOW_TIE).build();
        assertTrue(footprint(IngestOptions.DEFAULT, bowTie).repaired());
        Exception e = assertThrows(
                InvalidRequestException.class,
                () -> footprint(IngestOptions.DEFAULT.with(GeometryValidity.STRICT), bowTie));
        assertTrue(e.getMessage().startsWith("row 0: field \"geometry\": "), e.getMessage());
    }

    private static Footprint footprint(IngestOptions options, Datapoint row) {
        Footprint footprint = new RowBinder(REQUIRED, Rows.COLLECTION, Rows.LIMITS, options)
                .bind(0, row)
                .footprint();
        assertNotNull(footprint);
        return footprint;
    }

    @Test
    void howWideEdgesAreReadIsNoContent() {
        Datapoint wide = row().geometry(WIDE).build();
        IngestOptions asDrawn = IngestOptions.DEFAULT.with(AntimeridianRule.AS_DRAWN);
        assertEquals(
                Rows.bind(REQUIRED, wide).id(),
                new RowBinder(REQUIRED, Rows.COLLECTION, Rows.LIMITS, asDrawn)
                        .bind(0, wide)
                        .id());
    }

    @Test
    void theFlagsOfTheFootprintAreKeptOutsideTheId() throws Exception {
        for (String wkt : new String[] {WIDE, BOW_TIE, "POINT (1 2)"}) {
            BoundRow row = Rows.bind(REQUIRED, row().geometry(wkt).build());
            RowReader reader = Rows.reader(REQUIRED, row.body());
            assertEquals(row.footprint().flags(), reader.geometryFlags());
            assertEquals(row.id(), ContentId.datapointId(Rows.COLLECTION, row.timeMillis(), REQUIRED, row.body()));
            assertTrue(geometry(wkt).equalsExact(reader.geometry()));
        }
    }

    @Test
    void theOriginalIsReadBackToTheLastBit() throws Exception {
        Geometry original = geometry(BOW_TIE);
        BoundRow row = Rows.bind(REQUIRED, row().geometry(original).build());
        assertTrue(original.equalsExact(Rows.read(REQUIRED, row).geometry().orElseThrow()));
        assertTrue(original.equalsExact(Rows.reader(REQUIRED, row.body()).geometry()));
        assertNotEquals(original, row.footprint().cut());
    }

    @Test
    void whoChangesHisGeometryLaterChangesNothing() {
        Geometry mine = geometry("POINT (1 2)");
        BoundRow row = Rows.bind(REQUIRED, row().geometry(mine).build());
        mine.getCoordinate().setX(50);
        mine.geometryChanged();
        assertEquals(1, row.footprint().original().getCoordinate().getX());
    }
}
