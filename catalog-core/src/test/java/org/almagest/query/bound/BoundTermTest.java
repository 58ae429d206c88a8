package org.almagest.query.bound;

import static org.almagest.query.FieldOperand.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.almagest.query.Filter;
import org.almagest.query.Literal;
import org.almagest.query.Property;
import org.almagest.query.Truth;
import org.almagest.query.cql2.Cql2Text;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class BoundTermTest {
    @Test
    void termsAreTheConditionsThatMustAllHold() {
        List<BoundTerm> terms = terms("i > 1 AND (s = 'a' AND NOT (b = TRUE OR l < 3)) AND TRUE");
        assertEquals(
                List.of(Set.of("i"), Set.of("s"), Set.of("b"), Set.of("l")),
                terms.stream().map(BoundTerm::fields).toList());
        assertEquals(List.of(), terms("TRUE"));
        assertEquals(1, terms("i = 1 OR s = 'a'").size());
    }

    @Test
    void aFilterThatIsNeverTrueSaysSo() {
        assertTrue(bind(Cql2Text.parse("i = 1 AND absent = 2")).isNeverTrue());
        assertTrue(bind(Cql2Text.parse("FALSE")).isNeverTrue());
        assertFalse(bind(Cql2Text.parse("i = 1")).isNeverTrue());
        assertEquals(Set.of(), terms("FALSE").get(0).fields());
    }

    @Test
    void comparisonsHaveExactIntervals() {
        assertEquals("-1 -1 0", sides("l > 1", 0L, 1L, 2L));
        assertEquals("-1 0 0", sides("l >= 1", 0L, 1L, 2L));
        assertEquals("0 1 1", sides("l < 1", 0L, 1L, 2L));
        assertEquals("0 0 1", sides("1 >= l", 0L, 1L, 2L));
        assertEquals("-1 0 1", sides("l = 1", 0L, 1L, 2L));
        assertEquals("-1 0 1", sides("NOT l <> 1", 0L, 1L, 2L));
        assertEquals("-1 0 0 1", sides("l BETWEEN 1 AND 2", 0L, 1L, 2L, 3L));
        assertEquals("-1 -1 1 1", sides("l BETWEEN 2 AND 1", 0L, 1L, 2L, 3L));
        assertEquals("-1 0 0", sides("NOT l < 1", 0L, 1L, 2L));
        assertEquals("-1 0 1", sides("s = 'b'", "a", "b", "c"));
        assertTrue(interval("l BETWEEN 1 AND 2").orElseThrow().exact());
    }

    @Test
    void listsAndAlternativesHaveAHull() {
        assertEquals("-1 0 0 0 1", sides("l IN (3, 1)", 0L, 1L, 2L, 3L, 4L));
        assertEquals("-1 0 0 0 1", sides("l = 3 OR l = 1", 0L, 1L, 2L, 3L, 4L));
        assertFalse(interval("l IN (3, 1)").orElseThrow().exact());
        assertEquals(Optional.empty(), interval("l = 3 OR i = 1"));
        assertEquals("-1 0 0 1", sides("s IN ('b', 'c', 1)", "a", "b", "c", "d"));
    }

    @Test
    void patternsHaveTheHullOfTheirPrefix() {
        assertEquals("-1 -1 0 0 1", sides("s LIKE 'b%'", "", "a", "b", "bz", "c"));
        assertTrue(interval("s LIKE 'b%'").orElseThrow().exact());
        assertEquals("-1 0 0 1", sides("s LIKE 'b_%d'", "a", "b", "bzd", "c"));
        assertFalse(interval("s LIKE 'b_%d'").orElseThrow().exact());
        assertEquals("-1 0 1", sides("s LIKE 'b'", "a", "b", "ba"));
        assertEquals(Optional.empty(), interval("s LIKE '%b'"));
        assertTrue(interval("s LIKE '%'").orElseThrow().exact());
    }

    @Test
    void nanIsOnNoSide() {
        assertEquals("2 0 1", sides("d < 1", Double.NaN, 0.0, 2.0));
        assertEquals("2 -1", sides("d = FLOAT('NaN')", Double.NaN, 0.0));
        // True for NaN, which has no place among the sides.
        assertEquals(Optional.empty(), interval("NOT d < 1"));
        assertEquals("2 -1 0 1", sides("d IN (1, 2)", Double.NaN, 0.0, 1.5, 3.0));
    }

    @Test
    void aConstantBetweenTwoFieldsBoundsBoth() {
        Filter filter = new Filter.Between(new Literal(5), new Property("i"), new Property("l"));
        List<BoundTerm> terms = bind(filter).terms();
        assertEquals(2, terms.size());
        assertEquals(1, terms.get(0).interval().orElseThrow().side(6));
        assertEquals(-1, terms.get(1).interval().orElseThrow().side(4L));
    }

    @Test
    void cheapConditionsCostLess() {
        assertTrue(terms("l = 1").get(0).cost() < terms("s LIKE '%a%'").get(0).cost());
        assertTrue(terms("l = 1").get(0).cost()
                < terms("l = 1 OR l = 2 OR s = 'a'").get(0).cost());
    }

    @Test
    void theConjunctionOfTheTermsIsTheFilter() {
        Seeded.repeat(10_000, BoundTermTest::checkAgainstTheFilter);
    }

    private static void checkAgainstTheFilter(SplittableRandom random) {
        RandomFilters filters = new RandomFilters(random);
        Filter filter = filters.filter(4);
        BoundFilter bound = bind(filter);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            rows.add(filters.row());
        }
        for (Map<String, Object> row : rows) {
            Truth all = Truth.TRUE;
            for (BoundTerm term : bound.terms()) {
                all = all.and(term.test(row::get));
                term.interval().ifPresent(interval -> checkSide(interval, term.test(row::get), row));
                assertTrue(term.interval().isEmpty()
                        || term.fields().equals(Set.of(term.interval().get().field())));
            }
            assertEquals(NaiveFilter.test(filter, row), all, filter::toString);
        }
        for (BoundTerm term : bound.terms()) {
            term.interval().ifPresent(interval -> checkOrder(interval, rows));
        }
    }

    private static void checkSide(ValueInterval interval, Truth truth, Map<String, Object> row) {
        Object value = row.get(interval.field());
        if (value == null || interval.side(value) != 0) {
            assertNotEquals(Truth.TRUE, truth, () -> interval.field() + " = " + value);
        } else if (interval.exact()) {
            assertEquals(Truth.TRUE, truth, () -> interval.field() + " = " + value);
        }
    }

    private static void checkOrder(ValueInterval interval, List<Map<String, Object>> rows) {
        String name = interval.field();
        FieldLookup field = FieldLookup.find(RandomFilters.SCHEMA, name).orElseThrow();
        List<Integer> sides = rows.stream()
                .map(row -> row.get(name))
                .filter(value -> value != null && interval.side(value) != ValueInterval.UNORDERED)
                .sorted(field.family().sorting())
                .map(interval::side)
                .toList();
        assertEquals(sides.stream().sorted().toList(), sides);
    }

    private static String sides(String filter, Object... values) {
        ValueInterval interval = interval(filter).orElseThrow();
        StringBuilder out = new StringBuilder();
        for (Object value : values) {
            out.append(out.isEmpty() ? "" : " ").append(interval.side(value));
        }
        return out.toString();
    }

    private static Optional<ValueInterval> interval(String filter) {
        return terms(filter).get(0).interval();
    }

    private static List<BoundTerm> terms(String filter) {
        return bind(Cql2Text.parse(filter)).terms();
    }

    private static BoundFilter bind(Filter filter) {
        return BoundFilter.bind(filter, RandomFilters.SCHEMA);
    }
}
