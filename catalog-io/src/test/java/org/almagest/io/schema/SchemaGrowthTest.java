package org.almagest.io.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.junit.jupiter.api.Test;

class SchemaGrowthTest {
    private static final DatasetSchema BEFORE = DatasetSchema.temporal()
            .field(Field.string("text").queryable())
            .build()
            .numbered();

    private static DatasetSchema with(DatasetSchema schema, Field field) {
        return schema.toBuilder().field(field).build();
    }

    @Test
    void whatOthersChangedStaysBesideTheFieldsThatRowsNeed() {
        DatasetSchema now = with(BEFORE, Field.int64("theirs")).numbered();
        DatasetSchema needed = with(BEFORE, Field.int64("ours"));
        assertEquals(with(now, Field.int64("ours")), SchemaGrowth.grown(now, BEFORE, needed));
        assertEquals(now, SchemaGrowth.grown(now, BEFORE, BEFORE));
    }

    @Test
    void ofFieldsThatBothAddedTheTypeOfTheFirstStays() {
        DatasetSchema now = with(BEFORE, Field.int64("both")).numbered();
        assertEquals(now, SchemaGrowth.grown(now, BEFORE, with(BEFORE, Field.string("both"))));
        assertEquals(
                now,
                SchemaGrowth.grown(now, BEFORE, with(BEFORE, Field.int64("both").array())));
        assertEquals(now, SchemaGrowth.grown(now, BEFORE, with(BEFORE, Field.int64("both"))));
    }

    @Test
    void aFieldThatIngestNoLongerWantsQueryableIsChanged() {
        Field plain = Field.string("text");
        DatasetSchema needed = BEFORE.toBuilder().replaceField(plain).build();
        assertEquals(
                BEFORE.toBuilder().replaceField(plain.numbered(4)).build(), SchemaGrowth.grown(BEFORE, BEFORE, needed));
    }

    @Test
    void aFieldThatAnotherRemovedComesBackWithANewNumber() {
        DatasetSchema now = BEFORE.toBuilder().removeField("text").build();
        DatasetSchema needed = with(BEFORE, Field.int64("ours"));
        assertEquals(
                now.toBuilder()
                        .field(Field.string("text").queryable())
                        .field(Field.int64("ours"))
                        .build(),
                SchemaGrowth.grown(now, BEFORE, needed));
    }
}
