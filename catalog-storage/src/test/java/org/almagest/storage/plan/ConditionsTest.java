package org.almagest.storage.plan;

import static org.almagest.query.FieldOperand.field;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.Objects;
import org.almagest.error.CorruptSectionException;
import org.almagest.internal.row.ValueCodec;
import org.almagest.query.bound.BoundFilter;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.storage.column.BuiltColumn;
import org.almagest.storage.column.ColumnReader;
import org.almagest.storage.column.ColumnWriter;
import org.almagest.storage.run.Run;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static final int ROWS = 100;

    private static DatasetSchema schema(Field field) {
        return DatasetSchema.temporal().field(field.queryable()).build().numbered();
    }

    /** Returns a run with a column of int64, whatever the schema says by now. */
    private static Run run() throws CorruptSectionException {
        Field field = schema(Field.int64("value")).field("value").orElseThrow();
        ColumnWriter writer = new ColumnWriter(field);
        for (long i = 0; i < ROWS; i++) {
            byte[] value = ValueCodec.encode(field, i);
            writer.add(value, 0, value.length);
        }
        BuiltColumn built = Objects.requireNonNull(writer.build());
        ByteBuffer body = ByteBuffer.allocate(built.bodyBytes()).order(ByteOrder.LITTLE_ENDIAN);
        built.write(body);
        ColumnReader column = ColumnReader.open(body.flip(), ROWS, "test");
        return (Run) Proxy.newProxyInstance(
                Run.class.getClassLoader(), new Class<?>[] {Run.class}, (proxy, called, arguments) -> column);
    }

    private static ColumnReader columnOf(DatasetSchema schema) throws CorruptSectionException {
        Conditions conditions = new Conditions(
                schema,
                new Conditions.Asked(null, null),
                BoundFilter.bind(field("value").atLeast(5), schema).terms(),
                Long.MAX_VALUE,
                EnumSet.allOf(Shortcut.class));
        return conditions.column(conditions.terms().get(0), run());
    }

    @Test
    void aColumnOfAnotherTypeDecidesNothing() throws CorruptSectionException {
        assertNotNull(columnOf(schema(Field.int64("value"))));
        assertNull(columnOf(schema(Field.float64("value"))));
        assertNull(columnOf(schema(Field.uint64("value"))));
    }
}
