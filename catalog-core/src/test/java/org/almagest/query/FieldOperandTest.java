package org.almagest.query;

import static org.almagest.query.FieldOperand.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.BoundingBox;
import org.almagest.model.EnumValue;
import org.almagest.model.Limits;
import org.almagest.query.cql2.Cql2Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;

class FieldOperandTest {
    @Test
    void conditionsInJavaEqualThoseInText() {
        assertForm("a < b", field("a").lessThan(field("b")));
        assertForm("CASEI(a) = CASEI('B')", field("a").ignoringCase().equalTo("B"));
        assertForm("CASEI(a) IN (CASEI('B'), 1)", field("a").ignoringCase().in("B", 1));
        assertForm(
                "CASEI(ACCENTI(a)) LIKE CASEI(ACCENTI('B%'))",
                field("a").ignoringCase().ignoringAccents().like("B%"));
        assertForm(
                "(a + 1) * b > 2 - 3",
                field("a")
                        .plus(1)
                        .times(field("b"))
                        .greaterThan(
                                new Expression.Arithmetic(Literal.of(2), ArithmeticOperator.MINUS, Literal.of(3))));
        assertForm(
                "(a - 1) / 2 BETWEEN 3 AND 4", field("a").minus(1).dividedBy(2).between(3, 4));
        assertForm("a % 2 = 0", field("a").modulo(2).equalTo(0));
        assertForm("A_CONTAINS(a, ('b', 1))", field("a").containsAll("b", 1));
        assertForm("A_OVERLAPS(a, ('b', 1))", field("a").containsAny("b", 1));
        assertForm("A_CONTAINEDBY(a, ('b', 1))", field("a").containedBy("b", 1));
        assertForm("S_INTERSECTS(a, BBOX(1, 2, 3, 4))", field("a").intersects(BoundingBox.of(1, 2, 3, 4)));
        assertForm("S_TOUCHES(a, b)", field("a").relates(SpatialRelation.TOUCHES, field("b")));
    }

    @Test
    void bothSidesAreFolded() {
        FieldOperand plain = field("b");
        assertForm("CASEI(a) = CASEI(b)", field("a").ignoringCase().equalTo(plain));
        assertForm("CASEI(a) = CASEI(b)", field("a").equalTo(field("b").ignoringCase()));
        assertForm(
                "CASEI(a) = CASEI(b)",
                field("a").ignoringCase().equalTo(field("b").ignoringCase()));
        assertForm("CASEI(a) = CASEI('B')", field("a").ignoringCase().equalTo(Literal.of("B")));
        assertForm("CASEI(a) = CASEI('B')", field("a").ignoringCase().equalTo(new EnumValue(2, "B")));
        assertForm("CASEI(a) = CASEI(b)", field("a").ignoringCase().equalTo(new Property("b")));
        assertForm("CASEI(a) < b + 1", field("a").ignoringCase().lessThan(plain.plus(1)));
        assertForm(
                "CASEI(ACCENTI(a)) BETWEEN CASEI(ACCENTI(b)) AND CASEI(ACCENTI('Z'))",
                field("a").ignoringCase().between(plain.ignoringAccents(), "Z"));
        for (FieldOperand a : List.of(
                field("a").ignoringAccents(), field("a").ignoringAccents().ignoringCase())) {
            assertForm("CASEI(ACCENTI(a)) = CASEI(ACCENTI(b))", a.equalTo(plain.ignoringCase()));
        }
        assertForm("CASEI(a) IN (CASEI(b), 1, CASEI('C'))", field("a").in(plain.ignoringCase(), 1, "C"));
    }

    @Test
    void operandsThatCannotBeMeantAreRefused() {
        assertRefused(
                "filter: s_intersects: a number (expected a geometry)",
                () -> field("a").intersects(5));
        assertRefused("filter: +: a text (expected a number)", () -> field("a").plus("1"));
        assertRefused(
                "filter: =: a geometry (expected a scalar value)",
                () -> field("a").equalTo(BoundingBox.GLOBE));
        assertRefused(
                "filter: like: a number (expected a text)",
                () -> field("a").plus(1).like("b"));
    }

    @Test
    void aBadGeometryIsRefusedAsPartOfTheFilter() {
        Filter filter = field("geometry").intersects(new GeometryFactory().createPoint(new Coordinate(0, 95)));
        InvalidRequestException refused =
                assertThrows(InvalidRequestException.class, () -> filter.checkedFields(Limits.defaults()));
        assertTrue(refused.getMessage().startsWith("filter: geometry: "), refused.getMessage());
    }

    private static void assertForm(String text, Filter filter) {
        assertEquals(text, Cql2Text.print(filter));
        assertEquals(Cql2Text.parse(text), filter);
    }

    private static void assertRefused(String message, Executable made) {
        assertEquals(message, assertThrows(InvalidRequestException.class, made).getMessage());
    }
}
