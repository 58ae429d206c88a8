package org.almagest.query.bound;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almagest.query.SpatialFilter;
import org.almagest.query.Truth;
import org.jspecify.annotations.Nullable;

/** A condition bound to the fields of a schema. */
interface RowTest {
    /** A condition whose truth is unknown in every row. */
    RowTest UNKNOWN = new Fixed(Truth.UNKNOWN);

    /** The greatest cost. */
    int COST_MAX = 1_000_000;

    /** Returns the truth in a row. */
    Truth test(FieldValues row);

    /** Adds the fields that a test may ask a row for. */
    void addFieldsTo(Set<String> fields);

    /** Returns the values of one field outside of which the condition is not true, where it says so. */
    default Optional<ValueInterval> interval() {
        return Optional.empty();
    }

    /** Returns constants one of which the value of the only field equals where this is true; null where that is not so. */
    default @Nullable List<Object> constants() {
        return null;
    }

    /** Returns a condition on the row's own geometry without which this one is not true. */
    default Optional<SpatialFilter> area() {
        return Optional.empty();
    }

    /** Returns about how many times the cost of comparing a number a test takes. */
    default int cost() {
        return 4;
    }

    /** A condition that does not depend on the row. */
    record Fixed(Truth truth) implements RowTest {
        @Override
        public Truth test(FieldValues row) {
            return truth;
        }

        @Override
        public void addFieldsTo(Set<String> fields) {}

        @Override
        public int cost() {
            return 0;
        }
    }

    /** What is asked of the value of one field. */
    @FunctionalInterface
    interface ValueTest {
        /** Returns the truth for a value that is set. */
        Truth of(Object value);
    }

    /** A condition on the value of one field; unknown where it is unset. */
    record OfField(
            String field,
            ValueTest valueTest,
            Optional<ValueInterval> interval,
            int cost,
            @Nullable List<Object> constants)
            implements RowTest {
        @Override
        public Truth test(FieldValues row) {
            Object value = row.value(field);
            return value == null ? Truth.UNKNOWN : valueTest.of(value);
        }

        @Override
        public void addFieldsTo(Set<String> fields) {
            fields.add(field);
        }
    }

    /** A condition on a computed value; unknown where it is unset. */
    record OfValue(RowValue tested, ValueTest valueTest) implements RowTest {
        @Override
        public Truth test(FieldValues row) {
            Object value = tested.value(row);
            return value == null ? Truth.UNKNOWN : valueTest.of(value);
        }

        @Override
        public void addFieldsTo(Set<String> fields) {
            tested.addFieldsTo(fields);
        }

        @Override
        public int cost() {
            return tested.cost() + 2;
        }
    }

    /** Returns the negation. */
    static RowTest not(RowTest term) {
        if (term instanceof Fixed fixed) {
            return new Fixed(fixed.truth.not());
        } else if (term instanceof OfField of) {
            return new OfField(
                    of.field,
                    value -> of.valueTest.of(value).not(),
                    of.interval.flatMap(ValueInterval::complement),
                    of.cost,
                    null);
        }
        return new Negated(term);
    }

    /** The negation of a condition. */
    record Negated(RowTest term) implements RowTest {
        @Override
        public Truth test(FieldValues row) {
            return term.test(row).not();
        }

        @Override
        public void addFieldsTo(Set<String> fields) {
            term.addFieldsTo(fields);
        }

        @Override
        public int cost() {
            return term.cost();
        }
    }

    /** Returns the condition that all terms hold. */
    static RowTest all(List<RowTest> terms) {
        return joined(terms, Truth.FALSE);
    }

    /** Returns the condition that at least one term holds. */
    static RowTest any(List<RowTest> terms) {
        return joined(terms, Truth.TRUE);
    }

    /**
     * Joins terms by the operation that {@code absorbing} decides at once (false: and, true: or); its negation changes
     * nothing, and unknown is between the two.
     */
    private static RowTest joined(List<RowTest> terms, Truth absorbing) {
        List<RowTest> varying = new ArrayList<>();
        Truth known = absorbing.not();
        for (RowTest term : terms) {
            if (term instanceof Fixed fixed) {
                known = joined(known, fixed.truth, absorbing);
            } else {
                varying.add(term);
            }
        }
        if (known == absorbing || varying.isEmpty()) {
            return new Fixed(known);
        } else if (varying.size() == 1 && known == absorbing.not()) {
            return varying.get(0);
        }
        return new Joined(varying.toArray(new RowTest[0]), known, absorbing);
    }

    private static Truth joined(Truth left, Truth right, Truth absorbing) {
        return absorbing == Truth.FALSE ? left.and(right) : left.or(right);
    }

    /** Several terms, tested in order until one decides. */
    final class Joined implements RowTest {
        private final RowTest[] terms;
        private final Truth known;
        private final Truth absorbing;

        private Joined(RowTest[] terms, Truth known, Truth absorbing) {
            this.terms = terms;
            this.known = known;
            this.absorbing = absorbing;
        }

        @Override
        public Truth test(FieldValues row) {
            Truth result = known;
            for (RowTest term : terms) {
                Truth truth = term.test(row);
                if (truth == absorbing) {
                    return absorbing;
                }
                result = joined(result, truth, absorbing);
            }
            return result;
        }

        @Override
        public void addFieldsTo(Set<String> fields) {
            for (RowTest term : terms) {
                term.addFieldsTo(fields);
            }
        }

        @Override
        public Optional<ValueInterval> interval() {
            if (absorbing == Truth.FALSE) {
                return Optional.empty();
            }
            List<ValueInterval> intervals = new ArrayList<>();
            for (RowTest term : terms) {
                Optional<ValueInterval> interval = term.interval();
                boolean same = interval.isPresent()
                        && (intervals.isEmpty()
                                || intervals
                                        .get(0)
                                        .field()
                                        .equals(interval.get().field()));
                if (!same) {
                    return Optional.empty();
                }
                intervals.add(interval.get());
            }
            return Optional.of(ValueInterval.hullOf(intervals));
        }

        @Override
        public int cost() {
            int sum = 0;
            for (RowTest term : terms) {
                sum = Math.min(COST_MAX, sum + term.cost());
            }
            return sum;
        }
    }

    /** Returns the range test as one that reads the value once, where both bounds test the same field. */
    static RowTest range(RowTest low, RowTest high) {
        if (low instanceof OfField from && high instanceof OfField to && from.field.equals(to.field)) {
            return new OfField(
                    from.field,
                    value -> from.valueTest.of(value).and(to.valueTest.of(value)),
                    from.interval.flatMap(least -> to.interval.map(least::and)),
                    from.cost + to.cost,
                    null);
        }
        return all(List.of(low, high));
    }
}
