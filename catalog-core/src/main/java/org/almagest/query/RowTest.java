package org.almagest.query;

import java.util.ArrayList;
import java.util.List;

/** A condition bound to the fields of a schema. */
@FunctionalInterface
interface RowTest {
    /** A condition whose truth is unknown in every row. */
    RowTest UNKNOWN = new Fixed(Truth.UNKNOWN);

    /** Returns the truth in a row. */
    Truth test(FieldValues row);

    /** A condition that does not depend on the row. */
    record Fixed(Truth truth) implements RowTest {
        @Override
        public Truth test(FieldValues row) {
            return truth;
        }
    }

    /** What is asked of the value of one field. */
    @FunctionalInterface
    interface ValueTest {
        /** Returns the truth for a value that is set. */
        Truth of(Object value);
    }

    /** A condition on the value of one field; unknown where it is unset. */
    record OfField(String field, ValueTest valueTest) implements RowTest {
        @Override
        public Truth test(FieldValues row) {
            Object value = row.value(field);
            return value == null ? Truth.UNKNOWN : valueTest.of(value);
        }
    }

    /** Returns the negation. */
    static RowTest not(RowTest term) {
        return term instanceof Fixed fixed
                ? new Fixed(fixed.truth.not())
                : row -> term.test(row).not();
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
    }

    /** Returns the range test as one that reads the value once, where both bounds test the same field. */
    static RowTest range(RowTest low, RowTest high) {
        if (low instanceof OfField from && high instanceof OfField to && from.field.equals(to.field)) {
            return new OfField(from.field, value -> from.valueTest.of(value).and(to.valueTest.of(value)));
        }
        return all(List.of(low, high));
    }
}
