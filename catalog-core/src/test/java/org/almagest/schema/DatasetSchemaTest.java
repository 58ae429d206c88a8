package org.almagest.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almagest.error.InvalidRequestException;
import org.junit.jupiter.api.Test;

class DatasetSchemaTest {
    private static DatasetSchema.Builder fields(String... fields) {
        DatasetSchema.Builder schema = DatasetSchema.temporal();
        for (String field : fields) {
            schema.field(Field.parse(field));
        }
        return schema;
    }

    private static void assertRefused(String message, Runnable action) {
        Exception e = assertThrows(InvalidRequestException.class, action::run);
        assertEquals(message, e.getMessage());
    }

    private static List<Integer> numbers(DatasetSchema schema) {
        return schema.fields().stream().map(Field::number).toList();
    }

    @Test
    void customFieldsAreNumberedBehindTheFixedOnes() {
        assertEquals(List.of(4, 5), numbers(fields("b:bool", "a:bool").build().numbered()));
        DatasetSchema spatial =
                DatasetSchema.spatioTemporal().field(Field.bool("a")).build().numbered();
        assertEquals(List.of(5), numbers(spatial));
        assertEquals(6, spatial.nextFieldNumber());
        assertEquals(spatial, spatial.numbered());
    }

    @Test
    void numbersOfRemovedFieldsStayUnused() {
        DatasetSchema before = fields("a:bool", "b:bool").build().numbered();
        DatasetSchema after = before.toBuilder()
                .removeField("b")
                .field(Field.bool("c"))
                .build()
                .numbered();
        assertEquals(List.of(4, 6), numbers(after));
    }

    @Test
    void refusesNumbersThatAreTaken() {
        assertRefused(
                "field \"b\": number 7 (expected one of its own, at least 4)",
                () -> fields().field(Field.bool("a").numbered(7))
                        .field(Field.bool("b").numbered(7))
                        .build());
        assertRefused(
                "field \"a\": number 3 (expected one of its own, at least 4)",
                () -> fields().field(Field.bool("a").numbered(3)).build());
        assertRefused(
                "field \"a\": number 4 (expected one of its own, at least 5)",
                () -> DatasetSchema.spatioTemporal()
                        .field(Field.bool("a").numbered(4))
                        .build());
    }

    @Test
    void geometryIsReservedWhereThereIsAPlace() {
        assertTrue(fields("geometry:geometry").build().field("geometry").isPresent());
        assertRefused(
                "field \"geometry\": name is reserved for a fixed field",
                () -> DatasetSchema.spatioTemporal()
                        .field(Field.geometry("geometry"))
                        .build());
        assertRefused("field \"a\": given twice", () -> fields("a:bool", "a:string"));
    }

    @Test
    void aKeyIsAScalarThatCanBeCompared() {
        for (String type : List.of("string", "int64", "uint64", "uuid")) {
            assertTrue(fields("k:" + type).key("k").build().key().isPresent());
        }
        assertRefused(
                "schema: key: no field \"k\"", () -> fields("a:bool").key("k").build());
        assertRefused(
                "schema: key: field \"k\" is float64 (expected a scalar string, int64, uint64, uuid)",
                () -> fields("k:float64").key("k").build());
        assertRefused(
                "schema: key: field \"k\" is string[] (expected a scalar string, int64, uint64, uuid)",
                () -> fields("k:string[]").key("k").build());
    }

    @Test
    void aVersionNeedsAKey() {
        DatasetSchema schema =
                fields("k:string", "v:int32").key("k").version("v").build();
        assertEquals("v", schema.version().orElseThrow().name());
        assertRefused(
                "schema: version: declared without a key",
                () -> fields("v:int64").version("v").build());
        assertRefused(
                "schema: version: field \"v\" is string (expected a scalar int64, uint64, timestamp, int32)",
                () -> fields("k:string", "v:string").key("k").version("v").build());
    }

    @Test
    void anExtentIsTwoTimestamps() {
        DatasetSchema schema =
                fields("s:timestamp", "e:timestamp").extent("s", "e").build();
        assertEquals(Optional.of(new TimeExtent("s", "e")), schema.extent());
        assertRefused(
                "schema: extent: no field \"e\"",
                () -> fields("s:timestamp").extent("s", "e").build());
        assertRefused(
                "schema: extent: field \"e\" is int64 (expected a scalar timestamp)",
                () -> fields("s:timestamp", "e:int64").extent("s", "e").build());
    }

    @Test
    void aPlaceIsRequiredUnlessDeclaredOptional() {
        DatasetSchema schema = DatasetSchema.spatioTemporal().build();
        assertTrue(schema.isGeometryRequired());
        assertEquals(
                Set.of(GeometryKind.POINT, GeometryKind.MULTI_POINT, GeometryKind.POLYGON, GeometryKind.MULTI_POLYGON),
                schema.geometryKinds());
        assertFalse(DatasetSchema.spatioTemporal().geometryOptional().build().isGeometryRequired());
        assertFalse(fields().build().isGeometryRequired());
        assertRefused(
                "schema: geometry types: none given (expected at least 1)",
                () -> fields().geometryKinds(EnumSet.noneOf(GeometryKind.class)));
    }

    @Test
    void everyPartCountsInEquality() {
        DatasetSchema schema = fields("k:string", "v:int64", "s:timestamp", "e:timestamp")
                .key("k")
                .version("v")
                .extent("s", "e")
                .build();
        assertEquals(schema, schema.toBuilder().build());
        assertEquals(schema.hashCode(), schema.toBuilder().build().hashCode());
        assertNotEquals(schema, schema.numbered());
        assertNotEquals(schema, schema.toBuilder().extent("e", "s").build());
        assertNotEquals(schema, schema.toBuilder().nextFieldNumber(99).build());
        assertNotEquals(
                schema,
                schema.toBuilder().replaceField(Field.string("k").queryable()).build());
        assertNotEquals(
                DatasetSchema.spatioTemporal().build(), DatasetSchema.temporal().build());
        DatasetSchema optional =
                DatasetSchema.spatioTemporal().geometryOptional().build();
        assertNotEquals(DatasetSchema.spatioTemporal().build(), optional);
    }
}
