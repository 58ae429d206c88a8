package org.almagest.query.bound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.almagest.model.Uint64;
import org.almagest.query.Truth;
import org.almagest.query.cql2.Cql2Text;
import org.junit.jupiter.api.Test;

class ComputedValuesTest {
    private static final Instant NOON = Instant.parse("2020-01-01T12:00:00Z");

    @Test
    void integersAreComputedExactly() {
        Map<String, Object> row = Map.of("l", (1L << 53) + 1, "i", 7);
        assertTruth("TRUE", "l - 1 = 9007199254740992", row);
        assertTruth("TRUE", "l + 1 > 9007199254740993", row);
        assertTruth("TRUE", "i % 2 = 1 AND i div 2 = 3 AND i / 2 = 3.5", row);
        assertTruth("TRUE", "-i % 2 = -1 AND -i div 2 = -3", row);
        assertTruth("TRUE", "i * 6 = 42 AND i ^ 2 = 49 AND 2 ^ -1 = 0.5", row);
    }

    /** What is computed in float64 stays so, whether it depends on the row or not. */
    @Test
    void aConstantComputedAsFloatIsNoInteger() {
        Map<String, Object> row = Map.of("l", (1L << 53) + 1, "i", 4);
        for (String one : List.of("(4 / 4)", "(i / i)", "(2 ^ 0)")) {
            assertTruth("FALSE", "l * " + one + " = 9007199254740993", row);
            assertTruth("TRUE", "l * " + one + " = 9007199254740992", row);
        }
        assertTruth("TRUE", "l * (4 div 4) = 9007199254740993", row);
        assertTruth("TRUE", "l + (1 / 0) IS NULL", row);
    }

    @Test
    void theLowestIntegerIsANumberAsOthers() {
        Map<String, Object> row = Map.of("l", Long.MIN_VALUE, "i", -1);
        assertTruth("TRUE", "l + 1 = -9223372036854775807", row);
        assertTruth("TRUE", "l * 1 = l AND l - 0 = -9223372036854775808 AND l div 1 = l", row);
        assertTruth("TRUE", "l - -9223372036854775808 = 0", row);
        assertTruth("TRUE", "i * 9223372036854775807 - 1 = l", row);
        assertTruth("TRUE", "l % i = 0", row);
        assertTruth("UNKNOWN", "l - 1 < 0", row);
        assertTruth("UNKNOWN", "l div i > 0", row);
        assertTruth("UNKNOWN", "l * i > 0", row);
    }

    @Test
    void beyondTheRangeOfTheTypeIsUnknown() {
        Map<String, Object> row = Map.of("l", Long.MAX_VALUE, "d", Double.MAX_VALUE);
        assertTruth("UNKNOWN", "l + 1 > 0", row);
        assertTruth("UNKNOWN", "l * 2 > 0", row);
        assertTruth("UNKNOWN", "-l - 2 < 0", row);
        assertTruth("TRUE", "l + 0.5 > 0", row);
        assertTruth("UNKNOWN", "d * 2 > 0", row);
        assertTruth("UNKNOWN", "d ^ 2 > 0", row);
        assertTruth("TRUE", "l + 1 IS NULL", row);
    }

    @Test
    void divisionByZeroIsUnknown() {
        Map<String, Object> row = Map.of("l", 0L, "d", 0.0);
        for (String operator : List.of("/", "%", "div")) {
            assertTruth("UNKNOWN", "1 " + operator + " l = 0", row);
            assertTruth("UNKNOWN", "1.5 " + operator + " d <> 0", row);
            assertTruth("UNKNOWN", "1 " + operator + " 0 = 1", row);
        }
    }

    @Test
    void whatIsNoNumberOrUnsetIsUnknown() {
        assertTruth("UNKNOWN", "l + 1 = 1", Map.of());
        assertTruth("UNKNOWN", "s + 1 = 1", Map.of("s", "1"));
        assertTruth("UNKNOWN", "d + 1 = 1", Map.of("d", Double.NaN));
        assertTruth("UNKNOWN", "d ^ 0 = 1", Map.of());
        assertTruth("TRUE", "u / 2 > 9223372036854775000", Map.of("u", Uint64.ofBits(-1)));
        assertEquals(
                Optional.of(Truth.TRUE),
                BoundFilter.bind(Cql2Text.parse("0.1 + 0.2 > 0.3"), RandomFilters.SCHEMA)
                        .constant());
    }

    @Test
    void textsAreAlikeWithoutCaseAndAccents() {
        assertTruth("TRUE", "CASEI(s) IN (CASEI('Οδος'), CASEI('Straße'))", Map.of("s", "STRASSE"));
        assertTruth("TRUE", "CASEI(s) = CASEI('ΟΔΟΣ')", Map.of("s", "οδος"));
        assertTruth("TRUE", "CASEI(s) LIKE CASEI('οδοσ%')", Map.of("s", "ΟΔΟΣΥ"));
        assertTruth("TRUE", "ACCENTI(s) = ACCENTI('débárquér')", Map.of("s", "debarquer"));
        assertTruth("TRUE", "ACCENTI(CASEI(s)) LIKE 'deb_rq%'", Map.of("s", "DÉBÁRQUÉR"));
        assertTruth("TRUE", "ACCENTI(s) LIKE ACCENTI('한_') AND ACCENTI(s) = ACCENTI('한글')", Map.of("s", "한글"));
        assertTruth("TRUE", "CASEI(e) = 'some'", Map.of("e", RandomFilters.LEVELS[1]));
        assertTruth("UNKNOWN", "CASEI(l) = '1'", Map.of("l", 1L));
        assertTruth("FALSE", "CASEI(s) = CASEI('i')", Map.of("s", "ı"));
    }

    @Test
    void arraysAreComparedAsSets() {
        Map<String, Object> row = Map.of("a", List.of("x", "y", "x"), "as", List.of(0.1, 1.0));
        assertTruth("TRUE", "A_EQUALS(a, ('y', 'x'))", row);
        assertTruth("FALSE", "A_EQUALS(a, ('x'))", row);
        assertTruth(
                "TRUE",
                "A_CONTAINS(a, ('x')) AND A_CONTAINEDBY(a, ('x', 'y', 'z')) AND A_OVERLAPS(a, ('z', 'y'))",
                row);
        assertTruth("TRUE", "A_CONTAINS(as, (0.1, 1))", row);
        assertTruth("UNKNOWN", "A_CONTAINS(a, ('x', 1))", row);
        assertTruth("FALSE", "A_CONTAINS(a, ('z', 1))", row);
        assertTruth("TRUE", "A_CONTAINS(a, ())", row);
        assertTruth("UNKNOWN", "A_CONTAINS(a, ())", Map.of());
        assertTruth("UNKNOWN", "A_OVERLAPS(s, ('x'))", Map.of("s", "x"));
        assertTruth("TRUE", "A_CONTAINS(a, (s))", Map.of("a", List.of("x"), "s", "x"));
        assertTruth("TRUE", "A_OVERLAPS(('a', TRUE, 1.0), (1, 'b'))", row);
    }

    @Test
    void anIdEqualsTheUuidsOfAnArray() {
        UUID own = new UUID(1, 2);
        UUID other = new UUID(3, 4);
        Map<String, Object> row = Map.of("id", own, "x", own, "xs", List.of(other, own));
        assertTruth("TRUE", "A_CONTAINS(xs, (id))", row);
        assertTruth("TRUE", "A_CONTAINEDBY((id), xs)", row);
        assertTruth("FALSE", "A_CONTAINS(xs, (id))", Map.of("id", own, "xs", List.of(other)));
        assertTruth("TRUE", "A_EQUALS((id), (x)) AND A_EQUALS((id), ('" + own + "'))", row);
        assertTruth("FALSE", "A_OVERLAPS((id), ('" + other + "'))", row);
    }

    @Test
    void longArraysTakeNoQuadraticTime() {
        List<Double> values = IntStream.range(0, 60_000).mapToObj(i -> i / 10.0).toList();
        String constants = String.join(
                ", ",
                IntStream.range(0, 9_000).mapToObj(i -> i / 10 + "." + i % 10).toList());
        Map<String, Object> row = Map.of("as", values);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertTruth("TRUE", "A_CONTAINS(as, (" + constants + "))", row);
            assertTruth("FALSE", "A_CONTAINS(as, (" + constants + ", -1))", row);
            assertTruth("FALSE", "A_CONTAINEDBY(as, (" + constants + "))", row);
            assertTruth("FALSE", "A_EQUALS(as, (" + constants + "))", row);
        });
    }

    @Test
    void intervalsLieToEachOtherInOneWay() {
        String later = "INTERVAL('2020-01-02', '2020-01-04')";
        Map<String, String> relations = Map.of(
                "T_BEFORE", "INTERVAL('2020-01-05', '2020-01-06')",
                "T_MEETS", "INTERVAL('2020-01-04', '2020-01-06')",
                "T_OVERLAPS", "INTERVAL('2020-01-03', '2020-01-06')",
                "T_STARTS", "INTERVAL('2020-01-02', '2020-01-06')",
                "T_DURING", "INTERVAL('2020-01-01', '2020-01-06')",
                "T_FINISHES", "INTERVAL('2020-01-01', '2020-01-04')",
                "T_EQUALS", "INTERVAL('2020-01-02', '2020-01-04')");
        Map<String, String> inverses = Map.of(
                "T_BEFORE", "T_AFTER",
                "T_MEETS", "T_METBY",
                "T_OVERLAPS", "T_OVERLAPPEDBY",
                "T_STARTS", "T_STARTEDBY",
                "T_DURING", "T_CONTAINS",
                "T_FINISHES", "T_FINISHEDBY",
                "T_EQUALS", "T_EQUALS");
        relations.forEach((name, other) -> relations.keySet().forEach(asked -> {
            String expected = name.equals(asked) ? "TRUE" : "FALSE";
            assertTruth(expected, asked + "(" + later + ", " + other + ")", Map.of());
            assertTruth(expected, inverses.get(asked) + "(" + other + ", " + later + ")", Map.of());
            String apart = name.equals("T_BEFORE") ? "TRUE" : "FALSE";
            assertTruth(apart, "T_DISJOINT(" + later + ", " + other + ")", Map.of());
            assertTruth(apart, "NOT T_INTERSECTS(" + later + ", " + other + ")", Map.of());
        }));
    }

    @Test
    void intervalsMayBeOpenOrOfFields() {
        Map<String, Object> row = Map.of("t", NOON, "t2", NOON.plusSeconds(60));
        assertTruth("TRUE", "T_DURING(INTERVAL(t, t2), INTERVAL('2020-01-01', '..'))", row);
        assertTruth("TRUE", "T_INTERSECTS(t, INTERVAL('..', '2020-01-01T12:00:00Z'))", row);
        assertTruth("FALSE", "T_AFTER(t, INTERVAL('2019-01-01', '..'))", row);
        assertTruth("UNKNOWN", "T_DURING(INTERVAL(t, t2), INTERVAL('2020-01-01', '..'))", Map.of("t", NOON));
        assertTruth("FALSE", "T_DURING(INTERVAL(t, t2), INTERVAL('2021-01-01', '..'))", Map.of("t", NOON));
        assertTruth("UNKNOWN", "T_EQUALS(s, '2020-01-01')", Map.of("s", "2020-01-01"));
        assertTruth("TRUE", "T_EQUALS(time, '2020-01-01T12:00:00.000456Z')", Map.of("time", NOON));
    }

    @Test
    void conditionsInTimeBoundTheirFields() {
        List<BoundTerm> terms = BoundFilter.bind(
                        Cql2Text.parse("T_DURING(INTERVAL(t, t2), INTERVAL('2020-01-01', '2020-01-02'))"),
                        RandomFilters.SCHEMA)
                .terms();
        assertEquals(2, terms.size());
        assertEquals("t", terms.get(0).interval().orElseThrow().field());
        assertEquals(-1, terms.get(0).interval().orElseThrow().side(Instant.parse("2020-01-01T00:00:00Z")));
        assertEquals(0, terms.get(1).interval().orElseThrow().side(NOON));
    }

    private static void assertTruth(String expected, String filter, Map<String, Object> row) {
        BoundFilter bound = BoundFilter.bind(Cql2Text.parse(filter), RandomFilters.SCHEMA);
        assertEquals(expected, bound.test(row::get).name(), filter);
    }
}
