package org.almagest.storage.scan;

import java.time.Instant;
import java.util.function.LongToIntFunction;
import org.almagest.model.DatapointId;
import org.almagest.query.bound.ValueInterval;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;

/**
 * The ids that can have a time, or an id, for which a condition is true.
 *
 * @param from the first one, inclusive; null where there is none
 * @param to the last one, inclusive; null where there is none
 */
record IdStretch(@Nullable DatapointId from, @Nullable DatapointId to) {
    private static final IdStretch NONE = new IdStretch(null, null);

    /** Tells whether an interval is one of times or ids. */
    static boolean isOf(ValueInterval values) {
        return values.field().equals(DatasetSchema.TIME) || values.field().equals(DatasetSchema.ID);
    }

    /** Returns the ids of an interval of times or ids. */
    static IdStretch of(ValueInterval values) {
        return values.field().equals(DatasetSchema.TIME) ? ofTimes(values) : ofIds(values);
    }

    private static IdStretch ofTimes(ValueInterval values) {
        long min = DatapointId.TIME_MILLIS_MIN;
        long max = DatapointId.TIME_MILLIS_MAX;
        LongToIntFunction side = millis -> values.side(Instant.ofEpochMilli(millis));
        if (side.applyAsInt(max) < 0 || side.applyAsInt(min) > 0) {
            return NONE;
        }
        long first = lowest(min, max, millis -> side.applyAsInt(millis) >= 0);
        if (side.applyAsInt(first) > 0) {
            return NONE;
        }
        long last = side.applyAsInt(max) <= 0 ? max : lowest(first, max, millis -> side.applyAsInt(millis) > 0) - 1;
        return new IdStretch(DatapointId.lowest(first), DatapointId.highest(last));
    }

    private static IdStretch ofIds(ValueInterval values) {
        DatapointId first = lowest(values, 0);
        DatapointId beyond = lowest(values, 1);
        if (first == null || first.equals(beyond)) {
            return NONE;
        }
        return new IdStretch(first, beyond == null ? new DatapointId(Long.MAX_VALUE, -1) : before(beyond));
    }

    private static DatapointId before(DatapointId id) {
        return new DatapointId(id.low() == 0 ? id.high() - 1 : id.high(), id.low() - 1);
    }

    /** Returns the lowest id whose side is at least so much; null where there is none. */
    private static @Nullable DatapointId lowest(ValueInterval values, int least) {
        if (side(values, Long.MAX_VALUE, -1) < least) {
            return null;
        }
        long high = lowest(Long.MIN_VALUE, Long.MAX_VALUE, at -> side(values, at, -1) >= least);
        // The order of the low half is unsigned: the lowest number stands for 0.
        long low = lowest(Long.MIN_VALUE, Long.MAX_VALUE, at -> side(values, high, at ^ Long.MIN_VALUE) >= least);
        return new DatapointId(high, low ^ Long.MIN_VALUE);
    }

    private static int side(ValueInterval values, long high, long low) {
        return values.side(new DatapointId(high, low).toUuid());
    }

    /** A question that is answered no up to a number and yes from there on. */
    private interface From {
        boolean holds(long number);
    }

    /** Returns the lowest number for which the answer is yes, which it is for the last one. */
    private static long lowest(long first, long last, From from) {
        long low = first;
        long high = last;
        while (low < high) {
            long middle = (low & high) + ((low ^ high) >> 1); // without overflow, rounded down
            if (from.holds(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
