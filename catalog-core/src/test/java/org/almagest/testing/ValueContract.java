package org.almagest.testing;

import static org.almagest.testing.Fixtures.measurements;
import static org.almagest.testing.Fixtures.point;
import static org.almagest.testing.Fixtures.polygon;
import static org.almagest.testing.Fixtures.r1;
import static org.almagest.testing.Fixtures.wkt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.DatasetSpec;
import org.almagest.model.Bytes;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.EnumValue;
import org.almagest.model.Json;
import org.almagest.model.Uint64;
import org.almagest.query.Query;
import org.almagest.schema.EnumType;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.almagest.schema.TypeKind;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.WKTWriter;

/** Values of every type come back as they were given. */
public abstract class ValueContract extends ContractSupport {
    private static final Instant TIME = Instant.parse("2025-03-28T11:44:23Z");
    private static final EnumValue OFF = new EnumValue(0, "OFF");
    private static final EnumValue ON = new EnumValue(7, "ON");

    /** Creates the suite. */
    protected ValueContract() {}

    /** Returns values of each type: the first three in turn fill arrays. */
    private static Map<TypeKind, List<Object>> values() {
        Map<TypeKind, List<Object>> values = new LinkedHashMap<>();
        values.put(TypeKind.STRING, List.of("", "a\u0000b", "\uD83D\uDE80"));
        values.put(TypeKind.BYTES, List.of(Bytes.ofHex("af1e28d4"), Bytes.ofHex(""), Bytes.ofHex("00")));
        values.put(TypeKind.BOOL, List.of(false, true, false));
        values.put(TypeKind.INT64, List.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L));
        values.put(
                TypeKind.UINT64,
                List.of(Uint64.parse("18446744073709551615"), Uint64.ofBits(0), Uint64.ofBits(Long.MIN_VALUE)));
        values.put(TypeKind.FLOAT64, List.of(123.45, Double.NaN, -0.0));
        values.put(
                TypeKind.DURATION,
                List.of(Duration.ofMillis(12_345), Duration.ofNanos(-1), Duration.ofSeconds(-315_576_000_000L)));
        values.put(
                TypeKind.TIMESTAMP,
                List.of(
                        Instant.parse("2025-03-28T11:44:23.345761444Z"),
                        Instant.parse("1969-12-31T23:59:59.999999999Z"),
                        Instant.parse("9999-12-31T23:59:59.999999999Z")));
        values.put(
                TypeKind.UUID,
                List.of(UUID.fromString("126a2531-c98d-4e06-815a-34bc5b1228cc"), new UUID(0, 0), new UUID(-1, -1)));
        values.put(
                TypeKind.GEOMETRY,
                List.of(polygon(0, 0, 2, 0, 2, 2, 0, 2), wkt("POINT Z (1 2 3)"), wkt("LINESTRING (179 0, -179 1)")));
        values.put(TypeKind.INT32, List.of(Integer.MIN_VALUE, Integer.MAX_VALUE, 0));
        values.put(TypeKind.FLOAT32, List.of(Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY));
        values.put(TypeKind.ENUM, List.of(OFF, ON, OFF));
        values.put(TypeKind.JSON, List.of(Json.parse("{\"a\": [1, null]}"), Json.parse("\"\""), Json.parse("1e400")));
        return values;
    }

    private static Field field(String name, TypeKind kind) {
        return kind == TypeKind.ENUM ? Field.of(name, new EnumType(List.of(OFF, ON))) : Field.of(name, kind);
    }

    private static DatasetSpec everyType() {
        DatasetSpec.Builder spec = DatasetSpec.temporal("test.every_type").field(Field.int64("number"));
        for (TypeKind kind : TypeKind.values()) {
            spec.field(field(kind.text() + "_value", kind));
            spec.field(field(kind.text() + "_values", kind).array());
        }
        return spec.build();
    }

    @Test
    void at29EveryTypeComesBack() {
        Catalog catalog = open();
        Collection things = things(catalog, everyType());
        List<Datapoint> rows = new ArrayList<>();
        for (int length : new int[] {0, 1, 3}) {
            Datapoint.Builder row = Datapoint.at(TIME.plusSeconds(length)).set("number", (long) length);
            values().forEach((kind, examples) -> {
                row.set(kind.text() + "_value", examples.get(length % 3));
                row.set(kind.text() + "_values", examples.subList(0, length));
            });
            rows.add(row.build());
        }
        ingest(catalog, things, rows);
        List<Datapoint> read = all(things);
        for (int i = 0; i < rows.size(); i++) {
            assertSameValues(rows.get(i), read.get(i));
        }
        assertFalse(read.get(0).value("string_values").isPresent());
        assertEquals(1 + TypeKind.values().length, read.get(0).values().size());
        List<String> order = new ArrayList<>(read.get(2).values().keySet());
        assertEquals(
                things.dataset().schema().fields().stream().map(Field::name).toList(), order);
    }

    private static void assertSameValues(Datapoint given, Datapoint read) {
        assertEquals(given.time(), read.time());
        Map<String, String> expected = new LinkedHashMap<>();
        given.values().forEach((name, value) -> {
            if (!value.equals(List.of())) {
                expected.put(name, RowText.value(value));
            }
        });
        Map<String, String> actual = new LinkedHashMap<>();
        read.values().forEach((name, value) -> actual.put(name, RowText.value(value)));
        assertEquals(expected, actual);
    }

    @Test
    void at29EveryValueGivesAnotherId() {
        Catalog catalog = open();
        Collection things = things(catalog, everyType());
        List<Datapoint> rows = new ArrayList<>();
        rows.add(Datapoint.at(TIME).build());
        values().forEach((kind, examples) -> {
            for (int i = 0; i < (kind == TypeKind.BOOL || kind == TypeKind.ENUM ? 2 : 3); i++) {
                rows.add(Datapoint.at(TIME)
                        .set(kind.text() + "_value", examples.get(i))
                        .build());
                rows.add(Datapoint.at(TIME)
                        .set(kind.text() + "_values", examples.subList(0, i + 1))
                        .build());
            }
        });
        List<DatapointId> ids = ingest(catalog, things, rows).ids();
        assertDistinct(ids);
        assertEquals(rows.size(), things.info().count());
        for (int i = 0; i < ids.size(); i++) {
            assertSameValues(rows.get(i), things.datapoint(ids.get(i)));
        }
    }

    @Test
    void at29AnEmptyArrayIsUnsetAndAnEmptyTextIsNot() {
        Catalog catalog = open();
        Collection things = things(catalog, everyType());
        DatapointId plain =
                ingest(catalog, things, Datapoint.at(TIME).build()).ids().get(0);
        for (TypeKind kind : TypeKind.values()) {
            Datapoint empty =
                    Datapoint.at(TIME).set(kind.text() + "_values", List.of()).build();
            assertEquals(plain, ingest(catalog, things, empty).ids().get(0), kind.text());
        }
        Datapoint jsonNull = Datapoint.at(TIME).set("json_value", Json.NULL).build();
        assertEquals(plain, ingest(catalog, things, jsonNull).ids().get(0));
        DatapointId text = ingest(
                        catalog,
                        things,
                        Datapoint.at(TIME).set("string_value", "").build())
                .ids()
                .get(0);
        assertNotEquals(plain, text);
        assertEquals("", things.datapoint(text).values().get("string_value"));
        assertFalse(things.datapoint(plain).value("string_value").isPresent());
        assertEquals(2, things.info().count());
    }

    @Test
    void thereIsOneNanAndTwoZeros() {
        Catalog catalog = open();
        Collection things = things(catalog, everyType());
        double otherNan = Double.longBitsToDouble(0x7FF8000000000123L);
        List<DatapointId> ids = ingest(
                        catalog,
                        things,
                        Datapoint.at(TIME).set("float64_value", Double.NaN).build(),
                        Datapoint.at(TIME).set("float64_value", otherNan).build(),
                        Datapoint.at(TIME).set("float64_value", 0.0).build(),
                        Datapoint.at(TIME).set("float64_value", -0.0).build())
                .ids();
        assertEquals(ids.get(0), ids.get(1));
        assertNotEquals(ids.get(2), ids.get(3));
        double read = (Double) things.datapoint(ids.get(1)).values().get("float64_value");
        assertEquals(0x7FF8000000000000L, Double.doubleToRawLongBits(read));
        assertEquals(-0.0, things.datapoint(ids.get(3)).values().get("float64_value"));
    }

    @Test
    void at08NanosecondsStayInFieldsAndTimesAreFloored() {
        Catalog catalog = open();
        Collection measurements = measurements(catalog);
        DatapointId id = ingest(catalog, measurements, r1()).ids().get(0);
        Datapoint read = measurements.datapoint(id);
        assertEquals(
                Instant.parse("2025-03-28T11:44:23.345761444Z"), read.values().get("precise_time"));
        assertEquals(Instant.parse("2025-03-28T11:44:23Z"), read.time());
        Datapoint finer = r1().toBuilder()
                .time(Instant.parse("2025-03-28T11:44:23.000999Z"))
                .build();
        assertEquals(id, ingest(catalog, measurements, finer).ids().get(0));
        Datapoint other = finer.toBuilder().set("value", 1.0).build();
        ingest(catalog, measurements, other);
        assertEquals(2, rows(measurements, Query.at(TIME)).size());
        Datapoint early = r1().toBuilder()
                .time(Instant.parse("1969-12-31T23:59:59.999999999Z"))
                .build();
        DatapointId earlyId = ingest(catalog, measurements, early).ids().get(0);
        assertEquals(
                Instant.parse("1969-12-31T23:59:59.999Z"),
                measurements.datapoint(earlyId).time());
        assertEquals(earlyId, all(measurements).get(0).id().orElseThrow());
    }

    @Test
    void geometriesComeBackAsGiven() {
        Catalog catalog = open();
        Collection things = things(
                catalog,
                DatasetSpec.spatioTemporal("test.shapes")
                        .geometryKinds(EnumSet.allOf(GeometryKind.class))
                        .build());
        List<String> given = List.of(
                "POINT (1 2)",
                "POINT Z(1 2 3)",
                "LINESTRING (179 0, -179 1, -179 1)",
                "POLYGON ((0 0, 0 4, 4 4, 4 0, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))",
                "MULTIPOINT ((1 2), (1 2))",
                "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))",
                "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((350 0, 351 0, 351 1, 350 0)))",
                "GEOMETRYCOLLECTION (POINT (1 2), GEOMETRYCOLLECTION (POINT (1 2)))");
        for (int i = 0; i < given.size(); i++) {
            ingest(
                    catalog,
                    things,
                    Datapoint.at(TIME.plusSeconds(i))
                            .geometry(wkt(given.get(i)))
                            .build());
        }
        List<Datapoint> read = all(things);
        WKTWriter writer = new WKTWriter(3);
        for (int i = 0; i < given.size(); i++) {
            Geometry geometry = read.get(i).geometry().orElseThrow();
            assertEquals(writer.write(wkt(given.get(i))), writer.write(geometry));
        }
    }

    @Test
    void everyFormOfAGeometryIsTheSameDatapoint() {
        Catalog catalog = open();
        Collection things =
                things(catalog, DatasetSpec.spatioTemporal("test.forms").build());
        Bytes wkb = Bytes.ofHex("0101000000" + "000000000000f03f" + "0000000000000040");
        Bytes bigEndianWkb = Bytes.ofHex("0000000001" + "3ff0000000000000" + "4000000000000000");
        List<Datapoint> rows = List.of(
                Datapoint.at(TIME).geometry(point(1, 2)).build(),
                Datapoint.at(TIME).geometry("POINT (1 2)").build(),
                Datapoint.at(TIME).geometry("point(1.0 2.0)").build(),
                Datapoint.at(TIME)
                        .geometry("{\"type\":\"Point\",\"coordinates\":[1,2]}")
                        .build(),
                Datapoint.at(TIME).geometry(wkb).build(),
                Datapoint.at(TIME).geometry(bigEndianWkb).build());
        assertEquals(1, ingest(catalog, things, rows).created());
        DatapointId zero = ingest(
                        catalog,
                        things,
                        Datapoint.at(TIME).geometry(point(0.0, 0.0)).build())
                .ids()
                .get(0);
        DatapointId negative = ingest(
                        catalog,
                        things,
                        Datapoint.at(TIME).geometry(point(-0.0, -0.0)).build())
                .ids()
                .get(0);
        assertEquals(zero, negative);
        assertTrue(things.find(zero).isPresent());
    }
}
