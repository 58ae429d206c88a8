package org.almagest.query.bound;

import java.util.List;
import java.util.Optional;
import org.almagest.internal.value.ConstantOrder;
import org.almagest.internal.value.TextOrder;
import org.almagest.internal.value.ValueFamily;
import org.almagest.model.EnumValue;
import org.almagest.query.ComparisonOperator;

/**
 * The stretch of a field's values outside of which a condition is not true. Immutable, safe to share between threads.
 *
 * <p>{@link #side} is monotone in the order in which filters compare values, so that the stretch can be found among
 * sorted values by binary search.
 */
public final class ValueInterval {
    /** The side of a value that is neither below, in nor above: NaN. */
    public static final int UNORDERED = ValueFamily.UNORDERED;

    private static final ConstantOrder NOTHING =
            value -> value instanceof Number number && Double.isNaN(number.doubleValue()) ? UNORDERED : -1;

    private final String field;
    private final ConstantOrder sides;
    private final boolean exact;

    private ValueInterval(String field, ConstantOrder sides, boolean exact) {
        this.field = field;
        this.sides = sides;
        this.exact = exact;
    }

    /** The values that compare with a constant in one way; kept apart because it has a complement. */
    private record Compared(ComparisonOperator operator, ConstantOrder order, boolean mayBeNan)
            implements ConstantOrder {
        @Override
        public int compare(Object value) {
            int result = order.compare(value);
            if (result == UNORDERED || operator == ComparisonOperator.EQUAL) {
                return result;
            } else if (operator.holds(result)) {
                return 0;
            }
            return operator == ComparisonOperator.LESS_THAN || operator == ComparisonOperator.AT_MOST ? 1 : -1;
        }
    }

    /** Returns where a comparison with a constant is true; not for {@code <>}, and the constant is not NaN. */
    static Optional<ValueInterval> compared(FieldLookup field, ComparisonOperator operator, ConstantOrder order) {
        return operator == ComparisonOperator.NOT_EQUAL
                ? Optional.empty()
                : Optional.of(new ValueInterval(field.name(), new Compared(operator, order, field.mayBeNan()), true));
    }

    /** Returns the hull of values, as {@code sides} orders them. */
    static ValueInterval hull(String field, ConstantOrder sides) {
        return new ValueInterval(field, sides, false);
    }

    /** Returns the texts that begin with a prefix, which says all of a condition or not. */
    static ValueInterval prefixed(String field, String prefix, boolean exact) {
        ConstantOrder sides = value -> {
            String text = value instanceof EnumValue named ? named.name() : (String) value;
            return text.startsWith(prefix) ? 0 : TextOrder.compare(text, prefix);
        };
        return new ValueInterval(field, sides, exact);
    }

    /** Returns the stretch that contains no value. */
    static ValueInterval nothing(String field) {
        return new ValueInterval(field, NOTHING, true);
    }

    /** Returns what lies in this stretch and in another of the same field. */
    ValueInterval and(ValueInterval other) {
        ConstantOrder left = sides;
        ConstantOrder right = other.sides;
        ConstantOrder both = value -> {
            int first = left.compare(value);
            int second = right.compare(value);
            // Below counts before above: where the two stretches do not meet, no value may be below after one above.
            return first == UNORDERED || second == UNORDERED
                    ? UNORDERED
                    : first < 0 || second < 0 ? -1 : first | second;
        };
        return new ValueInterval(field, both, exact && other.exact);
    }

    /** Returns the hull of several stretches of one field, at least one. */
    static ValueInterval hullOf(List<ValueInterval> intervals) {
        ValueInterval one = intervals.get(0);
        ConstantOrder[] all = intervals.stream()
                .map(interval -> interval.sides)
                .filter(sides -> sides != NOTHING)
                .toArray(ConstantOrder[]::new);
        if (all.length == 0 || intervals.size() == 1) {
            return one;
        }
        ConstantOrder hull = value -> {
            int first = all[0].compare(value);
            for (int i = 1; i < all.length && first != 0 && first != UNORDERED; i++) {
                // Below one and above another is between them, which the hull contains.
                first = all[i].compare(value) == first ? first : 0;
            }
            return first;
        };
        return hull(one.field, hull);
    }

    /** Returns where the negation of the condition is true, where that is one stretch; NaN is in no stretch. */
    Optional<ValueInterval> complement() {
        if (!(sides instanceof Compared compared)
                || compared.mayBeNan
                || compared.operator == ComparisonOperator.EQUAL) {
            return Optional.empty();
        }
        ConstantOrder rest = new Compared(compared.operator.opposite(), compared.order, false);
        return Optional.of(new ValueInterval(field, rest, true));
    }

    /** Returns the field, by the name that the schema has for it. */
    public String field() {
        return field;
    }

    /**
     * Returns -1 for a value below all for which the condition can be true, 1 for one above, else 0.
     *
     * <p>{@link #UNORDERED} for NaN, for which the condition is not true. Allocates nothing.
     *
     * @param value a value of the field, of the type that {@link FieldValues#value} returns
     */
    public int side(Object value) {
        return sides.compare(value);
    }

    /** Tells whether the condition is true for every value whose side is 0. */
    public boolean exact() {
        return exact;
    }
}
