package org.almagest.storage.aggregate;

import java.util.List;
import org.almagest.model.Uint64;
import org.almagest.query.SortKey;
import org.almagest.query.bound.BoundSort;
import org.almagest.storage.scan.RunMatches;
import org.jspecify.annotations.Nullable;

/** Reads one field of rows in the form in which values are aggregated; for one thread. */
final class FieldReading {
    private static final double TWO_TO_63 = 0x1p63;
    private static final double TWO_TO_64 = 0x1p64;

    private final List<SortKey> key;
    private @Nullable BoundSort field;

    FieldReading(String field) {
        this.key = List.of(SortKey.ascending(field));
    }

    /** Prepares for the rows of another run. */
    void begin(RunMatches rows) {
        field = BoundSort.bind(key, rows.schema());
    }

    /** Returns the value of the current row; null where it has none that has an order. */
    @Nullable
    Object value(RunMatches rows) {
        BoundSort bound = field;
        assert bound != null : "begun";
        return bound.values(rows)[0];
    }

    /** Tells whether a value takes the place of an equal one: integers stand for equal floats. */
    static boolean isBetter(Object value, Object equalOne) {
        return equalOne instanceof Double && !(value instanceof Double);
    }

    /** Returns an object that is equal for equal values, whatever their types. */
    static Object identity(Object value) {
        if (!(value instanceof Double)) {
            return value;
        }
        double number = (Double) value;
        if (number != Math.rint(number) || number < -TWO_TO_63 || number >= TWO_TO_64) {
            return value;
        }
        return number < TWO_TO_63
                ? (Object) (long) number
                : Uint64.ofBits((long) (number - TWO_TO_63) ^ Long.MIN_VALUE);
    }
}
