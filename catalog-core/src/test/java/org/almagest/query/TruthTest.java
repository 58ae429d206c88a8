package org.almagest.query;

import static org.almagest.query.Truth.FALSE;
import static org.almagest.query.Truth.TRUE;
import static org.almagest.query.Truth.UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.almagest.query.bound.BoundFilter;
import org.almagest.query.bound.FieldValues;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.junit.jupiter.api.Test;

class TruthTest {
    private static final DatasetSchema SCHEMA = DatasetSchema.temporal().build();
    private static final Truth[] VALUES = {FALSE, UNKNOWN, TRUE};

    private static final Truth[][] AND = {
        {FALSE, FALSE, FALSE},
        {FALSE, UNKNOWN, UNKNOWN},
        {FALSE, UNKNOWN, TRUE}
    };
    private static final Truth[][] OR = {
        {FALSE, UNKNOWN, TRUE},
        {UNKNOWN, UNKNOWN, TRUE},
        {TRUE, TRUE, TRUE}
    };
    private static final Truth[] NOT = {TRUE, UNKNOWN, FALSE};

    @Test
    void theTablesHold() {
        for (int i = 0; i < 3; i++) {
            assertEquals(NOT[i], VALUES[i].not());
            for (int j = 0; j < 3; j++) {
                assertEquals(AND[i][j], VALUES[i].and(VALUES[j]));
                assertEquals(OR[i][j], VALUES[i].or(VALUES[j]));
            }
        }
    }

    @Test
    void theTablesHoldForFiltersThatTheSchemaDecides() {
        for (int i = 0; i < 3; i++) {
            Filter left = new Filter.Constant(VALUES[i]);
            assertEquals(NOT[i], constant(left.not()));
            for (int j = 0; j < 3; j++) {
                Filter right = new Filter.Constant(VALUES[j]);
                assertEquals(AND[i][j], constant(left.and(right)));
                assertEquals(OR[i][j], constant(left.or(right)));
            }
        }
    }

    @Test
    void theTablesHoldForFiltersThatTheRowDecides() {
        DatasetSchema schema = DatasetSchema.temporal()
                .field(Field.int32("a"))
                .field(Field.int32("b"))
                .build();
        Filter a = FieldOperand.field("a").equalTo(2);
        Filter b = FieldOperand.field("b").equalTo(2);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                Object left = rowValue(VALUES[i]);
                Object right = rowValue(VALUES[j]);
                FieldValues row = field -> field.equals("a") ? left : right;
                assertEquals(NOT[i], BoundFilter.bind(a.not(), schema).test(row));
                assertEquals(AND[i][j], BoundFilter.bind(a.and(b), schema).test(row));
                assertEquals(OR[i][j], BoundFilter.bind(a.or(b), schema).test(row));
                Filter fixed = new Filter.Constant(VALUES[j]);
                assertEquals(AND[i][j], BoundFilter.bind(a.and(fixed), schema).test(row));
                assertEquals(OR[i][j], BoundFilter.bind(fixed.or(a), schema).test(row));
            }
        }
    }

    private static Object rowValue(Truth truth) {
        return switch (truth) {
            case FALSE -> 1;
            case UNKNOWN -> null;
            case TRUE -> 2;
        };
    }

    private static Truth constant(Filter filter) {
        return BoundFilter.bind(filter, SCHEMA).constant().orElseThrow();
    }
}
