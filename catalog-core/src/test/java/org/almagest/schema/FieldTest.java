package org.almagest.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.almagest.error.CatalogException;
import org.almagest.model.EnumValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTest {
    private static void assertRefused(String message, Runnable action) {
        Exception e = assertThrows(CatalogException.class, action::run);
        assertEquals(message, e.getMessage());
    }

    @Test
    void theCodesOfTypesNeverChange() {
        List<String> codes = new TreeSet<>(List.of(TypeKind.values()))
                .stream().map(kind -> kind.code() + " " + kind.text()).toList();
        assertEquals(
                List.of(
                        "1 string",
                        "2 bytes",
                        "3 bool",
                        "4 int64",
                        "5 uint64",
                        "6 float64",
                        "7 duration",
                        "8 timestamp",
                        "9 uuid",
                        "10 geometry",
                        "11 int32",
                        "12 float32",
                        "13 enum",
                        "14 json"),
                codes);
        assertEquals(64, TypeKind.ARRAY_CODE);
        assertEquals(70, Field.float64("x").array().typeCode());
        for (TypeKind kind : TypeKind.values()) {
            assertEquals(Optional.of(kind), TypeKind.ofCode(kind.code()));
            assertEquals(Optional.of(kind), TypeKind.ofText(kind.text()));
        }
        assertEquals(Optional.empty(), TypeKind.ofCode(15));
    }

    @Test
    void theCodesOfGeometryTypesAreThoseOfWkb() {
        for (GeometryKind kind : GeometryKind.values()) {
            assertEquals(kind.ordinal() + 1, kind.code());
            assertEquals(Optional.of(kind), GeometryKind.ofText(kind.text()));
        }
        assertEquals(Optional.empty(), GeometryKind.ofText("point"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:string",
                "a:bytes",
                "a_1:float64[]",
                "a:json",
                "a:geometry[]",
                "a:enum(0=NONE, 7=SOME)",
                "a:enum(1=A)[]"
            })
    void readsWhatItWrites(String text) {
        assertEquals(text, Field.parse(text).toString());
    }

    @Test
    void readsTextWithBlanks() {
        Field field = Field.parse(" mode : enum( 0 = NONE,1=SOME )[] ");
        assertEquals(
                Field.enumeration("mode", new EnumValue(0, "NONE"), new EnumValue(1, "SOME"))
                        .array(),
                field);
    }

    @Test
    void refusesOtherText() {
        assertRefused("field \"a\": no type (expected NAME:TYPE)", () -> Field.parse("a"));
        assertRefused(
                "type \"number\": unknown (expected one of string, bytes, bool, int64, uint64, float64, duration,"
                        + " timestamp, uuid, geometry, int32, float32, enum, json)",
                () -> Field.parse("a:number"));
        assertRefused("type: enum: \"A\" (expected NUMBER=NAME)", () -> Field.parse("a:enum(A)"));
        assertRefused("type: enum: \"\" (expected NUMBER=NAME)", () -> Field.parse("a:enum()"));
        assertRefused("type: enum: no values declared (expected at least 1)", () -> Field.parse("a:enum"));
    }

    @Test
    void namesAreSmallLetters() {
        assertRefused("field \"A\": name (expected [a-z][a-z0-9_]*)", () -> Field.string("A"));
        assertRefused("field \"\": name (expected [a-z][a-z0-9_]*)", () -> Field.string(""));
        assertRefused("field \"1a\": name (expected [a-z][a-z0-9_]*)", () -> Field.string("1a"));
        assertRefused(
                "field \"eo:cloud_cover\": name (expected [a-z][a-z0-9_]*)", () -> Field.string("eo:cloud_cover"));
        assertRefused("field \"a\\u000a\": name (expected [a-z][a-z0-9_]*)", () -> Field.string("a\n"));
        for (String fixed : List.of("time", "id", "ingestion_time")) {
            assertRefused("field \"" + fixed + "\": name is reserved for a fixed field", () -> Field.string(fixed));
        }
        Field.string("a".repeat(100));
        assertRefused(
                "field \"" + "a".repeat(100) + "…\": name length: 101 (at most 100)",
                () -> Field.string("a".repeat(101)));
    }

    @Test
    void enumValuesAreUniqueInNumberAndName() {
        EnumValue none = new EnumValue(0, "NONE");
        EnumType type = new EnumType(List.of(none, new EnumValue(Integer.MAX_VALUE, "Last_1")));
        assertEquals(Optional.of(none), type.named("NONE"));
        assertEquals(Optional.empty(), type.named("none"));
        assertEquals(Optional.of(none), type.numbered(0));
        assertEquals(Optional.empty(), type.numbered(1L << 32));
        assertRefused("type: enum: no values declared (expected at least 1)", () -> new EnumType(List.of()));
        assertRefused("type: enum: number -1 (at least 0)", () -> new EnumType(List.of(new EnumValue(-1, "A"))));
        assertRefused(
                "type: enum: name \"1A\" (expected [A-Za-z][A-Za-z0-9_]*)",
                () -> new EnumType(List.of(new EnumValue(1, "1A"))));
        assertRefused(
                "type: enum: value 0 \"B\" given twice", () -> new EnumType(List.of(none, new EnumValue(0, "B"))));
        assertRefused(
                "type: enum: value 1 \"NONE\" given twice",
                () -> new EnumType(List.of(none, new EnumValue(1, "NONE"))));
        assertRefused("type: enum: no values declared (expected at least 1)", () -> new SimpleType(TypeKind.ENUM));
    }

    @Test
    void eachChangeLeavesTheRest() {
        Field field = Field.float64("x")
                .array()
                .queryable()
                .describedAs("text")
                .from("/properties/eo:x")
                .numbered(7);
        assertTrue(field.isArray());
        assertTrue(field.isQueryable());
        assertEquals(7, field.number());
        assertEquals("text", field.notes().description());
        assertEquals(Optional.of("/properties/eo:x"), field.sourcePointer());
        assertEquals("float64[]", field.typeText());
        assertEquals(field, field.notQueryable().queryable());
        assertEquals(field.hashCode(), field.notQueryable().queryable().hashCode());
        assertNotEquals(field, field.notQueryable());
        assertNotEquals(field, field.describedAs("other"));
        assertNotEquals(field, field.numbered(8));
        assertNotEquals(field, field.noted(FieldNotes.NONE));
        assertNotEquals(Field.float64("x"), Field.float64("x").array());
    }
}
