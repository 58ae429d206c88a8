package org.almagest.testing;

import static org.almagest.testing.Failures.assertFailsAt;
import static org.almagest.testing.Fixtures.point;
import static org.almagest.testing.Fixtures.polygon;
import static org.almagest.testing.Fixtures.r1;
import static org.almagest.testing.Fixtures.wkt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.error.CatalogException;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.Datapoint;
import org.almagest.model.EnumValue;
import org.almagest.model.GeometryCounts;
import org.almagest.model.GeometryValidity;
import org.almagest.model.IngestOptions;
import org.almagest.query.Query;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.junit.jupiter.api.Test;

/** Rows that are refused: named by row and field, and nothing of the call is stored. */
public abstract class ValidationContract extends ContractSupport {
    private static final Instant TIME = Instant.parse("2025-03-28T11:44:23Z");

    /** Creates the suite. */
    protected ValidationContract() {}

    private static DatasetSpec typed() {
        return DatasetSpec.spatioTemporal("test.typed")
                .field(Field.string("text"))
                .field(Field.bool("flag"))
                .field(Field.int32("small"))
                .field(Field.int64("integer"))
                .field(Field.uint64("natural"))
                .field(Field.float32("single"))
                .field(Field.float64("value"))
                .field(Field.bytes("blob"))
                .field(Field.duration("span"))
                .field(Field.timestamp("moment"))
                .field(Field.uuid("uuid"))
                .field(Field.json("meta"))
                .field(Field.enumeration("mode", new EnumValue(0, "OFF"), new EnumValue(7, "ON")))
                .field(Field.float64("history").array())
                .build();
    }

    private static Datapoint.Builder row() {
        return Datapoint.at(TIME).geometry(point(1, 2));
    }

    /** Asserts that the row, given after a valid one, is refused at a field, and that both stay out. */
    private static void assertRefused(Collection collection, String field, Datapoint row) {
        long before = collection.info().count();
        Datapoint valid = row().set("integer", before + 1_000_000).build();
        CatalogException failure = assertFailsAt(
                CatalogException.class,
                "row 1: field \"" + field + "\": ",
                () -> collection.ingest(List.of(valid, row)));
        assertTrue(failure.getMessage().length() > ("row 1: field \"" + field + "\": ").length());
        assertEquals(before, collection.info().count());
    }

    @Test
    void at28RefusesInvalidRows() {
        Catalog catalog = open();
        Collection things = things(catalog, typed());
        assertRefused(things, "text", row().set("text", 42).build());
        assertRefused(things, "value", row().set("value", "abc").build());
        assertRefused(things, "time", Datapoint.builder().geometry(point(1, 2)).build());
        assertRefused(things, "unknown_column", row().set("unknown_column", 1).build());
        assertRefused(things, "natural", row().set("natural", -1).build());
        assertRefused(things, "geometry", row().geometry(point(1, 95)).build());
        assertEquals(List.of(), all(things));
    }

    @Test
    void numbersMustFitTheirType() {
        Catalog catalog = open();
        Collection things = things(catalog, typed());
        assertRefused(things, "small", row().set("small", 1L << 31).build());
        assertRefused(things, "small", row().set("small", 1.5).build());
        assertRefused(
                things,
                "integer",
                row().set("integer", BigInteger.ONE.shiftLeft(63)).build());
        assertRefused(
                things,
                "natural",
                row().set("natural", BigInteger.ONE.shiftLeft(64)).build());
        assertRefused(things, "value", row().set("value", (1L << 53) + 1).build());
        assertRefused(things, "single", row().set("single", 0.1).build());
        assertRefused(things, "single", row().set("single", (1 << 24) + 1).build());
        assertRefused(things, "integer", row().set("integer", "12").build());
        assertRefused(things, "value", row().set("value", "1.5").build());
        assertRefused(things, "flag", row().set("flag", 1).build());
        assertRefused(things, "flag", row().set("flag", "true").build());
        Datapoint fitting = row().set("small", -(1L << 31))
                .set("integer", BigInteger.ONE.shiftLeft(63).negate())
                .set("natural", BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE))
                .set("value", 1L << 53)
                .set("single", 1 << 24)
                .build();
        assertEquals(1, ingest(catalog, things, fitting).created());
    }

    @Test
    void timesAndDurationsMustLieInTheirRange() {
        Catalog catalog = open();
        Collection things = things(catalog, typed());
        assertRefused(
                things,
                "time",
                row().time(Instant.parse("0000-12-31T23:59:59.999999999Z")).build());
        assertRefused(
                things,
                "time",
                row().time(Instant.parse("6000-01-01T00:00:00Z")).build());
        assertRefused(
                things,
                "moment",
                row().set("moment", Instant.parse("+10000-01-01T00:00:00Z")).build());
        assertRefused(
                things,
                "moment",
                row().set("moment", Instant.parse("0000-12-31T23:59:59.999999999Z"))
                        .build());
        Duration longest = Duration.ofSeconds(315_576_000_000L);
        assertRefused(things, "span", row().set("span", longest.plusNanos(1)).build());
        assertRefused(
                things,
                "span",
                row().set("span", longest.negated().minusNanos(1)).build());
        Datapoint first = row().time(Instant.parse("0001-01-01T00:00:00Z"))
                .set("moment", Instant.parse("0001-01-01T00:00:00Z"))
                .set("span", longest.negated())
                .build();
        Datapoint last = row().time(Instant.parse("5999-12-31T23:59:59.999999999Z"))
                .set("moment", Instant.parse("9999-12-31T23:59:59.999999999Z"))
                .set("span", longest)
                .build();
        assertEquals(2, ingest(catalog, things, last, first).created());
        List<Datapoint> read = all(things);
        assertEquals(Instant.parse("0001-01-01T00:00:00Z"), read.get(0).time());
        assertEquals(Instant.parse("5999-12-31T23:59:59.999Z"), read.get(1).time());
        assertEquals(longest, read.get(1).values().get("span"));
    }

    @Test
    void textMustBeUnicode() {
        Catalog catalog = open();
        Collection things = things(catalog, typed());
        assertRefused(things, "text", row().set("text", "a\uD800b").build());
        assertRefused(things, "text", row().set("text", "\uDC00").build());
        List<String> taken = List.of("\u0000", "e\u0301", "\u00e9", "\u202e", "\uD83D\uDE80", "\uFEFF", " x ", "\n");
        for (int i = 0; i < taken.size(); i++) {
            ingest(
                    catalog,
                    things,
                    row().time(TIME.plusSeconds(i)).set("text", taken.get(i)).build());
        }
        assertEquals(taken, texts(all(things), "text"));
    }

    @Test
    void enumValuesMustBeDeclared() {
        Catalog catalog = open();
        Collection things = things(catalog, typed());
        assertRefused(things, "mode", row().set("mode", "STANDBY").build());
        assertRefused(things, "mode", row().set("mode", "on").build());
        assertRefused(things, "mode", row().set("mode", 1).build());
        assertRefused(things, "mode", row().set("mode", -7).build());
        assertRefused(things, "mode", row().set("mode", new EnumValue(7, "OFF")).build());
        long byName = ingest(catalog, things, row().set("mode", "ON").build()).created();
        long byNumber = ingest(catalog, things, row().set("mode", 7).build()).created();
        assertEquals(1, byName);
        assertEquals(0, byNumber);
        assertEquals(new EnumValue(7, "ON"), all(things).get(0).values().get("mode"));
    }

    @Test
    void arraysMustHoldElementsOfTheirType() {
        Catalog catalog = open();
        Collection things = things(catalog, typed());
        assertRefused(things, "history", row().set("history", 1.5).build());
        assertRefused(things, "history", row().set("history", List.of(1.5, "x")).build());
        assertRefused(
                things,
                "history",
                row().set("history", Arrays.asList(1.5, null)).build());
        assertRefused(things, "value", row().set("value", List.of(1.5)).build());
        assertEquals(
                1,
                ingest(
                                catalog,
                                things,
                                row().set("history", new double[] {1, 2}).build())
                        .created());
        assertEquals(
                0,
                ingest(catalog, things, row().set("history", List.of(1, 2L)).build())
                        .created());
    }

    @Test
    void jsonAndUuidsAreNotGuessed() {
        Catalog catalog = open();
        Collection things = things(catalog, typed());
        assertRefused(things, "uuid", row().set("uuid", 5).build());
        assertRefused(things, "uuid", row().set("uuid", "1-2-3-4-5").build());
        assertRefused(things, "moment", row().set("moment", 5).build());
        assertRefused(things, "blob", row().set("blob", "text").build());
    }

    @Test
    void geometryIsRequiredUnlessDeclaredOptional() {
        Catalog catalog = open();
        Collection things = things(catalog, typed());
        assertRefused(things, "geometry", Datapoint.at(TIME).build());
        assertRefused(things, "geometry", row().geometry(wkt("POLYGON EMPTY")).build());
        Collection optional = things(
                catalog,
                DatasetSpec.spatioTemporal("test.optional")
                        .geometryOptional()
                        .field(Field.int64("integer"))
                        .build());
        assertEquals(1, ingest(catalog, optional, Datapoint.at(TIME).build()).created());
        assertEquals(
                0,
                ingest(
                                catalog,
                                optional,
                                Datapoint.at(TIME).geometry(wkt("POINT EMPTY")).build())
                        .created());
        assertEquals(true, all(optional).get(0).geometry().isEmpty());
    }

    @Test
    void geometryOfATemporalDatasetIsUnknown() {
        Catalog catalog = open();
        Collection things = things(catalog, Fixtures.numbers("a.numbers"));
        assertFailsAt(
                InvalidRequestException.class,
                "row 0: field \"geometry\": ",
                () -> things.ingest(
                        List.of(Datapoint.at(TIME).geometry(point(1, 2)).build())));
        assertFailsAt(
                InvalidRequestException.class,
                "row 0: field \"sensor\": ",
                () -> things.ingest(List.of(r1().toBuilder().set("value", null).build())));
    }

    @Test
    void geometriesMustBeOfDeclaredTypes() {
        Catalog catalog = open();
        Collection things = things(catalog, typed());
        assertRefused(
                things, "geometry", row().geometry(wkt("LINESTRING (0 0, 1 1)")).build());
        assertRefused(
                things,
                "geometry",
                row().geometry(wkt("GEOMETRYCOLLECTION (POINT (0 0))")).build());
        Collection lines = things(
                catalog,
                DatasetSpec.spatioTemporal("test.lines")
                        .geometryKinds(EnumSet.of(GeometryKind.LINE_STRING))
                        .field(Field.int64("integer"))
                        .build());
        assertEquals(
                1,
                ingest(
                                catalog,
                                lines,
                                Datapoint.at(TIME)
                                        .geometry(wkt("LINESTRING (0 0, 1 1)"))
                                        .build())
                        .created());
    }

    @Test
    void positionsMustLieOnEarth() {
        Catalog catalog = open();
        Collection things = things(catalog, typed());
        assertRefused(things, "geometry", row().geometry(point(Double.NaN, 0)).build());
        assertRefused(
                things,
                "geometry",
                row().geometry(point(0, Double.POSITIVE_INFINITY)).build());
        assertRefused(things, "geometry", row().geometry(point(0, 90.0000001)).build());
        assertRefused(things, "geometry", row().geometry(point(360.0000001, 0)).build());
        assertRefused(things, "geometry", row().geometry(polygon(0, 0, 1, 1)).build());
        assertRefused(
                things,
                "geometry",
                row().geometry("POLYGON ((0 0, 1 0, 1 1, 0 1))").build());
        assertRefused(
                things,
                "geometry",
                row().geometry("POLYGON ((0 0, 1 0, 1 1, 0 0)").build());
        assertRefused(things, "geometry", row().geometry("POINT (nan 1)").build());
        assertEquals(
                1,
                ingest(catalog, things, row().geometry(point(-360, -90)).build())
                        .created());
    }

    @Test
    void invalidPolygonsAreRepairedForTheIndexOrRefusedOnRequest() {
        Catalog catalog = open();
        Collection things = things(catalog, typed());
        Datapoint bowTie = row().geometry(polygon(0, 0, 2, 2, 2, 0, 0, 2)).build();
        assertFailsAt(
                InvalidRequestException.class,
                "row 0: field \"geometry\": ",
                () -> things.ingest(List.of(bowTie), IngestOptions.DEFAULT.with(GeometryValidity.STRICT)));
        assertEquals(0, things.info().count());
        assertEquals(
                new GeometryCounts(0, 0, 1), ingest(catalog, things, bowTie).geometries());
        assertEquals(
                bowTie.geometry().orElseThrow(), all(things).get(0).geometry().orElseThrow());
        assertEquals(
                1, rows(things, Query.allTime().intersecting(point(0.5, 1))).size());
        assertEquals(
                0, rows(things, Query.allTime().intersecting(point(1, 0.5))).size());
    }
}
