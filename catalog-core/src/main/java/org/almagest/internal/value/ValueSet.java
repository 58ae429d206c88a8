package org.almagest.internal.value;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.almagest.model.EnumValue;

/** The constants of a membership test; a look-up does not grow with their number. */
@FunctionalInterface
public interface ValueSet {
    /** Tells whether a value of the family equals one of the constants; allocates nothing. */
    boolean contains(Object value);

    /** Returns the set of constants of one family. */
    static ValueSet of(ValueFamily family, Collection<Object> constants) {
        if (family == ValueFamily.NUMBER) {
            return NumberSet.of(constants);
        }
        Set<Object> values = new HashSet<>(constants);
        if (family == ValueFamily.TEXT) {
            return value -> values.contains(value instanceof EnumValue ? ((EnumValue) value).name() : value);
        }
        return values::contains;
    }
}
