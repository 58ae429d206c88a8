package org.almagest.query.cql2;

import static org.almagest.query.FieldOperand.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.almagest.error.CatalogException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.BoundingBox;
import org.almagest.model.Bytes;
import org.almagest.query.ComparisonOperator;
import org.almagest.query.Expression;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.SpatialRelation;
import org.almagest.query.Truth;
import org.almagest.query.bound.RandomFilters;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class Cql2TextTest {
    private static final Filter A = field("a").equalTo(1);
    private static final Filter B = field("b").equalTo(2);
    private static final Filter C = field("c").equalTo(3);

    @Test
    void readsTheSixComparisons() {
        assertParses(field("a").equalTo(1), "a = 1");
        assertParses(field("a").notEqualTo(1), "a<>1");
        assertParses(field("a").lessThan(1), "a < 1");
        assertParses(field("a").atMost(1), "a<=1");
        assertParses(field("a").greaterThan(1), "a > 1");
        assertParses(field("a").atLeast(1), "a>=1");
        assertParses(compare(new Literal(1), ComparisonOperator.LESS_THAN, new Property("a")), "1 < a");
        assertParses(compare(new Property("a"), ComparisonOperator.EQUAL, new Property("b")), "a = b");
        assertParses(compare(new Literal(false), ComparisonOperator.NOT_EQUAL, new Property("a")), "FALSE <> a");
    }

    @Test
    void readsTheOtherConditionsAndTheirNegations() {
        assertParses(field("a").in(1, "x"), "a IN (1, 'x')");
        assertParses(field("a").in(1).not(), "a not in (1)");
        assertParses(field("a").between(1, 2), "a BETWEEN 1 AND 2");
        assertParses(field("a").between(1, 2).not().and(B), "a NOT BETWEEN 1 AND 2 AND b = 2");
        assertParses(field("a").like("x%"), "a LIKE 'x%'");
        assertParses(field("a").like("x%").not(), "a NOT LIKE 'x%'");
        assertParses(field("a").isNull(), "a IS NULL");
        assertParses(field("a").isNotNull(), "a is not null");
        assertParses(new Filter.Constant(Truth.TRUE), "TRUE");
        assertParses(new Filter.Constant(Truth.FALSE).or(A), "false OR a = 1");
        assertParses(new Filter.Constant(Truth.UNKNOWN), "UNKNOWN");
        assertParses(field("unknown").equalTo(1), "unknown = 1");
    }

    @Test
    void bindsNotBeforeAndBeforeOr() {
        assertParses(new Filter.Or(List.of(A, new Filter.And(List.of(B, C)))), "a=1 OR b=2 AND c=3");
        assertParses(new Filter.And(List.of(A.or(B), C)), "(a=1 OR b=2) AND c=3");
        assertParses(new Filter.And(List.of(A, B, C)), "a=1 AND b=2 AND c=3");
        assertParses(new Filter.And(List.of(A, B.and(C))), "a=1 AND (b=2 AND c=3)");
        assertParses(A.not().and(B), "NOT a=1 AND b=2");
        assertParses(A.and(B).not(), "NOT (a=1 AND b=2)");
        assertParses(A.not().not(), "NOT NOT a=1");
        assertParses(A, "((a=1))");
    }

    @Test
    void readsNumbersExactly() {
        assertParses(field("a").equalTo(new BigDecimal("0.1")), "a = 0.1");
        assertParses(field("a").equalTo(new BigDecimal("-1.50E+3")), "a = -1.50e3");
        assertParses(field("a").equalTo(new BigDecimal("1E-7")), "a = +1E-7");
        assertParses(field("a").equalTo(new BigDecimal("0.5")), "a = .5");
        assertParses(field("a").equalTo(new BigDecimal("18446744073709551615")), "a = 18446744073709551615");
        assertParses(field("a").equalTo(new BigDecimal("5")), "a = 5.");
    }

    @Test
    void readsTextNamesAndTypedConstants() {
        assertParses(field("a").equalTo("it's"), "a = 'it''s'");
        assertParses(field("a").equalTo("C:\\"), "a = 'C:\\'");
        assertParses(field("a").equalTo(""), "a = ''");
        assertParses(field("eo:cloud_cover").lessThan(20), "eo:cloud_cover < 20");
        assertParses(field("eo:cloud_cover").lessThan(20), "\"eo:cloud_cover\" < 20");
        assertParses(field("a.b_1:Ä").lessThan(20), "a.b_1:Ä < 20");
        assertParses(field("say \"and\"").lessThan(20), "\"say \"\"and\"\"\" < 20");
        assertParses(field("and").lessThan(20), "\"and\" < 20");
        Instant instant = Instant.parse("2012-08-10T05:30:00Z");
        assertParses(field("a").equalTo(instant), "a = TIMESTAMP('2012-08-10T05:30:00Z')");
        assertParses(field("a").equalTo(instant), "a = timestamp('2012-08-10T07:30:00+02:00')");
        assertParses(field("a").equalTo(Instant.parse("2012-08-10T00:00:00Z")), "a = DATE('2012-08-10')");
        assertParses(field("a").equalTo(Duration.ofHours(1)), "a = DURATION('PT1H')");
        assertParses(
                field("a").equalTo(UUID.fromString("126a2531-c98d-4e06-815a-34bc5b1228cc")),
                "a = UUID('126a2531-c98d-4e06-815a-34bc5b1228cc')");
        assertParses(field("a").equalTo(Bytes.ofHex("0aff")), "a = BYTES('0aff')");
        assertParses(field("a").equalTo(Double.NaN), "a = FLOAT('NaN')");
        assertParses(field("date").equalTo(1), "date = 1");
    }

    @Test
    void saysWhereTheTextGoesWrong() {
        assertRefused("filter: column 5: unexpected \")\" (expected a value)", "a = )");
        assertRefused("filter: column 4: unexpected end (expected a value)", "a =");
        assertRefused("filter: column 1: unexpected end (expected a condition)", "");
        assertRefused("filter: column 2: unexpected end (expected a comparison)", "a");
        assertRefused("filter: column 7: unexpected \"b\" (expected AND, OR or the end)", "a = 1 b");
        assertRefused("filter: column 7: unexpected end (expected AND, OR or \")\")", "(a = 1");
        assertRefused("filter: column 7: unexpected \"BETWEEN\" (expected a value)", "a IN (BETWEEN)");
        assertRefused("filter: column 9: unexpected \"5\" (expected IN, BETWEEN or LIKE)", "abc NOT 5");
        assertRefused("filter: column 6: unexpected \"5\" (expected NULL or NOT NULL)", "a IS 5");
        assertRefused("filter: column 8: unexpected \"5\" (expected text)", "a LIKE 5");
        assertRefused("filter: column 8: unexpected \"b\" (expected text)", "a LIKE b");
        assertRefused("filter: column 6: unexpected \"5\" (expected \"(\")", "a IN 5");
        assertRefused("filter: column 7: unexpected \")\" (expected a value)", "a IN ()");
        assertRefused("filter: column 13: unexpected \"OR\" (expected AND)", "a BETWEEN 1 OR 2");
        assertRefused("filter: column 5: text without an end (expected ')", "a = 'abc");
        assertRefused("filter: column 1: name without an end (expected \")", "\"abc = 1");
        assertRefused("filter: column 3: unexpected \"!\"", "a != 1");
        assertRefused("filter: column 4: unexpected \"=\" (expected a value)", "a == 1");
        assertRefused("filter: line 2, column 9: unexpected \")\" (expected a value)", "a = 1\n  AND b=)");
        assertRefused("filter: column 7: unexpected \"x\" (expected AND, OR or the end)", "'\uD83D\uDE00'=1 x");
        assertRefused("filter: column 5: unexpected \"NOT\" (expected a value)", "a = NOT b");
    }

    @Test
    void refusesTypedConstantsThatNameNothing() {
        assertRefused(
                "filter: column 15: time \"noon\": not a time (expected an ISO 8601 date or date-time, such as"
                        + " 2017-01-01 or 2017-01-01T02:45:25.679+09:00, or Unix seconds)",
                "a = TIMESTAMP('noon')");
        assertRefused("filter: column 10: \"2012\": not a date (expected yyyy-mm-dd)", "a = DATE('2012')");
        assertRefused(
                "filter: column 11: \"1\": not a special number (expected NaN, Infinity or -Infinity)",
                "a = FLOAT('1')");
        assertThrows(InvalidRequestException.class, () -> Cql2Text.parse("a = BYTES('0')"));
        assertThrows(InvalidRequestException.class, () -> Cql2Text.parse("a = UUID('0')"));
        assertThrows(InvalidRequestException.class, () -> Cql2Text.parse("a = DURATION('1')"));
        assertRefused("filter: column 10: unexpected \"5\" (expected text)", "a = DATE(5)");
    }

    @Test
    void refusesFunctionsByName() {
        assertRefused("filter: column 1: function \"avg\" is not known", "avg(a) > 4");
        assertRefused("filter: column 8: function \"Foo\" is not known", "a LIKE Foo('b')");
        assertRefused("filter: column 9: function \"Buffer\" is not known", "a = b + Buffer(c, 10)");
    }

    @Test
    void readsArithmeticByPrecedence() {
        assertParses(Cql2Text.parse("a = b + (c * 2)"), "a = b + c * 2");
        assertParses(Cql2Text.parse("a = (b - c) - 2"), "a = b - c - 2");
        assertParses(Cql2Text.parse("a = b * (c ^ 2)"), "a = b * c ^ 2");
        assertParses(Cql2Text.parse("a = (-1 * b) ^ 2"), "a = -b ^ 2");
        assertParses(Cql2Text.parse("(a + 1) DIV 2 = 3 AND (b = 1)"), "((a + 1) div 2) = 3 AND b = 1");
        assertRefused(
                "filter: column 10: unexpected \"^\" (expected parentheses that say which power comes first)",
                "a = b ^ c^ 2");
        assertRefused("filter: column 5: unexpected condition (expected a value)", "a = (b = 1)");
        assertRefused("filter: column 9: unexpected \"+\" (expected AND, OR or the end)", "(a = 1) + 2 = 3");
        assertRefused("filter: column 5: +: a text (expected a number)", "a = 'b' + 1");
        assertRefused("filter: column 6: unexpected end (expected a comparison)", "a + 1");
    }

    @Test
    void readsShapes() {
        assertParses(
                new Filter.Spatial(
                        new Property("g"), SpatialRelation.INTERSECTS, new Literal(BoundingBox.of(170, -10, -170, 10))),
                "s_intersects(g, BBOX(170, -10, -170, 10))");
        for (String shape : List.of(
                "POINT (1 2)",
                "POINT Z (1 2 3)",
                "LINESTRING (1 2, 3 4)",
                "POLYGON ((0 0, 1 0, 1 1, 0 0))",
                "MULTIPOINT ((1 2), (3 4))",
                "MULTILINESTRING ((1 2, 3 4))",
                "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))",
                "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (1 2, 3 4))",
                "POINT EMPTY")) {
            String text = "S_WITHIN(" + shape + ", g)";
            assertEquals(text, Cql2Text.print(Cql2Text.parse(text)));
        }
        assertEquals(
                new Filter.Comparison(new Property("point"), ComparisonOperator.EQUAL, new Literal(1)),
                Cql2Text.parse("point = 1"));
        assertRefused(
                "filter: column 17: geometry: position 0: latitude 95.0 (at most 90)", "S_INTERSECTS(g, POINT(1 95))");
        assertRefused(
                "filter: column 17: bbox: north: 95.0 (expected -90.0 to 90.0)", "S_INTERSECTS(g, BBOX(1, 2, 3, 95))");
        assertRefused(
                "filter: column 27: unexpected \")\" (expected four numbers, or six)", "S_INTERSECTS(g, BBOX(1,2,3))");
        assertRefused("filter: column 17: parenthesis without an end (expected \")\")", "S_INTERSECTS(g, POINT(1 2");
        assertRefused("filter: column 1: s_within: a number (expected a geometry)", "S_WITHIN(g, 5)");
        assertRefused("filter: column 1: =: a geometry (expected a scalar value)", "POINT(1 2) = g");
    }

    @Test
    void readsTimesAndArrays() {
        assertParses(
                Cql2Text.parse("T_DURING(t, INTERVAL(DATE('2020-01-01'), '..'))"),
                "t_during(t, interval('2020-01-01T00:00:00Z', '..'))");
        assertParses(Cql2Text.parse("T_AFTER(t, TIMESTAMP('2020-01-01T00:00:00Z'))"), "T_AFTER(t, '2020-01-01')");
        assertRefused(
                "filter: column 9: interval: ends 2019-01-01T00:00:00Z before its start",
                "T_AFTER(INTERVAL('2020-01-01', '2019-01-01'), t)");
        assertRefused("filter: column 1: time: a number (expected an instant)", "T_AFTER(t, 5)");
        assertRefused("filter: column 7: unexpected \",\" (expected \")\")", "a = (1, 2)");
        assertRefused("filter: column 1: a_equals: a number (expected an array)", "A_EQUALS(a, 1)");
        assertEquals("A_EQUALS(a, ())", Cql2Text.print(Cql2Text.parse("a_equals(a, ())")));
        assertEquals("A_OVERLAPS(a, ('b', 1, c))", Cql2Text.print(Cql2Text.parse("A_OVERLAPS(a,('b',1,c))")));
    }

    @Test
    void readsFoldedTexts() {
        assertEquals(
                "CASEI(ACCENTI(a)) NOT LIKE CASEI('B%')",
                Cql2Text.print(Cql2Text.parse("NOT casei(accenti(a)) like casei('B%')")));
        assertRefused("filter: column 1: casei: a number (expected a text)", "CASEI(5) = 'a'");
    }

    @Test
    void boundsTheDepth() {
        String inner = "a = 1";
        assertEquals(A, Cql2Text.parse("(".repeat(63) + inner + ")".repeat(63)));
        assertExceeds("filter: depth: 65 (at most 64)", "(".repeat(64) + inner + ")".repeat(64));
        Cql2Text.parse("NOT ".repeat(63) + inner);
        assertExceeds("filter: depth: 65 (at most 64)", "NOT ".repeat(64) + inner);
        assertExceeds("filter: depth: 65 (at most 64)", "(".repeat(10_000));
        assertExceeds("filter: depth: 65 (at most 64)", "NOT ".repeat(100_000));
        assertExceeds("filter: depth: 65 (at most 64)", "casei(".repeat(100_000));
        assertExceeds("filter: depth: 65 (at most 64)", "-".repeat(100_000) + "a = 1");
        assertExceeds("filter: depth: 65 (at most 64)", "a = 1" + " + a".repeat(1_000));
        assertExceeds("filter: depth: 65 (at most 64)", "interval(".repeat(100_000));
        assertExceeds("filter: depth: 65 (at most 64)", "a LIKE " + "casei(".repeat(100_000));
        assertThrows(CatalogException.class, () -> Cql2Text.parse("s_within(".repeat(100_000)));
        assertThrows(CatalogException.class, () -> Cql2Text.parse("a_equals((".repeat(100_000)));
        assertThrows(CatalogException.class, () -> Cql2Text.parse("s_within(g, geometrycollection".repeat(30_000)));
        assertThrows(
                CatalogException.class,
                () -> Cql2Text.parse("s_within(g, " + "GEOMETRYCOLLECTION(".repeat(30_000) + ")".repeat(30_001)));
        String steps = "a=1 OR a=1 AND (";
        assertExceeds("filter: depth: 65 (at most 64)", steps.repeat(40) + inner + ")".repeat(40));
    }

    @Test
    void boundsNodesNumbersPatternsAndText() {
        Cql2Text.parse("a IN (1" + ",1".repeat(9_997) + ")");
        assertExceeds("filter: nodes: 10001 (at most 10000)", "a IN (1" + ",1".repeat(9_998) + ")");
        assertExceeds("filter: nodes: 10001 (at most 10000)", "a IN (1" + ",1".repeat(500_000) + ")");
        Cql2Text.parse("a = " + "9".repeat(1_000));
        assertExceeds("filter: number length: 1001 (at most 1000)", "a = " + "9".repeat(1_001));
        Cql2Text.parse("a LIKE '" + "%".repeat(1_000) + "'");
        assertExceeds("filter: pattern length: 1001 (at most 1000)", "a LIKE '" + "%".repeat(1_001) + "'");
        Cql2Text.parse("a=1" + " ".repeat((1 << 20) - 3));
        assertExceeds("filter: text length: 1048577 (at most 1048576)", "a=1" + " ".repeat((1 << 20) - 2));
        assertRefused("filter: column 5: number out of range: \"1e9999999999\"", "a = 1e9999999999");
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Cql2Text.parse("a = 1e2147483647"));
    }

    @Test
    void longTextTakesLinearTime() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertRefused("filter: column 524289: unexpected end (expected a value)", "a=" + " ".repeat(524_286));
            assertThrows(CatalogException.class, () -> Cql2Text.parse("a ".repeat(1 << 19)));
            assertThrows(CatalogException.class, () -> Cql2Text.parse("a=1\n".repeat(1 << 18)));
            Cql2Text.parse("a = '" + "''".repeat(1 << 18) + "'");
            Cql2Text.parse("a".repeat(1 << 19) + " = 1");
        });
    }

    @Test
    void printsWhatAPersonWouldWrite() {
        Filter filter = field("eo:cloud_cover")
                .lessThan(20)
                .and(field("name").like("S2%").or(field("not").isNotNull()));
        assertEquals("eo:cloud_cover < 20 AND (name LIKE 'S2%' OR \"not\" IS NOT NULL)", Cql2Text.print(filter));
        assertEquals(
                "a NOT IN (1, 'it''s')", Cql2Text.print(field("a").in(1, "it's").not()));
        assertEquals("NOT (a = 1 AND b = 2)", Cql2Text.print(A.and(B).not()));
        assertEquals(
                "t >= TIMESTAMP('2020-01-01T00:00:00Z')",
                Cql2Text.print(field("t").atLeast(Instant.parse("2020-01-01T00:00:00Z"))));
        assertEquals("TRUE", Cql2Text.print(new Filter.And(List.of())));
        assertEquals("FALSE", Cql2Text.print(new Filter.Or(List.of())));
    }

    @Test
    void readsBackWhatItPrints() {
        Seeded.repeat(5_000, Cql2TextTest::checkReadBack);
    }

    private static void checkReadBack(SplittableRandom random) {
        Filter filter = new RandomFilters(random).filter(6);
        String text = Cql2Text.print(filter);
        assertEquals(filter, Cql2Text.parse(text), text);
        String json = Cql2Json.print(filter);
        if (json.indexOf('\uDE00') < 0 || json.contains("\uD83D\uDE00") && !json.contains("%\uDE00")) {
            assertEquals(filter, Cql2Json.parse(json), json);
        }
    }

    @Test
    void randomTextIsReadOrRefused() {
        String[] parts = {
            "a",
            "\"b\"",
            "'c'",
            "1",
            "-",
            "(",
            ")",
            ",",
            "AND",
            "OR",
            "NOT",
            "IN",
            "BETWEEN",
            "LIKE",
            "IS",
            "NULL",
            "=",
            "<",
            ">",
            "TRUE",
            "DATE",
            "CASEI(",
            "S_WITHIN(",
            "POINT(1 2)",
            "BBOX",
            "+",
            "^",
            "A_EQUALS(",
            "'",
            "\"",
            "\uD83D",
            "1e",
            ".",
            "UNKNOWN",
            "\n",
            "\u0000"
        };
        Seeded.repeat(50_000, random -> {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(parts[random.nextInt(parts.length)]).append(random.nextBoolean() ? " " : "");
            }
            try {
                Filter filter = Cql2Text.parse(text.toString());
                assertEquals(filter, Cql2Text.parse(Cql2Text.print(filter)));
            } catch (InvalidRequestException e) {
                assertEquals(0, e.getMessage().indexOf("filter: "), e.getMessage());
            }
        });
    }

    private static Filter compare(Expression left, ComparisonOperator operator, Expression right) {
        return new Filter.Comparison(left, operator, right);
    }

    private static void assertParses(Filter expected, String text) {
        assertEquals(expected, Cql2Text.parse(text));
        assertEquals(expected, Cql2Text.parse(Cql2Text.print(expected)));
    }

    private static void assertRefused(String message, String text) {
        assertEquals(
                message,
                assertThrows(InvalidRequestException.class, () -> Cql2Text.parse(text))
                        .getMessage());
    }

    private static void assertExceeds(String message, String text) {
        assertEquals(
                message,
                assertThrows(LimitExceededException.class, () -> Cql2Text.parse(text))
                        .getMessage());
    }
}
