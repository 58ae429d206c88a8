package org.almagest.internal.value;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import org.almagest.model.EnumValue;

/** The constants of a membership test; a look-up does not grow with their number. */
public interface ValueSet {
    /** Tells whether a value of the family equals one of the constants; allocates nothing. */
    boolean contains(Object value);

    /** Returns how a value lies to the stretch from the least constant to the greatest: -1, 0, 1 or unordered. */
    int side(Object value);

    /** Returns the set of constants of one family. */
    static ValueSet of(ValueFamily family, Collection<Object> constants) {
        if (family == ValueFamily.NUMBER) {
            return NumberSet.of(constants);
        }
        return new HashedSet(
                family,
                Set.copyOf(constants),
                Collections.min(constants, family.sorting()),
                Collections.max(constants, family.sorting()));
    }

    /** Constants of a family whose equal values are equal objects, names of enum values aside. */
    record HashedSet(ValueFamily family, Set<Object> values, Object least, Object greatest) implements ValueSet {
        @Override
        public boolean contains(Object value) {
            return values.contains(value instanceof EnumValue named ? named.name() : value);
        }

        @Override
        public int side(Object value) {
            if (family.compare(value, least) < 0) {
                return -1;
            }
            return family.compare(value, greatest) > 0 ? 1 : 0;
        }
    }
}
