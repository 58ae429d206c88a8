package org.almagest.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.List;
import org.almagest.error.CatalogException;
import org.almagest.error.ConflictException;
import org.almagest.error.InvalidRequestException;
import org.almagest.schema.SchemaEvolution.Content;
import org.junit.jupiter.api.Test;

class SchemaEvolutionTest {
    private static final DatasetSchema CURRENT =
            schema("value:float64", "mode:enum(0=A)").numbered();

    private static DatasetSchema schema(String... fields) {
        DatasetSchema.Builder schema = DatasetSchema.temporal();
        for (String field : fields) {
            schema.field(Field.parse(field));
        }
        return schema.build();
    }

    private static DatasetSchema evolve(DatasetSchema proposed, Content content) {
        return SchemaEvolution.evolve(CURRENT, proposed, content);
    }

    private static void assertConflict(String message, DatasetSchema current, DatasetSchema proposed) {
        CatalogException e = assertThrows(
                ConflictException.class, () -> SchemaEvolution.evolve(current, proposed, Content.HAS_DATAPOINTS));
        assertEquals(message, e.getMessage());
    }

    private static List<String> numbered(DatasetSchema schema) {
        return schema.fields().stream()
                .map(field -> field.number() + " " + field)
                .toList();
    }

    @Test
    void fieldsMayBeAddedAnywhere() {
        DatasetSchema proposed = schema("quality:int64", "value:float64", "mode:enum(0=A)");
        assertEquals(
                List.of("6 quality:int64", "4 value:float64", "5 mode:enum(0=A)"),
                numbered(evolve(proposed, Content.HAS_DATAPOINTS)));
    }

    @Test
    void enumValuesMayBeAdded() {
        DatasetSchema proposed = schema("value:float64", "mode:enum(7=B,0=A)");
        assertEquals(
                List.of("4 value:float64", "5 mode:enum(7=B, 0=A)"),
                numbered(evolve(proposed, Content.HAS_DATAPOINTS)));
    }

    @Test
    void flagsAndNotesMayChange() {
        DatasetSchema proposed = CURRENT.toBuilder()
                .replaceField(Field.float64("value").queryable().describedAs("x"))
                .build();
        Field evolved = evolve(proposed, Content.HAS_DATAPOINTS).field("value").orElseThrow();
        assertEquals(Field.float64("value").queryable().describedAs("x").numbered(4), evolved);
    }

    @Test
    void whatRowsDependOnStaysWhileThereAreRows() {
        String empty = " while datapoints exist (expected an empty dataset)";
        assertConflict("field \"value\": removed" + empty, CURRENT, schema("mode:enum(0=A)"));
        assertConflict(
                "field \"value\": changed from float64 to string" + empty,
                CURRENT,
                schema("value:string", "mode:enum(0=A)"));
        assertConflict(
                "field \"value\": changed from float64 to float64[]" + empty,
                CURRENT,
                schema("value:float64[]", "mode:enum(0=A)"));
        assertConflict(
                "field \"mode\": changed from enum(0=A) to enum(1=A)" + empty,
                CURRENT,
                schema("value:float64", "mode:enum(1=A)"));
        assertConflict(
                "field \"mode\": changed from enum(0=A) to enum(0=B)" + empty,
                CURRENT,
                schema("value:float64", "mode:enum(0=B)"));
    }

    @Test
    void anEmptyDatasetMayChangeButNumbersAreNotUsedAgain() {
        DatasetSchema proposed = schema("value:string", "other:bool");
        DatasetSchema evolved = evolve(proposed, Content.EMPTY);
        assertEquals(List.of("6 value:string", "7 other:bool"), numbered(evolved));
        assertEquals(
                List.of("8 value:float64"),
                numbered(SchemaEvolution.evolve(evolved, schema("value:float64"), Content.EMPTY)));
    }

    @Test
    void theKindNeverChanges() {
        for (Content content : Content.values()) {
            CatalogException e = assertThrows(
                    InvalidRequestException.class,
                    () -> evolve(DatasetSchema.spatioTemporal().build(), content));
            assertEquals("schema: kind: SPATIOTEMPORAL (expected TEMPORAL, which never changes)", e.getMessage());
        }
    }

    @Test
    void whatAPlaceMayBeIsOnlyWidenedWhileThereAreRows() {
        DatasetSchema strict = DatasetSchema.spatioTemporal().build();
        DatasetSchema wide = DatasetSchema.spatioTemporal()
                .geometryOptional()
                .geometryKinds(EnumSet.allOf(GeometryKind.class))
                .build();
        assertEquals(wide, SchemaEvolution.evolve(strict, wide, Content.HAS_DATAPOINTS));
        assertConflict("schema: geometry: narrowed while datapoints exist (expected an empty dataset)", wide, strict);
        assertEquals(strict, SchemaEvolution.evolve(wide, strict, Content.EMPTY));
    }

    @Test
    void numbersOfTheProposalDoNotCount() {
        DatasetSchema proposed = DatasetSchema.temporal()
                .field(Field.float64("value").numbered(5))
                .field(Field.parse("mode:enum(0=A)").numbered(4))
                .field(Field.bool("new").numbered(99))
                .build();
        assertEquals(
                List.of("4 value:float64", "5 mode:enum(0=A)", "6 new:bool"),
                numbered(evolve(proposed, Content.HAS_DATAPOINTS)));
    }
}
