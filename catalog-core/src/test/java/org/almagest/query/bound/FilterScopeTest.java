package org.almagest.query.bound;

import static org.almagest.query.FieldOperand.field;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import org.almagest.error.CatalogException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.Limits;
import org.almagest.query.Filter;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.junit.jupiter.api.Test;

class FilterScopeTest {
    private static final Limits LIMITS = Limits.defaults();
    private static final DatasetSchema ONE =
            DatasetSchema.temporal().field(Field.int32("a")).build();
    private static final DatasetSchema OTHER = DatasetSchema.spatioTemporal()
            .field(Field.string("b").from("/properties/x:b"))
            .build();

    @Test
    void aFieldOfOneSchemaInScopeIsEnough() {
        assertDoesNotThrow(() -> check(field("a").equalTo(1).and(field("x:b").equalTo("1"))));
        assertDoesNotThrow(() -> check(field("time")
                .isNull()
                .or(field("id").isNull())
                .or(field("ingestion_time").isNull())));
        assertDoesNotThrow(() -> check(field("geometry").isNull()));
        assertDoesNotThrow(() -> check(field("a").equalTo("of another type")));
    }

    @Test
    void aFieldOfNoSchemaInScopeIsRefused() {
        InvalidRequestException refused = assertThrows(
                InvalidRequestException.class,
                () -> check(field("a").equalTo(1).or(field("cloud_covr").lessThan(20))));
        assertEquals("filter: field \"cloud_covr\": no dataset in scope has it", refused.getMessage());
        assertThrows(
                InvalidRequestException.class,
                () -> FilterScope.check(field("geometry").isNull(), List.of(ONE), LIMITS));
    }

    @Test
    void depthIsBounded() {
        check(nested(64));
        assertRefused("filter: depth: 65 (at most 64)", nested(65));
        assertRefused("filter: depth: 65 (at most 64)", nested(10_000));
    }

    @Test
    void nodesAreBounded() {
        check(many(9_998));
        assertRefused("filter: nodes: 10001 (at most 10000)", many(9_999));
        assertRefused("filter: nodes: 10001 (at most 10000)", many(1_000_000));
    }

    @Test
    void patternsAreBounded() {
        check(field("b").like("%".repeat(1_000)));
        assertRefused("filter: pattern length: 1001 (at most 1000)", field("b").like("%".repeat(1_001)));
    }

    @Test
    void membershipNeedsAnItem() {
        CatalogException refused =
                assertThrows(InvalidRequestException.class, () -> field("a").in());
        assertEquals("filter: in: no items (at least 1)", refused.getMessage());
    }

    private static Filter nested(int depth) {
        Filter filter = field("a").isNull();
        for (int i = 1; i < depth; i++) {
            filter = filter.not();
        }
        return filter;
    }

    private static Filter many(int items) {
        return field("a").in(Collections.nCopies(items, 1).toArray());
    }

    private static void check(Filter filter) {
        FilterScope.check(filter, List.of(ONE, OTHER), LIMITS);
    }

    private static void assertRefused(String message, Filter filter) {
        assertEquals(
                message,
                assertThrows(LimitExceededException.class, () -> check(filter)).getMessage());
    }
}
